using System.Collections.Generic;
using System.Linq;
using System.Threading;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

using SoftDice.Generators.Input;

namespace SoftDice.Generators.Diagnostics;

/// <summary>Annotated types that can be used in this project alone, and there by their name alone.</summary>
internal static class HiddenLosses
{
    /// <summary>
    /// Found by the files that are generated for them, of which there are as many as losses: nothing else of the project is looked at. A type with something
    /// wrong is left out, as there is another diagnostic of it.
    /// </summary>
    public static IEnumerable<INamedTypeSymbol> In(Compilation compilation, CancellationToken cancellation)
    {
        SyntaxTree[] files = [.. compilation.SyntaxTrees.Where(tree => tree.FilePath.EndsWith(SoftDiceGenerator.LossEnding, System.StringComparison.Ordinal))];
        if (files.Length == 0)
        {
            return [];
        }

        bool hasFriends = compilation.Assembly.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "InternalsVisibleToAttribute");
        IMethodSymbol? main = compilation.GetEntryPoint(cancellation);
        return files
            .Select(tree => LossIn(tree, compilation, cancellation))
            .OfType<INamedTypeSymbol>()
            .Where(type => !IsVisible(type, hasFriends) && IsReachedByNameOnly(type, main, cancellation) && IsRight(type, cancellation));
    }

    /// <summary>The declaration with the attribute.</summary>
    public static TypeDeclarationSyntax DeclarationOf(INamedTypeSymbol type, CancellationToken cancellation) =>
        (TypeDeclarationSyntax)AttributeNames.FirstOf(type)!.ApplicationSyntaxReference!.GetSyntax(cancellation).Parent!.Parent!;

    // The kernel is nested in the annotated type, of which those around may be annotated too.
    private static INamedTypeSymbol? LossIn(SyntaxTree tree, Compilation compilation, CancellationToken cancellation)
    {
        TypeDeclarationSyntax? kernel = tree.GetRoot(cancellation).DescendantNodes()
            .OfType<TypeDeclarationSyntax>()
            .FirstOrDefault(declaration => declaration.Identifier.ValueText == "LossKernel");
        return kernel?.Parent is TypeDeclarationSyntax declaration &&
            compilation.GetSemanticModel(tree).GetDeclaredSymbol(declaration, cancellation) is INamedTypeSymbol type &&
            AttributeNames.FirstOf(type) is not null
            ? type
            : null;
    }

    private static bool IsVisible(INamedTypeSymbol type, bool hasFriends)
    {
        for (INamedTypeSymbol? part = type; part is not null; part = part.ContainingType)
        {
            bool isVisible = part.DeclaredAccessibility switch
            {
                Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal => true,
                Accessibility.Internal or Accessibility.ProtectedAndInternal => hasFriends,
                _ => false,
            };
            if (!isVisible)
            {
                return false;
            }
        }

        return true;
    }

    // Attributes and base types are how frameworks find types and members; extensions are called without the type's name, and Main by the runtime.
    private static bool IsReachedByNameOnly(INamedTypeSymbol type, IMethodSymbol? main, CancellationToken cancellation) =>
        type.GetAttributes().Length == 1 &&
        !TypeAndNested(type).Any(part => part.IsExtension || SymbolEqualityComparer.Default.Equals(part, main?.ContainingType)) &&
        type.DeclaringSyntaxReferences
            .Where(reference => !GeneratedMembers.IsGeneratedFile(reference.SyntaxTree.FilePath))
            .Select(reference => reference.GetSyntax(cancellation))
            .OfType<TypeDeclarationSyntax>()
            .All(declaration => declaration.BaseList is null && !declaration.Members.Any(HasAttributeOrThis));

    private static bool HasAttributeOrThis(MemberDeclarationSyntax member) =>
        member.DescendantNodesAndSelf().Any(node => node is AttributeListSyntax) ||
        (member is MethodDeclarationSyntax method && method.ParameterList.Parameters.Any(parameter => parameter.Modifiers.Any(SyntaxKind.ThisKeyword)));

    private static IEnumerable<INamedTypeSymbol> TypeAndNested(INamedTypeSymbol type) =>
        type.GetTypeMembers().SelectMany(TypeAndNested).Prepend(type);

    private static bool IsRight(INamedTypeSymbol type, CancellationToken cancellation) =>
        OptionsReader.Read(AttributeNames.FirstOf(type)!).AreAsAsked && !TypeReader.FindProblems(type, cancellation).Any();
}
