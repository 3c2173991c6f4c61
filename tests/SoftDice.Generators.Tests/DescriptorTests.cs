using System;
using System.Linq;
using System.Reflection;

using Microsoft.CodeAnalysis;

using SoftDice.Generators.Diagnostics;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>The catalogue of diagnostics, and what is written of it elsewhere.</summary>
public sealed class DescriptorTests
{
    private static readonly string[] ReleaseFiles =
    [
        "generator/SoftDice.Generators/AnalyzerReleases.Unshipped.md",
        "generator/SoftDice.Generators/AnalyzerReleases.Shipped.md",
    ];

    /// <summary>What stands for code that does what it says, and is hardly meant so.</summary>
    private static readonly string[] Warnings = ["SDG022", "SDG023"];

    public static TheoryData<string> Ids => [.. Descriptors().Select(descriptor => descriptor.Id)];

    [Fact]
    public void Every_descriptor_is_reported_by_one_analyzer() => Assert.Equal(
        Descriptors().Select(descriptor => descriptor.Id).Order(StringComparer.Ordinal),
        AnalyzerHarness.Analyzers
            .SelectMany(analyzer => analyzer.SupportedDiagnostics)
            .Select(descriptor => descriptor.Id)
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_diagnostic_is_an_error_that_cannot_be_configured_or_a_warning_that_can(string id)
    {
        DiagnosticDescriptor descriptor = Find(id);

        Assert.Equal(Warnings.Contains(id) ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error, descriptor.DefaultSeverity);
        Assert.True(descriptor.IsEnabledByDefault);
        Assert.Equal(!Warnings.Contains(id), descriptor.CustomTags.Contains(WellKnownDiagnosticTags.NotConfigurable));
    }

    // A release moves the rows from one file to the other.
    [Theory]
    [MemberData(nameof(Ids))]
    public void A_diagnostic_is_in_the_release_notes_of_the_analyzer(string id)
    {
        DiagnosticDescriptor descriptor = Find(id);
        string[] rows =
        [
            .. ReleaseFiles
                .SelectMany(file => Repository.Read(file).Split('\n'))
                .Where(line => line.StartsWith(id, StringComparison.Ordinal)),
        ];

        string[] cells = [.. Assert.Single(rows).Split('|').Select(cell => cell.Trim())];
        Assert.Equal([id, descriptor.Category, descriptor.DefaultSeverity.ToString(), descriptor.Title.ToString(null)], cells);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_diagnostic_is_explained_where_its_link_leads(string id)
    {
        string link = Find(id).HelpLinkUri;
        string heading = $"## {id}";

        // An anchor is the heading in lower case; a heading may go on after the ID only if the link does too.
        Assert.EndsWith("/docs/diagnostics.md#" + id.ToLowerInvariant(), link, StringComparison.Ordinal);
        Assert.Contains(heading, Repository.Read("docs/diagnostics.md").Split('\n').Select(line => line.TrimEnd()));
    }

    [Fact]
    public void The_address_of_the_repository_is_the_same_everywhere()
    {
        string url = Diagnostics.Descriptors.RepositoryUrl;

        Assert.Contains($"<RepositoryUrl>{url}</RepositoryUrl>", Repository.Read("Directory.Build.props"), StringComparison.Ordinal);
        Assert.All(Ids, id => Assert.StartsWith(url + "/blob/main/docs/", Find(id.Data).HelpLinkUri, StringComparison.Ordinal));
    }

    // The one that MSBuild reports, where there is no analyzer to do it.
    [Fact]
    public void The_error_of_the_build_targets_is_explained_where_its_link_leads()
    {
        string targets = Repository.Read("src/SoftDice/buildTransitive/SoftDice.targets");

        Assert.Contains("Code=\"SDG100\"", targets, StringComparison.Ordinal);
        Assert.Contains(
            $"HelpLink=\"{Diagnostics.Descriptors.RepositoryUrl}/blob/main/docs/diagnostics.md#sdg100\"", targets, StringComparison.Ordinal);
        Assert.Contains("## SDG100", Repository.Read("docs/diagnostics.md").Split('\n'));
    }

    // A section without its diagnostic is one that was renamed or removed.
    [Fact]
    public void Every_section_of_the_page_is_about_a_diagnostic() => Assert.Equal(
        [.. Descriptors().Select(descriptor => descriptor.Id).Append("SDG100").Order(StringComparer.Ordinal)],
        Repository.Read("docs/diagnostics.md").Split('\n')
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => line[3..])
            .Order(StringComparer.Ordinal));

    private static DiagnosticDescriptor[] Descriptors() =>
    [
        .. typeof(Descriptors).GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(field => field.GetValue(null))
            .OfType<DiagnosticDescriptor>(),
    ];

    private static DiagnosticDescriptor Find(string id) => Descriptors().Single(descriptor => descriptor.Id == id);
}
