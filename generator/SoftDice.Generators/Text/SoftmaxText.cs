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

    /// <summary>Exponentials of the logits in <c>x0</c>, <c>x1</c>..., after the largest has been taken from each: no overflow.</summary>
    public static void WriteExponentials(SourceWriter writer, int size, string lanes)
    {
        writer.Line($"{lanes} largest = {string.Concat(Enumerable.Repeat($"{lanes}.AtLeast(", size - 1))}x0{string.Concat(Enumerable.Range(1, size - 1).Select(c => $", x{c})"))};");
        writer.Each(size, c => $"{lanes} e{c} = global::SoftDice.Kernels.Activations.Exp(x{c} - largest);");
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
            writer.Line($"TLanes mean = ({Join(" + ", size, c => $"e{c} * s{c}")}) * factor;");
            writer.Each(size, c => $"TLanes.Store(e{c} * factor * (s{c} - mean), ref slopes{c}, pixel);");
        }

        return writer.ToString().TrimEnd('\n');
    }

    /// <summary>A tile of many classes: logits copied along rows, exponentials and sums over the classes of each pixel, slopes along rows.</summary>
    public static string GradientInTiles(KernelPlan plan, ScratchTile scratch)
    {
        bool isOneHot = plan.Options.IsOneHot;
        string label = isOneHot ? string.Empty : "TLanes label = TLanes.LoadLabels(in firstLabel, pixel);";
        string slope = isOneHot
            ? "TLanes.MultiplyAdd(TLanes.LoadTargets(in firstLabel, (nuint)(c * pixels) + pixel), TLanes.Broadcast(owns[c]), TLanes.Broadcast(others[c]))"
            : "TLanes.SelectWhere(label, c, TLanes.Broadcast(owns[c]), TLanes.Broadcast(others[c]))";
        string text =
            """
            int pixels = image.Length / NumClasses;
            global::System.Span<float> rows = global::SoftDice.Kernels.Scratch.Floats((NumClasses + 3) * $STRIDE + 2 * NumClasses);
            global::System.Span<float> others = rows.Slice((NumClasses + 3) * $STRIDE, NumClasses);
            global::System.Span<float> owns = rows.Slice((NumClasses + 3) * $STRIDE + NumClasses, NumClasses);
            for (int c = 0; c < NumClasses; c++)
            {
                $SLOPES = sums.Slopes(c, scale);
            }

            ref float firstRow = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(rows);
            ref float largests = ref global::System.Runtime.CompilerServices.Unsafe.Add(ref firstRow, NumClasses * $STRIDE);
            ref float factors = ref largests;
            ref float ofLargests = ref global::System.Runtime.CompilerServices.Unsafe.Add(ref largests, $STRIDE);
            ref float means = ref global::System.Runtime.CompilerServices.Unsafe.Add(ref ofLargests, $STRIDE);

            $WHY
            int step = $PIXELS - $PIXELS % TLanes.Count;
            for (int tile = firstPixel; tile < endPixel; tile += step)
            {
                int count = global::System.Math.Min(step, endPixel - tile);
                ref TLabel firstLabel = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(labels.Slice(tile));
                global::SoftDice.Kernels.Activations.LoadTile<TLanes>(image, tile, count, rows, $STRIDE, NumClasses);
                for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
                {
                    $LABEL
                    TLanes largest = TLanes.Load(in largests, pixel), ofLargest = default;
                    nuint at = pixel;
                    for (int c = 0; c < NumClasses; c++, at += $STRIDE)
                    {
                        ofLargest = TLanes.SelectWhereEqual(TLanes.Load(in firstRow, at), largest, $SLOPE, ofLargest);
                    }

                    TLanes sum = default, mean = default;
                    at = pixel;
                    for (int c = 0; c < NumClasses; c++, at += $STRIDE)
                    {
                        TLanes e = global::SoftDice.Kernels.Activations.Exp(TLanes.Load(in firstRow, at) - largest);
                        TLanes.Store(e, ref firstRow, at);
                        sum += e;
                        mean = TLanes.MultiplyAdd(e, $SLOPE - ofLargest, mean);
                    }

                    TLanes factor = TLanes.Broadcast(1) / sum;
                    TLanes.Store(factor, ref factors, pixel);
                    TLanes.Store(ofLargest, ref ofLargests, pixel);
                    TLanes.Store(mean * factor, ref means, pixel);
                }

                for (int c = 0; c < NumClasses; c++)
                {
                    ref float row = ref global::System.Runtime.CompilerServices.Unsafe.Add(ref firstRow, c * $STRIDE);
                    ref float slopes = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(gradient.Slice(c * pixels + tile));
                    for (nuint pixel = 0; pixel < (nuint)count; pixel += (nuint)TLanes.Count)
                    {
                        $LABEL
                        TLanes p = TLanes.Load(in row, pixel) * TLanes.Load(in factors, pixel);
                        TLanes s = $SLOPE - TLanes.Load(in ofLargests, pixel);
                        TLanes.Store(p * (s - TLanes.Load(in means, pixel)), ref slopes, pixel);
                    }
                }
            }
            """;
        string[] lines = text
            .Replace("$WHY", Why.Replace("\n", "\n"))
            .Replace("$SLOPES", isOneHot ? "(others[c], owns[c])" : "(owns[c], others[c])")
            .Replace("$SLOPE", slope)
            .Replace("$LABEL", label)
            .Replace("$STRIDE", SourceWriter.Literal(scratch.Stride))
            .Replace("$PIXELS", SourceWriter.Literal(scratch.Pixels))
            .Replace("owns", isOneHot ? "steps" : "owns")
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
