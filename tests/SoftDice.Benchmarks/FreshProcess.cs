using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace SoftDice.Benchmarks;

/// <summary>This program or another in a process of its own, for what can be measured once in a process.</summary>
internal static class FreshProcess
{
    /// <summary>Runs this program with the runtime's own settings and gives what it prints.</summary>
    public static string Run(params IEnumerable<string> args) => RunProgram(Environment.ProcessPath!, args);

    /// <summary>Runs a program with the runtime's own settings and gives what it prints.</summary>
    public static string RunProgram(string program, params IEnumerable<string> args)
    {
        ProcessStartInfo start = new(program, args) { RedirectStandardOutput = true };

        // This project's own setting, for the peers' sake, would be wrong here: users' code starts unoptimised.
        start.Environment["DOTNET_TC_QuickJit"] = "1";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"'{program} {string.Join(' ', start.ArgumentList)}' ended with {process.ExitCode}.\n{output}");
    }
}
