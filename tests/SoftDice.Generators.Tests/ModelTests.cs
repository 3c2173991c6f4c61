using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>What the compiler caches between edits compares by content, and holds nothing of the compilation.</summary>
public sealed class ModelTests
{
    [Fact]
    public void Models_made_apart_are_equal_and_have_the_same_hash()
    {
        AssertEqual(SpecOf("A"), SpecOf("A"));
        AssertEqual(KernelPlanner.Plan(SpecOf("A").Options), KernelPlanner.Plan(SpecOf("B").Options));
        AssertEqual(default, new EquatableArray<string>());
        AssertEqual(new EquatableArray<string>([]), default);
    }

    [Fact]
    public void Every_part_of_a_model_counts()
    {
        LossSpec spec = SpecOf("A");
        TypePart part = spec.Target.Type;
        LossSpec[] different =
        [
            spec,
            spec with { Options = spec.Options with { NumClasses = 9 } },
            spec with { Options = spec.Options with { Epsilon = 0 } },
            WithCost(cost => cost with { Overlap = Overlap.Jaccard }),
            WithCost(cost => cost with { NumeratorSmoothing = 0.1 }),
            WithCost(cost => cost with { DenominatorSmoothing = 0.2 }),
            WithCost(cost => cost with { DenominatorFloor = 0.3 }),
            WithCost(cost => cost with { Form = Form.Negative }),
            WithCost(cost => cost with { Gamma = 0.7 }),
            WithCost(cost => cost with { Alpha = 0.11 }),
            WithCost(cost => cost with { Beta = 0.13 }),
            WithCost(cost => cost with { SquaredDenominator = true, Intersection = Intersection.Minimum }),
            WithCost(cost => cost with { Intersection = Intersection.Minimum }),
            WithAggregation(aggregation => aggregation with { Reduction = Reduction.Sum }),
            WithAggregation(aggregation => aggregation with { ClassWeights = new(0.1, 2, 3) }),
            WithAggregation(aggregation => aggregation with { ClassWeights = new(0.1, 2, 0.4) }),
            WithAggregation(aggregation => aggregation with { NormalizeWeights = true }),
            WithAggregation(aggregation => aggregation with { Excluded = new(1) }),
            WithAggregation(aggregation => aggregation with { AbsentClasses = AbsentClasses.Zero }),
            WithAggregation(aggregation => aggregation with { Reduction = Reduction.None }),
            WithAggregation(aggregation => aggregation with { SumsOver = SumsOver.Sample, NormalizeWeights = true }),
            WithAggregation(aggregation => aggregation with { GeneralizedWeights = GeneralizedWeights.Square }),
            WithAggregation(aggregation => aggregation with { InfiniteWeights = InfiniteWeights.Zero, GeneralizedWeights = GeneralizedWeights.Simple }),
            WithAggregation(aggregation => aggregation with { Wasserstein = new Wasserstein(new(0, 0.3, 1, 0), WassersteinWeights.Foreground) }),
            WithAggregation(aggregation => aggregation with { Wasserstein = new Wasserstein(new(0, 1, 0.7, 0), WassersteinWeights.Foreground) }),
            WithAggregation(aggregation => aggregation with { Wasserstein = new Wasserstein(new(0, 0.3, 1, 0), WassersteinWeights.InverseSize) }),
            spec with { Options = spec.Options with { Layout = Layout.ChannelsLast } },
            spec with { Options = spec.Options with { Activation = Activation.Sigmoid } },
            spec with { Options = spec.Options with { Labels = LabelKind.OneHot } },
            spec with { Options = spec.Options with { AreAsAsked = false } },
            spec with { Options = spec.Options with { IgnoreIndex = 255 } },
            spec with { Options = spec.Options with { HasMask = true } },
            spec with { Options = spec.Options with { Compound = new Compound(CrossEntropy: 1) } },
            spec with { Options = spec.Options with { Compound = new Compound(CrossEntropy: 1, PositiveWeights: new(1, 2, 3)) } },
            spec with { Options = spec.Options with { Focal = new Focal(Factor: 1) } },
            spec with { Options = spec.Options with { Focal = new Focal(Factor: 1, Alpha: 0.25) } },
            spec with { HasTensors = true },
            spec with { Options = spec.Options with { ElementType = ElementType.Half } },
            WithTarget(target => target with { Namespace = "Other" }),
            WithTarget(target => target with { CanBeTypeArgument = false }),
            WithTarget(target => target with { HintName = "Other" }),
            WithTarget(target => target with { Types = new EquatableArray<TypePart>(part) }),
            WithTarget(target => target with { Types = new EquatableArray<TypePart>([.. target.Types.Reverse()]) }),
            WithTarget(target => target with { Types = WithLast(target.Types, part with { Keyword = "struct" }) }),
            WithTarget(target => target with { Types = WithLast(target.Types, part with { Name = "Other" }) }),
            WithTarget(target => target with { Types = WithLast(target.Types, part with { TypeParameters = new("T") }) }),
            WithTarget(target => target with { Types = WithLast(target.Types, part with { TypeParameters = new("U", "T") }) }),
        ];

        // Values of which no two are equal; that their hashes differ too is no must, but shows that all is hashed.
        Assert.Equal(different.Length, different.Distinct().Count());
        Assert.Equal(different.Length, different.Select(item => item.GetHashCode()).Distinct().Count());

        LossSpec WithCost(Func<ClassCost, ClassCost> change) =>
            spec with { Options = spec.Options with { Cost = change(spec.Options.Cost) } };

        LossSpec WithAggregation(Func<Aggregation, Aggregation> change) =>
            spec with { Options = spec.Options with { Aggregation = change(spec.Options.Aggregation) } };

        LossSpec WithTarget(Func<LossTarget, LossTarget> change) => spec with { Target = change(spec.Target) };
    }

    [Fact]
    public void Every_part_of_a_plan_counts()
    {
        KernelPlan plan = KernelPlanner.Plan(new LossOptions(19, 1e-5));
        KernelPlan[] different =
        [
            plan,
            plan with { Options = plan.Options with { Epsilon = 1 } },
            plan with { Groups = new EquatableArray<ClassGroup>(plan.Groups[0]) },
            plan with { Groups = new EquatableArray<ClassGroup>(plan.Groups[0], plan.Groups[1] with { Repeats = 9 }) },
            plan with { ChainTurns = 1 },
            plan with { PartPixels = 16 },
            plan with { Scratch = new ScratchTile(16, 16) },
            plan with { StagedPixels = 16 },
            plan with { WideGroups = new EquatableArray<ClassGroup>(plan.Groups[0]) },
        ];

        Assert.Equal(different.Length, different.Distinct().Count());
        Assert.Equal(different.Length, different.Select(item => item.GetHashCode()).Distinct().Count());
    }

    [Fact]
    public void A_model_compares_equal_after_a_second_reading()
    {
        LossSpec[] first = [.. Specs(GeneratorHarness.Run(Shapes.Apart()))];
        LossSpec[] second = [.. Specs(GeneratorHarness.Run(Shapes.Apart()))];

        Assert.Equal(Shapes.Sources.Count, first.Length);
        Assert.Equal(first, second);
        Assert.Equal(first.Select(spec => spec.GetHashCode()), second.Select(spec => spec.GetHashCode()));
    }

    [Fact]
    public void No_step_holds_anything_of_the_compilation()
    {
        GeneratorRun run = GeneratorHarness.Run(Shapes.Apart());

        // All of ours, those to come included; the other tracked steps are the compiler's own.
        string[] names = [.. typeof(TrackingNames).GetFields().Select(field => (string)field.GetRawConstantValue()!)];
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.NotEmpty(run.Result.TrackedSteps[name]));
        foreach (IncrementalGeneratorRunStep step in names.SelectMany(name => run.Result.TrackedSteps[name]))
        {
            Assert.NotEmpty(step.Outputs);
            Assert.All(step.Outputs, output => Assert.Empty(ObjectGraph.FindForbidden(output.Value)));
        }
    }

    public static TheoryData<string> Plantable =>
        ["symbol", "node", "token", "tree", "reference", "model", "compilation", "attribute", "constant", "location"];

    [Theory]
    [MemberData(nameof(Plantable))]
    public void A_planted_piece_of_the_compilation_is_found(string kind)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(Shapes.Sources["class"]);
        SyntaxTree tree = compilation.SyntaxTrees[0];
        SyntaxNode node = tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<ClassDeclarationSyntax>().Single();
        INamedTypeSymbol symbol = compilation.GetTypeByMetadataName("Demo.TissueLoss")!;
        AttributeData attribute = symbol.GetAttributes()[0];
        object planted = kind switch
        {
            "symbol" => symbol,
            "node" => node,
            "token" => node.GetFirstToken(),
            "tree" => tree,
            "reference" => symbol.DeclaringSyntaxReferences[0],
            "model" => compilation.GetSemanticModel(tree),
            "compilation" => compilation,
            "attribute" => attribute,
            "constant" => attribute.NamedArguments[0].Value,
            "location" => symbol.Locations[0],
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

        // Inside an array in a field of a record in a collection: deeper than any place that a model could hide it.
        ImmutableArray<(LossSpec, object)> graph = [(SpecOf("A"), new List<Lazy<object>> { new(planted) })];

        string path = Assert.Single(ObjectGraph.FindForbidden(graph));
        Assert.EndsWith(": " + planted.GetType().Name, path, StringComparison.Ordinal);
    }

    private static LossSpec SpecOf(string name)
    {
        TypePart outer = new("class", "Outer", new EquatableArray<string>([]));
        TypePart part = new("record struct", name, new EquatableArray<string>("T", "U"));
        LossTarget target = new("Demo", new EquatableArray<TypePart>(outer, part), CanBeTypeArgument: true, "Demo.Outer." + name);
        return new LossSpec(target, new LossOptions(3, 1e-5));
    }

    private static EquatableArray<TypePart> WithLast(EquatableArray<TypePart> parts, TypePart last) =>
        new([.. parts.Take(parts.Count - 1), last]);

    private static IEnumerable<LossSpec> Specs(GeneratorRun run) =>
        run.Result.TrackedSteps[TrackingNames.NamedSpecs].SelectMany(step => step.Outputs).Select(output => (LossSpec)output.Value);

    private static void AssertEqual<T>(T left, T right)
        where T : IEquatable<T>
    {
        Assert.True(left.Equals(right));
        Assert.True(left.Equals((object)right));
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
    }
}
