using SoftDice.Generators.Model;

namespace SoftDice.Generators.Text;

/// <summary>What loops do for pixels that take no part; nothing where all do.</summary>
internal static class IgnoreText
{
    /// <summary>The label that such a pixel has in the lanes, whatever it is in memory.</summary>
    public const string Label = "global::SoftDice.Kernels.IgnoredPixels.Label";

    /// <summary>Labels from memory.</summary>
    public static string LoadLabels(LossOptions options, string lanes, string pixel = "pixel") => Replaces(options) && options.IgnoreIndex is int ignored
        ? $"{lanes}.LoadLabels(in firstLabel, {pixel}, {SourceWriter.Literal(ignored)})"
        : $"{lanes}.LoadLabels(in firstLabel, {pixel})";

    /// <summary>The declaration that <see cref="Cleared"/> needs, with an end of line; labels are relative to a class, or as they are.</summary>
    public static string Declaration(LossOptions options, string relativeTo = "0")
    {
        if (!options.IgnoresPixels)
        {
            return string.Empty;
        }

        string label = Replaces(options) ? Label : SourceWriter.Literal(options.IgnoreIndex!.Value);
        string declaration = relativeTo == "0" ? $"const int ignored = {label};" : $"int ignored = unchecked({label} - {relativeTo});";
        return $"// Pixels that take no part have a label that is no class, and whatever is predicted there becomes 0.\n{declaration}\n";
    }

    /// <summary>The lines of that.</summary>
    public static void WriteDeclaration(SourceWriter writer, LossOptions options)
    {
        if (options.IgnoresPixels)
        {
            writer.Line(Declaration(options).TrimEnd('\n'));
        }
    }

    /// <summary>The labels as the library takes them where it looks at pixels itself.</summary>
    public static string PixelLabels(LossOptions options) =>
        options.IgnoreIndex is int ignored ? $"new(labels, {SourceWriter.Literal(ignored)})" : "labels";

    /// <summary>A prediction or a gradient that is 0 at such pixels.</summary>
    public static string Cleared(LossOptions options, string value, string lanes, string label = "label") =>
        options.IgnoresPixels ? $"{lanes}.ClearWhere({value}, {label}, ignored)" : value;

    // A class's label stands for no class in the lanes, and of some types wrong labels become negative numbers; any other is only itself.
    private static bool Replaces(LossOptions options) => options.IgnoreIndex is int ignored && (ignored < 0 || ignored < options.LabelValues);

    /// <summary>How many pixels of a range there are of that kind.</summary>
    public static string Count(LossOptions options, TypeParameters parameters) =>
        $"global::SoftDice.Kernels.IgnoredPixels.Count<{parameters.At(atWidth: true)}>(labels, {SourceWriter.Literal(options.IgnoreIndex!.Value)}, firstPixel, endPixel)";
}
