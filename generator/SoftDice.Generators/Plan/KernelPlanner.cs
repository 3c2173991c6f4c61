using System.Collections.Generic;

using SoftDice.Generators.Model;

namespace SoftDice.Generators.Plan;

/// <summary>The only place that decides; docs/performance.md has the measurements that there are.</summary>
internal static class KernelPlanner
{
    /// <summary>
    /// A class needs two sums and a count. AVX2 has 16 registers; labels, mask and predictions of the moment take three of
    /// them, so that four classes fit without a spill. Four planes at a time also keep four streams of memory reads going,
    /// where one alone waits for each of its cache lines.
    /// </summary>
    public const int MostClassesInRegisters = 4;

    /// <summary>
    /// The error of a float sum grows with its length, the cost of the change to double falls with it: at 16 the change is
    /// about a fifteenth of the instructions.
    /// </summary>
    public const int ChainTurns = 16;

    /// <summary>
    /// Groups of classes read the labels again, so they go over the image in tiles whose labels stay in the cache (64 KB of
    /// them as bytes, 512 KB at the widest type), and are long enough for the reads of each plane to run ahead.
    /// </summary>
    public const int TilePixels = 65536;

    /// <summary>
    /// Probabilities made from logits are used from the cache, in tiles of 128 KB over all classes, but of 1,024 pixels at most
    /// (the best of 64 to 1,024 in the prototypes) and 16 at least (one vector of the widest kind).
    /// </summary>
    public const int ScratchFloats = 32768;
    public const int MostScratchPixels = 1024;
    public const int LeastScratchPixels = 16;

    public static KernelPlan Plan(LossOptions options)
    {
        EquatableArray<ClassGroup> groups = new([.. Groups(options.NumClasses)]);
        bool oneGroup = groups.Count == 1 && groups[0].Repeats == 1;
        return new KernelPlan(
            options,
            groups,
            ChainTurns,
            oneGroup ? null : TilePixels,
            options.Activation == Activation.None ? null : ScratchPixels(options.NumClasses));
    }

    // Two rows are for work. A tile is a multiple of the widest vector, so that only an image's last tile has a tail.
    private static int ScratchPixels(int numClasses)
    {
        int pixels = ScratchFloats / (numClasses + 2) / LeastScratchPixels * LeastScratchPixels;
        return pixels < LeastScratchPixels ? LeastScratchPixels : pixels > MostScratchPixels ? MostScratchPixels : pixels;
    }

    // As few groups as possible, as equal as possible: 5 is 3 + 2, not 4 + 1.
    private static IEnumerable<ClassGroup> Groups(int numClasses)
    {
        int count = (numClasses + MostClassesInRegisters - 1) / MostClassesInRegisters;
        int size = numClasses / count;
        int larger = numClasses % count;
        if (larger > 0)
        {
            yield return new ClassGroup(0, size + 1, larger);
        }

        yield return new ClassGroup(larger * (size + 1), size, count - larger);
    }
}
