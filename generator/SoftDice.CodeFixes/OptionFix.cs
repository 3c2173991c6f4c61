using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftDice.CodeFixes;

/// <summary>A fix of one argument of the attribute.</summary>
public abstract class OptionFix : SyntaxFix
{
    /// <inheritdoc/>
    protected sealed override SyntaxNode? FindNode(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeArgumentSyntax>() is { NameEquals: not null } argument ? argument : null;

    /// <summary>The name of the option.</summary>
    protected static string NameOf(SyntaxNode argument) => ((AttributeArgumentSyntax)argument).NameEquals!.Name.Identifier.ValueText;
}
