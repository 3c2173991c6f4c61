using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>Many classes side by side, probabilities or a softmax: the library goes through the rows, and the kernel has the formula's sums and slopes.</summary>
internal static class RowsText
{
    private const string Kernels = "global::SoftDice.Kernels";

    /// <summary>The method of the forward pass.</summary>
    public static void Write(SourceWriter writer, KernelPlan plan, TypeParameters parameters)
    {
        using (writer.Open(KernelText.AddHeading(plan, parameters)))
        {
            writer.Line(
                $"""
                bool areRight = {Kernels}.{Rows(plan)}.Add<{parameters.OfLoops(plan)}>(
                    image, {IgnoreText.PixelLabels(plan.Options)}, {(plan.KeepsProbabilities ? "probabilities, " : string.Empty)}firstPixel, endPixel, NumClasses, out global::System.ReadOnlySpan<{Kernels}.RowTotals> totals);
                """);
            using (writer.Open("for (int c = 0; c < NumClasses; c++)"))
            {
                string misses = plan.SplitsMisses
                    ? "total.FalseNegatives, total.FalsePositives"
                    : "total.FalseNegatives + total.FalsePositives";
                writer.Line(
                    $"""
                    ref readonly {Kernels}.RowTotals total = ref totals[c];
                    sums.AddClass(c, total.Intersection, {misses}, total.Labelled);
                    """);
            }

            writer.Line();
            writer.Line("return areRight;");
        }
    }

    /// <summary>The loop of the gradient.</summary>
    public static string Gradient(KernelPlan plan) =>
        $$"""
        // Of a row one element has its class's own slope, and all others have the same in every row.
        global::System.Span<float> owns = {{Kernels}}.Scratch.Floats(2 * NumClasses);
        global::System.Span<float> others = owns.Slice(NumClasses);
        for (int c = 0; c < NumClasses; c++)
        {
            (float own, float other) = {{AggregateText.SlopesCall(plan.Options)}};
            owns[c] = own;
            others[c] = other;
        }

        {{Kernels}}.{{Rows(plan)}}.Write<TLanes, TLabel{{(plan.KeepsProbabilities ? ", TProbabilities" : string.Empty)}}>(
            owns.Slice(0, NumClasses), others, {{(IsSoftmax(plan) ? "image, " : string.Empty)}}{{IgnoreText.PixelLabels(plan.Options)}}, gradient, firstPixel, endPixel{{(IsSoftmax(plan) ? ", bypassCache" : string.Empty)}});
        """;

    private static string Rows(KernelPlan plan) => IsSoftmax(plan) ? "SoftmaxRows" : "PixelRows";

    private static bool IsSoftmax(KernelPlan plan) => plan.Options.Activation == Activation.Softmax;
}
