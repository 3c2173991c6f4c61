using System;
using System.Collections.Generic;
using System.Linq;

using Microsoft.CodeAnalysis;

using SoftDice.Generators.Model;

namespace SoftDice.Generators.Input;

/// <summary>The members that generated code declares, and what of the user's gets in their way.</summary>
internal static class GeneratedMembers
{
    private static readonly string[] Fixed = ["NumClasses", "Epsilon", "Sums", "LossKernel"];

    /// <summary>Generated methods, with the number of their type parameters and the types of their parameters.</summary>
    private static readonly (string Name, int Arity, string Parameters)[] OfEveryLoss =
    [
        ("Accumulate", 1, $"&Sums {Batch} {Last}"),
        ("Accumulate", 2, $"&Sums {Batch} {Last}"),
        ("Accumulate", 1, $"&Sums {Tensors} {Last}"),
    ];

    private static readonly (string Name, int Arity, string Parameters)[] OfOneNumber =
    [
        .. OfEveryLoss,
        ("Forward", 1, $"{Batch} {Last}"),
        ("ForwardBackward", 1, $"{Plain} {Training} {Last}"),
        ("Backward", 1, $"&Sums {Plain} {Training} {Last}"),
        ("Backward", 2, $"&Sums {Plain} {Training} {Last}"),
        ("Forward", 1, $"{Tensors} {Last}"),
        ("ForwardBackward", 1, $"{Tensors} &TensorSpan<Single> Double {Last}"),
        ("Backward", 1, $"&Sums {Tensors} &TensorSpan<Single> Double {Last}"),
    ];

    private static readonly (string Name, int Arity, string Parameters)[] OfSeveralNumbers =
    [
        .. OfEveryLoss,
        ("Forward", 1, $"{Plain} {Losses} Int32 {Last}"),
        ("ForwardBackward", 1, $"{Plain} Span<Single> {Losses} {Factors} Int32 {Last}"),
        ("Backward", 1, $"&Sums {Plain} Span<Single> {Factors} Int32 {Last}"),
        ("Backward", 2, $"&Sums {Plain} Span<Single> {Factors} Int32 {Last}"),
        ("Forward", 1, $"{Tensors} {Losses} {Last}"),
        ("ForwardBackward", 1, $"{Tensors} &TensorSpan<Single> {Losses} {Factors} {Last}"),
        ("Backward", 1, $"&Sums {Tensors} &TensorSpan<Single> {Factors} {Last}"),
    ];

    private const string Plain = "ReadOnlySpan<Single> ReadOnlySpan";
    private const string Batch = $"{Plain} Int32";
    private const string Training = "Span<Single> Int32 Double";
    private const string Losses = "Span<Double>";
    private const string Factors = "ReadOnlySpan<Double>";
    private const string Tensors = "&ReadOnlyTensorSpan<Single> &ReadOnlyTensorSpan";
    private const string Last = "Int32 CancellationToken";

    /// <summary>The type, its type parameters and its members whose names generated members have.</summary>
    public static IEnumerable<ISymbol> FindClashes(INamedTypeSymbol type)
    {
        LossOptions? options = AttributeNames.FirstOf(type) is AttributeData attribute ? OptionsReader.Read(attribute) : null;
        (string Name, int Arity, string Parameters)[] methods = options switch
        {
            { Aggregation.IsUnreduced: true } => OfSeveralNumbers,
            { HasMask: true } => [.. OfOneNumber.Select(method => (method.Name, method.Arity, WithMask(method.Parameters)))],
            _ => OfOneNumber,
        };
        return new ISymbol[] { type }
            .Concat(type.TypeParameters)
            .Where(symbol => IsGeneratedName(symbol.Name))
            .Concat(type.GetMembers().Where(member => IsWrittenByUser(member) && Clashes(member, methods)));
    }

    // After the labels, whose spans have no name of an element.
    private static string WithMask(string parameters) => parameters
        .Replace(Tensors, Tensors + " &ReadOnlyTensorSpan<Boolean>")
        .Replace(Plain, Plain + " ReadOnlySpan<Boolean>");

    // The names of methods are the same for all losses.
    private static bool IsGeneratedName(string name) => Fixed.Contains(name) || OfOneNumber.Any(method => method.Name == name);

    private static bool Clashes(ISymbol member, (string Name, int Arity, string Parameters)[] methods) => member is IMethodSymbol method
        ? Fixed.Contains(method.Name) || methods.Contains((method.Name, method.Arity, string.Join(" ", method.Parameters.Select(NameOf))))
        : IsGeneratedName(member.Name) && !IsOtherSums(member);

    // Spans of another element make another overload; a span of labels is told by its type parameter alone.
    private static string NameOf(IParameterSymbol parameter)
    {
        string reference = parameter.RefKind == RefKind.None ? string.Empty : "&";
        return parameter.Type is INamedTypeSymbol { TypeArguments.Length: 1 } span && span.TypeArguments[0].TypeKind != TypeKind.TypeParameter
            ? $"{reference}{span.Name}<{span.TypeArguments[0].Name}>"
            : reference + parameter.Type.Name;
    }

    // Types of one name may differ in their number of type parameters.
    private static bool IsOtherSums(ISymbol member) => member is INamedTypeSymbol { Name: "Sums", Arity: > 0 };

    // In an analyzer the type already has its generated members too.
    private static bool IsWrittenByUser(ISymbol member) => member.Locations.Any(location =>
        location.SourceTree is { FilePath: string path } && !IsGeneratedFile(path));

    /// <summary>Whether a path ends as those of our files do.</summary>
    public static bool IsGeneratedFile(string path) =>
        path.EndsWith(SoftDiceGenerator.LossEnding, StringComparison.Ordinal) ||
        path.EndsWith(SoftDiceGenerator.GradientEnding, StringComparison.Ordinal) ||
        path.EndsWith(SoftDiceGenerator.SumsEnding, StringComparison.Ordinal) ||
        path.EndsWith(SoftDiceGenerator.TensorsEnding, StringComparison.Ordinal);
}
