using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>What a user is told, where, and that it is all that the user is told.</summary>
public sealed class AnalyzerTests
{
    /// <summary>Another project may use what is internal.</summary>
    private const string Friend = "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Friend\")]\n";

    public static TheoryData<string> MistakeNames => [.. Mistakes.All.Keys];

    [Theory]
    [MemberData(nameof(MistakeNames))]
    public async Task A_mistake_is_reported_at_its_place(string mistake)
    {
        (GeneratorRun run, LinePositionSpan[] places) = Make(Mistakes.All[mistake]);

        ImmutableArray<Diagnostic> found = await AnalyzerHarness.Analyze(run.Output);

        IEnumerable<string> expected = places.Zip(
            Mistakes.All[mistake].Expected, (place, text) => AnalyzerHarness.Describe(text.Id, place, text.Message));
        Assert.Equal(places.Length, Mistakes.All[mistake].Expected.Length);
        Assert.Equal(expected, found.Select(AnalyzerHarness.Describe));
    }

    [Theory]
    [MemberData(nameof(MistakeNames))]
    public void A_mistake_brings_no_error_but_its_own(string mistake)
    {
        (GeneratorRun run, _) = Make(Mistakes.All[mistake]);

        run.AssertDidNotFail();
        Assert.Equal(Mistakes.All[mistake].OfTheCompiler, run.CompilerDiagnosticIds());
    }

    [Fact]
    public void Every_diagnostic_has_a_mistake_here()
    {
        IEnumerable<string> ids = AnalyzerHarness.Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id);

        Assert.Equal(ids.Order(), Mistakes.All.Values.SelectMany(mistake => mistake.Expected).Select(text => text.Id).Distinct().Order());
    }

    [Fact]
    public async Task Good_code_is_left_alone()
    {
        string[] sources =
        [
            .. Shapes.Apart(),
            Shapes.InDemo("internal partial class Least;", "NumClasses = 1, Epsilon = 0"),
            Shapes.InDemo("internal partial class Most;", "NumClasses = 4096, Epsilon = double.MaxValue"),
            Shapes.InDemo("internal partial class Derived : System.Exception;"),
            Friend,
        ];

        await AssertIsGood(GeneratorHarness.Run(sources));
    }

    [Theory]
    [InlineData("byte")]
    [InlineData("sbyte")]
    [InlineData("short")]
    [InlineData("ushort")]
    [InlineData("int")]
    [InlineData("uint")]
    [InlineData("long")]
    [InlineData("float")]
    public async Task Every_label_type_is_welcome(string label) => await AssertIsGood(GeneratorHarness.Run(
        $$"""
        [SoftDice.SoftDiceLoss(NumClasses = 1)]
        internal partial class TissueLoss;
        internal static class User
        {
            public static double Inferred({{label}}[] labels) => TissueLoss.Forward([1], labels, 1);
            public static double Stated({{label}}[] labels) => TissueLoss.Forward<{{label}}>([1], labels, 1);
            public static double Generic<T>(T[] labels) where T : unmanaged => TissueLoss.Forward<T>([1], labels, 1);
        }
        """));

    [Theory]
    [InlineData("byte", "255")]
    [InlineData("sbyte", "-128")]
    [InlineData("short", "-32768")]
    [InlineData("ushort", "65535")]
    [InlineData("int", "int.MinValue")]
    [InlineData("uint", "int.MaxValue")]
    [InlineData("long", "-100")]
    [InlineData("float", "-16777216")]
    [InlineData("float", "int.MinValue")]
    public async Task Every_label_that_a_type_has_can_be_ignored(string label, string ignored) => await AssertIsGood(GeneratorHarness.Run(
        $$"""
        [SoftDice.SoftDiceLoss(NumClasses = 1, IgnoreIndex = {{ignored}})]
        internal partial class TissueLoss;
        internal static class User
        {
            public static double Use({{label}}[] labels) => TissueLoss.Forward([1], labels, 1);
            public static double Generic<T>(T[] labels) where T : unmanaged => TissueLoss.Forward<T>([1], labels, 1);
        }
        """));

    [Theory]
    [InlineData("NumClasses = 1, IgnoreIndex = 1")]
    [InlineData("NumClasses = 1, Activation = SoftDice.SoftDiceActivation.Sigmoid, IgnoreIndex = 0")]
    [InlineData("NumClasses = 2, Activation = SoftDice.SoftDiceActivation.Sigmoid, IgnoreIndex = 1")]
    [InlineData("NumClasses = 2, IncludeBackground = false, IgnoreIndex = 0")]
    [InlineData("NumClasses = 3, ExcludedClasses = [1], IgnoreIndex = 0")]
    public async Task A_class_can_be_ignored_if_another_one_counts(string arguments) =>
        await AssertIsGood(GeneratorHarness.Run(Friend, $"[SoftDice.SoftDiceLoss({arguments})] internal partial class TissueLoss;"));

    [Fact]
    public async Task Methods_without_the_mask_are_the_users_own() => await AssertIsGood(GeneratorHarness.Run(
        """
        using System;
        using System.Threading;

        [SoftDice.SoftDiceLoss(NumClasses = 1, Mask = true)]
        internal partial class TissueLoss
        {
            public static double Forward<T>(
                ReadOnlySpan<float> predictions, ReadOnlySpan<T> labels, int batchSize, int degreeOfParallelism, CancellationToken cancellationToken)
                where T : unmanaged => Forward(predictions, labels, [true], batchSize, degreeOfParallelism, cancellationToken);
        }
        internal static class User
        {
            public static double Use(byte[] labels, bool[] mask) => TissueLoss.Forward([1], labels, mask, 1);
            public static double Any<TLoss, TSums>(byte[] labels, bool[] mask)
                where TLoss : SoftDice.ISoftDiceMaskedLoss<TSums>
                where TSums : struct, SoftDice.ISoftDiceSums<TSums> => TLoss.Forward<byte>([1], labels, mask, 1);
        }
        """));

    [Fact]
    public async Task Overloads_and_other_members_of_the_users_own_are_welcome() => await AssertIsGood(GeneratorHarness.Run(
        Friend,
        """
        [SoftDice.SoftDiceLoss(NumClasses = 1)]
        internal partial class TissueLoss
        {
            public static double Forward(float[] predictions, double[] labels) =>
                Forward(predictions, System.Array.ConvertAll(labels, label => (int)label), 1);
            public static void Accumulate(int count) => System.Console.WriteLine(count);
            public const int forward = 1;
            public int Epsilons => NumClasses;
        }
        """));

    [Fact]
    public async Task A_generic_method_of_the_users_own_may_call_a_parameter_labels() => await AssertIsGood(GeneratorHarness.Run(
        """
        [SoftDice.SoftDiceLoss(NumClasses = 1)]
        internal partial class TissueLoss
        {
            public static int Count<T>(System.Collections.Generic.List<T> labels) => labels.Count;
        }
        internal static class User
        {
            public static int Use(System.Collections.Generic.List<double> values) => TissueLoss.Count(values);
        }
        """));

    [Fact]
    public async Task Constants_of_the_users_own_are_welcome_wherever_they_are() => await AssertIsGood(GeneratorHarness.Run(
        Friend,
        """
        namespace Demo;
        internal static class Numbers { public const int NumClasses = 3; public const double Epsilon = NumClasses / 10.0; }
        internal enum Counts { Two = 2, Three }
        [SoftDice.SoftDiceLoss(NumClasses = Numbers.NumClasses, Epsilon = Numbers.Epsilon, ClassWeights = [1, OrganLoss.Own, (int)Counts.Three])]
        internal partial class OrganLoss
        {
            public const int Own = 3;
            [SoftDice.SoftDiceLoss(NumClasses = Own, ExcludedClasses = [Own - 1])]
            internal partial class TissueLoss;
        }
        [SoftDice.SoftDiceLoss(NumClasses = OrganLoss.Own + (int)Counts.Two, IgnoreIndex = nameof(OrganLoss.Epsilon) == "Epsilon" ? 255 : 0)]
        internal partial class BoneLoss;
        internal static partial class Losses
        {
            private const int NumClasses = 3;
            private const double Epsilon = 0.5;
            [SoftDice.SoftDiceLoss(NumClasses = NumClasses, Epsilon = Epsilon)]
            internal partial class SkinLoss;
        }
        """));

    [Fact]
    public async Task Constants_of_a_loss_in_another_project_are_welcome()
    {
        GeneratorRun other = GeneratorHarness.Run(Shapes.InDemo("public partial class OrganLoss;"));
        using MemoryStream image = new();
        Assert.Empty(other.Output.WithAssemblyName("Other").Emit(image, cancellationToken: TestContext.Current.CancellationToken).Diagnostics);

        await AssertIsGood(GeneratorHarness.Run(GeneratorHarness
            .Compile(Friend + "[SoftDice.SoftDiceLoss(NumClasses = Demo.OrganLoss.NumClasses)] internal partial class TissueLoss;")
            .AddReferences(MetadataReference.CreateFromImage(image.ToArray()))));
    }

    // The compiler's own errors, so that no analyzer is needed; floats for labels are the one type that it cannot tell from predictions.
    [Theory]
    [InlineData("byte")]
    [InlineData("sbyte")]
    [InlineData("short")]
    [InlineData("ushort")]
    [InlineData("int")]
    [InlineData("uint")]
    [InlineData("long")]
    public void Predictions_and_labels_swapped_do_not_compile(string label) => Assert.Equal(["CS1503", "CS1503"], GeneratorHarness.Run(
        $$"""
        [SoftDice.SoftDiceLoss(NumClasses = 1)]
        internal partial class TissueLoss;
        internal static class User
        {
            public static double Stated(float[] predictions, {{label}}[] labels) => TissueLoss.Forward<float>(labels, predictions, 1);
            public static double Inferred(float[] predictions, {{label}}[] labels) => TissueLoss.Forward(labels, predictions, 1);
        }
        """).CompilerDiagnosticIds());

    private static async Task AssertIsGood(GeneratorRun run)
    {
        run.AssertCompilesWithoutDiagnostics();
        Assert.Empty((await AnalyzerHarness.Analyze(run.Output)).Select(AnalyzerHarness.Describe));
    }

    private static (GeneratorRun Run, LinePositionSpan[] Places) Make(Mistake mistake)
    {
        (string source, LinePositionSpan[] places) = AnalyzerHarness.ReadMarks(mistake.Source);
        CSharpParseOptions options = GeneratorHarness.ParseOptions.WithLanguageVersion(mistake.Language);
        return (GeneratorHarness.Run(GeneratorHarness.Compile(options, ("Source.cs", source)).AddReferences(mistake.References)), places);
    }
}
