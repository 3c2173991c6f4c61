using System;
using System.Collections.Generic;
using System.Globalization;

namespace SoftDice.PropertyTests;

/// <summary>The largest errors of each kind as parts of their bounds, to be printed at the end.</summary>
internal sealed class LargestErrors
{
    private readonly SortedDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether a value is within its bound, which is remembered. One that is not finite must be met. A bound that is not finite says that the
    /// formula has no derivative within the errors of what goes in, so that nothing can be said: those are counted.
    /// </summary>
    public bool Holds(double expected, double actual, double bound, string kind, Configuration where)
    {
        double error = expected.Equals(actual) ? 0 : Math.Abs(expected - actual);
        bool isBounded = double.IsFinite(bound);
        Entry entry = entries.GetValueOrDefault(kind, new Entry(0, where, 0, 0));
        double part = error == 0 || !isBounded ? 0 : error / bound;
        entries[kind] = new Entry(
            Math.Max(part, entry.Part),
            part > entry.Part ? where : entry.Where,
            entry.Values + 1,
            entry.WithoutBound + (isBounded || error == 0 ? 0 : 1));
        return error <= bound || error == 0 || !isBounded;
    }

    public void Print()
    {
        foreach ((string kind, Entry entry) in entries)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Largest error, {kind}: {entry.Part:G3} of its bound in {entry.Values} values, {entry.WithoutBound} without a bound ({Shortened(entry.Where.Text)}; {entry.Where.Recipe})"));
        }
    }

    // A hundred weights say nothing.
    private static string Shortened(string text) => text.Length <= 200 ? text : text[..200] + "...";

    private sealed record Entry(double Part, Configuration Where, long Values, long WithoutBound);
}
