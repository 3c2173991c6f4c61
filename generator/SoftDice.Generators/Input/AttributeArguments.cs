using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

using SoftDice.Generators.Diagnostics;

namespace SoftDice.Generators.Input;

/// <summary>The named arguments of one attribute, and what is found to be wrong with them.</summary>
internal sealed class AttributeArguments(AttributeData attribute, ICollection<OptionProblem> problems)
{
    /// <summary>Whether every argument has a value: none that is no constant, or one that only comes to be with generated code.</summary>
    public bool AreKnown =>
        attribute.NamedArguments.All(argument => IsKnown(argument.Value)) &&
        (attribute.ApplicationSyntaxReference?.GetSyntax() is not AttributeSyntax { ArgumentList.Arguments.Count: int written } ||
            written == attribute.NamedArguments.Length);

    public bool Has(string name) => attribute.NamedArguments.Any(argument => argument.Key == name);

    public bool TryGet<T>(string name, out T value)
    {
        object? constant = Find(name).Value;
        value = constant is T typed ? typed : default!;
        return constant is T;
    }

    /// <summary>A value, or what stands for it where there is none.</summary>
    public T Get<T>(string name, T otherwise) => TryGet(name, out T value) ? value : otherwise;

    /// <summary>The items of an array; none if it is null or not there.</summary>
    public T[] GetArray<T>(string name) =>
        Find(name) is { Kind: TypedConstantKind.Array, IsNull: false } array
            ? [.. array.Values.Select(item => item.Value).OfType<T>()]
            : [];

    // A number cast to the enum may be none of its values, which are 0 to the last one.
    public int GetEnum(string name, int last, DiagnosticDescriptor descriptor, params object[] more)
    {
        if (!TryGet(name, out int asked) || (asked >= 0 && asked <= last))
        {
            return asked;
        }

        Report(descriptor, name, [.. more, asked.ToString(CultureInfo.InvariantCulture)]);
        return 0;
    }

    /// <summary>An enum with the common message, which names its values.</summary>
    public TEnum GetEnum<TEnum>(string name)
        where TEnum : struct, Enum
    {
        string[] names = Enum.GetNames(typeof(TEnum));
        string choice = string.Join(", ", names.Take(names.Length - 1)) + " or " + names[names.Length - 1];
        if (!TryGet(name, out int asked) || (asked >= 0 && asked < names.Length))
        {
            return (TEnum)(object)asked;
        }

        Report(Descriptors.NoSuchValue, name, name, asked.ToString(CultureInfo.InvariantCulture), choice);
        return default;
    }

    /// <summary>A number that must be finite and at least, or above, 0.</summary>
    public double GetNumber(string name, double otherwise, bool canBeZero = true)
    {
        if (!TryGet(name, out double asked) || (asked is >= 0 and <= double.MaxValue && (canBeZero || asked > 0)))
        {
            return Get(name, otherwise);
        }

        string rule = canBeZero ? "finite and not negative" : "finite and above 0";
        Report(new OptionProblem(Descriptors.NumberOutOfRange, name, name, asked.ToString(CultureInfo.InvariantCulture), rule)
        {
            Nearest = canBeZero && asked < 0 ? "0" : null,
        });
        return otherwise;
    }

    public void Report(DiagnosticDescriptor descriptor, string? argument, params object[] messageArguments) =>
        Report(new OptionProblem(descriptor, argument, messageArguments));

    public void Report(OptionProblem problem) => problems.Add(problem);

    private static bool IsKnown(TypedConstant value) =>
        value.Kind != TypedConstantKind.Error && (value.Kind != TypedConstantKind.Array || value.IsNull || value.Values.All(IsKnown));

    private TypedConstant Find(string name) => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value;
}
