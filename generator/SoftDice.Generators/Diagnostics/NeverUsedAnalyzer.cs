using System.Collections.Immutable;
using System.Linq;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDice.Generators.Diagnostics;

/// <summary>Reports annotated types that only this project could use, and that no line of it names.</summary>
/// <remarks>
/// A name is a use unless it is known to be none: in the type's own declaration, in documentation, in <c>nameof</c>, or in a using directive that gives the
/// type another name, which is then looked for as well. What does not bind is a use. Only names that such a type goes by are bound.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NeverUsedAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.NeverUsed];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // What other generators write may use a type, and must then be seen; what is wrong with their own is theirs to find.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            INamedTypeSymbol[] hidden = [.. HiddenLosses.In(start.Compilation, start.CancellationToken)];
            if (hidden.Length == 0)
            {
                return;
            }

            UnusedTypes unused = new(hidden, start.Compilation, start.CancellationToken);
            start.RegisterSyntaxNodeAction(context => FindUse(unused, context), SyntaxKind.IdentifierName, SyntaxKind.GenericName);
            start.RegisterCompilationEndAction(end => Report(unused, end));
        });
    }

    private static void FindUse(UnusedTypes unused, SyntaxNodeAnalysisContext context)
    {
        SimpleNameSyntax name = (SimpleNameSyntax)context.Node;
        foreach (INamedTypeSymbol type in unused.CalledBy(name.Identifier.ValueText))
        {
            if (!IsMentionOnly(name, context) && !IsWithin(type, name, context) && IsNameOf(type, name, context))
            {
                unused.Remove(type);
            }
        }
    }

    private static void Report(UnusedTypes unused, CompilationAnalysisContext context)
    {
        foreach (INamedTypeSymbol type in unused.Left)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.NeverUsed, HiddenLosses.DeclarationOf(type, context.CancellationToken).Identifier.GetLocation(), type.Name));
        }
    }

    private static bool IsMentionOnly(SimpleNameSyntax name, SyntaxNodeAnalysisContext context) =>
        name.IsPartOfStructuredTrivia() ||
        name.Ancestors().Any(node =>
            node is UsingDirectiveSyntax { Alias: not null } ||
            (node is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } &&
                context.SemanticModel.GetOperation(node, context.CancellationToken) is INameOfOperation));

    private static bool IsWithin(INamedTypeSymbol type, SimpleNameSyntax name, SyntaxNodeAnalysisContext context) =>
        name.Ancestors().OfType<TypeDeclarationSyntax>().Any(declaration =>
            declaration.Identifier.ValueText == type.Name &&
            SymbolEqualityComparer.Default.Equals(context.SemanticModel.GetDeclaredSymbol(declaration, context.CancellationToken), type));

    // An alias may stand for something that the type is only a part of, as a list of it.
    private static bool IsNameOf(INamedTypeSymbol type, SimpleNameSyntax name, SyntaxNodeAnalysisContext context)
    {
        ISymbol? meant = context.SemanticModel.GetSymbolInfo(name, context.CancellationToken).Symbol;
        bool isAlias = name is IdentifierNameSyntax identifier && context.SemanticModel.GetAliasInfo(identifier, context.CancellationToken) is not null;
        return isAlias || meant is null || SymbolEqualityComparer.Default.Equals((meant as INamedTypeSymbol ?? meant.ContainingType)?.OriginalDefinition, type);
    }
}
