using System.Linq;
using System.Threading;

using Microsoft.CodeAnalysis;

using SoftDice.Generators.Input;
using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;
using SoftDice.Generators.Text;

namespace SoftDice.Generators;

/// <summary>Writes a soft Dice loss into every type annotated with <c>[SoftDiceLoss]</c>: Input → Model → Plan → Text.</summary>
[Generator]
public sealed class SoftDiceGenerator : IIncrementalGenerator
{
    /// <summary>The endings of generated files. No type can be named so that one of them meets another's.</summary>
    internal const string LossEnding = ".SoftDice.g.cs";
    internal const string GradientEnding = ".SoftDice.Gradient.g.cs";
    internal const string SumsEnding = ".SoftDice.Sums.g.cs";
    internal const string TensorsEnding = ".SoftDice.Tensors.g.cs";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<LossSpec> specs = context.SyntaxProvider
            .ForAttributeWithMetadataName(AttributeNames.MetadataName, static (node, _) => TypeReader.IsReadable(node), Read)
            .Where(static spec => spec is not null)
            .Select(static (spec, _) => spec!)
            .WithTrackingName(TrackingNames.Specs);

        IncrementalValueProvider<EquatableArray<string>> ambiguous = specs
            .Select(static (spec, _) => spec.Target.HintName)
            .Collect()
            .Select(static (names, _) => HintNames.Ambiguous(names))
            .WithTrackingName(TrackingNames.AmbiguousHintNames);

        IncrementalValuesProvider<LossSpec> named = specs
            .Combine(ambiguous)
            .Select(static (pair, _) => WithOwnHintName(pair.Left, pair.Right))
            .Combine(context.CompilationProvider.Select(static (compilation, _) => Tensors.AreKnown(compilation)))
            .Select(static (pair, _) => pair.Left with { HasTensors = pair.Right })
            .WithTrackingName(TrackingNames.NamedSpecs);

        context.RegisterSourceOutput(named, static (output, spec) =>
        {
            KernelPlan plan = KernelPlanner.Plan(spec.Options);
            output.AddSource(spec.Target.HintName + LossEnding, LossFile.WriteLoss(spec.Target, plan));
            output.AddSource(spec.Target.HintName + GradientEnding, LossFile.WriteGradient(spec.Target, plan));
            output.AddSource(spec.Target.HintName + SumsEnding, LossFile.WriteSums(spec.Target, plan));
            if (spec.HasTensors)
            {
                output.AddSource(spec.Target.HintName + TensorsEnding, LossFile.WriteTensors(spec.Target, plan));
            }
        });
    }

    private static LossSpec? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.TargetSymbol;
        AttributeData attribute = AttributeNames.FirstOf(type)!;

        // A type with several attributed parts comes here once for each; the first attribute speaks for all.
        SyntaxReference place = attribute.ApplicationSyntaxReference!;
        bool isFirst = place.SyntaxTree == context.TargetNode.SyntaxTree && context.TargetNode.Span.Contains(place.Span);
        if (!isFirst || !TypeReader.IsNamed(type) || TypeReader.FindProblems(type, cancellation).Any(problem => problem.IsInTheWay))
        {
            return null;
        }

        return new LossSpec(TypeReader.Read(type), OptionsReader.Read(attribute));
    }

    private static LossSpec WithOwnHintName(LossSpec spec, EquatableArray<string> ambiguous)
    {
        string name = spec.Target.HintName;
        return ambiguous.Contains(name) ? spec with { Target = spec.Target with { HintName = HintNames.Unmistakable(spec.Target) } } : spec;
    }
}
