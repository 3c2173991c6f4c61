using System.Collections.Generic;
using System.Linq;

using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>The kernel of the forward pass: a struct with a method for a range of pixels, and one for each size of group.</summary>
internal static class KernelText
{
    public static void Write(SourceWriter writer, KernelPlan plan, TypeParameters parameters)
    {
        writer.Line("/// <summary>The loops over pixels, written out for these options and called by the library.</summary>");
        writer.Line(LossFile.GeneratedCode);
        using (writer.Open($"private readonly partial struct LossKernel : global::SoftDice.Kernels.{Interface(plan.Options)}<Sums>"))
        {
            writer.Line(
                $"""
                /// <inheritdoc/>
                public static global::SoftDice.SoftDiceLabels Labels => global::SoftDice.SoftDiceLabels.{plan.Options.Labels};

                /// <inheritdoc/>
                public static int LabelValues => {SourceWriter.Literal(plan.Options.LabelValues)};

                {IgnoredLabel(plan.Options)}{HasMask(plan.Options)}/// <inheritdoc/>
                public static int PartPixels => {SourceWriter.Literal(plan.PartPixels)};

                /// <inheritdoc/>
                public static bool FindsLines => {(plan.AddsRows ? "true" : "false")};
                """);
            WriteStaging(writer, plan);
            if (plan.KeepsProbabilities)
            {
                WriteConstant(writer, "bool KeepsProbabilities", "true");
            }

            if (plan.AsksAhead)
            {
                WriteConstant(writer, "bool AsksAhead", "true");
            }

            if (plan.Options.HasTermOfBatch)
            {
                writer.Line();
                writer.Line(CompoundText.Weights(plan.Options.Compound));
            }

            writer.Line();
            writer.Line("/// <inheritdoc/>");
            if (plan.AddsRows)
            {
                RowsText.Write(writer, plan, parameters);
                return;
            }

            if (plan.IsOneGroup)
            {
                GroupText.Write(writer, plan, plan.Groups[0], parameters);
                WriteTables(writer, plan);
                return;
            }

            WriteAdd(writer, plan, parameters);
            foreach (ClassGroup group in plan.Groups.Concat(plan.WideGroups).GroupBy(group => group.Size).Select(ofSize => ofSize.First()))
            {
                writer.Line();
                GroupText.Write(writer, plan, group, parameters);
            }

            WriteTables(writer, plan);
        }
    }

    // The library takes it that images are planes of floats.
    private static void WriteStaging(SourceWriter writer, KernelPlan plan)
    {
        if (plan.Options.ElementType != ElementType.Float)
        {
            WriteConstant(writer, "global::SoftDice.SoftDiceElementType ElementType", $"global::SoftDice.SoftDiceElementType.{plan.Options.ElementType}");
        }

        if (plan.Options.IsChannelsLast)
        {
            WriteConstant(writer, "global::SoftDice.SoftDiceLayout Layout", "global::SoftDice.SoftDiceLayout.ChannelsLast");
        }

        if (plan.StagedPixels > 0)
        {
            WriteConstant(writer, "int StagedPixels", SourceWriter.Literal(plan.StagedPixels));
        }
    }

    private static void WriteConstant(SourceWriter writer, string constant, string value)
    {
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public static {constant} => {value};");
    }

    private static string Interface(LossOptions options) =>
        options.Aggregation.IsUnreduced ? "IUnreducedLossKernel" : options.HasTermOfBatch ? "ICompoundLossKernel" : "ILossKernel";

    private static void WriteTables(SourceWriter writer, KernelPlan plan)
    {
        foreach (string table in TilesText.Tables(plan).Concat(CrossEntropyText.Tables(plan.Options)).Concat(BinaryCrossEntropyText.Tables(plan.Options))
            .Concat(TargetCrossEntropyText.Tables(plan.Options))
            .Concat(FocalText.Tables(plan.Options)).Concat(BinaryFocalText.Tables(plan.Options)))
        {
            writer.Line();
            writer.Line(table);
        }
    }

    // The library takes it that there is none.
    private static string IgnoredLabel(LossOptions options) => options.IgnoreIndex is int ignored
        ? $"/// <inheritdoc/>\npublic static long IgnoredLabel => {SourceWriter.Literal(ignored)};\n\n"
        : string.Empty;

    private static string HasMask(LossOptions options) => options.HasMask
        ? "/// <inheritdoc/>\npublic static bool HasMask => true;\n\n"
        : string.Empty;

    /// <summary>What stands before a method with a loop over lanes.</summary>
    public static void WriteKernelAttributes(SourceWriter writer) => writer.Line(
        """
        // Not left to tiered compilation, as the first call may be the only one; and not inlined, because inside its caller
        // this loop would run out of the JIT's budget for inlining the lanes.
        [global::System.Runtime.CompilerServices.MethodImpl(
            global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization |
            global::System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        """);

    /// <summary>Why a sum of counts checks all labels.</summary>
    public const string WhyCountsTell = "// A label that is no class is in no count, so checking them all costs one comparison.";

    /// <summary>
    /// What the method of a group returns: whether its targets are right, or how many labels are its classes, unless that is found after
    /// the last tile.
    /// </summary>
    public static string Verdict(KernelPlan plan) =>
        plan.Options.IsOneHot ? "bool" : plan.Scratch is null ? "long" : "void";

    /// <summary>The heading of the method that the library calls for a range of pixels.</summary>
    public static string AddHeading(KernelPlan plan, TypeParameters parameters) =>
        $"""
        public static bool Add<{parameters.OfSums(plan)}>(
            ref Sums sums, global::System.ReadOnlySpan<float> image, {IgnoreText.LabelsType(plan.Options, parameters.Label)} labels,
            {(plan.KeepsProbabilities ? "global::System.Span<float> probabilities, " : string.Empty)}int firstPixel, int endPixel)
            {parameters.ConstraintsOfSums(plan)}
        """;

    /// <summary>How many pixels are added up as floats: by the size of the image, as the errors of all its chains average out.</summary>
    public static string Chain(KernelPlan plan, string lanes) =>
        $"global::SoftDice.Kernels.Chains.PixelsPerChain(image.Length / NumClasses, {lanes}.Count, {plan.ChainTurns})";

    private static void WriteAdd(SourceWriter writer, KernelPlan plan, TypeParameters parameters)
    {
        using (writer.Open(AddHeading(plan, parameters)))
        {
            WriteVerdict(writer, plan, parameters);
            if (plan.Scratch is not null)
            {
                WriteTiles(writer, plan, plan.Scratch, parameters);
            }
            else
            {
                if (!plan.Options.IsOneHot)
                {
                    writer.Line("// Every group reads the labels again: those of a part stay in the cache.");
                }

                string counted = BinaryCrossEntropyText.TakesCount(plan) ? $"{IgnoreText.Counted}, " : string.Empty;
                WriteGroups(writer, plan, parameters, $"ref sums, image, labels, firstPixel, endPixel, {counted}");
            }

            writer.Line(plan.Options.IsOneHot ? "return areRight;" : $"{WhyCountsTell}\nreturn labelled == endPixel - firstPixel;");
        }
    }

    private static void WriteVerdict(SourceWriter writer, KernelPlan plan, TypeParameters parameters)
    {
        if (plan.Options is { IgnoresPixels: true, IsOneHot: false })
        {
            writer.Line("// Pixels that take no part are in no class's count.");
            writer.Line($"long labelled = {IgnoreText.Count(plan.Options, parameters)};");
            if (BinaryCrossEntropyText.TakesCount(plan))
            {
                writer.Line($"int {IgnoreText.Counted} = endPixel - firstPixel - (int)labelled;");
            }

            return;
        }

        writer.Line(plan.Options.IsOneHot ? "bool areRight = true;" : "long labelled = 0;");
    }

    private static void WriteTiles(SourceWriter writer, KernelPlan plan, ScratchTile scratch, TypeParameters parameters)
    {
        if (plan.LeavesTiles)
        {
            TilesText.Write(writer, plan, scratch, parameters);
        }
        else
        {
            WriteTilesOfGroups(writer, plan, scratch, parameters);
        }

        string lanes = parameters.Lanes;
        string misses = plan.SplitsMisses ? "total.Miss, total.FalsePositives" : plan.TakesOutLabels ? "total.Miss + total.FalsePositives" : "total.Miss";
        using (writer.Open("for (int c = 0; c < NumClasses; c++)"))
        {
            writer.Line(
                $"""
                ref global::SoftDice.Kernels.ClassTotals<{lanes}> total = ref totals[c];
                {(plan.Options.IsOneHot ? string.Empty : $"long ofClass = {(plan.TakesOutLabels ? "total.Pixels" : $"{lanes}.Total(total.Labelled)")};\nlabelled += ofClass;\n")}sums.AddClass(c, total.Intersection, {misses}, {(plan.Options.IsOneHot ? "total.TargetSum" : "ofClass")});
                """);
        }

        writer.Line();
    }

    private static void WriteTilesOfGroups(SourceWriter writer, KernelPlan plan, ScratchTile scratch, TypeParameters parameters)
    {
        string stride = SourceWriter.Literal(scratch.Stride);
        string pixels = SourceWriter.Literal(scratch.Pixels);
        string lanes = parameters.Lanes;
        writer.Line(
            $"""
            nuint chain = {Chain(plan, lanes)};
            global::System.Span<global::SoftDice.Kernels.ClassTotals<{lanes}>> totals = global::SoftDice.Kernels.Scratch.Totals<{lanes}>(NumClasses);
            global::System.Span<float> rows = global::SoftDice.Kernels.Scratch.Floats((NumClasses + global::SoftDice.Kernels.SoftmaxTile.MoreRows{CrossEntropyText.MoreRows(plan)}{TargetCrossEntropyText.MoreRows(plan)}) * {stride});
            int step = {pixels} - {pixels} % {lanes}.Count;
            """);
        CrossEntropyText.WriteTileRows(writer, plan);
        CrossEntropyText.WriteSum(writer, plan);
        TargetCrossEntropyText.WriteSum(writer, plan);
        using (writer.Open("for (int tile = firstPixel; tile < endPixel; tile += step)"))
        {
            writer.Line(
                $"""
                int count = global::System.Math.Min(step, endPixel - tile);
                {IgnoreText.LabelsType(plan.Options, parameters.Label)} tileLabels = labels.Slice(tile);
                global::SoftDice.Kernels.SoftmaxTile.Compute<{lanes}>(image, tile, count, rows, {stride}, NumClasses);
                """);
            CrossEntropyText.WriteTileStart(writer, plan);
            string labelStride = plan.Options.IsOneHot ? "image.Length / NumClasses, " : string.Empty;
            WriteGroups(writer, plan, parameters, $"totals, rows, tileLabels, {labelStride}count, chain, ");
            CrossEntropyText.WriteTileEnd(writer, plan, parameters);
            TargetCrossEntropyText.WriteTileEnd(writer, plan, parameters);
        }

        writer.Line();
        CrossEntropyText.WriteResult(writer, plan, parameters);
        TargetCrossEntropyText.WriteResult(writer, plan);
    }

    private static void WriteGroups(SourceWriter writer, KernelPlan plan, TypeParameters parameters, string arguments)
    {
        if (plan.WideGroups.Count == 0)
        {
            WriteCalls(writer, plan, plan.Groups, parameters, arguments);
            return;
        }

        string near = plan.AsksAhead ? $" && {parameters.IsNear}" : string.Empty;
        using (writer.Open($"if ({parameters.Lanes}.Count == {KernelPlanner.WideLanes}{near})"))
        {
            writer.Line("// Known when this is compiled: such vectors come with twice the registers." +
                (plan.AsksAhead ? " Far ahead, fewer planes at a time are faster." : string.Empty));
            WriteCalls(writer, plan, plan.WideGroups, parameters, arguments);
        }

        using (writer.Open("else"))
        {
            WriteCalls(writer, plan, plan.Groups, parameters, arguments);
        }

        writer.Line();
    }

    private static void WriteCalls(
        SourceWriter writer, KernelPlan plan, EquatableArray<ClassGroup> groups, TypeParameters parameters, string arguments)
    {
        string verdict = Verdict(plan) switch { "bool" => "areRight &= ", "long" => "labelled += ", _ => string.Empty };
        for (int i = 0; i < groups.Count; i++)
        {
            ClassGroup group = groups[i];
            string call = $"{verdict}{GroupText.Method(group)}<{parameters.OfGroups(plan)}>({arguments}";
            if (group.Repeats == 1)
            {
                writer.Line($"{call}{SourceWriter.Literal(group.FirstClass)});");
                continue;
            }

            using (writer.Open($"for (int c = {group.FirstClass}; c < {group.EndClass}; c += {group.Size})"))
            {
                writer.Line($"{call}c);");
            }

            if (plan.WideGroups.Count == 0 || i < groups.Count - 1)
            {
                writer.Line();
            }
        }
    }
}
