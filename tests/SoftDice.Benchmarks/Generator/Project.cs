using System;
using System.IO;
using System.Linq;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace SoftDice.Benchmarks.Generator;

/// <summary>A user's project in memory: annotated types, one to a file, and a file that has nothing to do with them.</summary>
internal static class Project
{
    private const string UnrelatedPath = "Unrelated.cs";
    private const string Unrelated = "namespace Demo; internal static class Unrelated { public const int Number = 1; }\n";

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(SoftDiceLossAttribute).Assembly.Location),
    ];

    public static CSharpCompilation Create(int types) => CSharpCompilation.Create(
        "Consumer",
        Enumerable.Range(0, types)
            .Select(index => Parse(PathOf(index), TextOf(index)))
            .Append(Parse(UnrelatedPath, Unrelated)),
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    /// <summary>A number changed in the file that has no annotated type.</summary>
    public static CSharpCompilation EditUnrelated(CSharpCompilation project) => Edit(project, UnrelatedPath, "= 1", "= 2");

    /// <summary>The smoothing of the first loss changed.</summary>
    public static CSharpCompilation EditOption(CSharpCompilation project) => Edit(project, PathOf(0), "1e-5", "1e-6");

    private static string PathOf(int index) => $"Loss{index}.cs";

    // Class counts that all three plans are among: registers, one group and a part, many groups.
    private static string TextOf(int index) =>
        $"""
        using SoftDice;

        namespace Demo;

        [SoftDiceLoss(NumClasses = {2 + (index % 20)}, Epsilon = 1e-5, Activation = SoftDiceActivation.{(index % 2 == 0 ? "None" : "Softmax")})]
        public partial class Loss{index};

        """;

    // As an editor does it: the change of a text, of which the compiler parses only what it must.
    private static CSharpCompilation Edit(CSharpCompilation project, string path, string old, string replacement)
    {
        SyntaxTree tree = project.SyntaxTrees.Single(candidate => candidate.FilePath == path);
        SourceText text = tree.GetText();
        int start = text.ToString().IndexOf(old, StringComparison.Ordinal);
        return project.ReplaceSyntaxTree(tree, tree.WithChangedText(text.WithChanges(new TextChange(new TextSpan(start, old.Length), replacement))));
    }

    private static SyntaxTree Parse(string path, string text) => CSharpSyntaxTree.ParseText(text, ParseOptions, path);
}
