using System.Collections.Immutable;
using System.Composition;
using System.Linq;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

using SoftDice.Generators.Diagnostics;

namespace SoftDice.CodeFixes;

/// <summary>Adds the option that another one needs, or writes it where it has another value.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddOptionFix))]
[Shared]
public sealed class AddOptionFix : SyntaxFix
{
    private const string Namespace = "global::SoftDice.";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [Descriptors.NumClassesMissing.Id, Descriptors.DoesNotFit.Id, Descriptors.TermNotComputed.Id, Descriptors.TermMissing.Id];

    /// <inheritdoc/>
    protected override SyntaxNode? FindNode(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>();

    /// <inheritdoc/>
    protected override string? DescribeFix(SyntaxNode node, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.TryGetValue(Remedies.Missing, out string? missing) || missing is null)
        {
            return null;
        }

        string shown = $"Write {missing}";
        return diagnostic.Id == Descriptors.NumClassesMissing.Id ? shown + ", to be made the number of your classes" : shown;
    }

    /// <inheritdoc/>
    protected override void Change(SyntaxEditor editor, SyntaxNode node, Diagnostic diagnostic)
    {
        string[] parts = diagnostic.Properties[Remedies.Missing]!.Split([" = "], System.StringSplitOptions.None);
        bool isNumber = parts[1].All(char.IsDigit);
        ExpressionSyntax value = SyntaxFactory.ParseExpression(isNumber ? parts[1] : Namespace + parts[1]).WithAdditionalAnnotations(Simplifier.Annotation);
        editor.ReplaceNode(node, (current, _) => With((AttributeSyntax)current, parts[0], value));
    }

    private static AttributeSyntax With(AttributeSyntax attribute, string name, ExpressionSyntax value)
    {
        AttributeArgumentListSyntax list = attribute.ArgumentList ?? SyntaxFactory.AttributeArgumentList();
        AttributeArgumentSyntax? present = list.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name);
        if (present is not null)
        {
            return attribute.WithArgumentList(list.ReplaceNode(present.Expression, value.WithTriviaFrom(present.Expression)));
        }

        AttributeArgumentSyntax added = SyntaxFactory.AttributeArgument(SyntaxFactory.NameEquals(name), null, value).NormalizeWhitespace();
        SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        SeparatedSyntaxList<AttributeArgumentSyntax> arguments = list.Arguments.Count == 0
            ? SyntaxFactory.SingletonSeparatedList(added)
            : SyntaxFactory.SeparatedList(list.Arguments.Concat([added]), list.Arguments.GetSeparators().Concat([comma]));
        return attribute.WithArgumentList(list.WithArguments(arguments));
    }
}
