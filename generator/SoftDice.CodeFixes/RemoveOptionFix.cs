using System.Collections.Immutable;
using System.Composition;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

using SoftDice.Generators.Diagnostics;

namespace SoftDice.CodeFixes;

/// <summary>Removes an option that is wrong, or wrong beside the others: it then has its default.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveOptionFix))]
[Shared]
public sealed class RemoveOptionFix : OptionFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
    [
        Descriptors.EpsilonInvalid.Id,
        Descriptors.ActivationInvalid.Id,
        Descriptors.LabelsInvalid.Id,
        Descriptors.NoSuchValue.Id,
        Descriptors.NumberOutOfRange.Id,
        Descriptors.DoesNotFit.Id,
        Descriptors.TermNotComputed.Id,
        Descriptors.TermMissing.Id,
        Descriptors.LabelSmoothingOutOfRange.Id,
    ];

    /// <inheritdoc/>
    protected override string? DescribeFix(SyntaxNode node, Diagnostic diagnostic) => $"Remove {NameOf(node)}";

    /// <inheritdoc/>
    protected override void Change(SyntaxEditor editor, SyntaxNode node, Diagnostic diagnostic) =>
        editor.RemoveNode(node, SyntaxRemoveOptions.KeepNoTrivia);
}
