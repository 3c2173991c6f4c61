using System;
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

/// <summary>What is in the package.</summary>
public sealed class PackageTests(Workplace workplace)
{
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    [Fact]
    public void It_has_these_files_and_no_others()
    {
        using ZipArchive package = ZipFile.OpenRead(workplace.Package);

        Assert.Equal(
            [
                "README.md", "SoftDice.nuspec", "[Content_Types].xml", "_rels/.rels", "analyzers/dotnet/cs/SoftDice.CodeFixes.dll",
                "analyzers/dotnet/cs/SoftDice.Generators.dll", "buildTransitive/SoftDice.targets", "icon.png", "lib/net10.0/SoftDice.dll", "lib/net10.0/SoftDice.xml",
                "package/services/metadata/core-properties/nuget.psmdcp",
            ],
            package.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_says_what_it_is()
    {
        using ZipArchive package = ZipFile.OpenRead(workplace.Package);
        XElement metadata = XDocument.Load(Open(package, "SoftDice.nuspec")).Root!.Elements().Single();

        Assert.Equal("SoftDice", Value(metadata, "id"));
        Assert.Equal(workplace.Version, Value(metadata, "version"));
        Assert.Equal("MIT", Value(metadata, "license"));
        Assert.Equal("icon.png", Value(metadata, "icon"));
        Assert.Equal("README.md", Value(metadata, "readme"));
        Assert.Equal(Workplace.RepositoryUrl, Value(metadata, "projectUrl"));
        Assert.NotEmpty(Value(metadata, "description"));
        Assert.NotEmpty(Value(metadata, "tags"));

        XElement group = Assert.Single(metadata.Elements().Single(element => element.Name.LocalName == "dependencies").Elements());
        Assert.Equal("net10.0", group.Attribute("targetFramework")!.Value);
        Assert.Empty(group.Elements());
    }

    [Fact]
    public void The_version_is_that_of_the_repository_wherever_it_is_written()
    {
        using ZipArchive package = ZipFile.OpenRead(workplace.Package);
        string version = Workplace.RepositoryVersion;

        Assert.All(
            ["lib/net10.0/SoftDice.dll", "analyzers/dotnet/cs/SoftDice.Generators.dll", "analyzers/dotnet/cs/SoftDice.CodeFixes.dll"],
            name => Assert.Equal(version, AssemblyFile.Version(Bytes(package, name)).ToString(3)));
        Assert.Contains($"## {version}", Repository.Read("CHANGELOG.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Assemblies_hold_no_path_of_the_machine_that_they_were_made_on()
    {
        using ZipArchive package = ZipFile.OpenRead(workplace.Package);
        using ZipArchive symbols = ZipFile.OpenRead(workplace.Symbols);
        string folder = Repository.PathOf(".").TrimEnd(Path.DirectorySeparatorChar);

        foreach (ZipArchiveEntry entry in package.Entries.Concat(symbols.Entries))
        {
            // Names in metadata and symbols are UTF-8, and text that a program uses is UTF-16.
            byte[] bytes = Bytes(entry);
            Assert.False(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(folder)) >= 0, $"{entry.FullName} has {folder}");
            Assert.False(bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(folder)) >= 0, $"{entry.FullName} has {folder}");
        }
    }

    [Fact]
    public void Symbols_lead_to_the_sources_of_the_commit()
    {
        using ZipArchive package = ZipFile.OpenRead(workplace.Package);
        using ZipArchive symbols = ZipFile.OpenRead(workplace.Symbols);
        string commit = XDocument.Load(Open(package, "SoftDice.nuspec")).Descendants()
            .Single(element => element.Name.LocalName == "repository").Attribute("commit")?.Value ?? string.Empty;
        Assert.SkipWhen(commit.Length == 0, "These sources are not a clone: there is no commit to link to.");
        string link = $"{{\"documents\":{{\"/_/*\":\"{Workplace.RepositoryUrl.Replace("github.com", "raw.githubusercontent.com", StringComparison.Ordinal)}/{commit}/*\"}}}}";

        byte[] generator = Bytes(package, "analyzers/dotnet/cs/SoftDice.Generators.dll");
        Assert.Equal(link, AssemblyFile.Link(AssemblyFile.EmbeddedSymbols(generator), SourceLink));
        using MetadataReaderProvider library = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Bytes(symbols, "lib/net10.0/SoftDice.pdb")));
        Assert.Equal(link, AssemblyFile.Link(library, SourceLink));
    }

    [Fact]
    public void Symbols_name_sources_by_their_place_in_the_repository()
    {
        // Packed or in parts, as symbols have them, names are not found by looking for the bytes of a path.
        using ZipArchive package = ZipFile.OpenRead(workplace.Package);
        using ZipArchive symbols = ZipFile.OpenRead(workplace.Symbols);
        using MetadataReaderProvider library = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Bytes(symbols, "lib/net10.0/SoftDice.pdb")));
        using MetadataReaderProvider generator = AssemblyFile.EmbeddedSymbols(Bytes(package, "analyzers/dotnet/cs/SoftDice.Generators.dll"));

        string[] documents = [.. AssemblyFile.Documents(library), .. AssemblyFile.Documents(generator)];
        Assert.Contains("/_/src/SoftDice/Kernels/Chains.cs", documents);
        Assert.Contains("/_/generator/SoftDice.Generators/Plan/KernelPlanner.cs", documents);
        Assert.All(documents, name => Assert.StartsWith("/_/", name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_sources_give_the_same_assemblies()
    {
        string again = workplace.Folder("again");
        await workplace.Pack(again);

        using ZipArchive first = ZipFile.OpenRead(workplace.Package);
        using ZipArchive second = ZipFile.OpenRead(Path.Combine(again, Path.GetFileName(workplace.Package)));
        using ZipArchive firstSymbols = ZipFile.OpenRead(workplace.Symbols);
        using ZipArchive secondSymbols = ZipFile.OpenRead(Path.Combine(again, Path.GetFileName(workplace.Symbols)));
        Assert.All(
            [
                "lib/net10.0/SoftDice.dll", "lib/net10.0/SoftDice.xml", "analyzers/dotnet/cs/SoftDice.Generators.dll",
                "analyzers/dotnet/cs/SoftDice.CodeFixes.dll",
            ],
            name => Assert.True(Bytes(first, name).AsSpan().SequenceEqual(Bytes(second, name)), $"{name} differs"));
        Assert.True(Bytes(firstSymbols, "lib/net10.0/SoftDice.pdb").AsSpan().SequenceEqual(Bytes(secondSymbols, "lib/net10.0/SoftDice.pdb")));
    }

    [Fact]
    public void The_documentation_is_in_the_package()
    {
        using ZipArchive package = ZipFile.OpenRead(workplace.Package);
        XDocument documentation = XDocument.Load(Open(package, "lib/net10.0/SoftDice.xml"));

        string[] members = [.. documentation.Descendants("member").Select(member => member.Attribute("name")!.Value)];
        Assert.Contains("T:SoftDice.SoftDiceLossAttribute", members);
        Assert.Contains("P:SoftDice.SoftDiceLossAttribute.NumClasses", members);
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
