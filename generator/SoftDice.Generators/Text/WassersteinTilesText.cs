using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>The generalised Wasserstein Dice loss of many classes: tiles in scratch memory, in which the library looks up what a label is away from.</summary>
internal static class WassersteinTilesText
{
    private const string Kernels = "global::SoftDice.Kernels";

    /// <summary>The table of the kernel.</summary>
    public static string Table(LossOptions options) =>
        "// How far each class is from each label, a row a label.\n" +
        AggregateText.Table("float", "Distances", System.Linq.Enumerable.Select(options.Aggregation.Wasserstein!.Distances, CrossEntropyText.Float));

    /// <summary>The tiles of the forward pass.</summary>
    public static void WriteTiles(SourceWriter writer, KernelPlan plan, ScratchTile scratch, string lanes, string label)
    {
        string stride = SourceWriter.Literal(scratch.Stride);
        string pixels = SourceWriter.Literal(scratch.Pixels);
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
                {Kernels}.WassersteinTile.Add<{lanes}, {label}>(totals, rows, {stride}, {IgnoreText.PixelLabels(plan.Options)}, tile, count, Distances);
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
        string tile = plan.Options.Activation == Activation.Softmax
            ? $"""
              {Kernels}.SoftmaxTile.Compute<TLanes>(image, tile, count, {stride}, NumClasses, ref tiles);
                  {Kernels}.WassersteinTile.TurnIntoSlopes<TLanes, TLabel>(tiles.Rows, {stride}, {labels}, tile, count, Distances, slopes);
              """
            : $"{Kernels}.WassersteinTile.FillSlopes<TLanes, TLabel>(ref tiles, {stride}, {labels}, tile, count, Distances, slopes);";
        return
            $$"""
            global::System.Span<{{Kernels}}.ClassSlopes> slopes = {{Kernels}}.Scratch.Slopes(NumClasses);
            for (int c = 0; c < NumClasses; c++)
            {
                slopes[c] = new {{Kernels}}.ClassSlopes(c, own: {{AggregateText.SlopesCall(plan.Options)}}, other: 0);
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
}
