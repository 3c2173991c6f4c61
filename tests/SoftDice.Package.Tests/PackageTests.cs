using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection.Metadata;
using System.Text;
using System.Threading.Tasks;
using System.Xml.Linq;

using SoftDice.Generators.Tests;

using Xunit;

namespace SoftDice.PackageTests;

/// <summary>What is in the packages.</summary>
public sealed class PackageTests(Workplace workplace)
{
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    public static TheoryData<string> Names => [.. Workplace.Packages];

    [Theory]
    [InlineData(
        "SoftDice", "analyzers/dotnet/cs/SoftDice.CodeFixes.dll", "analyzers/dotnet/cs/SoftDice.Generators.dll", "buildTransitive/SoftDice.targets",
        "lib/net10.0/SoftDice.dll", "lib/net10.0/SoftDice.xml")]
    [InlineData("SoftDice.TorchSharp", "lib/net10.0/SoftDice.TorchSharp.dll", "lib/net10.0/SoftDice.TorchSharp.xml")]
    public void It_has_these_files_and_no_others(string name, params string[] files)
    {
        using ZipArchive package = ZipFile.OpenRead(workplace.Package(name));

        string[] always =
            ["README.md", $"{name}.nuspec", "[Content_Types].xml", "_rels/.rels", "icon.png", "package/services/metadata/core-properties/nuget.psmdcp"];
        Assert.Equal(files.Concat(always).Order(StringComparer.Ordinal), package.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_says_what_it_is(string name)
    {
        using ZipArchive package = ZipFile.OpenRead(workplace.Package(name));
        XElement metadata = XDocument.Load(Open(package, $"{name}.nuspec")).Root!.Elements().Single();

        Assert.Equal(name, Value(metadata, "id"));
        Assert.Equal(workplace.Version, Value(metadata, "version"));
        Assert.Equal("MIT", Value(metadata, "license"));
        Assert.Equal("icon.png", Value(metadata, "icon"));
        Assert.Equal("README.md", Value(metadata, "readme"));
        Assert.Equal(Workplace.RepositoryUrl, Value(metadata, "projectUrl"));
        Assert.NotEmpty(Value(metadata, "description"));
        Assert.NotEmpty(Value(metadata, "tags"));

        XElement group = Assert.Single(metadata.Elements().Single(element => element.Name.LocalName == "dependencies").Elements());
        Assert.Equal("net10.0", group.Attribute("targetFramework")!.Value);
        (string?, string?)[] dependencies = name == "SoftDice" ? [] : [("SoftDice", workplace.Version), ("TorchSharp", Workplace.VersionOf("TorchSharp"))];
        Assert.Equal(dependencies, group.Elements().Select(element => ((string?)element.Attribute("id"), (string?)element.Attribute("version"))));
    }

    [Fact]
    public void The_version_is_that_of_the_repository_wherever_it_is_written()
    {
        string version = Workplace.RepositoryVersion;

        Assert.All(Workplace.Packages, name =>
        {
            using ZipArchive package = ZipFile.OpenRead(workplace.Package(name));
            Assert.All(
                package.Entries.Where(entry => entry.FullName.EndsWith(".dll", StringComparison.Ordinal)),
                entry => Assert.Equal(version, AssemblyFile.Version(Bytes(entry)).ToString(3)));
        });
        Assert.Contains($"## {version}", Repository.Read("CHANGELOG.md"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Assemblies_hold_no_path_of_the_machine_that_they_were_made_on(string name)
    {
        using ZipArchive package = ZipFile.OpenRead(workplace.Package(name));
        using ZipArchive symbols = ZipFile.OpenRead(workplace.Symbols(name));
        string folder = Repository.PathOf(".").TrimEnd(Path.DirectorySeparatorChar);

        foreach (ZipArchiveEntry entry in package.Entries.Concat(symbols.Entries))
        {
            // Names in metadata and symbols are UTF-8, and text that a program uses is UTF-16.
            byte[] bytes = Bytes(entry);
            Assert.False(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(folder)) >= 0, $"{entry.FullName} has {folder}");
            Assert.False(bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(folder)) >= 0, $"{entry.FullName} has {folder}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Symbols_lead_to_the_sources_of_the_commit(string name)
    {
        using ZipArchive package = ZipFile.OpenRead(workplace.Package(name));
        using ZipArchive symbols = ZipFile.OpenRead(workplace.Symbols(name));
        string commit = XDocument.Load(Open(package, $"{name}.nuspec")).Descendants()
            .Single(element => element.Name.LocalName == "repository").Attribute("commit")?.Value ?? string.Empty;
        Assert.SkipWhen(commit.Length == 0, "These sources are not a clone: there is no commit to link to.");
        string link = $"{{\"documents\":{{\"/_/*\":\"{Workplace.RepositoryUrl.Replace("github.com", "raw.githubusercontent.com", StringComparison.Ordinal)}/{commit}/*\"}}}}";

        foreach (MetadataReaderProvider provider in SymbolsOf(package, symbols))
        {
            using (provider)
            {
                Assert.Equal(link, AssemblyFile.Link(provider, SourceLink));
            }
        }
    }

    [Theory]
    [InlineData("SoftDice", "/_/src/SoftDice/Kernels/Chains.cs", "/_/generator/SoftDice.Generators/Plan/KernelPlanner.cs")]
    [InlineData("SoftDice.TorchSharp", "/_/src/SoftDice.TorchSharp/LossCall.cs")]
    public void Symbols_name_sources_by_their_place_in_the_repository(string name, params string[] sources)
    {
        // Packed or in parts, as symbols have them, names are not found by looking for the bytes of a path.
        using ZipArchive package = ZipFile.OpenRead(workplace.Package(name));
        using ZipArchive symbols = ZipFile.OpenRead(workplace.Symbols(name));
        List<string> documents = [];
        foreach (MetadataReaderProvider provider in SymbolsOf(package, symbols))
        {
            using (provider)
            {
                documents.AddRange(AssemblyFile.Documents(provider));
            }
        }

        Assert.All(sources, source => Assert.Contains(source, documents));
        Assert.All(documents, document => Assert.StartsWith("/_/", document, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_sources_give_the_same_assemblies()
    {
        string again = workplace.Folder("again");
        await workplace.Pack(again);

        Assert.All(Workplace.Packages, name =>
        {
            using ZipArchive first = ZipFile.OpenRead(workplace.Package(name)), second = Again(workplace.Package(name));
            using ZipArchive firstSymbols = ZipFile.OpenRead(workplace.Symbols(name)), secondSymbols = Again(workplace.Symbols(name));
            AssertSame(first, second, [.. first.Entries.Select(entry => entry.FullName).Where(IsCompiled)]);
            AssertSame(firstSymbols, secondSymbols, $"lib/net10.0/{name}.pdb");
        });

        ZipArchive Again(string path) => ZipFile.OpenRead(Path.Combine(again, Path.GetFileName(path)));

        // Assemblies and their documentation, of which a package has some.
        static bool IsCompiled(string file) => file.StartsWith("lib/", StringComparison.Ordinal) || file.StartsWith("analyzers/", StringComparison.Ordinal);

        static void AssertSame(ZipArchive first, ZipArchive second, params string[] files)
        {
            Assert.NotEmpty(files);
            Assert.All(files, file => Assert.True(Bytes(first, file).AsSpan().SequenceEqual(Bytes(second, file)), $"{file} differs"));
        }
    }

    [Theory]
    [InlineData("SoftDice", "T:SoftDice.SoftDiceLossAttribute", "P:SoftDice.SoftDiceLossAttribute.NumClasses")]
    [InlineData("SoftDice.TorchSharp", "T:SoftDice.SoftDiceLossModule`2", "P:SoftDice.SoftDiceLossModule`3.DegreeOfParallelism")]
    public void The_documentation_is_in_the_package(string name, params string[] members)
    {
        using ZipArchive package = ZipFile.OpenRead(workplace.Package(name));
        XDocument documentation = XDocument.Load(Open(package, $"lib/net10.0/{name}.xml"));

        string[] documented = [.. documentation.Descendants("member").Select(member => member.Attribute("name")!.Value)];
        Assert.All(members, member => Assert.Contains(member, documented));
    }

    // Of libraries they are in a package beside, of analyzers inside them.
    private static IEnumerable<MetadataReaderProvider> SymbolsOf(ZipArchive package, ZipArchive symbols)
    {
        foreach (ZipArchiveEntry entry in symbols.Entries.Where(entry => entry.FullName.EndsWith(".pdb", StringComparison.Ordinal)))
        {
            yield return MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Bytes(entry)));
        }

        foreach (ZipArchiveEntry entry in package.Entries.Where(entry => entry.FullName.StartsWith("analyzers/", StringComparison.Ordinal)))
        {
            yield return AssemblyFile.EmbeddedSymbols(Bytes(entry));
        }
    }

    private static string Value(XElement metadata, string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;

    private static MemoryStream Open(ZipArchive archive, string name) => new(Bytes(archive, name));

    private static byte[] Bytes(ZipArchive archive, string name) => Bytes(archive.GetEntry(name) ?? throw new FileNotFoundException(name));

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
