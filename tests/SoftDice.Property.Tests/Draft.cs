using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;

namespace SoftDice.PropertyTests;

/// <summary>An attribute that is being drawn: the arguments so far, and where more come from.</summary>
internal sealed class Draft(Random random)
{
    private readonly List<Argument> arguments = [];

    public ImmutableArray<Argument> Arguments => [.. arguments];

    public int NumClasses => int.Parse(Find("NumClasses")!, CultureInfo.InvariantCulture);

    public Random Random { get; } = random;

    public void Add(string name, string value) => arguments.Add(new Argument(name, value));

    public bool Has(string name) => Find(name) is not null;

    public bool Is(string name, string value) => Find(name) == value;

    /// <summary>A number given so far, or what stands for it.</summary>
    public double Number(string name, double otherwise) =>
        Find(name) is string text ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public double NumeratorSmoothing => Number("NumeratorSmoothing", Number("Epsilon", 1e-5));

    public double DenominatorSmoothing => Number("DenominatorSmoothing", Number("Epsilon", 1e-5));

    /// <summary>Classes that nothing so far leaves out.</summary>
    public int[] Included()
    {
        string[] excluded = Find("ExcludedClasses")?.Trim('[', ']').Split(", ") ?? [];
        return
        [
            .. Enumerable.Range(0, NumClasses).Where(c =>
                !(c == 0 && Is("IncludeBackground", "false")) && !excluded.Contains(c.ToString(CultureInfo.InvariantCulture))),
        ];
    }

    public string OneOf(params string[] values) => values[Random.Next(values.Length)];

    public static string Array<T>(IEnumerable<T> items) =>
        $"[{string.Join(", ", items.Select(item => string.Create(CultureInfo.InvariantCulture, $"{item}")))}]";

    private string? Find(string name) => arguments.FirstOrDefault(argument => argument.Name == name)?.Value;
}
