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

    public static TheoryData<string> Names => [.. Workplace.Packages];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_is_gone_since_the_baseline_fails_the_pack_by_name(string name)
    {
        File.WriteAllText(FileOf(name, "Once.cs"), Once);
        File.WriteAllText(
            FileOf(name, "Added.props"),
            $"""
            <Project>
              <ItemGroup Condition="'$(MSBuildProjectName)' == '{name}'">
                <Compile Include="$(MSBuildThisFileDirectory)Once.cs" />
              </ItemGroup>
            </Project>
            """);
        Ending earlier = await Pack(name, "0.0.8", $"-p:CustomAfterMicrosoftCommonProps={FileOf(name, "Added.props")}");
        earlier.MustBeWell();

        Ending later = await Pack(name, "0.0.9", "-p:PackageValidationBaselineVersion=0.0.8");
        Assert.NotEqual(0, later.Code);
        Assert.Contains("error CP0001: Type 'SoftDice.Once' exists on [Baseline]", later.Text, StringComparison.Ordinal);

        // The package of the other tests has the same sources.
        Ending same = await Pack(name, "0.0.10", $"-p:PackageValidationBaselineVersion={workplace.Version}");
        same.MustBeWell();
        Assert.True(File.Exists(FileOf(name, $"{name}.0.0.10.nupkg")));
    }

    // Baselines are packages like others: they come to a folder of packages, which is not to be that of the machine.
    private Task<Ending> Pack(string name, string version, string argument) => Tool.Run(
        "dotnet",
        Repository.PathOf("."),
        new Dictionary<string, string> { ["NUGET_PACKAGES"] = workplace.Folder("packages") },
        "pack", $"src/{name}", "-o", FolderOf(name), "--artifacts-path", Path.Combine(FolderOf(name), "build"), "-nodeReuse:false",
        $"-p:PackageVersion={version}", $"-p:RestoreAdditionalProjectSources={workplace.Feed}%3B{FolderOf(name)}",
        $"-p:RestoreFallbackFolders={Workplace.OwnPackages}", argument);

    private string FolderOf(string name) => Directory.CreateDirectory(workplace.Folder("baseline", name)).FullName;

    private string FileOf(string name, string file) => Path.Combine(FolderOf(name), file);
}
