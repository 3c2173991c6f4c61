using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;

using SoftDice.Generators.Tests;

using Xunit;

namespace SoftDice.PackageTests;

/// <summary>Packages made as a release makes them once there is an earlier one: held against it.</summary>
public sealed class BaselineTests(Workplace workplace)
{
    // A later release that lacks it breaks whoever calls it.
    private const string Once =
        """
        namespace SoftDice;

        /// <summary>Was there once.</summary>
        public static class Once
        {
            /// <summary>Upon a time.</summary>
            public static int Upon { get; }
        }
        """;

    // Both packages have that from one file; a minute is enough for one of them.
    [Fact]
    public async Task What_is_gone_since_the_baseline_fails_the_pack_by_name()
    {
        const string name = "SoftDice";
        File.WriteAllText(FileOf(name, "Once.cs"), Once);
        Ending earlier = await Pack(name, "0.0.8", "<ItemGroup><Compile Include='$(MSBuildThisFileDirectory)Once.cs' /></ItemGroup>");
        earlier.MustBeWell();

        Ending later = await Pack(name, "0.0.9", Baseline("0.0.8"));
        Assert.NotEqual(0, later.Code);
        Assert.True(later.Text.Contains("error CP0001: Type 'SoftDice.Once' exists on [Baseline]", StringComparison.Ordinal), later.Text);

        // The package of the other tests has the same sources.
        Ending same = await Pack(name, "0.0.10", Baseline(workplace.Version));
        same.MustBeWell();
        Assert.True(File.Exists(FileOf(name, $"{name}.0.0.10.nupkg")));
    }

    private static string Baseline(string version) =>
        $"<PropertyGroup><PackageValidationBaselineVersion>{version}</PackageValidationBaselineVersion></PropertyGroup>";

    // Baselines are packages like others: they come to a folder of packages, which is not to be that of the machine. What is added is for the packed project
    // alone: the one that it refers to has no release of that number to be found.
    private Task<Ending> Pack(string name, string version, string added)
    {
        string props = FileOf(name, $"{version}.props");
        File.WriteAllText(props, $"<Project><Choose><When Condition=\"'$(MSBuildProjectName)' == '{name}'\">{added}</When></Choose></Project>");
        return Tool.Run(
            "dotnet",
            Repository.PathOf("."),
            new Dictionary<string, string> { ["NUGET_PACKAGES"] = workplace.Folder("packages") },
            "pack", $"src/{name}", "-o", FolderOf(name), "--artifacts-path", workplace.Folder("baseline", "build"), "-nodeReuse:false",
            $"-p:PackageVersion={version}", $"-p:RestoreAdditionalProjectSources={workplace.Feed}%3B{FolderOf(name)}",
            $"-p:RestoreFallbackFolders={Workplace.OwnPackages}", $"-p:CustomAfterMicrosoftCommonProps={props}");
    }

    private string FolderOf(string name) => Directory.CreateDirectory(workplace.Folder("baseline", name)).FullName;

    private string FileOf(string name, string file) => Path.Combine(FolderOf(name), file);
}
