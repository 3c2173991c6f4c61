using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

using Microsoft.CodeAnalysis;

namespace SoftDice.Generators.Tests;

/// <summary>What an assembly offers to its users, as C# declarations in a fixed order.</summary>
internal static class PublicApiText
{
    private static readonly SymbolDisplayFormat Format = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameOnly,
        SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeRef |
            SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeConstantValue |
            SymbolDisplayMemberOptions.IncludeExplicitInterface | SymbolDisplayMemberOptions.IncludeAccessibility,
        SymbolDisplayDelegateStyle.NameAndSignature,
        SymbolDisplayExtensionMethodStyle.StaticMethod,
        SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName |
            SymbolDisplayParameterOptions.IncludeModifiers | SymbolDisplayParameterOptions.IncludeDefaultValue,
        SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        SymbolDisplayLocalOptions.None,
        SymbolDisplayKindOptions.IncludeTypeKeyword,
        SymbolDisplayMiscellaneousOptions.UseSpecialTypes |
            SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    public static string Write(IAssemblySymbol assembly)
    {
        StringBuilder text = new();
        foreach (INamedTypeSymbol type in TypesIn(assembly.GlobalNamespace).OrderBy(type => type.ToDisplayString(), StringComparer.Ordinal))
        {
            text.Append("namespace ").Append(type.ContainingNamespace.ToDisplayString()).Append('\n');
            foreach (AttributeData attribute in type.GetAttributes().Where(attribute => attribute.AttributeClass!.Name == nameof(AttributeUsageAttribute)))
            {
                text.Append('[').Append(attribute).Append("]\n");
            }

            text.Append(Declaration(type)).Append('\n');
            foreach (string member in type.GetMembers().Where(IsOffered).Select(Declaration).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }

            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol container) => container.GetMembers()
        .OfType<INamespaceOrTypeSymbol>()
        .Where(member => member is INamespaceSymbol || IsVisible(member))
        .SelectMany(member => member is INamedTypeSymbol type ? [type, .. TypesIn(type)] : TypesIn(member));

    private static bool IsVisible(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;

    // Accessors are part of their property; what the compiler makes of a record follows from its being one.
    private static bool IsOffered(ISymbol member) =>
        IsVisible(member) && member is not ITypeSymbol and not IMethodSymbol { AssociatedSymbol: not null } && !member.IsImplicitlyDeclared &&
        !member.GetAttributes().Any(attribute => attribute.AttributeClass!.Name == "CompilerGeneratedAttribute");

    private static string Declaration(ISymbol symbol)
    {
        if (symbol is not INamedTypeSymbol type)
        {
            return symbol.ToDisplayString(Format);
        }

        string modifiers =
            (type.IsStatic ? "static " : type.IsSealed && type.TypeKind == TypeKind.Class ? "sealed " : string.Empty) +
            (type is { IsAbstract: true, IsStatic: false, TypeKind: TypeKind.Class } ? "abstract " : string.Empty) +
            (type.IsReadOnly ? "readonly " : string.Empty);
        IEnumerable<INamedTypeSymbol> bases = type.BaseType is { SpecialType: SpecialType.None } baseType ? [baseType] : [];
        string[] parents = [.. bases.Concat(type.Interfaces).Select(parent => parent.ToDisplayString(Format.WithKindOptions(SymbolDisplayKindOptions.None)))];
        string declared = type.ToDisplayString(Format);
        int access = declared.IndexOf(' ', StringComparison.Ordinal) + 1;
        int constraints = declared.IndexOf(" where ", StringComparison.Ordinal) is int found and >= 0 ? found : declared.Length;
        string implements = parents.Length == 0 ? string.Empty : " : " + string.Join(", ", parents);
        return declared[..access] + modifiers + declared[access..constraints] + implements + declared[constraints..];
    }
}
