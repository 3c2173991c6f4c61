using System.Collections.Immutable;
using System.Globalization;
using System.Linq;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

using SoftDice.Generators.Input;
using SoftDice.Generators.Model;

namespace SoftDice.Generators.Diagnostics;

/// <summary>
/// Reports the use of a generated member with labels of a type that no kernel reads, or of which none can be the ignored one. C# has no
/// constraint for «one of these eight types», so without this the user would learn it at run time.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LabelTypeAnalyzer : DiagnosticAnalyzer
{
    private const string LabelParameter = "labels";
    private const string Targets = "byte or float, as Labels is OneHot";
    private const string ClassIndices = "byte, sbyte, short, ushort, int, uint, long or float (byte is the fastest)";
    private static readonly string[] Interfaces =
        ["SoftDice.ISoftDiceLoss<TSums, TElement>", "SoftDice.ISoftDiceMaskedLoss<TSums, TElement>", "SoftDice.ISoftDiceUnreducedLoss<TSums, TElement>"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Descriptors.LabelTypeUnsupported, Descriptors.NothingIgnored];

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
            mistake.Descriptor,
            place.GetLocation(),
            [mistake.Type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat), .. mistake.MessageArguments]));

    /// <summary>What is wrong with the type of the labels, if the method is a generated one, or one of the interface.</summary>
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

        LossOptions? options = attribute is null ? null : OptionsReader.Read(attribute);
        bool isOneHot = options is { IsOneHot: true };
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (parameter is { Name: LabelParameter, Type: INamedTypeSymbol { Name: "ReadOnlySpan" or "ReadOnlyTensorSpan", TypeArguments.Length: 1 } span } &&
                span.TypeArguments[0] is { TypeKind: TypeKind.Struct or TypeKind.Enum } label)
            {
                return !(isOneHot ? IsTarget(label.SpecialType) : IsClassIndex(label.SpecialType))
                        ? new Mistake(Descriptors.LabelTypeUnsupported, label, isOneHot ? Targets : ClassIndices)
                    : options?.IgnoreIndex is int ignored && !CanBe(label.SpecialType, ignored)
                        ? new Mistake(Descriptors.NothingIgnored, label, ignored.ToString(CultureInfo.InvariantCulture), type.Name)
                    : null;
            }
        }

        return null;
    }

    private static bool IsTarget(SpecialType type) => type is SpecialType.System_Byte or SpecialType.System_Single;

    private static bool IsClassIndex(SpecialType type) => type is
        SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Int16 or SpecialType.System_UInt16 or
        SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_Single;

    private static bool CanBe(SpecialType type, int number) => type switch
    {
        SpecialType.System_Byte => number is >= byte.MinValue and <= byte.MaxValue,
        SpecialType.System_SByte => number is >= sbyte.MinValue and <= sbyte.MaxValue,
        SpecialType.System_Int16 => number is >= short.MinValue and <= short.MaxValue,
        SpecialType.System_UInt16 => number is >= ushort.MinValue and <= ushort.MaxValue,
        SpecialType.System_UInt32 => number >= 0,
        SpecialType.System_Single => IsSingle(number),
        _ => true,
    };

    private static bool IsSingle(int number)
    {
        float single = number;
        return (double)single == (double)number;
    }

    private sealed class Mistake(DiagnosticDescriptor descriptor, ITypeSymbol type, params string[] messageArguments)
    {
        public DiagnosticDescriptor Descriptor { get; } = descriptor;

        public ITypeSymbol Type { get; } = type;

        public string[] MessageArguments { get; } = messageArguments;
    }
}
