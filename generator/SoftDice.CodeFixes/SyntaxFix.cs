using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace SoftDice.CodeFixes;

/// <summary>A fix that changes the syntax at each of some diagnostics of a document, one or all.</summary>
public abstract class SyntaxFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => new All(this);

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) ??
            throw new System.InvalidOperationException("A diagnostic is in a document without syntax.");
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (FindNode(root, diagnostic) is SyntaxNode node && DescribeFix(node, diagnostic) is string title)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(title, cancellation => Fix(context.Document, [diagnostic], cancellation), GetType().Name), diagnostic);
            }
        }
    }

    /// <summary>What to change at a diagnostic; null if it is none of this fix's.</summary>
    protected abstract SyntaxNode? FindNode(SyntaxNode root, Diagnostic diagnostic);

    /// <summary>What the user reads of the fix; null if there is none.</summary>
    protected abstract string? DescribeFix(SyntaxNode node, Diagnostic diagnostic);

    /// <summary>Makes the change.</summary>
    protected abstract void Change(SyntaxEditor editor, SyntaxNode node, Diagnostic diagnostic);

    // Two diagnostics may ask for one and the same change: two losses in a container, or two options for a third one.
    private async Task<Document> Fix(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        SyntaxNode root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        SyntaxEditor editor = new(root, document.Project.Solution.Services);
        HashSet<(SyntaxNode Node, string Title)> done = [];
        foreach (Diagnostic diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            if (FindNode(root, diagnostic) is SyntaxNode node && DescribeFix(node, diagnostic) is string title && done.Add((node, title)))
            {
                Change(editor, node, diagnostic);
            }
        }

        return document.WithSyntaxRoot(editor.GetChangedRoot());
    }

    private sealed class All(SyntaxFix fix) : DocumentBasedFixAllProvider
    {
        protected override async Task<Document?> FixAllAsync(
            FixAllContext fixAllContext, Document document, ImmutableArray<Diagnostic> diagnostics) =>
            await fix.Fix(document, diagnostics, fixAllContext.CancellationToken).ConfigureAwait(false);
    }
}
