using System;
using System.Runtime.InteropServices;

namespace SoftDice.Benchmarks.Peers;

/// <summary>Makes malloc keep what native peers free, for their next call.</summary>
/// <remarks>
/// By default, glibc takes every large temporary from the system and gives it back. On a virtual machine most of a peer's time is
/// then the system's, for handing out pages: libtorch took 15 times as long for the notebook's formulation at C=3. That is what users
/// get, but it says nothing about the formulations. <c>--plain-malloc</c> shows it.
/// </remarks>
internal static partial class KeptMemory
{
    private const int TrimThreshold = -1;
    private const int MaxMappings = -4;

    public static void Enable()
    {
        if (OperatingSystem.IsLinux())
        {
            try
            {
                _ = MallOpt(MaxMappings, 0);
                _ = MallOpt(TrimThreshold, -1);
            }
            catch (EntryPointNotFoundException)
            {
                Console.Error.WriteLine("This C library has no mallopt: peers that allocate large temporaries are slower for that.");
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MallOpt(int parameter, int value);
}
