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
        // and the sum is over the small probabilities alone. r is the class that is likelier than all others together, if there is one.
        """;

    /// <summary>The exponential, before a loop that has it.</summary>
    public static string Exponential(string lanes) => $"global::SoftDice.Kernels.LogitExponential<{lanes}> exponential = new();";

    /// <summary>
    /// Exponentials of the logits in <c>x0</c>, <c>x1</c>..., as they are if their sum allows it, as the library does it with a tile, and
    /// the factor that makes probabilities of them.
    /// </summary>
    public static void WriteExponentials(SourceWriter writer, int size, string lanes)
    {
        const string Functions = "global::SoftDice.Kernels.Activations";
        writer.Line($"{lanes} {Join(", ", size, c => $"e{c}")}, total;");
        writer.Line("bool isRelative = false;");
        using (writer.Open("while (true)"))
        {
            writer.Each(size, c => $"e{c} = exponential.Of(x{c});");
            writer.Line($"total = {Join(" + ", size, c => $"e{c}")};");
            using (writer.Open($"if ({lanes}.AreWithin(total, {Functions}.TooSmallSum, {Functions}.MostSum) || isRelative)"))
            {
                writer.Line("break;");
            }

            writer.Line();
            writer.Line("// An exponential may have overflowed, or those of a pixel lost digits: relative to the largest none does.");
            writer.Line($"{lanes} largest = {string.Concat(Enumerable.Repeat($"{lanes}.AtLeast(", size - 1))}x0{string.Concat(Enumerable.Range(1, size - 1).Select(c => $", x{c})"))};");
            writer.Each(size, c => $"x{c} = {Functions}.RelativeWhereOutOfRange(total, x{c}, largest);");
            writer.Line("isRelative = true;");
        }

        writer.Line();
        writer.Line($"{lanes} factor = {lanes}.Broadcast(1) / total;");
    }

    /// <summary>All classes of a pixel in registers at once.</summary>
    public static string GradientInRegisters(KernelPlan plan)
    {
        int size = plan.Options.NumClasses;
        bool isOneHot = plan.Options.IsOneHot;
        SourceWriter writer = new();
        WritePixels(writer, plan);
        writer.Line(plan.SplitsPixels ? PixelsText.First("firstLogit", "image") : Planes("float", "logits", "image", size));
        WriteSlopePlanes(writer, plan);
        writer.Line(isOneHot
            ? Planes("TLabel", "target", IgnoreText.Labels(plan.Options), size)
            : IgnoreText.FirstLabel(plan.Options, "TLabel"));
        (string first, string second) = SlopeText.Names(plan.Options);
        bool hasDistances = plan.Options.Aggregation.HasDistances;
        writer.Each(size, c => hasDistances
            ? WassersteinText.SlopeOfLabel(plan.Options, c)
            : $"({(c == plan.ClassWithoutLabels ? "_" : $"float {first}{c}")}, float {second}{c}) = {AggregateText.SlopesCall(plan.Options, SourceWriter.Literal(c))};");
        writer.Line(Exponential("TLanes"));
        writer.Line();
        bool areAsTheyAre = plan.ClassWithoutLabels is not null;
        writer.Line(IgnoreText.Declaration(plan.Options, asTheyAre: areAsTheyAre) + Why);
        using (writer.Open("for (nuint pixel = (nuint)firstPixel; pixel < (nuint)endPixel; pixel += (nuint)TLanes.Count)"))
        {
            WriteProbabilities(writer, plan);
            if (IgnoreText.LoadsLabels(plan.Options))
            {
                writer.Line($"TLanes label = {IgnoreText.LoadLabels(plan.Options, "TLanes", asTheyAre: areAsTheyAre)};");
            }

            string own = SlopeText.NameOfOwn(plan.Options);
            string[] slopes = hasDistances ? [.. WassersteinText.SlopesOfPixel(plan.Options)] :
            [
                .. Enumerable.Range(0, size).SelectMany(c => c == plan.ClassWithoutLabels ? [$"TLanes s{c} = TLanes.Broadcast({second}{c});"] : SlopeText.Lines(
                    plan.Options,
                    suffix: $"{c}",
                    $"s{c}",
                    classIndex: $"{c}",
                    target: $"TLanes.LoadTargets(in target{c}, pixel)",
                    own: $"TLanes.Broadcast({own}{c})",
                    other: $"TLanes.Broadcast({(first == own ? second : first)}{c})",
                    probability: $"p{c}")),
            ];
            writer.Each(slopes.Length, i => slopes[i]);
            writer.Line("TLanes ofLikely = default;");
            writer.Each(size, c => $"ofLikely = TLanes.SelectWhereLarger(p{c}, TLanes.Broadcast(0.5f), s{c}, ofLikely);");
            writer.Each(size, c => $"s{c} -= ofLikely;");
            writer.Line($"TLanes mean = {Join(" + ", size, c => $"p{c} * s{c}")};");
            if (plan.Options.HasTargetCrossEntropy)
            {
                TargetCrossEntropyText.WriteSlopes(writer, plan, size, "TLanes");
            }
            else
            {
                WriteTerms(writer, plan, size);
                WriteStores(writer, plan, c => IgnoreText.Cleared(
                    plan.Options, OfLogit(plan, $"{c}", $"p{c}", $"TLanes.Broadcast(Smoothings[{c}])", $"p{c} * (s{c} - mean)"), "TLanes"));
            }
        }

        return writer.ToString().TrimEnd('\n');
    }

    // Those of the forward pass, or from the logits again.
    private static void WriteProbabilities(SourceWriter writer, KernelPlan plan)
    {
        int size = plan.Options.NumClasses;
        if (!plan.KeepsProbabilities)
        {
            WriteSoftmax(writer, plan, "TLanes ");
            writer.Line();
            return;
        }

        writer.Line($"TLanes {Join(", ", size, c => $"p{c}")};");
        using (writer.Open("if (typeof(TProbabilities) == typeof(global::SoftDice.Kernels.KeptProbabilities))"))
        {
            writer.Each(size, c => $"p{c} = {(plan.SplitsPixels ? PixelsText.AsTheyLie(size, c, "TLanes", "firstSlope") : $"TLanes.Load(in slopes{c}, pixel)")};");
        }

        using (writer.Open("else"))
        {
            WriteSoftmax(writer, plan, string.Empty);
        }

        writer.Line();
    }

    private static void WriteSoftmax(SourceWriter writer, KernelPlan plan, string declaration)
    {
        int size = plan.Options.NumClasses;
        if (plan.SplitsPixels)
        {
            writer.Line(PixelsText.Load(size, "TLanes", "firstLogit", "x"));
        }
        else
        {
            writer.Each(size, c => $"TLanes x{c} = TLanes.Load(in logits{c}, pixel);");
        }

        WriteExponentials(writer, size, "TLanes");
        writer.Each(size, c => $"{declaration}p{c} = e{c} * factor;");
    }

    /// <summary>How far apart planes are, where there are any.</summary>
    public static void WritePixels(SourceWriter writer, KernelPlan plan)
    {
        if (!plan.SplitsPixels)
        {
            writer.Line("int pixels = image.Length / NumClasses;");
        }
    }

    /// <summary>Where the slopes of a vector of pixels go, of all classes.</summary>
    public static void WriteSlopePlanes(SourceWriter writer, KernelPlan plan) => writer.Line(plan.SplitsPixels
        ? PixelsText.First("firstSlope", "gradient")
        : Planes("float", "slopes", "gradient", plan.Options.NumClasses));

    /// <summary>Stores the slopes of a vector of pixels there.</summary>
    public static void WriteStores(SourceWriter writer, KernelPlan plan, Func<int, string> slope)
    {
        int size = plan.Options.NumClasses;
        if (plan.SplitsPixels)
        {
            writer.Line(PixelsText.Store(size, "TLanes", "firstSlope", slope));
            return;
        }

        writer.Each(size, c => $"TLanes.Store({slope(c)}, ref slopes{c}, pixel, bypassCache);");
    }

    private static void WriteTerms(SourceWriter writer, KernelPlan plan, int size)
    {
        if (plan.Options.HasCategoricalTerm)
        {
            writer.Line();
        }

        if (plan.Options.HasCategoricalCrossEntropy)
        {
            writer.Line(CrossEntropyText.WhyOthers);
            CrossEntropyText.WriteOwnSlope(writer, plan, size, "TLanes");
        }

        FocalText.WriteSlope(writer, plan, size, "TLanes");
    }

    // The slope of a logit: what the overlap has, and what the terms beside it add.
    private static string OfLogit(KernelPlan plan, string classIndex, string probability, string smoothing, string ofOverlap, string vector = "")
    {
        string slope = plan.Options.HasCategoricalCrossEntropy
            ? CrossEntropyText.Slope(plan, "TLanes", classIndex, probability, smoothing, ofOverlap, vector)
            : ofOverlap;
        return FocalText.Slope(plan, "TLanes", classIndex, probability, slope, vector);
    }

    /// <summary>Tile after tile of many classes, in scratch memory.</summary>
    public static string GradientInTiles(KernelPlan plan, ScratchTile scratch) => Fill(
        plan,
        scratch,
        """
        $TABLE
        int step = $PIXELS - $PIXELS % TLanes.Count;
        global::SoftDice.Kernels.TileGradient tiles = new(gradient, NumClasses, $STRIDE, firstPixel, bypassCache);
        for (int tile = firstPixel; tile < endPixel; tile += step)
        {
            int count = global::System.Math.Min(step, endPixel - tile);
            global::SoftDice.Kernels.SoftmaxTile.Compute<TLanes>(image, tile, count, $STRIDE, NumClasses, ref tiles);
            TurnIntoSlopes<TLanes, TLabel>(tiles.Rows, slopes, labels.Slice(tile), $CALLcount$PASS);
        }

        tiles.Finish();
        """);

    /// <summary>The method that does one tile, across the classes of each pixel.</summary>
    public static void WriteTile(SourceWriter writer, KernelPlan plan, ScratchTile scratch, TypeParameters parameters)
    {
        KernelText.WriteKernelAttributes(writer);
        string heading =
            $"""
            private static void TurnIntoSlopes<{parameters.At(atWidth: true)}>(
                global::System.Span<float> rows, global::System.ReadOnlySpan<global::SoftDice.Kernels.ClassSlopes> slopes,
                {IgnoreText.LabelsType(plan.Options, parameters.Label)} labels, $PARAMint count{(plan.Options.Compound.HasCrossEntropy ? $", {parameters.Lanes} crossEntropySlope" : string.Empty)}{(plan.Options.HasCategoricalFocal ? $", {parameters.Lanes} focalSlope" : string.Empty)})
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
                ref float halves = ref global::System.Runtime.CompilerServices.Unsafe.Add(ref factors, $STRIDE);
                ref global::SoftDice.Kernels.ClassSlopes firstSlopes = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(slopes);
                $FIRSTLABEL$WEIGHTS$SMOOTHINGS$FOCALTABLE

                $IGNORED$WHY$MORE
                // Two vectors of pixels at a time, as the additions of one would wait for each other; at an odd end both are the last one.
                for (nuint pixel = 0; pixel < (nuint)count; pixel += 2 * (nuint)TLanes.Count)
                {
                    nuint apart = nuint.Min((nuint)TLanes.Count, (nuint)(count - TLanes.Count) - pixel);
                    $LABEL
                    $AT
                    TLanes factor# = TLanes.Load(in factors, pixel@);
                    TLanes half# = TLanes.Load(in halves, pixel@);
                    TLanes ofLikely# = default, sum# = default, mean# = default$OTHERS;
                    $SUMS

                    mean# = factor# * (mean# - sum# * ofLikely#);
                    $OFOWN
                    $MISSING
                    $OFFOCAL
                    $AGAIN
                    for (int c = 0; c < NumClasses; c++, at += $STRIDE$IMAGE)
                    {
                        $OFCLASS
                        $PROBABILITY
                        $SLOPE
                        TLanes.Store($STORED, ref firstRow, at@);
                    }
                }
                """);
            writer.Line(text.Replace("TLanes", parameters.Lanes).Replace("TLabel", parameters.Label));
        }
    }

    private static string Fill(KernelPlan plan, ScratchTile scratch, string text)
    {
        bool isOneHot = plan.Options.IsOneHot;
        const string Probability = "TLanes p# = TLanes.Load(in firstRow, at@) * factor#;";
        bool isOwnFirst = SlopeText.Names(plan.Options).First == SlopeText.NameOfOwn(plan.Options);
        string[] slope =
        [
            .. SlopeText.Lines(
                plan.Options,
                suffix: "#",
                "slope#",
                classIndex: "ofClass.ClassIndex",
                target: "TLanes.LoadTargets(in firstLabel, imageAt@)",
                own: "TLanes.Broadcast(ofClass.Own)",
                other: "TLanes.Broadcast(ofClass.Other)",
                probability: "p#",
                label: "label#"),
        ];
        bool hasCrossEntropy = plan.Options.HasCategoricalCrossEntropy;
        bool hasTargets = plan.Options.HasTargetCrossEntropy;
        bool hasWeights = plan.Options.Compound.HasWeights && !hasTargets;
        bool isSmoothed = plan.Options.Compound.IsSmoothed;
        string others = hasWeights ? "weight# * factor# * others#" : "factor# * others#";
        const string OfOverlap = "p# * (slope# - ofLikely# - mean#)";
        string ofLogit = hasTargets
            ? TargetCrossEntropyText.Slope("TLanes", "e#", "half#", "p#", "share#", OfOverlap, "#")
            : OfLogit(plan, "ofClass.ClassIndex", "p#", "TLanes.Broadcast(in smoothings, (nuint)c)", OfOverlap, "#");
        bool hasTerm = plan.Options.HasCategoricalTerm;
        bool hasFocal = plan.Options.HasCategoricalFocal;
        bool weighsFocal = hasFocal && plan.Options.Focal.HasWeights;
        string ofTerms = (hasTargets ? ", shares# = default, otherShares# = default" : string.Empty) + (hasTerm ? ", others# = default" : string.Empty) + (hasWeights ? ", weight# = default" : string.Empty) +
            (hasFocal ? ", own# = default" : string.Empty) + (weighsFocal ? ", focalWeight# = default" : string.Empty);
        const string First = "global::System.Runtime.InteropServices.MemoryMarshal.GetReference";
        string[] lines = text
            .Replace("$SUMS", plan.Options.NumClasses > KernelPlanner.ChainTurns ? SumsOfMany : SumsOfFew)
            .Replace("$FIRSTLABEL", IgnoreText.FirstLabel(plan.Options, "TLabel"))
            .Replace("$IGNORED", IgnoreText.Declaration(plan.Options))
            .Replace("$WHY", Why)
            .Replace("$WEIGHTS", plan.Options.Compound.HasWeights ? $"\nref float weights = ref {First}({(hasTargets ? "CrossEntropyWeights" : "OwnWeights")});" : string.Empty)
            .Replace("$SMOOTHINGS", isSmoothed && !hasTargets ? $"\nref float smoothings = ref {First}(Smoothings);" : string.Empty)
            .Replace("$FOCALTABLE", weighsFocal ? $"\nref float focalWeights = ref {First}(FocalWeights);" : string.Empty)
            .Replace("$MORE", (hasTargets ? "\n" + TargetCrossEntropyText.WhyOthers : hasCrossEntropy ? "\n" + CrossEntropyText.WhyOthers : string.Empty) + (hasFocal ? "\n" + FocalText.WhySlope : string.Empty))
            .Replace("$PASS", (plan.Options.Compound.HasCrossEntropy ? ", crossEntropySlope" : string.Empty) + (hasFocal ? ", focalSlope" : string.Empty))
            .Replace("$OTHERS", ofTerms)
            .Replace("$BLOCKOTHERS", hasTargets ? ", blockShares# = default, blockOtherShares# = default" : hasTerm ? ", blockOthers# = default" : string.Empty)
            .Replace("$ADDOTHERS", hasTargets ? Lines(TargetCrossEntropyText.AddShares(plan.Options, "shares#", "otherShares#"), 2) : hasTerm ? "others# += TLanes.SelectWhere(label#, ofClass.ClassIndex, default, e#);" : string.Empty)
            .Replace("$ADDBLOCKOTHERS", hasTargets ? Lines(TargetCrossEntropyText.AddShares(plan.Options, "blockShares#", "blockOtherShares#"), 3) : hasTerm ? "blockOthers# += TLanes.SelectWhere(label#, ofClass.ClassIndex, default, e#);" : string.Empty)
            .Replace("$ADDWEIGHT", hasWeights ? "weight# = TLanes.SelectWhere(label#, ofClass.ClassIndex, TLanes.Broadcast(in weights, (nuint)c), weight#);" : string.Empty)
            .Replace("$ADDOWN", hasFocal ? "own# = TLanes.SelectWhere(label#, ofClass.ClassIndex, e#, own#);" : string.Empty)
            .Replace("$ADDFOCAL", weighsFocal ? "focalWeight# = TLanes.SelectWhere(label#, ofClass.ClassIndex, TLanes.Broadcast(in focalWeights, (nuint)c), focalWeight#);" : string.Empty)
            .Replace("$MISSING", hasFocal ? "TLanes missing# = factor# * others#;" : string.Empty)
            .Replace("$OFFOCAL", hasFocal ? $"TLanes ofFocal# = {FocalText.SlopeOfPixel(plan, "factor# * own#", "missing#")}{(weighsFocal ? " * focalWeight#" : string.Empty)};" : string.Empty)
            .Replace("$SUMOTHERS", hasTargets ? Lines(["shares# += blockShares#;", "otherShares# += blockOtherShares#;"], 2) : hasTerm ? "others# += blockOthers#;" : string.Empty)
            .Replace("$OFOWN", hasTargets ? "TLanes ofCertain# = otherShares# - shares# * (factor# * sum#);" : hasCrossEntropy ? $"TLanes ofOwn# = {CrossEntropyText.OwnSlope(plan, "TLanes", others)};" : string.Empty)
            .Replace("$STORED", IgnoreText.Cleared(plan.Options, ofLogit, "TLanes", "label#"))
            .Replace("$TABLE", Table.Replace("$PAIR", isOwnFirst ? "float own, float other" : "float other, float own")
                .Replace("$BOTH", AggregateText.SlopesCall(plan.Options)))
            .Replace("$OFCLASS", "ref global::SoftDice.Kernels.ClassSlopes ofClass = ref global::System.Runtime.CompilerServices.Unsafe.Add(ref firstSlopes, c);")
            .Replace("$IFBENT", plan.Options.Cost.HasBentSlopes ? Probability : string.Empty)
            .Replace("$PROBABILITY", hasTargets
                ? Lines(["TLanes e# = TLanes.Load(in firstRow, at@);", "TLanes p# = e# * factor#;", TargetCrossEntropyText.ShareOfTile(plan.Options)], 2)
                : Probability)
            .Replace("$LABEL", !IgnoreText.LoadsLabels(plan.Options) ? string.Empty : $"TLanes label# = {IgnoreText.LoadLabels(plan.Options, "TLanes", "pixel@")};")
            .Replace("$IMAGE", isOneHot ? ", imageAt += (nuint)pixels" : string.Empty)
            .Replace("$AT", isOneHot ? "nuint at = pixel, imageAt = pixel;" : "nuint at = pixel;")
            .Replace("$AGAIN", isOneHot ? "(at, imageAt) = (pixel, pixel);" : "at = pixel;")
            .Replace("$CALL", isOneHot ? "image.Length / NumClasses, " : string.Empty)
            .Replace("$PARAM", isOneHot ? "int pixels, " : string.Empty)
            .Replace("$BLOCK", SourceWriter.Literal(KernelPlanner.ChainTurns))
            .Replace("$STRIDE", SourceWriter.Literal(scratch.Stride))
            .Replace("$PIXELS", SourceWriter.Literal(scratch.Pixels))
            .Split('\n');
        return string.Join("\n", lines.Where(line => line.Length == 0 || line.Trim().Length > 0)
            .SelectMany(line => line.Trim() == "$SLOPE" ? slope.Select(ofSlope => line.Replace("$SLOPE", ofSlope)) : [line])
            .SelectMany(OfBothVectors));
    }

    // Lines in the place of one that is so far in.
    private static string Lines(string[] lines, int levels) => string.Join("\n" + new string(' ', 4 * levels), lines);

    // A line with # in it is written twice: for a vector of pixels, and for the one that follows it.
    private static string[] OfBothVectors(string line) => line.Contains('#')
        ? [line.Replace("#", "0").Replace("@", string.Empty), line.Replace("#", "1").Replace("@", " + apart")]
        : [line];

    private const string SumsOfFew =
        """
        for (int c = 0; c < NumClasses; c++, at += $STRIDE$IMAGE)
            {
                $OFCLASS
                $IFBENT
                $SLOPE
                TLanes e# = TLanes.Load(in firstRow, at@);
                ofLikely# = TLanes.SelectWhereLarger(e#, half#, slope#, ofLikely#);
                $ADDOTHERS
                $ADDWEIGHT
                $ADDOWN
                $ADDFOCAL
                e# = TLanes.SelectWhereLarger(e#, half#, default, e#);
                mean# = TLanes.MultiplyAdd(e#, slope#, mean#);
                sum# += e#;
            }
        """;

    private const string SumsOfMany =
        """
        for (int end = 0; end < NumClasses;)
            {
                // Some classes at a time, as a long chain of float additions loses digits.
                int c = end;
                end = global::System.Math.Min(c + $BLOCK, NumClasses);
                TLanes blockSum# = default, blockMean# = default$BLOCKOTHERS;
                for (; c < end; c++, at += $STRIDE$IMAGE)
                {
                    $OFCLASS
                    $IFBENT
                    $SLOPE
                    TLanes e# = TLanes.Load(in firstRow, at@);
                    ofLikely# = TLanes.SelectWhereLarger(e#, half#, slope#, ofLikely#);
                    $ADDBLOCKOTHERS
                    $ADDWEIGHT
                    $ADDOWN
                    $ADDFOCAL
                    e# = TLanes.SelectWhereLarger(e#, half#, default, e#);
                    blockMean# = TLanes.MultiplyAdd(e#, slope#, blockMean#);
                    blockSum# += e#;
                }

                mean# += blockMean#;
                sum# += blockSum#;
                $SUMOTHERS
            }
        """;

    private const string Table =
        """
        global::System.Span<global::SoftDice.Kernels.ClassSlopes> slopes = global::SoftDice.Kernels.Scratch.Slopes(NumClasses);
        for (int c = 0; c < NumClasses; c++)
        {
            ($PAIR) = $BOTH;
            slopes[c] = new global::SoftDice.Kernels.ClassSlopes(c, own, other);
        }

        """;

    /// <summary>The planes of all classes, one after the other.</summary>
    public static string Planes(string type, string name, string span, int size) => string.Join("\n", Enumerable.Range(0, size).Select(c => c == 0
        ? $"ref {type} {name}0 = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference({span});"
        : $"ref {type} {name}{c} = ref global::System.Runtime.CompilerServices.Unsafe.Add(ref {name}{c - 1}, pixels);"));

    private static string Join(string separator, int size, Func<int, string> item) =>
        string.Join(separator, Enumerable.Range(0, size).Select(item));
}
