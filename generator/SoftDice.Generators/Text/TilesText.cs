using System.Linq;

using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>Tiles in scratch memory that the library adds up and makes slopes of: by distances from the label, or with the label's class taken out first.</summary>
internal static class TilesText
{
    private const string Kernels = "global::SoftDice.Kernels";

    /// <summary>The table of the kernel, if distances need one.</summary>
    public static string[] Tables(KernelPlan plan) => plan.LooksUpDistances
        ?
        [
            "// How far each class is from each label, a row a label.\n" +
            AggregateText.Table("float", "Distances", plan.Options.Aggregation.Wasserstein!.Distances.Select(CrossEntropyText.Float)),
        ]
        : [];

    /// <summary>The tiles of the forward pass.</summary>
    public static void Write(SourceWriter writer, KernelPlan plan, ScratchTile scratch, TypeParameters parameters)
    {
        (string lanes, string label) = (parameters.Lanes, parameters.Label);
        string stride = SourceWriter.Literal(scratch.Stride);
        string pixels = SourceWriter.Literal(scratch.Pixels);
        if (plan.TakesOutLabels)
        {
            writer.Line($"nuint chain = {KernelText.Chain(plan, lanes)};");
        }

        writer.Line(
            $"""
            global::System.Span<{Kernels}.ClassTotals<{lanes}>> totals = {Kernels}.Scratch.Totals<{lanes}>(NumClasses);
            global::System.Span<float> rows = {Kernels}.Scratch.Floats((NumClasses + {Kernels}.SoftmaxTile.MoreRows{CrossEntropyText.MoreRows(plan)}) * {stride});
            int step = {pixels} - {pixels} % {lanes}.Count;
            """);
        CrossEntropyText.WriteTileRows(writer, plan);
        CrossEntropyText.WriteSum(writer, plan);
        using (writer.Open("for (int tile = firstPixel; tile < endPixel; tile += step)"))
        {
            string last = plan.LooksUpDistances ? "Distances" : plan.Options.HasCategoricalTerm ? "chain, ofLabels" : "chain";
            string make = plan.Options.Activation == Activation.Softmax ? $"SoftmaxTile.Compute<{lanes}>" : "WassersteinTile.Copy";
            writer.Line(
                $"""
                int count = global::System.Math.Min(step, endPixel - tile);
                {Kernels}.{make}(image, tile, count, rows, {stride}, NumClasses);
                {Kernels}.{Class(plan)}.Add<{lanes}, {label}>(totals, rows, {stride}, {IgnoreText.PixelLabels(plan.Options)}, tile, count, {last});
                """);
            CrossEntropyText.WriteTileEnd(writer, plan, parameters);
        }

        writer.Line();
        CrossEntropyText.WriteResult(writer, plan, parameters);
    }

    /// <summary>The tiles of the gradient.</summary>
    public static string Gradient(KernelPlan plan, ScratchTile scratch)
    {
        string stride = SourceWriter.Literal(scratch.Stride);
        string pixels = SourceWriter.Literal(scratch.Pixels);
        string labels = IgnoreText.PixelLabels(plan.Options);
        string distances = plan.LooksUpDistances ? "Distances, " : string.Empty;
        string tile = plan.Options.Activation == Activation.Softmax
            ? $"""
              {Kernels}.SoftmaxTile.Compute<TLanes>(image, tile, count, {stride}, NumClasses, ref tiles);
                  {Kernels}.{Class(plan)}.TurnIntoSlopes<TLanes, TLabel>({(plan.TakesOutLabels ? "image, " : string.Empty)}tiles.Rows, {stride}, {labels}, tile, count, {distances}slopes{(plan.Options.HasCategoricalTerm ? ", terms" : string.Empty)});
              """
            : $"{Kernels}.WassersteinTile.FillSlopes<TLanes, TLabel>(ref tiles, {stride}, {labels}, tile, count, Distances, slopes);";
        string ofClass = plan.LooksUpDistances
            ? $"slopes[c] = new {Kernels}.ClassSlopes(c, own: {AggregateText.SlopesCall(plan.Options)}, other: 0);"
            : $"""
              (float own, float other) = {AggregateText.SlopesCall(plan.Options)};
                  slopes[c] = new {Kernels}.ClassSlopes(c, own, other);
              """;
        return
            $$"""
            global::System.Span<{{Kernels}}.ClassSlopes> slopes = {{Kernels}}.Scratch.Slopes(NumClasses);
            for (int c = 0; c < NumClasses; c++)
            {
                {{ofClass}}
            }

            int step = {{pixels}} - {{pixels}} % TLanes.Count;
            {{Kernels}}.TileGradient tiles = new(gradient, NumClasses, {{stride}}, firstPixel, bypassCache);
            for (int tile = firstPixel; tile < endPixel; tile += step)
            {
                int count = global::System.Math.Min(step, endPixel - tile);
                {{tile}}
            }

            tiles.Finish();
            """;
    }

    /// <summary>What the gradient takes of the terms beside the overlap, given what they are multiplied by.</summary>
    public static string Terms(KernelPlan plan, string crossEntropySlope, string focalSlope)
    {
        LossOptions options = plan.Options;
        string[] settings =
        [
            .. Setting(options.HasCategoricalCrossEntropy, "CrossEntropySlope", crossEntropySlope),
            .. Setting(options.Compound.HasWeights, "OwnWeights", "OwnWeights"),
            .. Setting(options.Compound.IsSmoothed, "Smoothings", "Smoothings"),
            .. Setting(options.HasCategoricalFocal, "FocalSlope", focalSlope),
            .. Setting(options.HasCategoricalFocal, "Gamma", CrossEntropyText.Float(options.Focal.Gamma)),
            .. Setting(options.HasCategoricalFocal && options.Focal.HasWeights, "FocalWeights", "FocalWeights"),
        ];
        string all = settings.Length == 1 ? $" {{ {settings[0]} }}" : $"\n{{\n    {string.Join(",\n    ", settings)},\n}}";
        return $"{Kernels}.TileTerms terms = new(){all};";

        static string[] Setting(bool has, string name, string value) => has ? [$"{name} = {value}"] : [];
    }

    private static string Class(KernelPlan plan) => plan.TakesOutLabels ? "LabelledTile" : "WassersteinTile";
}
