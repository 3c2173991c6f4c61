using System.Collections.Generic;
using System.Linq;

using SoftDice.Generators.Model;

namespace SoftDice.Generators.Plan;

/// <summary>Every decision about a kernel: what the text is written from, and what stands at the head of the file.</summary>
/// <param name="Options">What was asked for.</param>
/// <param name="Groups">How the classes share the registers: one or two sizes of group.</param>
/// <param name="ChainTurns">The most additions of one vector each in float before the sum is carried over to double.</param>
/// <param name="TilePixels">Pixels that all groups do before the next; null where one group has all classes.</param>
/// <param name="ScratchPixels">Pixels whose probabilities are made at a time; null where the predictions are probabilities.</param>
internal sealed record KernelPlan(
    LossOptions Options, EquatableArray<ClassGroup> Groups, int ChainTurns, int? TilePixels, int? ScratchPixels)
{
    /// <summary>The plan as a name: input, element type, classes, classes at a time, turns, tile.</summary>
    public string Name =>
        $"{Input}_f32_c{Options.NumClasses}" +
        (ScratchPixels is int scratch ? $"_scratch{scratch}" : string.Empty) +
        (TilePixels is null ? string.Empty : $"_g{string.Join("_", Groups.Select(group => $"{group.Size}x{group.Repeats}"))}") +
        $"_chain{ChainTurns}" +
        (TilePixels is int tile ? $"_tile{tile}" : string.Empty);

    private string Input => Options.Activation switch
    {
        Activation.Softmax => "softmax",
        Activation.Sigmoid => "sigmoid",
        _ => "probabilities",
    };

    /// <summary>The plan in words, a line each.</summary>
    public IEnumerable<string> Explain()
    {
        int most = Groups[0].Size;
        if (ScratchPixels is int scratch)
        {
            yield return $"{Input} of {scratch} pixels at a time, into scratch memory of {4 * scratch * (Options.NumClasses + 2) / 1024} KB";
        }

        if (TilePixels is int tile)
        {
            yield return $"{Options.NumClasses} classes, {string.Join(" and ", Groups.Select(GroupInWords))}, over tiles of {tile} pixels";
        }
        else
        {
            yield return most == 1 ? "one class" : $"all {most} classes at a time";
        }

        yield return $"accumulators in registers: {2 * most} float sums and {most} integer {(most == 1 ? "count" : "counts")}, one pixel a lane";
        yield return $"float sums of at most {ChainTurns} turns, then double; one trip through the {(ScratchPixels is null ? "predictions" : "logits")}; the tail at one lane";
    }

    private static string GroupInWords(ClassGroup group) =>
        group.Repeats == 1 ? $"{group.Size} at a time once" : $"{group.Size} at a time {group.Repeats} times";
}
