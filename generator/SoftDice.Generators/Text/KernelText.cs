using System.Linq;

using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>The loops: one method for each size of group, and a method that goes over groups and tiles where there are several.</summary>
internal static class KernelText
{
    private const string Doubles = "global::System.Runtime.Intrinsics.Vector256<double>";

    /// <summary>The method that adds a range of pixels of one image, all classes.</summary>
    public static string PixelsMethod(KernelPlan plan) => plan.ScratchPixels is null ? SumsMethod(plan) : "AddProbabilities";

    private static string SumsMethod(KernelPlan plan) => plan.TilePixels is null ? GroupMethod(plan.Groups[0]) : "AddTiles";

    public static void Write(SourceWriter writer, KernelPlan plan, TypeParameters parameters)
    {
        if (plan.ScratchPixels is not null)
        {
            WriteProbabilities(writer, plan, parameters);
        }

        if (plan.TilePixels is not null)
        {
            WriteTiles(writer, plan, parameters);
        }

        for (int i = 0; i < plan.Groups.Count; i++)
        {
            if (i > 0)
            {
                writer.Line();
            }

            WriteGroup(writer, plan, plan.Groups[i], parameters);
        }
    }

    private static string GroupMethod(ClassGroup group) => group.Size == 1 ? "AddClass" : $"Add{group.Size}Classes";

    /// <summary>What stands before a method with a loop over lanes.</summary>
    public static void WriteKernelAttributes(SourceWriter writer) => writer.Line(
            $"""
            // Not left to tiered compilation, as the first call may be the only one; and not inlined, because inside its caller
            // this loop would run out of the JIT's budget for inlining the lanes.
            {LossFile.GeneratedCode}
            [global::System.Runtime.CompilerServices.MethodImpl(
                global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization |
                global::System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
            """);

    private static void WriteProbabilities(SourceWriter writer, KernelPlan plan, TypeParameters parameters)
    {
        string pixels = SourceWriter.Literal(plan.ScratchPixels!.Value);
        writer.Line($"// {plan.Options.Activation} of a tile that is small enough to stay in the cache, then its sums.");
        writer.Line(LossFile.GeneratedCode);
        using (writer.Open(Heading("AddProbabilities", parameters, string.Empty)))
        {
            writer.Line(
                $$"""
                int step = global::System.Math.Max({{pixels}} - {{pixels}} % {{parameters.Lanes}}.Count, {{parameters.Lanes}}.Count);
                global::System.Span<float> scratch = global::SoftDice.Kernels.Scratch.Floats((NumClasses + 2) * step);
                for (int tile = start; tile < end; tile += step)
                {
                    int count = global::System.Math.Min(step, end - tile);
                    global::SoftDice.Kernels.Activations.{{plan.Options.Activation}}<{{parameters.Lanes}}>(image, labels.Length, tile, scratch, count, NumClasses);
                    {{SumsMethod(plan)}}<{{parameters.Lanes}}, {{parameters.Label}}>(
                        ref sums, scratch.Slice(0, NumClasses * count), labels.Slice(tile, count), 0, count);
                }
                """);
        }

        writer.Line();
    }

    private static void WriteTiles(SourceWriter writer, KernelPlan plan, TypeParameters parameters)
    {
        string tile = SourceWriter.Literal(plan.TilePixels!.Value);
        writer.Line("// Every group reads the labels again: within a tile they come from the cache.");
        writer.Line(LossFile.GeneratedCode);
        using (writer.Open(Heading("AddTiles", parameters, string.Empty)))
        {
            writer.Line($"int step = {tile} - {tile} % {parameters.Lanes}.Count;");
            using (writer.Open("for (int tile = start; tile < end; tile += step)"))
            {
                writer.Line("int tileEnd = global::System.Math.Min(tile + step, end);");
                foreach (ClassGroup group in plan.Groups)
                {
                    writer.Line();
                    string call =
                        $"{GroupMethod(group)}<{parameters.Lanes}, {parameters.Label}>(ref sums, image, labels, tile, tileEnd, ";
                    if (group.Repeats == 1)
                    {
                        writer.Line($"{call}{group.FirstClass});");
                    }
                    else
                    {
                        using (writer.Open($"for (int c = {group.FirstClass}; c < {group.EndClass}; c += {group.Size})"))
                        {
                            writer.Line($"{call}c);");
                        }
                    }
                }
            }
        }

        writer.Line();
    }

    private static void WriteGroup(SourceWriter writer, KernelPlan plan, ClassGroup group, TypeParameters parameters)
    {
        bool isWhole = plan.TilePixels is null;
        string lanes = parameters.Lanes;
        int size = group.Size;

        WriteKernelAttributes(writer);
        using (writer.Open(Heading(GroupMethod(group), parameters, isWhole ? string.Empty : ", int firstClass")))
        {
            string firstPlane = isWhole ? "image" : "image.Slice(firstClass * labels.Length)";
            writer.Line($"ref float plane0 = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference({firstPlane});");
            for (int c = 1; c < size; c++)
            {
                writer.Line(
                    $"ref float plane{c} = ref global::System.Runtime.CompilerServices.Unsafe.Add(ref plane{c - 1}, labels.Length);");
            }

            writer.Line($"ref {parameters.Label} firstLabel = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(labels);");
            writer.Line();
            writer.Line($"{Doubles} {Each("predictionSum{0} = default", size)};");
            writer.Line($"{Doubles} {Each("intersection{0} = default", size)};");
            writer.Line($"{lanes} {Each("count{0} = default", size)};");
            writer.Line();
            writer.Line($"nuint chain = global::SoftDice.Kernels.Chains.PixelsPerChain(end - start, {lanes}.Count, {plan.ChainTurns});");
            writer.Line("nuint pixel = (nuint)start;");
            using (writer.Open("while (pixel < (nuint)end)"))
            {
                WriteChain(writer, plan, size, lanes, isWhole);
            }

            writer.Line();
            writer.Each(size, c =>
                $"sums.AddClass({ClassOf(c, isWhole)}, intersection{c}, predictionSum{c}, {lanes}.Total(count{c}));");
        }
    }

    private static void WriteChain(SourceWriter writer, KernelPlan plan, int size, string lanes, bool isWhole)
    {
        writer.Line("// A chain of float additions is short; its sums are carried over to double.");
        writer.Line("nuint chainEnd = nuint.Min(pixel + chain, (nuint)end);");
        writer.Line($"{lanes} {Each("predicted{0} = default", size)};");
        writer.Line($"{lanes} {Each("hit{0} = default", size)};");
        using (writer.Open($"for (; pixel < chainEnd; pixel += (nuint){lanes}.Count)"))
        {
            string labels = $"{lanes}.LoadLabels(in firstLabel, pixel)";
            string first = plan.Options.IsBinary ? "1" : "firstClass";
            writer.Line($"{lanes} label = {(isWhole && !plan.Options.IsBinary ? labels : $"{lanes}.RelativeTo({labels}, {first})")};");
            for (int c = 0; c < size; c++)
            {
                writer.Line();
                writer.Line(
                    $"""
                    {lanes} p{c} = {lanes}.Load(in plane{c}, pixel);
                    predicted{c} += p{c};
                    hit{c} = {lanes}.AddWhere(hit{c}, p{c}, label, {c});
                    count{c} = {lanes}.CountWhere(count{c}, label, {c});
                    """);
            }
        }

        writer.Line();
        writer.Each(size, c => $"predictionSum{c} += {lanes}.ToDouble(predicted{c});");
        writer.Each(size, c => $"intersection{c} += {lanes}.ToDouble(hit{c});");
    }

    private static string Heading(string method, TypeParameters parameters, string lastParameter) =>
        $"""
        private static void {method}<{parameters.Lanes}, {parameters.Label}>(
            ref Sums sums, global::System.ReadOnlySpan<float> image, global::System.ReadOnlySpan<{parameters.Label}> labels, int start, int end{lastParameter})
            where {parameters.Lanes} : struct, global::SoftDice.Kernels.ILanes<{parameters.Lanes}>
            where {parameters.Label} : unmanaged
        """;

    private static string ClassOf(int c, bool isWhole) => isWhole ? $"{c}" : c == 0 ? "firstClass" : $"firstClass + {c}";

    private static string Each(string pattern, int size) =>
        string.Join(", ", Enumerable.Range(0, size).Select(c => pattern.Replace("{0}", SourceWriter.Literal(c))));
}
