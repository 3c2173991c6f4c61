using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace SoftDice.Samples.TrainUNet;

/// <summary>The memory of this process as the operating system counts it, which sees tensors where .NET's counters do not. Linux alone.</summary>
internal static class ProcessMemory
{
    /// <summary>By how many bytes the process grew at most while something ran.</summary>
    /// <param name="action">What runs. It should take memory that is given back to the system, as tensors of 32 MB and more are.</param>
    public static long PeakOf(Action action)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();

        // The peak becomes what is in use now.
        File.WriteAllText("/proc/self/clear_refs", "5");
        long before = Status("VmRSS");
        action();
        return Status("VmHWM") - before;
    }

    private static long Status(string field)
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        string kilobytes = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1];
        return 1024 * long.Parse(kilobytes, CultureInfo.InvariantCulture);
    }
}
