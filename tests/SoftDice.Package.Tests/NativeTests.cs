using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

using Xunit;

namespace SoftDice.PackageTests;

/// <summary>A user's program, compiled ahead of time.</summary>
public sealed class NativeTests(Workplace workplace)
{
    private const int Starts = 5;

    [Fact]
    public async Task It_is_published_without_a_warning_and_prints_the_right_loss()
    {
        // What .NET links with by default; on Windows it finds that of Visual Studio by itself, or says so.
        Assert.SkipUnless(
            OperatingSystem.IsWindows() || Linkers.Any(IsInstalled),
            $"Native AOT links with one of {string.Join(", ", Linkers)}, and none is on the PATH.");

        string folder = workplace.Folder("published");
        Ending publish = await workplace.Dotnet(
            "native", "publish", "Console/Console.csproj", "-r", RuntimeInformation.RuntimeIdentifier, "-o", folder,
            "-p:PublishAot=true", "-p:TrimmerSingleWarn=false", "-p:Nullable=enable");
        Assert.DoesNotContain("warning", publish.MustBeWell(), StringComparison.OrdinalIgnoreCase);

        string program = Path.Combine(folder, OperatingSystem.IsWindows() ? "Console.exe" : "Console");
        Assert.False(File.Exists(Path.ChangeExtension(program, ".dll")), "It was not compiled ahead of time.");

        double[] times = new double[Starts];
        for (int i = 0; i < Starts; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Ending run = await Tool.Run(program, folder, Tool.SameEnvironment);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            Printed.MustBeRight(run.MustBeWell());
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Native AOT: {new FileInfo(program).Length / 1e6:F2} MB; loss, gradient and end of the process after {times.Order().ElementAt(Starts / 2):F0} ms; loss {Expected.Loss:R}"));
    }

    private static string[] Linkers => OperatingSystem.IsMacOS() ? ["clang"] : ["clang", "gcc"];

    private static bool IsInstalled(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
