using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;

namespace SoftDice.Benchmarks.FirstCall;

/// <summary>tests/SoftDice.FirstCall, published in one way to a folder.</summary>
internal sealed class PublishedProgram
{
    private static readonly string[] NotShipped = [".pdb", ".dbg", ".dwarf", ".dSYM", ".xml"];

    private readonly string path;

    private PublishedProgram(PublishWay way, string path, long size)
    {
        Way = way;
        this.path = path;
        Size = size;
    }

    public PublishWay Way { get; }

    /// <summary>Bytes of what a user would ship; of a runtime that is shared, nothing.</summary>
    public long Size { get; }

    /// <summary>Publishes it below a folder, of which nothing is needed afterwards.</summary>
    public static PublishedProgram Create(PublishWay way, string folder)
    {
        string project = typeof(PublishedProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "FirstCallProject").Value!;
        string output = Path.Combine(folder, "published");

        // Everything goes to that folder, so that the repository's own builds stay as they are.
        string[] args =
        [
            "publish", project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", output,
            "--artifacts-path", Path.Combine(folder, "artifacts"),
        ];
        string[] runtime = way.Way == "NativeAot" ? [] : ["--self-contained", "false"];
        FreshProcess.RunProgram("dotnet", [.. args, .. runtime, .. way.Properties]);
        return new PublishedProgram(
            way,
            Path.Combine(output, OperatingSystem.IsWindows() ? "SoftDice.FirstCall.exe" : "SoftDice.FirstCall"),
            new DirectoryInfo(output).EnumerateFiles().Where(file => !NotShipped.Contains(file.Extension)).Sum(file => file.Length));
    }

    /// <summary>Runs it once.</summary>
    public FirstCallTimes Run(string loss)
    {
        string now = Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture);
        double[] numbers =
            [.. FreshProcess.RunProgram(path, now, loss).Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        return new FirstCallTimes(numbers[0], numbers[1], numbers[2], numbers[3], (int)numbers[4], numbers[5]);
    }
}
