using System.Collections.Immutable;
using System.Composition;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

using SoftDice.Generators.Diagnostics;

namespace SoftDice.CodeFixes;

/// <summary>Writes the nearest value that an option can have.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ClampOptionFix))]
[Shared]
public sealed class ClampOptionFix : OptionFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [Descriptors.NumClassesOutOfRange.Id, Descriptors.NumberOutOfRange.Id];

    /// <inheritdoc/>
    protected override string? DescribeFix(SyntaxNode node, Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(Remedies.Nearest, out string? nearest) ? $"Write {NameOf(node)} = {nearest}" : null;

    /// <inheritdoc/>
    protected override void Change(SyntaxEditor editor, SyntaxNode node, Diagnostic diagnostic)
    {
        ExpressionSyntax expression = ((AttributeArgumentSyntax)node).Expression;
        editor.ReplaceNode(expression, SyntaxFactory.ParseExpression(diagnostic.Properties[Remedies.Nearest]!).WithTriviaFrom(expression));
    }
}
