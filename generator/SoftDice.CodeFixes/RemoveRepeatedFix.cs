using System.Collections.Immutable;
using System.Composition;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

using SoftDice.Generators.Diagnostics;

namespace SoftDice.CodeFixes;

/// <summary>Removes an attribute that a type has already.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveRepeatedFix))]
[Shared]
public sealed class RemoveRepeatedFix : SyntaxFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.AttributeRepeated.Id];

    /// <inheritdoc/>
    protected override SyntaxNode? FindNode(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>();

    /// <inheritdoc/>
    protected override string? DescribeFix(SyntaxNode node, Diagnostic diagnostic) => "Remove this attribute";

    /// <inheritdoc/>
    protected override void Change(SyntaxEditor editor, SyntaxNode node, Diagnostic diagnostic)
    {
        // A list goes with its only attribute, and the type's documentation, which may stand before it, stays.
        AttributeListSyntax list = (AttributeListSyntax)node.Parent!;
        bool hasDocumentation = list.HasStructuredTrivia;
        editor.RemoveNode(
            list.Attributes.Count == 1 ? list : node,
            hasDocumentation ? SyntaxRemoveOptions.KeepLeadingTrivia : SyntaxRemoveOptions.KeepNoTrivia);
    }
}
