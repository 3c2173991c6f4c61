using System;
using System.Linq;

using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>Softmax written out, and the gradient through it.</summary>
internal static class SoftmaxText
{
    private const string Why =
        """
        // Through a softmax the slope of logit k is p_k·(s_k - Σ p·s), with s the slopes of the probabilities. Where one class r is nearly
        // certain, s_r and the sum would cancel. A constant in all s changes nothing, so s_r is taken from each: then r's own term is 0,
        // and the sum is over the small probabilities alone. r is the most probable class.
        """;

    /// <summary>Exponentials of the logits in <c>x0</c>, <c>x1</c>..., as they are if the largest allows it, as the library does it with a tile.</summary>
    public static void WriteExponentials(SourceWriter writer, int size, string lanes)
    {
        string exp = "global::SoftDice.Kernels.Activations.Exp";
        string largest = $"{string.Concat(Enumerable.Repeat($"{lanes}.AtLeast(", size - 1))}x0{string.Concat(Enumerable.Range(1, size - 1).Select(c => $", x{c})"))}";
        writer.Line($"{lanes} largest = {largest};");
        writer.Each(size, c => $"{lanes} e{c} = {exp}(x{c});");
        writer.Line($"{lanes} off = largest - {lanes}.Broadcast(global::SoftDice.Kernels.Activations.MiddleOfRange);");
        using (writer.Open($"if (!{lanes}.AreBitsAtMost(off * off, global::SoftDice.Kernels.Activations.SquaredRange))"))
        {
            writer.Line("// An exponential may overflow, or those of a pixel lose digits: relative to the largest none does, and one is 1.");
            writer.Each(size, c => $"e{c} = {exp}(x{c} - largest);");
        }

        writer.Line();
    }

    /// <summary>All classes of a pixel in registers at once.</summary>
    public static string GradientInRegisters(KernelPlan plan)
    {
        int size = plan.Options.NumClasses;
        bool isOneHot = plan.Options.IsOneHot;
        SourceWriter writer = new();
        writer.Line("int pixels = image.Length / NumClasses;");
        writer.Line(Planes("float", "logits", "image", size));
        writer.Line(Planes("float", "slopes", "gradient", size));
        writer.Line(isOneHot
            ? Planes("TLabel", "target", "labels", size)
            : "ref TLabel firstLabel = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(labels);");
        writer.Each(size, c => isOneHot
            ? $"(float other{c}, float step{c}) = sums.Slopes({c}, scale);"
            : $"(float own{c}, float other{c}) = sums.Slopes({c}, scale);");
        writer.Line();
        writer.Line(Why);
        using (writer.Open("for (nuint pixel = (nuint)firstPixel; pixel < (nuint)endPixel; pixel += (nuint)TLanes.Count)"))
        {
            writer.Each(size, c => $"TLanes x{c} = TLanes.Load(in logits{c}, pixel);");
            WriteExponentials(writer, size, "TLanes");
            writer.Line($"TLanes factor = TLanes.Broadcast(1) / ({Join(" + ", size, c => $"e{c}")});");
            writer.Line();
            if (!isOneHot)
            {
                writer.Line("TLanes label = TLanes.LoadLabels(in firstLabel, pixel);");
            }

            writer.Each(size, c => isOneHot
                ? $"TLanes s{c} = TLanes.MultiplyAdd(TLanes.LoadTargets(in target{c}, pixel), TLanes.Broadcast(step{c}), TLanes.Broadcast(other{c}));"
                : $"TLanes s{c} = TLanes.SelectWhere(label, {c}, TLanes.Broadcast(own{c}), TLanes.Broadcast(other{c}));");
            writer.Line("TLanes ofLargest = s0;");
            writer.Each(size - 1, c => $"ofLargest = TLanes.SelectWhereEqual(x{c + 1}, largest, s{c + 1}, ofLargest);");
            writer.Each(size, c => $"s{c} -= ofLargest;");
            writer.Each(size, c => $"TLanes p{c} = e{c} * factor;");
            writer.Line($"TLanes mean = {Join(" + ", size, c => $"p{c} * s{c}")};");
            writer.Each(size, c => $"TLanes.Store(p{c} * (s{c} - mean), ref slopes{c}, pixel);");
        }

        return writer.ToString().TrimEnd('\n');
    }

    /// <summary>Tile after tile of many classes, in scratch memory.</summary>
    public static string GradientInTiles(KernelPlan plan, ScratchTile scratch) => Fill(
        plan,
        scratch,
        """
        int pixels = image.Length / NumClasses;
        global::System.Span<float> rows = global::SoftDice.Kernels.Scratch.Floats((NumClasses + global::SoftDice.Kernels.SoftmaxTile.MoreRows) * $STRIDE + 2 * NumClasses);
        global::System.Span<float> $OWNs = rows.Slice((NumClasses + global::SoftDice.Kernels.SoftmaxTile.MoreRows) * $STRIDE, NumClasses);
        global::System.Span<float> others = rows.Slice((NumClasses + global::SoftDice.Kernels.SoftmaxTile.MoreRows) * $STRIDE + NumClasses, NumClasses);
        for (int c = 0; c < NumClasses; c++)
        {
            $PAIR = sums.Slopes(c, scale);
        }

        int step = $PIXELS - $PIXELS % TLanes.Count;
        for (int tile = firstPixel; tile < endPixel; tile += step)
        {
            int count = global::System.Math.Min(step, endPixel - tile);
            global::SoftDice.Kernels.SoftmaxTile.Compute<TLanes>(image, tile, count, rows, $STRIDE, NumClasses);
            TurnIntoSlopes<TLanes, TLabel>(rows, $OWNs, others, labels.Slice(tile), $CALLcount);
            global::SoftDice.Kernels.Tiles.Store(rows, $STRIDE, gradient, tile, count, NumClasses, bypassCache);
        }
        """);

    /// <summary>The method that does one tile, across the classes of each pixel.</summary>
    public static void WriteTile(SourceWriter writer, KernelPlan plan, ScratchTile scratch, TypeParameters parameters)
    {
        KernelText.WriteKernelAttributes(writer);
        string heading =
            $"""
            private static void TurnIntoSlopes<{parameters.At(atWidth: true)}>(
                global::System.Span<float> rows, global::System.ReadOnlySpan<float> $OWNs, global::System.ReadOnlySpan<float> others,
                global::System.ReadOnlySpan<{parameters.Label}> labels, $PARAMint count)
                {parameters.Constraints(atWidth: true)}
            """;
        using (writer.Open(Fill(plan, scratch, heading)))
        {
            string text = Fill(
                plan,
                scratch,
                """
                ref float firstRow = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(rows);
                ref float factors = ref global::System.Runtime.CompilerServices.Unsafe.Add(ref firstRow, NumClasses * $STRIDE);
                ref float $OWN = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference($OWNs);
                ref float other = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(others);
                ref TLabel firstLabel = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(labels);

                $WHY
                for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
                {
                    $LABEL
                    $AT
                    TLanes factor = TLanes.Load(in factors, pixel);
                    TLanes largest = default, ofLargest = default, sum = default, mean = default;
                    for (int c = 0; c < NumClasses; c++, at += $STRIDE$IMAGE)
                    {
                        TLanes slope = $SLOPE;
                        TLanes p = TLanes.Load(in firstRow, at) * factor;
                        largest = TLanes.AtLeast(largest, p);
                        TLanes before = ofLargest;
                        ofLargest = TLanes.SelectWhereEqual(p, largest, slope, before);

                        // So far relative to the largest before, and from now on to the present one.
                        mean = TLanes.MultiplyAdd(sum, before - ofLargest, mean);
                        mean = TLanes.MultiplyAdd(p, slope - ofLargest, mean);
                        sum += p;
                    }

                    $AGAIN
                    for (int c = 0; c < NumClasses; c++, at += $STRIDE$IMAGE)
                    {
                        TLanes slope = $SLOPE;
                        TLanes.Store(TLanes.Load(in firstRow, at) * factor * (slope - ofLargest - mean), ref firstRow, at);
                    }
                }
                """);
            writer.Line(text.Replace("TLanes", parameters.Lanes).Replace("TLabel", parameters.Label));
        }
    }

    private static string Fill(KernelPlan plan, ScratchTile scratch, string text)
    {
        bool isOneHot = plan.Options.IsOneHot;
        string slope = isOneHot
            ? "TLanes.MultiplyAdd(TLanes.LoadTargets(in firstLabel, imageAt), TLanes.Broadcast(in step, (nuint)c), TLanes.Broadcast(in other, (nuint)c))"
            : "TLanes.SelectWhere(label, c, TLanes.Broadcast(in own, (nuint)c), TLanes.Broadcast(in other, (nuint)c))";
        string[] lines = text
            .Replace("$WHY", Why)
            .Replace("$PAIR", isOneHot ? "(others[c], steps[c])" : "(owns[c], others[c])")
            .Replace("$SLOPE", slope)
            .Replace("$LABEL", isOneHot ? string.Empty : "TLanes label = TLanes.LoadLabels(in firstLabel, pixel);")
            .Replace("$IMAGE", isOneHot ? ", imageAt += (nuint)pixels" : string.Empty)
            .Replace("$AT", isOneHot ? "nuint at = pixel, imageAt = pixel;" : "nuint at = pixel;")
            .Replace("$AGAIN", isOneHot ? "(at, imageAt) = (pixel, pixel);" : "at = pixel;")
            .Replace("$CALL", isOneHot ? "pixels, " : string.Empty)
            .Replace("$PARAM", isOneHot ? "int pixels, " : string.Empty)
            .Replace("$STRIDE", SourceWriter.Literal(scratch.Stride))
            .Replace("$PIXELS", SourceWriter.Literal(scratch.Pixels))
            .Replace("$OWN", isOneHot ? "step" : "own")
            .Split('\n');
        return string.Join("\n", lines.Where(line => line.Length == 0 || line.Trim().Length > 0));
    }

    // The planes of all classes, one after the other.
    private static string Planes(string type, string name, string span, int size) => string.Join("\n", Enumerable.Range(0, size).Select(c => c == 0
        ? $"ref {type} {name}0 = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference({span});"
        : $"ref {type} {name}{c} = ref global::System.Runtime.CompilerServices.Unsafe.Add(ref {name}{c - 1}, pixels);"));

    private static string Join(string separator, int size, Func<int, string> item) =>
        string.Join(separator, Enumerable.Range(0, size).Select(item));
}
