using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

using SoftDice.Generators.Input;

namespace SoftDice.Generators.Diagnostics;

/// <summary>Reports what is wrong with an annotated type and with the options on it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LossTypeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Descriptors.TypeNotPartial,
        Descriptors.ContainerNotPartial,
        Descriptors.FileLocal,
        Descriptors.NumClassesMissing,
        Descriptors.NumClassesOutOfRange,
        Descriptors.EpsilonInvalid,
        Descriptors.ActivationInvalid,
        Descriptors.LabelsInvalid,
        Descriptors.NoSuchValue,
        Descriptors.NumberOutOfRange,
        Descriptors.ClassWeightsWrong,
        Descriptors.ExcludedClassesWrong,
        Descriptors.NoClassLeft,
        Descriptors.DoesNotFit,
        Descriptors.ConstantIsGenerated,
        Descriptors.TermNotComputed,
        Descriptors.TermMissing,
        Descriptors.TermWeightsWrong,
        Descriptors.LabelSmoothingOutOfRange,
        Descriptors.DistancesWrong,
        Descriptors.LanguageTooOld,
        Descriptors.AttributeRepeated,
        Descriptors.NameTaken,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(AttributeNames.MetadataName) is not null)
            {
                start.RegisterSymbolAction(AnalyzeType, SymbolKind.NamedType);
            }
        });
    }

    private static void AnalyzeType(SymbolAnalysisContext context)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;

        // An editor shows what is reported of a type within its declaration only: what is wrong with a container is reported of that.
        foreach (INamedTypeSymbol nested in TypesIn(type).Where(nested => AttributesOf(nested).Length > 0))
        {
            ReportProblems(nested, type, context);
        }

        AttributeData[] attributes = AttributesOf(type);
        if (attributes.Length == 0)
        {
            return;
        }

        ReportProblems(type, type, context);

        foreach (AttributeData repeated in attributes.Skip(1))
        {
            context.ReportDiagnostic(
                Diagnostic.Create(Descriptors.AttributeRepeated, LocationOf(repeated, null, context), type.Name));
        }

        ReportGeneratedConstants(type, attributes[0], context);

        // An argument that the compiler has already refused is not complained of a second time.
        List<OptionProblem> problems = [];
        if (!IsRefusedByCompiler(attributes[0], context))
        {
            OptionsReader.Read(attributes[0], problems);
        }

        foreach (OptionProblem problem in problems)
        {
            Location location = LocationOf(attributes[0], problem.Argument, context);
            context.ReportDiagnostic(
                Diagnostic.Create(problem.Descriptor, location, RemediesOf(problem), [type.Name, .. problem.MessageArguments]));
        }
    }

    private static void ReportGeneratedConstants(INamedTypeSymbol type, AttributeData attribute, SymbolAnalysisContext context)
    {
        AttributeSyntax syntax = SyntaxOf(attribute, context);
        foreach (AttributeArgumentSyntax argument in syntax.ArgumentList?.Arguments ?? [])
        {
            GeneratedConstants constants = new(context.Compilation, context.CancellationToken);
            if (argument.NameEquals is { Name.Identifier.ValueText: string option } &&
                constants.FindIn(argument.Expression) is { } constant &&
                !constants.IsKnownWithout(syntax, option, attribute.NamedArguments.FirstOrDefault(named => named.Key == option).Value))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.ConstantIsGenerated, argument.GetLocation(), type.Name, option, $"{constant.ContainingType.Name}.{constant.Name}"));
            }
        }
    }

    private static void ReportProblems(INamedTypeSymbol type, INamedTypeSymbol owner, SymbolAnalysisContext context)
    {
        foreach (TypeProblem problem in TypeReader.FindProblems(type, context.CancellationToken)
            .Where(problem => SymbolEqualityComparer.Default.Equals(problem.Owner, owner)))
        {
            context.ReportDiagnostic(Diagnostic.Create(problem.Descriptor, problem.Location, problem.MessageArguments));
        }
    }

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamedTypeSymbol type) =>
        type.GetTypeMembers().SelectMany(nested => TypesIn(nested).Prepend(nested));

    private static AttributeData[] AttributesOf(INamedTypeSymbol type) =>
        type.TypeKind is TypeKind.Class or TypeKind.Struct ? AttributeNames.AllOf(type) : [];

    private static ImmutableDictionary<string, string?> RemediesOf(OptionProblem problem)
    {
        ImmutableDictionary<string, string?> remedies = ImmutableDictionary<string, string?>.Empty;
        remedies = problem.Nearest is null ? remedies : remedies.Add(Remedies.Nearest, problem.Nearest);
        return problem.Missing is null ? remedies : remedies.Add(Remedies.Missing, problem.Missing);
    }

    private static bool IsRefusedByCompiler(AttributeData attribute, SymbolAnalysisContext context)
    {
        AttributeSyntax syntax = SyntaxOf(attribute, context);
        int arguments = syntax.ArgumentList?.Arguments.Count ?? 0;
        return attribute.AttributeConstructor is null ||
            attribute.NamedArguments.Length != arguments ||
            attribute.NamedArguments.Any(argument => argument.Value.Kind == TypedConstantKind.Error);
    }

    private static AttributeSyntax SyntaxOf(AttributeData attribute, SymbolAnalysisContext context) =>
        (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax(context.CancellationToken);

    private static Location LocationOf(AttributeData attribute, string? argument, SymbolAnalysisContext context)
    {
        AttributeSyntax syntax = SyntaxOf(attribute, context);
        AttributeArgumentSyntax? named = syntax.ArgumentList?.Arguments
            .FirstOrDefault(candidate => candidate.NameEquals?.Name.Identifier.ValueText == argument);
        return (argument is null ? null : named)?.GetLocation() ?? syntax.GetLocation();
    }
}
