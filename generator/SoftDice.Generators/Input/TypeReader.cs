using System.Collections.Generic;
using System.Linq;
using System.Threading;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

using SoftDice.Generators.Diagnostics;
using SoftDice.Generators.Model;

namespace SoftDice.Generators.Input;

/// <summary>Reads the annotated type. The generator asks whether there is a problem, the analyzer which.</summary>
internal static class TypeReader
{
    private static readonly SymbolDisplayFormat NamespaceFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>Whether a declaration is one that a loss can be generated into. The attribute on anything else is a compiler error.</summary>
    public static bool IsReadable(SyntaxNode node) =>
        node is ClassDeclarationSyntax or StructDeclarationSyntax or RecordDeclarationSyntax;

    /// <summary>Whether everything that is re-opened has a name already; what the user has yet to name cannot be added to.</summary>
    public static bool IsNamed(INamedTypeSymbol type)
    {
        for (INamespaceSymbol space = type.ContainingNamespace; !space.IsGlobalNamespace; space = space.ContainingNamespace)
        {
            if (space.Name.Length == 0)
            {
                return false;
            }
        }

        return ContainersAndSelf(type).All(part => part.Name.Length > 0 && part.TypeParameters.All(parameter => parameter.Name.Length > 0));
    }

    public static LossTarget Read(INamedTypeSymbol type)
    {
        string containingNamespace =
            type.ContainingNamespace.IsGlobalNamespace ? string.Empty : type.ContainingNamespace.ToDisplayString(NamespaceFormat);
        TypePart[] parts = [.. ContainersAndSelf(type).Reverse().Select(PartOf)];
        return new LossTarget(
            containingNamespace,
            new EquatableArray<TypePart>(parts),
            CanBeTypeArgument: !type.IsStatic && !type.IsRefLikeType,
            HintNames.Of(type));
    }

    public static IEnumerable<TypeProblem> FindProblems(INamedTypeSymbol type, CancellationToken cancellation)
    {
        foreach (INamedTypeSymbol container in ContainersAndSelf(type))
        {
            cancellation.ThrowIfCancellationRequested();
            BaseTypeDeclarationSyntax[] declarations = DeclarationsOf(container, cancellation);
            BaseTypeDeclarationSyntax? notPartial =
                declarations.FirstOrDefault(declaration => !declaration.Modifiers.Any(SyntaxKind.PartialKeyword));
            if (notPartial is not null)
            {
                DiagnosticDescriptor descriptor =
                    ReferenceEquals(container, type) ? Descriptors.TypeNotPartial : Descriptors.ContainerNotPartial;
                yield return new TypeProblem(descriptor, container, notPartial.Identifier.GetLocation(), type.Name, container.Name);
            }

            if (container.IsFileLocal)
            {
                yield return new TypeProblem(
                    Descriptors.FileLocal, container, declarations[0].Identifier.GetLocation(), type.Name, container.Name);
            }
        }

        LanguageVersion version = ((CSharpParseOptions)type.DeclaringSyntaxReferences[0].SyntaxTree.Options).LanguageVersion;
        if (version < LanguageVersion.CSharp14)
        {
            yield return new TypeProblem(
                Descriptors.LanguageTooOld, type, DeclarationsOf(type, cancellation)[0].Identifier.GetLocation(), type.Name, version.ToDisplayString())
            {
                // C# 12 and 13 compile what is generated; it is the calls with arrays that need 14.
                IsInTheWay = version < LanguageVersion.CSharp12,
            };
        }

        foreach (ISymbol clash in GeneratedMembers.FindClashes(type))
        {
            yield return new TypeProblem(Descriptors.NameTaken, type, clash.Locations[0], type.Name, clash.Name);
        }
    }

    private static IEnumerable<INamedTypeSymbol> ContainersAndSelf(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            yield return current;
        }
    }

    private static BaseTypeDeclarationSyntax[] DeclarationsOf(INamedTypeSymbol type, CancellationToken cancellation) =>
        [.. type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)).OfType<BaseTypeDeclarationSyntax>()];

    private static TypePart PartOf(INamedTypeSymbol type)
    {
        string[] typeParameters = [.. type.TypeParameters.Select(parameter => Escape(parameter.Name))];
        return new TypePart(KeywordOf(type), Escape(type.Name), new EquatableArray<string>(typeParameters));
    }

    private static string KeywordOf(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Interface } => "interface",
        { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
        { TypeKind: TypeKind.Struct } => "struct",
        { IsRecord: true } => "record",
        _ => "class",
    };

    // A name of small letters only may become a keyword one day, which the compiler warns of unless it is escaped.
    private static string Escape(string identifier) =>
        SyntaxFacts.GetKeywordKind(identifier) != SyntaxKind.None || identifier.All(character => character is >= 'a' and <= 'z')
            ? "@" + identifier
            : identifier;
}
