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
    public static void Write(SourceWriter writer, KernelPlan plan, ScratchTile scratch, string lanes, string label)
    {
        string stride = SourceWriter.Literal(scratch.Stride);
        string pixels = SourceWriter.Literal(scratch.Pixels);
        if (plan.TakesOutLabels)
        {
            writer.Line($"nuint chain = {KernelText.Chain(plan, lanes)};");
        }

        writer.Line(
            $"""
            global::System.Span<{Kernels}.ClassTotals<{lanes}>> totals = {Kernels}.Scratch.Totals<{lanes}>(NumClasses);
            global::System.Span<float> rows = {Kernels}.Scratch.Floats((NumClasses + {Kernels}.SoftmaxTile.MoreRows) * {stride});
            int step = {pixels} - {pixels} % {lanes}.Count;
            """);
        using (writer.Open("for (int tile = firstPixel; tile < endPixel; tile += step)"))
        {
            string make = plan.Options.Activation == Activation.Softmax ? $"SoftmaxTile.Compute<{lanes}>" : "WassersteinTile.Copy";
            writer.Line(
                $"""
                int count = global::System.Math.Min(step, endPixel - tile);
                {Kernels}.{make}(image, tile, count, rows, {stride}, NumClasses);
                {Kernels}.{Class(plan)}.Add<{lanes}, {label}>(totals, rows, {stride}, {IgnoreText.PixelLabels(plan.Options)}, tile, count, {(plan.TakesOutLabels ? "chain" : "Distances")});
                """);
        }

        writer.Line();
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
                  {Kernels}.{Class(plan)}.TurnIntoSlopes<TLanes, TLabel>({(plan.TakesOutLabels ? "image, " : string.Empty)}tiles.Rows, {stride}, {labels}, tile, count, {distances}slopes);
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

    private static string Class(KernelPlan plan) => plan.TakesOutLabels ? "LabelledTile" : "WassersteinTile";
}
