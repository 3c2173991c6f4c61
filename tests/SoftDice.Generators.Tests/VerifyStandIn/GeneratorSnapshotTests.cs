using System;
using System.Linq;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

using Xunit;

namespace VerifyTests;

/// <summary>The stand-in makes the files that Verify.SourceGenerators makes: names, first line, diagnostics.</summary>
public sealed class GeneratorSnapshotTests
{
    // These two are no rules of ours (RS2008), and break the rules for texts on purpose (RS1032, RS1033).
#pragma warning disable RS2008, RS1032, RS1033
    private static readonly DiagnosticDescriptor Warning =
        new("T001", "A title", "About '{0}'", "Tests", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor Error = new(
        "T002",
        "Another title",
        "One\r\ntwo",
        "Tests",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Described",
        "https://help",
        ["First", "Second"]);
#pragma warning restore RS2008, RS1032, RS1033

    [Theory]
    [InlineData("text\n", "text\n")]
    [InlineData("text", "text")]
    [InlineData("text \r\nmore\r\r\n", "text \nmore\n\n")]
    [InlineData("", "")]
    public void A_source_is_kept_under_a_line_with_its_full_hint_name(string source, string expected)
    {
        SnapshotFile[] files = FakeGenerator.FilesOf(string.Empty, (output, _) => output.AddSource("sub/Foo.Kernel.g.cs", source));

        SnapshotFile file = Assert.Single(files);
        Assert.Equal("//HintName: sub/Foo.Kernel.g.cs\n" + expected, file.Text);
        Assert.Equal("P#Foo.Kernel.g.verified.cs", file.FileName("P", "verified"));
    }

    [Fact]
    public void Sources_of_the_same_name_are_all_numbered()
    {
        SnapshotFile[] files = FakeGenerator.FilesOf(
            string.Empty,
            (output, _) =>
            {
                output.AddSource("z/a.g.cs", "1");
                output.AddSource("b.g.cs", "2");
                output.AddSource("a.g.cs", "3");
            },
            (output, _) => output.AddSource("a.g.cs", "4"));

        Assert.Equal(
            ["a.g.00 3", "b.g 2", "a.g.01 1", "a.g.02 4"],
            files.Select(file => $"{file.Name} {file.Text[^1]}"));
    }

    [Fact]
    public void No_output_is_no_file() => Assert.Empty(FakeGenerator.FilesOf(string.Empty, (_, _) => { }));

    [Fact]
    public void An_exception_in_a_generator_is_rethrown()
    {
        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(
            () => FakeGenerator.FilesOf(string.Empty, (_, _) => throw new NotSupportedException("Mine")));

        AggregateException all = Assert.IsType<AggregateException>(thrown.InnerException);
        Assert.Equal("Mine", Assert.IsType<NotSupportedException>(Assert.Single(all.InnerExceptions)).Message);
    }

    [Fact]
    public void Diagnostics_have_a_file_of_their_own()
    {
        SnapshotFile[] files = FakeGenerator.FilesOf(
            string.Empty,
            (output, _) =>
            {
                Location place = Location.Create(
                    @"C:\Some.cs", new TextSpan(5, 4), new LinePositionSpan(new LinePosition(2, 23), new LinePosition(2, 27)));
                output.ReportDiagnostic(Diagnostic.Create(Warning, place, "it"));
                output.ReportDiagnostic(Diagnostic.Create(Error, Location.None));
            });

        SnapshotFile file = Assert.Single(files);
        Assert.Equal("P.verified.txt", file.FileName("P", "verified"));
        Assert.Equal(
            """
            {
              Diagnostics: [
                {
                  Location: C:/Some.cs: (2,23)-(2,27),
                  Message: About 'it',
                  Severity: Warning,
                  WarningLevel: 1,
                  Descriptor: {
                    Id: T001,
                    Title: A title,
                    MessageFormat: About '{0}',
                    Category: Tests,
                    DefaultSeverity: Warning,
                    IsEnabledByDefault: true
                  }
                },
                {
                  Message:
            One
            two,
                  Severity: Error,
                  Descriptor: {
                    Id: T002,
                    Title: Another title,
                    Description: Described,
                    HelpLink: https://help,
                    MessageFormat:
            One
            two,
                    Category: Tests,
                    DefaultSeverity: Error,
                    IsEnabledByDefault: true,
                    CustomTags: [
                      First,
                      Second
                    ]
                  }
                }
              ]
            }
            """.ReplaceLineEndings("\n"),
            file.Text);
    }

    [Fact]
    public void A_place_in_a_source_is_shown_with_its_lines()
    {
        SnapshotFile[] files = FakeGenerator.FilesOf(
            "\nclass First\n{\n    class Second\n    {\n    }\n}\n",
            (output, compilation) => output.ReportDiagnostic(
                Diagnostic.Create(Warning, Location.Create(compilation.SyntaxTrees.Single(), new TextSpan(7, 12)), "it")));

        Assert.StartsWith(
            "{\n  Diagnostics: [\n    {\n      Location: /*\n\nclass First\n      ^^^^^\n{\n^\n    class Second\n^^^^\n    {\n*/\n" +
            " folder/Source.cs: (1,6)-(3,4),\n      Message: About 'it',\n",
            Assert.Single(files).Text,
            StringComparison.Ordinal);
    }
}
