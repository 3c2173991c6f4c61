using System;
using System.Linq;

using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>Pixels whose classes lie side by side, taken apart into a register a class and put together again.</summary>
internal static class PixelsText
{
    private const int MostCharacters = 40;

    /// <summary>A reference to the first class of the first pixel.</summary>
    public static string First(string name, string span) =>
        $"ref float {name} = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference({span});";

    /// <summary>Whether what is taken apart are probabilities that nothing is done to.</summary>
    public static bool LoadsProbabilities(KernelPlan plan) =>
        plan is { SplitsPixels: true, SplitsSums: false, Options: { Activation: Activation.None, IgnoresPixels: false } };

    /// <summary>What lanes belong to where predictions are added up as they lie.</summary>
    public static void WriteLanes(SourceWriter writer, int size, string lanes)
    {
        writer.Line("// As they lie, each lane is of one class of one pixel.");
        writer.Line($"{lanes} {Join(size, c => $"classes{c} = {lanes}.ClassesOfLanes(NumClasses, {c})", ",\n    ")};");
        writer.Line($"{lanes} {Join(size, c => $"pixels{c} = {lanes}.PixelsOfLanes(NumClasses, {c})", ",\n    ")};");
    }

    /// <summary>A vector of predictions as they lie.</summary>
    public static string AsTheyLie(int size, int c, string lanes, string first) => $"{lanes}.Load(in {first}, {VectorOf(size, c, lanes)})";

    /// <summary>Where the vector so many begins, of the memory of a vector of pixels.</summary>
    public static string VectorOf(int size, int c, string lanes) =>
        $"{size} * pixel" + c switch { 0 => string.Empty, 1 => $" + (nuint){lanes}.Count", _ => $" + {c} * (nuint){lanes}.Count" };

    /// <summary>The lines that make sums of classes of sums of lanes.</summary>
    public static void WriteTakingApart(SourceWriter writer, int size, string lanes, string[] sums) => writer.Each(sums.Length, i =>
    {
        string classes = Join(size, c => $"{sums[i]}{c}");
        return $"({classes}) = {lanes}.TakeApart({classes});";
    });

    /// <summary>The line that loads a vector of pixels: logits or predictions <c>x0</c>, <c>x1</c>..., or <c>p0</c>, <c>p1</c>... if they are probabilities as they are.</summary>
    public static string Load(int size, string lanes, string first, string name) =>
        $"({Join(size, c => $"{lanes} {name}{c}")}) = {lanes}.Load{InWords(size)}Classes(in {first}, {size} * pixel);";

    /// <summary>The line that stores a vector of pixels, or the lines where values are long.</summary>
    public static string Store(int size, string lanes, string first, Func<int, string> value)
    {
        string[] values = [.. Enumerable.Range(0, size).Select(value)];
        bool areShort = values.Sum(text => text.Length) <= MostCharacters;
        string arguments = string.Concat(values.Select(text => areShort ? $"{text}, " : $"    {text},\n"));
        return $"{lanes}.Store{InWords(size)}Classes({(areShort ? string.Empty : "\n")}{arguments}{(areShort ? string.Empty : "    ")}ref {first}, {size} * pixel, bypassCache);";
    }

    /// <summary>How the library finds the logits of a pixel that it looks at itself; as planes unless it is told.</summary>
    public static string LayoutArgument(KernelPlan plan) =>
        plan.SplitsPixels ? ", layout: global::SoftDice.SoftDiceLayout.ChannelsLast" : string.Empty;

    private static string InWords(int size) => size switch { 2 => "Two", 3 => "Three", _ => "Four" };

    private static string Join(int size, Func<int, string> item, string separator = ", ") => string.Join(separator, Enumerable.Range(0, size).Select(item));
}
