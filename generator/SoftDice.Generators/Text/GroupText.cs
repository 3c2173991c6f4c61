using System.Linq;

using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>The loop that adds up the classes of one group, its accumulators in registers.</summary>
internal static class GroupText
{
    private const string Doubles = "global::System.Runtime.Intrinsics.Vector256<double>";

    public static string Method(ClassGroup group) => group.Size == 1 ? "AddClass" : $"Add{group.Size}Classes";

    public static void Write(SourceWriter writer, KernelPlan plan, ClassGroup group, TypeParameters parameters)
    {
        int size = group.Size;
        string lanes = parameters.Lanes;
        KernelText.WriteKernelAttributes(writer);
        using (writer.Open(plan.IsOneGroup ? KernelText.AddHeading(plan, parameters) : Heading(plan, group, parameters)))
        {
            WritePlanes(writer, plan, size, parameters);
            if (plan.Options.IgnoresPixels)
            {
                writer.Line(IgnoreText.Declaration(plan.Options, FirstLabel(plan), plan.SkipsIgnored, plan.ClassWithoutLabels is not null));
            }

            WriteSums(writer, plan, size, lanes);
            if (plan.Options.Activation == Activation.Softmax && plan.Scratch is null)
            {
                writer.Line(SoftmaxText.Exponential(lanes));
            }

            writer.Line($"nuint pixel = {(plan.Scratch is null ? "(nuint)firstPixel" : "0")};");
            using (writer.Open($"while (pixel < {End(plan)})"))
            {
                WriteChain(writer, plan, size, parameters);
            }

            writer.Line();
            WriteResult(writer, plan, size, parameters);
        }
    }

    private static string Heading(KernelPlan plan, ClassGroup group, TypeParameters parameters)
    {
        string range = plan.Scratch is null
            ? $"global::System.ReadOnlySpan<float> image, {IgnoreText.LabelsType(plan.Options, parameters.Label)} labels,\n    int firstPixel, int endPixel, " +
                (BinaryCrossEntropyText.TakesCount(plan) ? $"int {IgnoreText.Counted}, " : string.Empty) + "int firstClass"
            : $"global::System.ReadOnlySpan<float> rows, {IgnoreText.LabelsType(plan.Options, parameters.Label)} labels,\n    " +
                (plan.Options.IsOneHot ? "int pixels, " : string.Empty) + "int count, nuint chain, int firstClass";
        return
            $"""
            private static {KernelText.Verdict(plan)} {Method(group)}<{parameters.OfGroups(plan)}>(
                {(plan.Scratch is null ? "ref Sums sums" : $"global::System.Span<global::SoftDice.Kernels.ClassTotals<{parameters.Lanes}>> totals")}, {range})
                {parameters.ConstraintsOfGroups(plan)}
            """;
    }

    private static string End(KernelPlan plan) => plan.Scratch is null ? "(nuint)endPixel" : "(nuint)count";

    // Planes of the image or rows of the tile, and where labels come from.
    private static void WritePlanes(SourceWriter writer, KernelPlan plan, int size, TypeParameters parameters)
    {
        string planes = plan.Scratch is null ? "image" : "rows";
        string stride = plan.Scratch is null ? "pixels" : SourceWriter.Literal(plan.Scratch.Stride);
        if (plan.SplitsPixels)
        {
            writer.Line(PixelsText.First("firstPrediction", planes));
            writer.Line(IgnoreText.FirstLabel(plan.Options, parameters.Label));
            writer.Line();
            return;
        }

        if (plan.Scratch is null)
        {
            writer.Line("int pixels = image.Length / NumClasses;");
        }

        string firstPlane = plan.IsOneGroup ? planes : $"{planes}.Slice(firstClass * {stride})";
        writer.Line($"ref float plane0 = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference({firstPlane});");
        WriteNext(writer, "float", "plane", stride, size);
        if (plan.Scratch is not null)
        {
            writer.Line($"ref float factors = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(rows.Slice(NumClasses * {stride}));");
            CrossEntropyText.WriteRows(writer, plan);
        }

        if (plan.Options.IsOneHot)
        {
            string labels = IgnoreText.Labels(plan.Options);
            string firstTarget = plan.IsOneGroup ? labels : $"{labels}.Slice(firstClass * pixels)";
            writer.Line($"ref {parameters.Label} target0 = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference({firstTarget});");
            WriteNext(writer, parameters.Label, "target", "pixels", size);
        }
        else
        {
            writer.Line(IgnoreText.FirstLabel(plan.Options, parameters.Label));
        }

        writer.Line();
    }

    private static void WriteNext(SourceWriter writer, string type, string name, string stride, int size)
    {
        for (int c = 1; c < size; c++)
        {
            writer.Line($"ref {type} {name}{c} = ref global::System.Runtime.CompilerServices.Unsafe.Add(ref {name}{c - 1}, {stride});");
        }
    }

    // Sums of a whole part in registers, or those of tiles where they are kept from tile to tile.
    private static void WriteSums(SourceWriter writer, KernelPlan plan, int size, string lanes)
    {
        if (plan.Scratch is not null)
        {
            writer.Each(size, c => $"ref global::SoftDice.Kernels.ClassTotals<{lanes}> total{c} = ref totals[{ClassOf(c, isWhole: false)}];");
            writer.Line(plan.Options.IsOneHot
                ? $"{lanes} largestTarget = default;"
                : $"{lanes} {string.Join(", ", Enumerable.Range(0, size).Select(c => $"count{c} = total{c}.Labelled"))};");
            writer.Line();
            return;
        }

        writer.Line($"{Doubles} {EachLabelled(plan, "intersection{0} = default", size)};");
        foreach (string sum in TermText.MissSums(plan))
        {
            writer.Line($"{Doubles} {Each(sum + "{0} = default", size)};");
        }

        writer.Line(plan.Options.IsOneHot
            ? $"{Doubles} {Each("targetSum{0} = default", size)};\n{lanes} largestTarget = default;"
            : $"{lanes} {EachLabelled(plan, "count{0} = default", size)}{(plan.Options.IsBinary ? ", background = default" : string.Empty)}{(plan is { CountsIgnored: true, SkipsIgnored: false } ? ", ignoredPixels = default" : string.Empty)};"
                + (plan is { CountsIgnored: true, SkipsIgnored: true } ? "\nint takingPart = 0;" : string.Empty));
        CrossEntropyText.WriteSum(writer, plan);
        BinaryCrossEntropyText.WriteSum(writer, plan, size);
        BinaryFocalText.WriteSum(writer, plan, size);
        TargetCrossEntropyText.WriteSum(writer, plan);
        if (plan.SplitsSums)
        {
            writer.Line();
            PixelsText.WriteLanes(writer, size, lanes);
        }

        writer.Line();
        writer.Line($"nuint chain = {KernelText.Chain(plan, lanes)};");
        CrossEntropyText.WriteStart(writer, plan, lanes);
    }

    private static void WriteChain(SourceWriter writer, KernelPlan plan, int size, TypeParameters parameters)
    {
        string lanes = parameters.Lanes;
        writer.Line("// A chain of float additions is short; its sums are carried over to double.");
        writer.Line($"nuint chainEnd = nuint.Min(pixel + chain, {End(plan)});");
        writer.Line($"{lanes} {EachLabelled(plan, "hit{0} = default", size)};");
        foreach (string chain in TermText.Missed(plan))
        {
            writer.Line($"{lanes} {Each(chain + "{0} = default", size)};");
        }

        if (plan.Options.IsOneHot)
        {
            writer.Line($"{lanes} {Each("wanted{0} = default", size)};");
        }

        CrossEntropyText.WriteChain(writer, plan, lanes);
        BinaryCrossEntropyText.WriteChain(writer, plan, size, lanes);
        BinaryFocalText.WriteChain(writer, plan, size, lanes);
        TargetCrossEntropyText.WriteChain(writer, plan, lanes);
        using (writer.Open($"for (; pixel < chainEnd; pixel += (nuint){lanes}.Count)"))
        {
            WriteTurn(writer, plan, size, parameters);
        }

        writer.Line();
        if (plan.SplitsSums)
        {
            PixelsText.WriteTakingApart(writer, size, lanes, ["hit", .. TermText.Missed(plan)]);
        }

        bool isKept = plan.Scratch is not null;
        writer.Each(Labelled(plan, size), c => $"{(isKept ? $"total{c}.Intersection" : $"intersection{c}")} += {lanes}.ToDouble(hit{c});");
        foreach ((string sum, string chain, string kept) in TermText.MissSums(plan).Zip(TermText.Missed(plan), (sum, chain) => (sum, chain))
            .Zip(["Miss", "FalsePositives"], (pair, kept) => (pair.sum, pair.chain, kept)))
        {
            writer.Each(size, c => $"{(isKept ? $"total{c}.{kept}" : $"{sum}{c}")} += {lanes}.ToDouble({chain}{c});");
        }

        if (plan.Options.IsOneHot)
        {
            writer.Each(size, c => $"{(isKept ? $"total{c}.TargetSum" : $"targetSum{c}")} += {lanes}.ToDouble(wanted{c});");
        }

        CrossEntropyText.WriteChainEnd(writer, plan, lanes);
        BinaryCrossEntropyText.WriteChainEnd(writer, plan, size, lanes);
        BinaryFocalText.WriteChainEnd(writer, plan, size, lanes);
        TargetCrossEntropyText.WriteChainEnd(writer, plan, lanes);
    }

    private static void WriteTurn(SourceWriter writer, KernelPlan plan, int size, TypeParameters parameters)
    {
        string lanes = parameters.Lanes;
        if (IgnoreText.LoadsLabels(plan.Options))
        {
            string labels = IgnoreText.LoadLabels(plan.Options, lanes, asTheyAre: plan.ClassWithoutLabels is not null);
            writer.Line($"{lanes} label = {(FirstLabel(plan) == "0" || plan.Options.IsOneHot ? labels : $"{lanes}.RelativeTo({labels}, {FirstLabel(plan)})")};");
        }

        WriteAsks(writer, plan, size, parameters);

        if (plan is { SplitsPixels: true, SplitsSums: false })
        {
            writer.Line(PixelsText.Load(size, lanes, "firstPrediction", PixelsText.LoadsProbabilities(plan) ? "p" : "x"));
        }

        if (plan.Options.Activation == Activation.Softmax)
        {
            WriteFactor(writer, plan, size, lanes);
            if (plan.Scratch is null)
            {
                WriteProbabilities(writer, plan, size, parameters);
            }
        }

        if (plan.Options.Aggregation.HasDistances)
        {
            WassersteinText.WriteTurn(writer, plan, c => IgnoreText.Cleared(plan.Options, Probability(plan, c, lanes), lanes), lanes);
        }
        else
        {
            WriteClasses(writer, plan, size, parameters);
        }

        CrossEntropyText.WriteTurn(writer, plan, size, lanes);
        TargetCrossEntropyText.WriteTurn(writer, plan, size, lanes);
        if (plan.Options.IsBinary)
        {
            writer.Line();
            writer.Line($"background = {lanes}.CountWhere(background, label, -1);");
        }

        if (plan.CountsIgnored)
        {
            writer.Line();
            writer.Line(plan.SkipsIgnored
                ? $"takingPart += {lanes}.NumberUnless(label, ignored);"
                : $"ignoredPixels = {lanes}.CountWhere(ignoredPixels, label, ignored);");
        }
    }

    private static void WriteAsks(SourceWriter writer, KernelPlan plan, int size, TypeParameters parameters)
    {
        if (!plan.AsksAhead)
        {
            return;
        }

        if (!plan.AsksOnlyFar)
        {
            Write();
            return;
        }

        using (writer.Open($"if ({parameters.IsFar})"))
        {
            writer.Line("// Loops compiled for NearMemory have no instruction of this.");
            Write();
        }

        void Write()
        {
            writer.Each(size, c => Ask(parameters, "float", $"plane{c}"));
            writer.Each(plan.Options.IsOneHot ? size : 0, c => Ask(parameters, parameters.Label, $"target{c}"));
        }
    }

    private static string Ask(TypeParameters parameters, string type, string plane) =>
        $"global::SoftDice.Kernels.Prefetch.Ahead<{parameters.Memory}, {type}>(in {plane}, pixel);";

    // Of all classes at once, as the registers of the exponentials become free with them.
    private static void WriteProbabilities(SourceWriter writer, KernelPlan plan, int size, TypeParameters parameters)
    {
        string lanes = parameters.Lanes;
        writer.Each(size, c => $"{lanes} p{c} = {IgnoreText.Cleared(plan.Options, Probability(plan, c, lanes), lanes)};");
        if (plan.KeepsProbabilities)
        {
            using (writer.Open($"if ({parameters.AreKept})"))
            {
                writer.Line("// Until all sums are known, from which the gradient is made of them." + (plan.SplitsPixels ? " Only its loop reads them: a class a vector." : string.Empty));
                writer.Line(PixelsText.First("firstProbability", "probabilities"));
                writer.Each(size, c => $"{lanes}.Store(p{c}, ref firstProbability, {(plan.SplitsPixels ? PixelsText.VectorOf(size, c, lanes) : PlaneOf(c))});");
            }
        }
    }

    // Where the vector of pixels is in the plane of a class, from the first plane on.
    private static string PlaneOf(int c) => c switch { 0 => "pixel", 1 => "pixel + (nuint)pixels", _ => $"pixel + {c} * (nuint)pixels" };

    // Each class with its own probability.
    private static void WriteClasses(SourceWriter writer, KernelPlan plan, int size, TypeParameters parameters)
    {
        string lanes = parameters.Lanes;
        for (int c = 0; c < size; c++)
        {
            if (c > 0 || plan.AsksAhead || IgnoreText.LoadsLabels(plan.Options) || plan.Options.Activation == Activation.Softmax)
            {
                writer.Line();
            }

            if (plan.SplitsSums)
            {
                writer.Line($"{lanes} label{c} = {lanes}.Spread(label, pixels{c});");
            }

            string[] lines =
            [
                .. plan.Options.HasBinaryTerm ? BinaryCrossEntropyText.Probability(plan.Options, c, lanes)
                    : plan.Options.Activation == Activation.Softmax && plan.Scratch is null ? []
                    : [$"{lanes} p{c} = {(plan.SkipsIgnored ? Probability(plan, c, lanes) : IgnoreText.Cleared(plan.Options, Probability(plan, c, lanes), lanes, TermText.Label(plan, c)))};"],
                .. TermText.Lines(plan, c, parameters),
                .. BinaryCrossEntropyText.Turn(plan, c, lanes),
                .. BinaryFocalText.Turn(plan, c, lanes),
            ];
            writer.Each(lines.Length, i => lines[i]);
        }
    }

    // The label that becomes 0 in the lanes.
    private static string FirstLabel(KernelPlan plan) => plan.Options.IsBinary ? "1" : plan.IsOneGroup ? "0" : "firstClass";

    private static string Joined(KernelPlan plan, int c) => string.Join(", ", TermText.MissSums(plan).Select(sum => $"{sum}{c}"));

    // What makes probabilities of exponentials: from the tile, or in the registers.
    private static void WriteFactor(SourceWriter writer, KernelPlan plan, int size, string lanes)
    {
        if (plan.Scratch is not null)
        {
            writer.Line($"{lanes} factor = {lanes}.Load(in factors, pixel);");
            return;
        }

        if (!plan.SplitsPixels)
        {
            writer.Each(size, c => $"{lanes} x{c} = {lanes}.Load(in plane{c}, pixel);");
        }

        SoftmaxText.WriteExponentials(writer, size, lanes);
    }

    private static string Probability(KernelPlan plan, int c, string lanes) => plan.Options.Activation switch
    {
        Activation.Softmax when plan.Scratch is null => $"e{c} * factor",
        Activation.Softmax => $"{lanes}.Load(in plane{c}, pixel) * factor",
        Activation.Sigmoid when plan.SplitsPixels => $"global::SoftDice.Kernels.Activations.Sigmoid(x{c})",
        Activation.None when plan.SplitsSums => PixelsText.AsTheyLie(plan.Options.NumClasses, c, lanes, "firstPrediction"),
        Activation.None when plan.SplitsPixels => $"x{c}",
        Activation.Sigmoid => $"global::SoftDice.Kernels.Activations.Sigmoid({lanes}.Load(in plane{c}, pixel))",
        _ => $"{lanes}.Load(in plane{c}, pixel)",
    };

    private static void WriteResult(SourceWriter writer, KernelPlan plan, int size, TypeParameters parameters)
    {
        string lanes = parameters.Lanes;
        if (plan.Options.IsOneHot)
        {
            if (plan.Scratch is null)
            {
                writer.Each(size, c => $"sums.AddClass({ClassOf(c, plan.IsOneGroup)}, intersection{c}, {Joined(plan, c)}, targetSum{c});");
                BinaryCrossEntropyText.WriteResult(writer, plan, size);
                BinaryFocalText.WriteResult(writer, plan, size);
                TargetCrossEntropyText.WriteResult(writer, plan);
                writer.Line();
            }

            writer.Line("// Their bits are above those of 1 if a target is larger, negative or NaN, or -0, which the library finds to be right.");
            writer.Line($"return {lanes}.AreBitsAtMost(largestTarget, 1);");
            return;
        }

        if (plan.Scratch is not null)
        {
            writer.Each(size, c => $"total{c}.Labelled = count{c};");
            return;
        }

        if (plan.SplitsSums)
        {
            PixelsText.WriteTakingApart(writer, size, lanes, ["count"]);
        }

        writer.Each(Labelled(plan, size), c => plan.CountsBytesApart
            ? $"long labelled{c} = global::SoftDice.Kernels.LabelCounts.Total(count{c}, labels, {c}, firstPixel, endPixel);"
            : $"long labelled{c} = {lanes}.Total(count{c});");
        writer.Each(size, c => c == plan.ClassWithoutLabels
            ? $"sums.AddClass({c}, default, {Joined(plan, c)}, 0);"
            : $"sums.AddClass({ClassOf(c, plan.IsOneGroup)}, intersection{c}, {Joined(plan, c)}, labelled{c});");
        CrossEntropyText.WriteResult(writer, plan, parameters);
        bool asksCount = plan is { CountsIgnored: true, Options.HasBinaryCrossEntropy: true };
        if (asksCount)
        {
            writer.Line($"int {IgnoreText.Counted} = endPixel - firstPixel - (int){lanes}.Total(ignoredPixels);");
        }

        BinaryCrossEntropyText.WriteResult(writer, plan, size);
        BinaryFocalText.WriteResult(writer, plan, size);
        string background = plan.Options.IsBinary ? $" + {lanes}.Total(background)" : string.Empty;
        string ignored = plan.CountsIgnored && !asksCount && !plan.SkipsIgnored ? $" + {lanes}.Total(ignoredPixels)" : string.Empty;
        writer.Line();
        string labelled = string.Join(" + ", Labelled(plan, size).Select(c => $"labelled{c}")) + background + ignored;
        if (plan.IsOneGroup)
        {
            writer.Line(KernelText.WhyCountsTell);
        }

        string all = asksCount ? IgnoreText.Counted : plan is { CountsIgnored: true, SkipsIgnored: true } ? "takingPart" : "endPixel - firstPixel";
        writer.Line(plan.IsOneGroup ? $"return {labelled} == {all};" : $"return {labelled};");
    }

    /// <summary>The index of class <paramref name="c"/> of a group, which may be the only one.</summary>
    public static string ClassOf(int c, bool isWhole) => isWhole ? $"{c}" : c == 0 ? "firstClass" : $"firstClass + {c}";

    // The classes of the group that labels can have.
    private static int[] Labelled(KernelPlan plan, int size) => [.. Enumerable.Range(0, size).Where(c => c != plan.ClassWithoutLabels)];

    private static string EachLabelled(KernelPlan plan, string pattern, int size) =>
        string.Join(", ", Labelled(plan, size).Select(c => pattern.Replace("{0}", SourceWriter.Literal(c))));

    private static string Each(string pattern, int size) =>
        string.Join(", ", Enumerable.Range(0, size).Select(c => pattern.Replace("{0}", SourceWriter.Literal(c))));
}
