using System;
using System.Collections.Generic;
using System.Linq;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>What runs again after an edit, step by step.</summary>
public sealed class CachingTests
{
    private const string Loss =
        """
        using SoftDice;

        namespace Demo;

        [SoftDiceLoss(NumClasses = 3, Epsilon = 1e-5)]
        internal partial class TissueLoss
        {
            private static int Mine() => 1;
        }

        """;

    private const string Unrelated = "namespace Demo; internal static class Other { }\n";

    /// <summary>The model is read again and comes out equal, so that everything after it is not even looked at.</summary>
    private static readonly Reasons NothingNew = new("Cached", "Cached", "Cached", "Cached");

    /// <summary>Another model of the same name: the text is written again, the question of names is not asked again.</summary>
    private static readonly Reasons OptionChanged = new("Modified", "Cached", "Modified", "Modified");

    private static readonly Dictionary<string, (Func<CSharpCompilation, CSharpCompilation> Apply, Reasons Expected)> Edits = new()
    {
        ["a comment inside the type"] = (Change("private", "// A comment.\n    private"), NothingNew),
        ["a comment inside the attribute"] = (Change("(NumClasses", "(/* A comment. */ NumClasses"), NothingNew),
        ["the body of a member"] = (Change("=> 1", "=> 2"), NothingNew),
        ["another member of the type"] = (Change("private", "private static int More() => 2;\n    private"), NothingNew),
        ["the type moved down a line"] = (Change("[SoftDiceLoss", "\n[SoftDiceLoss"), NothingNew),
        ["an unrelated attribute before"] = (Change("[SoftDiceLoss", "[System.Obsolete]\n[SoftDiceLoss"), NothingNew),
        ["an unrelated attribute in the same list"] = (Change("1e-5)]", "1e-5), System.Obsolete]"), NothingNew),
        ["attribute arguments over several lines"] = (Change("(NumClasses = 3, ", "(\n    NumClasses=3,\n    "), NothingNew),
        ["attribute arguments in another order"] =
            (Change("NumClasses = 3, Epsilon = 1e-5", "Epsilon = 1e-5, NumClasses = 3"), NothingNew),
        ["the same numbers written differently"] =
            (Change("NumClasses = 3, Epsilon = 1e-5", "NumClasses = 0x1 + 2, Epsilon = 0.00001"), NothingNew),
        ["the default written out, then left out"] = (Change(", Epsilon = 1e-5", string.Empty), NothingNew),
        ["another modifier"] = (Change("internal partial", "internal sealed partial"), NothingNew),
        ["another base type"] = (Change("partial class TissueLoss", "partial class TissueLoss : System.IDisposable"), NothingNew),
        ["an unrelated file edited"] = (Change("class Other { }", "class Other { private const int X = 1; }", Unrelated), NothingNew),
        ["an unrelated file added"] = (Add("namespace Demo; internal class More;"), NothingNew),
        ["another part of the type"] = (Add("namespace Demo; partial class TissueLoss { private const int Y = 1; }"), NothingNew),
        ["a reference less"] = (compilation => compilation.RemoveReferences(compilation.References.First(IsQueryable)), NothingNew),
        ["a reference more that brings tensors"] =
            (compilation => compilation.AddReferences(GeneratorHarness.Tensors), new("Cached", "Cached", "Modified", "Modified")),
        ["another option of the compiler"] =
            (compilation => compilation.WithOptions(compilation.Options.WithOverflowChecks(true)), NothingNew),
        ["another annotated type in another file"] =
            (Add("namespace Demo; [SoftDice.SoftDiceLoss(NumClasses = 9)] internal partial class Late;"),
            new("Cached, New", "Unchanged", "Cached, New", "Cached, New")),
        ["another annotated type after it in its file"] =
            (Change("    private static int Mine() => 1;\n}", "}\n\n[SoftDiceLoss(NumClasses = 9)]\ninternal partial class Late;"),
            new("Cached, New", "Unchanged", "Cached, New", "Cached, New")),
        ["another number of classes"] = (Change("= 3", "= 4"), OptionChanged),
        ["another smoothing"] = (Change("1e-5", "1e-6"), OptionChanged),
        ["another kind of type"] = (Change("partial class", "partial struct"), OptionChanged),
        ["another name"] = (Change("TissueLoss", "OrganLoss"), new("Modified", "Unchanged", "Modified", "Modified")),
        ["another namespace"] = (Change("namespace Demo", "namespace Other"), new("Modified", "Unchanged", "Modified", "Modified")),
        ["no attribute any more"] =
            (Change("[SoftDiceLoss(NumClasses = 3, Epsilon = 1e-5)]", string.Empty),
            new("Removed", "Unchanged", "Removed", "Removed")),
        ["not partial any more"] = (Change("internal partial", "internal"), new("Removed", "Unchanged", "Removed", "Removed")),
        ["a type whose name differs only in case"] =
            (Add("namespace Demo; [SoftDice.SoftDiceLoss(NumClasses = 3)] internal partial class tissueLoss;"),
            new("Cached, New", "Modified", "Modified, New", "Modified, New")),
    };

    public static TheoryData<string> EditNames => [.. Edits.Keys];

    [Theory]
    [MemberData(nameof(EditNames))]
    public void An_edit_runs_again_what_it_must_and_no_more(string edit)
    {
        (Func<CSharpCompilation, CSharpCompilation> apply, Reasons expected) = Edits[edit];
        GeneratorRun before = GeneratorHarness.Run(GeneratorHarness.Compile(Loss, Unrelated));
        before.AssertDidNotFail();
        Assert.Equal(new Reasons("New", "New", "New", "New"), Reasons.Of(before));

        GeneratorRun after = before.Rerun(apply(before.Input));

        after.AssertDidNotFail();
        Assert.Equal(expected, Reasons.Of(after));
    }

    [Theory]
    [MemberData(nameof(EditNames))]
    public void An_edit_leads_to_the_same_output_as_a_fresh_start(string edit)
    {
        GeneratorRun before = GeneratorHarness.Run(GeneratorHarness.Compile(Loss, Unrelated));

        GeneratorRun after = before.Rerun(Edits[edit].Apply(before.Input));

        Assert.Equal(GeneratorHarness.Run(after.Input).Sources, after.Sources);
    }

    [Fact]
    public void Two_names_that_differ_only_in_case_stay_cached_when_an_unrelated_type_is_added()
    {
        GeneratorRun before = GeneratorHarness.Run(
            "[SoftDice.SoftDiceLoss(NumClasses = 2)] internal partial class Foo;",
            "[SoftDice.SoftDiceLoss(NumClasses = 2)] internal partial class foo;");
        before.AssertDidNotFail();
        Assert.Equal(2 * GeneratorRun.FilesPerLoss, before.Sources.Count);

        GeneratorRun after = before.Rerun(
            Add("[SoftDice.SoftDiceLoss(NumClasses = 2)] internal partial class Unrelated;")(before.Input));

        Assert.Equal(3 * GeneratorRun.FilesPerLoss, after.Sources.Count);
        Assert.Equal(
            new Reasons("Cached, Cached, New", "Unchanged", "Cached, Cached, New", "Cached, Cached, New"), Reasons.Of(after));
    }

    private static bool IsQueryable(MetadataReference reference) =>
        reference.Display!.EndsWith("System.Linq.Queryable.dll", StringComparison.Ordinal);

    private static Func<CSharpCompilation, CSharpCompilation> Add(string text) => compilation =>
        compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(text, GeneratorHarness.ParseOptions, "Added.cs"));

    // As an editor does it: the change of a text, of which the compiler parses only what it must.
    private static Func<CSharpCompilation, CSharpCompilation> Change(string old, string replacement, string source = Loss) => compilation =>
    {
        SyntaxTree tree = compilation.SyntaxTrees.Single(candidate => candidate.ToString() == source);
        SourceText text = tree.GetText();
        int start = source.IndexOf(old, StringComparison.Ordinal);
        Assert.True(start >= 0 && source.LastIndexOf(old, StringComparison.Ordinal) == start, $"Not there exactly once: {old}");
        SourceText changed = text.WithChanges(new TextChange(new TextSpan(start, old.Length), replacement));
        return compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(changed));
    };

    /// <summary>Why each output of each tracked step is what it is, and of everything that was written.</summary>
    private sealed record Reasons(string Specs, string AmbiguousHintNames, string NamedSpecs, string Outputs)
    {
        public static Reasons Of(GeneratorRun run) => new(
            OfSteps(run.Result.TrackedSteps.GetValueOrDefault(TrackingNames.Specs, [])),
            OfSteps(run.Result.TrackedSteps.GetValueOrDefault(TrackingNames.AmbiguousHintNames, [])),
            OfSteps(run.Result.TrackedSteps.GetValueOrDefault(TrackingNames.NamedSpecs, [])),
            OfSteps(run.Result.TrackedOutputSteps.Values.SelectMany(steps => steps)));

        private static string OfSteps(IEnumerable<IncrementalGeneratorRunStep> steps) =>
            string.Join(", ", steps.SelectMany(step => step.Outputs).Select(output => output.Reason.ToString()));
    }
}
