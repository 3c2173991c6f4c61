using System.Collections.Immutable;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

using SoftDice.Generators.Input;
using SoftDice.Generators.Model;

namespace SoftDice.Generators.Diagnostics;

/// <summary>
/// Reports predictions that are probabilities already, where the loss makes probabilities of them itself. The loss is then a number that looks right, and
/// trains badly. Nothing is said unless it is certain.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ActivatedTwiceAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.ActivatedTwice];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(AttributeNames.MetadataName) is not null)
            {
                start.RegisterOperationAction(AnalyzeCall, OperationKind.Invocation);
            }
        });
    }

    private static void AnalyzeCall(OperationAnalysisContext context)
    {
        if (LossCall.Of((IInvocationOperation)context.Operation) is { Activation: not Activation.None } call &&
            Find(call, context.ContainingSymbol) is var (what, activation))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.ActivatedTwice,
                call.Predictions.Value.Syntax.GetLocation(),
                additionalLocations: [activation.Syntax.GetLocation()],
                what,
                Activations.NameOf(activation),
                call.Loss.Name,
                call.Activation));
        }
    }

    private static (string What, IInvocationOperation Activation)? Find(LossCall call, ISymbol owner)
    {
        IOperation predictions = Mentions.Inside(call.Predictions.Value);
        return predictions is IInvocationOperation made && Activations.GivesResult(made)
                ? ("What is passed", made)
            : Mentions.VariableOf(predictions) is { } variable && WayBack.FindActivation(call, variable, owner) is { } activation
                ? ($"'{variable.Name}'", activation)
            : null;
    }
}
