using System.Collections.Immutable;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

using SoftDice.Generators.Input;

namespace SoftDice.Generators.Diagnostics;

/// <summary>
/// Reports a call of a generated member with labels of a type that no kernel reads. C# has no constraint for «one of these
/// eight types», so without this the user would learn it at run time.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LabelTypeAnalyzer : DiagnosticAnalyzer
{
    private const string LabelParameter = "labels";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.LabelTypeUnsupported];

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
        IInvocationOperation call = (IInvocationOperation)context.Operation;
        IMethodSymbol method = call.TargetMethod;
        if (method.Name is not ("Forward" or "Accumulate") ||
            !method.IsGenericMethod ||
            AttributeNames.FirstOf(method.ContainingType.OriginalDefinition) is null)
        {
            return;
        }

        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is { Name: LabelParameter, Type: INamedTypeSymbol { Name: "ReadOnlySpan", TypeArguments.Length: 1 } span } &&
                span.TypeArguments[0] is { TypeKind: TypeKind.Struct or TypeKind.Enum } label &&
                !IsSupported(label.SpecialType))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.LabelTypeUnsupported,
                    argument.Syntax.GetLocation(),
                    label.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat)));
            }
        }
    }

    private static bool IsSupported(SpecialType type) => type is
        SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Int16 or SpecialType.System_UInt16 or
        SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_Single;
}
