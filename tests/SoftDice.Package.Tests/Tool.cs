using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace SoftDice.PackageTests;

/// <summary>What a program printed, and how it ended.</summary>
public sealed record Ending(int Code, string Text)
{
    /// <summary>The text, if the program ended well.</summary>
    public string MustBeWell() => Code == 0 ? Text : throw new InvalidOperationException($"The program ended with {Code}.\n{Text}");
}

/// <summary>Programs that the tests start.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Nothing that the tests do not have as well.</summary>
    public static IReadOnlyDictionary<string, string> SameEnvironment { get; } = new Dictionary<string, string>();

    public static async Task<Ending> Run(
        string program, string folder, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Tests may run inside a build, whose settings are not for the builds that they start.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        StringBuilder text = new();
        Lock door = new();
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        using CancellationTokenSource end = new(Patience);
        try
        {
            await process.WaitForExitAsync(end.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', start.ArgumentList)} took longer than {Patience}.\n{text}");
        }

        return new Ending(process.ExitCode, text.ToString());

        void Add(string? line)
        {
            if (line is not null)
            {
                lock (door)
                {
                    text.Append(line).Append('\n');
                }
            }
        }
    }
}
