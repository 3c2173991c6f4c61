using SoftDice.Generators.Model;

namespace SoftDice.Generators.Text;

/// <summary>What loops do for pixels that take no part, by their label or by a mask; nothing where all do.</summary>
internal static class IgnoreText
{
    private const string Pixels = "global::SoftDice.Kernels.IgnoredPixels";

    /// <summary>The type of what loops take for labels: with a mask they have it with them.</summary>
    public static string LabelsType(LossOptions options, string label) =>
        options.HasMask ? $"global::SoftDice.Kernels.PixelLabels<{label}>" : $"global::System.ReadOnlySpan<{label}>";

    /// <summary>Labels as a span, from <see cref="LabelsType"/>.</summary>
    public static string Labels(LossOptions options) => options.HasMask ? "labels.Labels" : "labels";

    /// <summary>A reference to the first of the labels.</summary>
    public static string FirstLabel(LossOptions options, string label) =>
        $"ref {label} firstLabel = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference({Labels(options)});";

    /// <summary>Whether loops have labels in the lanes: class indices, or with targets whether a pixel takes part.</summary>
    public static bool LoadsLabels(LossOptions options) => !options.IsOneHot || options.HasMask;

    /// <summary>Labels from memory; with targets, 0 where the pixel takes part.</summary>
    public static string LoadLabels(LossOptions options, string lanes, string pixel = "pixel", bool asTheyAre = false)
    {
        string labels = options.IsOneHot ? "default"
            : Replaces(options) && !asTheyAre ? $"{lanes}.LoadLabels(in firstLabel, {pixel}, {Ignored(options)})"
            : $"{lanes}.LoadLabels(in firstLabel, {pixel})";
        return options.HasMask ? $"{lanes}.Masked({labels}, in firstMask, {pixel})" : labels;
    }

    /// <summary>The declarations that <see cref="LoadLabels"/> of a mask and <see cref="Cleared"/> need, with an end of line; labels are relative to a class, or as they are.</summary>
    public static string Declaration(LossOptions options, string relativeTo = "0", bool isSkipped = false, bool asTheyAre = false)
    {
        if (!options.IgnoresPixels)
        {
            return string.Empty;
        }

        string label = Replaces(options) && !asTheyAre ? $"{Pixels}.Label" : Ignored(options);
        string declaration = relativeTo == "0" || options.IsOneHot ? $"const int ignored = {label};" : $"int ignored = unchecked({label} - {relativeTo});";
        string mask = options.HasMask ? "ref bool firstMask = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(labels.Mask);\n" : string.Empty;
        string fate = isSkipped ? "what is missed there is not added" : "whatever is predicted there becomes 0";
        string which = asTheyAre ? "the label of a class that has no other pixels" : "a label that is no class";
        return $"{mask}// Pixels that take no part have {which}, and {fate}.\n{declaration}\n";
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
        options is { HasMask: false, IgnoreIndex: int ignored } ? $"new(labels, {SourceWriter.Literal(ignored)})" : "labels";

    /// <summary>A prediction, a target or a gradient that is 0 at such pixels.</summary>
    public static string Cleared(LossOptions options, string value, string lanes, string label = "label") =>
        options.IgnoresPixels ? $"{lanes}.ClearWhere({value}, {label}, ignored)" : value;

    /// <summary>How many pixels of a range there are of that kind.</summary>
    public static string Count(LossOptions options, TypeParameters parameters) =>
        $"{Pixels}.Count<{parameters.At(atWidth: true)}>(labels, {(options.HasMask ? string.Empty : $"{Ignored(options)}, ")}firstPixel, endPixel)";

    /// <summary>The name of how many there are of the other kind, where labels in lanes tell.</summary>
    public const string Counted = "counted";

    /// <summary>How many there are of the other kind: all, or what beside targets the mask tells, and beside class indices the labels with what masks them.</summary>
    public static string CountTakingPart(LossOptions options) =>
        !options.IgnoresPixels ? "(endPixel - firstPixel)"
        : options.IsOneHot ? "labels.CountTakingPart(firstPixel, endPixel)"
        : Counted;

    /// <summary>A mask as a parameter of an entry point, after the labels.</summary>
    public static string MaskParameter(LossOptions options) => options.HasMask ? ", global::System.ReadOnlySpan<bool> mask" : string.Empty;

    /// <summary>A mask as an argument after the labels.</summary>
    public static string MaskArgument(LossOptions options, string mask = "mask") => options.HasMask ? $", {mask}" : string.Empty;

    /// <summary>Labels as entry points hand them to the library.</summary>
    public static string LabelsOfCall(LossOptions options) => options.HasMask ? "new(labels, mask)" : "labels";

    // A class's label stands for no class in the lanes, and of some types wrong labels become negative numbers; any other is only itself. A mask
    // makes the same number of any label.
    private static bool Replaces(LossOptions options) =>
        options.HasMask || (options.IgnoreIndex is int ignored && (ignored < 0 || ignored < options.LabelValues));

    private static string Ignored(LossOptions options) => options.IgnoreIndex is int ignored ? SourceWriter.Literal(ignored) : $"{Pixels}.None";
}
