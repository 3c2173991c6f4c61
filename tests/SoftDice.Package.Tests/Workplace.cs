using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using System.Xml.Linq;

using SoftDice.Generators.Tests;
using SoftDice.PackageTests;

using Xunit;

[assembly: AssemblyFixture(typeof(Workplace))]

namespace SoftDice.PackageTests;

/// <summary>The packages, made once, and users' projects in a folder outside the repository, which is gone when the tests are done.</summary>
public sealed class Workplace : IAsyncLifetime
{
    private readonly string root = Directory.CreateTempSubdirectory("SoftDice.Package.").FullName;

    // Inside the repository, where git ignores it: paths of sources are then those of a release, relative to the root.
    private readonly string artifacts = Repository.PathOf("artifacts/package-tests");

    /// <summary>The version of this run, which is in no folder of packages already; that of the repository has the time added.</summary>
    public string Version { get; } =
        $"{RepositoryVersion}-test.{DateTime.UtcNow.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}";

    public static string RepositoryVersion => Metadata("PackageVersion");

    public static string RepositoryUrl => Metadata("RepositoryUrl");

    /// <summary>Loss and generator, and the modules of TorchSharp.</summary>
    public static IReadOnlyList<string> Packages { get; } = ["SoftDice", "SoftDice.TorchSharp"];

    /// <summary>The folder that projects take the packages from.</summary>
    public string Feed => Path.Combine(root, "feed");

    public string Package(string name) => Path.Combine(Feed, $"{name}.{Version}.nupkg");

    public string Symbols(string name) => Path.ChangeExtension(Package(name), ".snupkg");

    private string Consumers => Path.Combine(root, "consumers");

    public async ValueTask InitializeAsync()
    {
        CopyFolder(Repository.PathOf("tests/SoftDice.Package.Tests/Consumers"), Consumers);
        CopyFolder(Repository.PathOf("build"), Path.Combine(Consumers, "build"));
        await Pack(Feed);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(root, recursive: true);
        ForgetBuild();
        return ValueTask.CompletedTask;
    }

    /// <summary>Makes the packages from nothing, in a folder.</summary>
    public async Task Pack(string folder)
    {
        ForgetBuild();
        foreach (string name in Packages)
        {
            Ending ending = await Tool.Run(
                "dotnet", Repository.PathOf("."), Tool.SameEnvironment,
                "pack", $"src/{name}", "-o", folder, "--artifacts-path", artifacts, "-nodeReuse:false", $"-p:PackageVersion={Version}");
            ending.MustBeWell();
        }
    }

    /// <summary>A folder of the workplace.</summary>
    public string Folder(params IEnumerable<string> names) => Path.Combine([root, .. names]);

    /// <summary>Runs a command of the SDK on a project or solution; what it builds is in a folder of that name.</summary>
    public Task<Ending> Dotnet(string output, string command, string project, params IEnumerable<string> arguments) => Tool.Run(
        "dotnet",
        Consumers,
        new Dictionary<string, string> { ["NUGET_PACKAGES"] = Folder("packages") },
        [
            command, project, "-c", "Release", "-nodeReuse:false", "--artifacts-path", Folder(output),
            $"-p:SoftDiceVersion={Version}", $"-p:TensorsVersion={VersionOf("System.Numerics.Tensors")}",
            $"-p:RestoreAdditionalProjectSources={Feed}", $"-p:RestoreFallbackFolders={OwnPackages}", .. arguments,
        ]);

    private void ForgetBuild()
    {
        if (Directory.Exists(artifacts))
        {
            Directory.Delete(artifacts, recursive: true);
        }
    }

    // What the machine has already is not downloaded again. It is only read, and cannot have the version of this run.
    public static string OwnPackages =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder && Directory.Exists(folder) ? folder :
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>The version of a package that the repository uses.</summary>
    public static string VersionOf(string package) => XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion")
        .Single(element => (string?)element.Attribute("Include") == package).Attribute("Version")!.Value;

    private static string Metadata(string key) => typeof(Workplace).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;

    private static void CopyFolder(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
