using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

using Xunit;

namespace SoftDice.Generators.Tests.MachineCode;

/// <summary>What the JIT makes of the kernels in tests/SoftDice.Disassembly, in a process of its own for each instruction set.</summary>
internal static partial class Listing
{
    private static readonly ConcurrentDictionary<InstructionSet, Lazy<(string Width, CompiledMethod[] Methods)>> All = new();

    /// <summary>The compiled methods; skips the test where the hardware has no such instructions.</summary>
    public static IReadOnlyList<CompiledMethod> Of(InstructionSet instructions)
    {
        Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == Architecture.X64, "The instructions looked for are those of x64.");
        (string width, CompiledMethod[] methods) = All.GetOrAdd(instructions, static set => new(() => Compile(set))).Value;
        string wanted = Width(instructions);
        Assert.SkipUnless(width == wanted, $"{instructions} would compile for {wanted}; the hardware here has {width}.");
        return methods;
    }

    // As the process prints it.
    private static string Width(InstructionSet instructions) => instructions switch
    {
        InstructionSet.Avx512 => "Lanes512",
        InstructionSet.Avx2 => "Lanes256",
        InstructionSet.Avx => "Lanes128, AVX",
        _ => "Lanes128, SSE",
    };

    private static (string Width, CompiledMethod[] Methods) Compile(InstructionSet instructions)
    {
        string file = Path.GetTempFileName();
        try
        {
            string width = Run(instructions, file);
            string text = File.ReadAllText(file);
            return (width, [.. MethodHeading().Split(text).Skip(1).Chunk(2).Select(pair => CompiledMethod.Parse(pair[0], pair[1]))]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Run(InstructionSet instructions, string listing)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "SoftDice.Disassembly");
        ProcessStartInfo start = new(OperatingSystem.IsWindows() ? program + ".exe" : program) { RedirectStandardOutput = true };

        // These tests may themselves have been told to do without some instructions. It is the hardware that is to be looked at.
        foreach (string setting in start.Environment.Keys.Where(IsRuntimeSetting).ToList())
        {
            start.Environment.Remove(setting);
        }

        if (instructions < InstructionSet.Avx512)
        {
            string without = $"DOTNET_Enable{(instructions + 1).ToString().ToUpperInvariant()}";
            start.Environment[without] = "0";
        }

        // Kernels are optimised from their first call in any case; what they call is not.
        start.Environment["DOTNET_TieredCompilation"] = "0";
        start.Environment["DOTNET_JitDisasm"] = "*LossKernel:* SoftDice.Kernels.*:*";
        start.Environment["DOTNET_JitStdOutFile"] = listing;
        using Process process = Process.Start(start)!;
        string width = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? width : throw new InvalidOperationException($"'{program}' ended with {process.ExitCode}.");
    }

    // Where the runtime itself lies is not one.
    private static bool IsRuntimeSetting(string name) =>
        (name.StartsWith("DOTNET_", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("DOTNET_ROOT", StringComparison.OrdinalIgnoreCase)) ||
        name.StartsWith("COMPlus_", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^; Assembly listing for method (.*)$", RegexOptions.Multiline)]
    private static partial Regex MethodHeading();
}
