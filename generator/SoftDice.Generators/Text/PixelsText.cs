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

    /// <summary>Whether what is loaded are probabilities that nothing is done to.</summary>
    public static bool LoadsProbabilities(KernelPlan plan) =>
        plan is { SplitsPixels: true, Options.Activation: Activation.None } && (plan.SkipsIgnored || !plan.Options.IgnoresPixels);

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

    private static string Join(int size, Func<int, string> item) => string.Join(", ", Enumerable.Range(0, size).Select(item));
}
