using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>The gradient: entry points, and the loop that the activation asks for.</summary>
internal static class GradientText
{
    private const string DocParameters =
        "global::System.ReadOnlySpan{float}, global::System.ReadOnlySpan{TLabel}, global::System.Span{float}, int, double)";

    public static void Write(SourceWriter writer, LossTarget target, KernelPlan plan, TypeParameters parameters)
    {
        WriteForwardBackward(writer, target, parameters);
        WriteBackward(writer, target, parameters);
        WriteBackwardAtWidth(writer, target, plan, parameters);
        WriteLoop(writer, plan, parameters);
    }

    private static void WriteForwardBackward(SourceWriter writer, LossTarget target, TypeParameters parameters)
    {
        EntryPointsText.WriteDocs(writer, target, "ForwardBackward{TLabel}(" + DocParameters);
        using (writer.Open(
            $"""
            public static double ForwardBackward<{parameters.Label}>(
                {Batch(parameters)}
                where {parameters.Label} : unmanaged
            """))
        {
            writer.Line(
                """
                // Before anything else, so that nothing is computed for a gradient that has no place to go.
                global::SoftDice.Kernels.KernelGuard.Gradient<TLabel>(predictions, labels, gradient);
                Sums sums = default;
                Accumulate(ref sums, predictions, labels, batchSize);
                Backward(in sums, predictions, labels, gradient, batchSize, scale);
                return sums.Loss();
                """.Replace("TLabel", parameters.Label));
        }

        writer.Line();
    }

    private static void WriteBackward(SourceWriter writer, LossTarget target, TypeParameters parameters)
    {
        EntryPointsText.WriteDocs(writer, target, "Backward{TLabel}(in TSums, " + DocParameters);
        using (writer.Open(
            $"""
            public static void Backward<{parameters.Label}>(
                in Sums sums, {Batch(parameters)}
                where {parameters.Label} : unmanaged
            """))
        {
            foreach ((string condition, string lanes) in EntryPointsText.Widths)
            {
                writer.Line(condition);
                writer.Line(
                    $"    Backward<global::SoftDice.Kernels.{lanes}, {parameters.Label}>" +
                    "(in sums, predictions, labels, gradient, batchSize, scale);");
            }
        }

        writer.Line();
    }

    private static void WriteBackwardAtWidth(SourceWriter writer, LossTarget target, KernelPlan plan, TypeParameters parameters)
    {
        string lanes = parameters.Lanes;
        string label = parameters.Label;
        EntryPointsText.WriteDocs(writer, target, "Backward{TLanes, TLabel}(in TSums, " + DocParameters);
        using (writer.Open(
            $"""
            public static void Backward<{lanes}, {label}>(
                in Sums sums, {Batch(parameters)}
                where {lanes} : struct, global::SoftDice.Kernels.ILanes<{lanes}>
                where {label} : unmanaged
            """))
        {
            if (!plan.Options.AreAsAsked)
            {
                writer.Line("global::SoftDice.Kernels.KernelGuard.ThrowInvalidOptions();");
                writer.Line();
            }

            writer.Line(
                $$"""
                int pixels = global::SoftDice.Kernels.KernelGuard.PixelsPerImage<{{label}}>(
                    predictions.Length, labels.Length, batchSize, NumClasses);
                global::SoftDice.Kernels.KernelGuard.Gradient<{{label}}>(predictions, labels, gradient);
                global::SoftDice.Kernels.KernelGuard.Labels(labels, batchSize, {{SourceWriter.Literal(plan.Options.LabelValues)}});
                int imageLength = NumClasses * pixels;
                int vectorPixels = pixels - pixels % {{lanes}}.Count;

                for (int image = 0; image < batchSize && pixels > 0; image++)
                {
                    global::System.ReadOnlySpan<float> planes = predictions.Slice(image * imageLength, imageLength);
                    global::System.ReadOnlySpan<{{label}}> imageLabels = labels.Slice(image * pixels, pixels);
                    global::System.Span<float> slopes = gradient.Slice(image * imageLength, imageLength);
                    WriteGradient<{{lanes}}, {{label}}>(in sums, scale, planes, imageLabels, slopes, 0, vectorPixels);
                    WriteGradient<global::SoftDice.Kernels.ScalarLane, {{label}}>(
                        in sums, scale, planes, imageLabels, slopes, vectorPixels, pixels);
                }
                """);
        }

        writer.Line();
    }

    private static void WriteLoop(SourceWriter writer, KernelPlan plan, TypeParameters parameters)
    {
        KernelText.WriteKernelAttributes(writer);
        using (writer.Open(
            $"""
            private static void WriteGradient<{parameters.Lanes}, {parameters.Label}>(
                in Sums sums, double scale, global::System.ReadOnlySpan<float> image, global::System.ReadOnlySpan<{parameters.Label}> labels,
                global::System.Span<float> gradient, int start, int end)
                where {parameters.Lanes} : struct, global::SoftDice.Kernels.ILanes<{parameters.Lanes}>
                where {parameters.Label} : unmanaged
            """))
        {
            string loop = plan.Options.Activation == Activation.Softmax ? SoftmaxLoop : ElementwiseLoop(plan);
            writer.Line(loop
                .Replace("TLanes", parameters.Lanes)
                .Replace("TLabel", parameters.Label)
                .Replace("$CLASS", plan.Options.IsBinary ? "1" : "c")
                .Replace("$PIXELS", SourceWriter.Literal(plan.ScratchPixels ?? 0)));
        }
    }

    // Without an activation the gradient does not depend on the prediction, and each value is written without a look at it.
    private static string ElementwiseLoop(KernelPlan plan)
    {
        bool isSigmoid = plan.Options.Activation == Activation.Sigmoid;
        string logits = isSigmoid
            ? """

                  ref float logits = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(image.Slice(c * labels.Length));
              """
            : string.Empty;
        string factor = isSigmoid
            ? " * global::SoftDice.Kernels.Activations.SigmoidSlope(TLanes.Load(in logits, pixel))"
            : string.Empty;
        return
            $$"""
            ref TLabel firstLabel = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(labels);
            for (int c = 0; c < NumClasses; c++)
            {
                (float own, float other) = sums.Slopes(c, scale);
                TLanes ownSlope = TLanes.Broadcast(own), otherSlope = TLanes.Broadcast(other);{{logits}}
                ref float plane = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(gradient.Slice(c * labels.Length));
                for (nuint pixel = (nuint)start; pixel < (nuint)end; pixel += (nuint)TLanes.Count)
                {
                    TLanes label = TLanes.LoadLabels(in firstLabel, pixel);
                    TLanes slope = TLanes.SelectWhere(label, $CLASS, ownSlope, otherSlope);
                    TLanes.Store(slope{{factor}}, ref plane, pixel);
                }
            }
            """;
    }

    private const string SoftmaxLoop =
        """
        // Through a softmax the slope of logit k is p_k·(s_k - Σ p·s), with s the slopes of the probabilities. Where the prediction is
        // nearly certain these cancel; so it is computed from differences to the label's class y. With o the slope of a probability
        // where the label is another class, and o + d where it is its own:
        // p_k·((o_k - o_y) - Σ p·(o - o_y) + d_y·(k is y ? Σ of the other p : -p_y)).
        int step = global::System.Math.Max($PIXELS - $PIXELS % TLanes.Count, TLanes.Count);
        global::System.Span<float> scratch = global::SoftDice.Kernels.Scratch.Floats((NumClasses + 5) * step + 2 * NumClasses);
        global::System.Span<float> others = scratch.Slice((NumClasses + 5) * step, NumClasses);
        global::System.Span<float> steps = scratch.Slice((NumClasses + 5) * step + NumClasses, NumClasses);
        for (int c = 0; c < NumClasses; c++)
        {
            (others[c], steps[c]) = sums.OtherAndStep(c, scale);
        }

        for (int tile = start; tile < end; tile += step)
        {
            int count = global::System.Math.Min(step, end - tile);
            global::System.ReadOnlySpan<TLabel> tileLabels = labels.Slice(tile, count);
            global::SoftDice.Kernels.Activations.Softmax<TLanes>(image, labels.Length, tile, scratch, count, NumClasses);
            global::SoftDice.Kernels.SoftmaxGradient.LookUp(
                tileLabels, scratch, others, steps,
                scratch.Slice((NumClasses + 2) * count, count),
                scratch.Slice((NumClasses + 3) * count, count),
                scratch.Slice((NumClasses + 4) * count, count));

            ref TLabel firstLabel = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(tileLabels);
            ref float probabilities = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(scratch);
            ref float mean = ref global::System.Runtime.CompilerServices.Unsafe.Add(ref probabilities, NumClasses * count);
            ref float rest = ref global::System.Runtime.CompilerServices.Unsafe.Add(ref mean, count);
            ref float otherOfLabel = ref global::System.Runtime.CompilerServices.Unsafe.Add(ref rest, count);
            ref float stepOfLabel = ref global::System.Runtime.CompilerServices.Unsafe.Add(ref otherOfLabel, count);
            ref float ofLabel = ref global::System.Runtime.CompilerServices.Unsafe.Add(ref stepOfLabel, count);

            scratch.Slice(NumClasses * count, 2 * count).Clear();
            for (int c = 0; c < NumClasses; c++)
            {
                TLanes other = TLanes.Broadcast(others[c]);
                ref float row = ref global::System.Runtime.CompilerServices.Unsafe.Add(ref probabilities, c * count);
                for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
                {
                    TLanes p = TLanes.Load(in row, pixel);
                    TLanes notOwn = TLanes.SelectWhere(TLanes.LoadLabels(in firstLabel, pixel), c, default, p);
                    TLanes difference = other - TLanes.Load(in otherOfLabel, pixel);
                    TLanes.Store(TLanes.MultiplyAdd(p, difference, TLanes.Load(in mean, pixel)), ref mean, pixel);
                    TLanes.Store(TLanes.Load(in rest, pixel) + notOwn, ref rest, pixel);
                }
            }

            for (int c = 0; c < NumClasses; c++)
            {
                TLanes other = TLanes.Broadcast(others[c]);
                ref float row = ref global::System.Runtime.CompilerServices.Unsafe.Add(ref probabilities, c * count);
                ref float plane = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(gradient.Slice(c * labels.Length + tile));
                for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
                {
                    TLanes label = TLanes.LoadLabels(in firstLabel, pixel);
                    TLanes difference = other - TLanes.Load(in otherOfLabel, pixel) - TLanes.Load(in mean, pixel);
                    TLanes share = TLanes.SelectWhere(label, c, TLanes.Load(in rest, pixel), default(TLanes) - TLanes.Load(in ofLabel, pixel));
                    TLanes slope = TLanes.MultiplyAdd(TLanes.Load(in stepOfLabel, pixel), share, difference);
                    TLanes.Store(TLanes.Load(in row, pixel) * slope, ref plane, pixel);
                }
            }
        }
        """;

    private static string Batch(TypeParameters parameters) =>
        $"""
        global::System.ReadOnlySpan<float> predictions, global::System.ReadOnlySpan<{parameters.Label}> labels,
            global::System.Span<float> gradient, int batchSize, double scale = 1)
        """;
}
