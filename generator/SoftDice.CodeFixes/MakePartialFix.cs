using System.Collections.Immutable;
using System.Composition;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

using SoftDice.Generators.Diagnostics;

namespace SoftDice.CodeFixes;

/// <summary>Adds «partial» to an annotated type, or to a type around it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialFix))]
[Shared]
public sealed class MakePartialFix : SyntaxFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.TypeNotPartial.Id, Descriptors.ContainerNotPartial.Id];

    /// <inheritdoc/>
    protected override SyntaxNode? FindNode(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindToken(diagnostic.Location.SourceSpan.Start).Parent as TypeDeclarationSyntax;

    /// <inheritdoc/>
    protected override string? DescribeFix(SyntaxNode node, Diagnostic diagnostic) =>
        $"Make '{((TypeDeclarationSyntax)node).Identifier.ValueText}' partial";

    /// <inheritdoc/>
    protected override void Change(SyntaxEditor editor, SyntaxNode node, Diagnostic diagnostic) =>
        editor.ReplaceNode(node, (current, _) => MakePartial((TypeDeclarationSyntax)current));

    // It must be the last of the modifiers; where it is the only one, what stood before the keyword stands before it.
    private static TypeDeclarationSyntax MakePartial(TypeDeclarationSyntax type)
    {
        SyntaxToken partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        return type.Modifiers.Count > 0
            ? (TypeDeclarationSyntax)type.AddModifiers(partial)
            : type.WithModifiers(SyntaxFactory.TokenList(partial.WithLeadingTrivia(type.Keyword.LeadingTrivia)))
                .WithKeyword(type.Keyword.WithLeadingTrivia());
    }
}
