using System;
using System.Collections.Generic;
using System.Globalization;
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
            SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier |
            SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    private static readonly SymbolDisplayFormat NameFormat = Format.WithKindOptions(SymbolDisplayKindOptions.None);

    public static string Write(IAssemblySymbol assembly)
    {
        StringBuilder text = new();
        foreach (IGrouping<string, INamedTypeSymbol> group in TypesIn(assembly.GlobalNamespace)
            .GroupBy(type => type.ContainingNamespace.ToDisplayString())
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"namespace {group.Key}\n{{\n");
            text.AppendJoin('\n', group.OrderBy(type => type.ToDisplayString(), StringComparer.Ordinal).Select(WriteType));
            text.Append("}\n\n");
        }

        return text.ToString().TrimEnd('\n');
    }

    private static string WriteType(INamedTypeSymbol type)
    {
        string attributes = string.Concat(type.GetAttributes()
            .Where(attribute => attribute.AttributeClass!.Name == nameof(AttributeUsageAttribute))
            .Select(attribute => $"    [{attribute}]\n"));
        IEnumerable<string> members = type.GetMembers().Where(IsOffered).Select(DeclareMember).Order(StringComparer.Ordinal);
        return $"{attributes}    {DeclareType(type)}\n    {{\n{string.Concat(members.Select(member => $"        {member}\n"))}    }}\n";
    }

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol container) => container.GetMembers()
        .OfType<INamespaceOrTypeSymbol>()
        .Where(member => member is INamespaceSymbol || IsVisible(member))
        .SelectMany(member => member is INamedTypeSymbol type ? [type, .. TypesIn(type)] : TypesIn(member));

    private static bool IsVisible(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;

    // Accessors are part of their property; what the compiler makes of a record follows from its being one.
    private static bool IsOffered(ISymbol member) =>
        IsVisible(member) && !member.IsImplicitlyDeclared &&
        member is not ITypeSymbol and not IMethodSymbol { AssociatedSymbol: not null } &&
        !member.GetAttributes().Any(attribute => attribute.AttributeClass!.Name == "CompilerGeneratedAttribute");

    private static string DeclareMember(ISymbol member)
    {
        // The format leaves out the modifiers of an interface's members, though two of them matter.
        string modifiers = member switch
        {
            { ContainingType.TypeKind: not TypeKind.Interface } => string.Empty,
            { IsStatic: true, IsAbstract: true } => "static abstract ",
            { IsStatic: true, IsVirtual: true } => "static virtual ",
            { IsStatic: true } => "static ",
            _ => string.Empty,
        };
        return modifiers + member.ToDisplayString(Format) + (member is IPropertySymbol ? string.Empty : ";");
    }

    private static string DeclareType(INamedTypeSymbol type)
    {
        string modifiers = type switch
        {
            { TypeKind: not TypeKind.Class } => string.Empty,
            { IsStatic: true } => "static ",
            { IsAbstract: true } => "abstract ",
            { IsSealed: true } => "sealed ",
            _ => string.Empty,
        };
        IEnumerable<INamedTypeSymbol> bases = type.BaseType is { SpecialType: SpecialType.None } baseType ? [baseType] : [];
        string[] parents = [.. bases.Concat(type.Interfaces).Select(parent => parent.ToDisplayString(NameFormat))];

        string declared = type.ToDisplayString(Format);
        int constraints = declared.IndexOf(" where ", StringComparison.Ordinal);
        int end = constraints < 0 ? declared.Length : constraints;
        string implements = parents.Length == 0 ? string.Empty : " : " + string.Join(", ", parents);
        string access = type.DeclaredAccessibility == Accessibility.Public ? "public" : "protected";
        return $"{access} {modifiers}{declared[..end]}{implements}{declared[end..]}";
    }
}
