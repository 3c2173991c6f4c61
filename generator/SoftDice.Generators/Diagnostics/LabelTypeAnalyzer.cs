using System.Collections.Immutable;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

using SoftDice.Generators.Input;

namespace SoftDice.Generators.Diagnostics;

/// <summary>
/// Reports the use of a generated member with labels of a type that no kernel reads. C# has no constraint for «one of these
/// eight types», so without this the user would learn it at run time.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LabelTypeAnalyzer : DiagnosticAnalyzer
{
    private const string LabelParameter = "labels";
    private const string Interface = "SoftDice.ISoftDiceLoss<TSums>";

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
                start.RegisterOperationAction(AnalyzeMethodGroup, OperationKind.MethodReference);
            }
        });
    }

    private static void AnalyzeCall(OperationAnalysisContext context)
    {
        IInvocationOperation call = (IInvocationOperation)context.Operation;
        if (UnsupportedLabel(call.TargetMethod) is not { } label)
        {
            return;
        }

        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter?.Name == LabelParameter)
            {
                Report(context, argument.Syntax, label);
            }
        }
    }

    private static void AnalyzeMethodGroup(OperationAnalysisContext context)
    {
        if (UnsupportedLabel(((IMethodReferenceOperation)context.Operation).Method) is { } label)
        {
            Report(context, context.Operation.Syntax, label);
        }
    }

    private static void Report(OperationAnalysisContext context, SyntaxNode place, ITypeSymbol label) =>
        context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.LabelTypeUnsupported,
            place.GetLocation(),
            label.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat)));

    /// <summary>The type of the labels if the method is a generated one, or one of the interface, and cannot read them.</summary>
    private static ITypeSymbol? UnsupportedLabel(IMethodSymbol method)
    {
        if (method.Name is not ("Forward" or "Accumulate" or "ForwardBackward" or "Backward") || !method.IsGenericMethod)
        {
            return null;
        }

        INamedTypeSymbol type = method.ContainingType.OriginalDefinition;
        if (AttributeNames.FirstOf(type) is null && type.ToDisplayString() != Interface)
        {
            return null;
        }

        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (parameter is { Name: LabelParameter, Type: INamedTypeSymbol { Name: "ReadOnlySpan", TypeArguments.Length: 1 } span } &&
                span.TypeArguments[0] is { TypeKind: TypeKind.Struct or TypeKind.Enum } label &&
                !IsSupported(label.SpecialType))
            {
                return label;
            }
        }

        return null;
    }

    private static bool IsSupported(SpecialType type) => type is
        SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Int16 or SpecialType.System_UInt16 or
        SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_Single;
}
