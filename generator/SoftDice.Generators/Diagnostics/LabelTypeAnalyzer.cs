using System.Collections.Immutable;
using System.Linq;

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
    private const string Targets = "byte or float, as Labels is OneHot";
    private const string ClassIndices = "byte, sbyte, short, ushort, int, uint, long or float (byte is the fastest)";
    private static readonly string[] Interfaces = ["SoftDice.ISoftDiceLoss<TSums>", "SoftDice.ISoftDiceUnreducedLoss<TSums>"];

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
        if (FindMistake(call.TargetMethod) is not { } mistake)
        {
            return;
        }

        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter?.Name == LabelParameter)
            {
                Report(context, argument.Syntax, mistake);
            }
        }
    }

    private static void AnalyzeMethodGroup(OperationAnalysisContext context)
    {
        if (FindMistake(((IMethodReferenceOperation)context.Operation).Method) is { } mistake)
        {
            Report(context, context.Operation.Syntax, mistake);
        }
    }

    private static void Report(OperationAnalysisContext context, SyntaxNode place, Mistake mistake) =>
        context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.LabelTypeUnsupported,
            place.GetLocation(),
            mistake.Type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat),
            mistake.Supported));

    /// <summary>The type of the labels if the method is a generated one, or one of the interface, and cannot read them.</summary>
    private static Mistake? FindMistake(IMethodSymbol method)
    {
        if (method.Name is not ("Forward" or "Accumulate" or "ForwardBackward" or "Backward") || !method.IsGenericMethod)
        {
            return null;
        }

        // What the interface's labels are is not known: they may be class indices.
        INamedTypeSymbol type = method.ContainingType.OriginalDefinition;
        AttributeData? attribute = AttributeNames.FirstOf(type);
        if (attribute is null && !Interfaces.Contains(type.ToDisplayString()))
        {
            return null;
        }

        bool isOneHot = attribute is not null && OptionsReader.Read(attribute).IsOneHot;
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (parameter is { Name: LabelParameter, Type: INamedTypeSymbol { Name: "ReadOnlySpan" or "ReadOnlyTensorSpan", TypeArguments.Length: 1 } span } &&
                span.TypeArguments[0] is { TypeKind: TypeKind.Struct or TypeKind.Enum } label &&
                !(isOneHot ? IsTarget(label.SpecialType) : IsClassIndex(label.SpecialType)))
            {
                return new Mistake(label, isOneHot ? Targets : ClassIndices);
            }
        }

        return null;
    }

    private static bool IsTarget(SpecialType type) => type is SpecialType.System_Byte or SpecialType.System_Single;

    private static bool IsClassIndex(SpecialType type) => type is
        SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Int16 or SpecialType.System_UInt16 or
        SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_Single;

    private sealed record Mistake(ITypeSymbol Type, string Supported);
}
