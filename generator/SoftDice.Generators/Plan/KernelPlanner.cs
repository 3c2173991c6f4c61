using System;
using System.Collections.Generic;

using SoftDice.Generators.Model;

namespace SoftDice.Generators.Plan;

/// <summary>The only place that decides; docs/performance.md has the measurements that there are.</summary>
internal static class KernelPlanner
{
    /// <summary>
    /// A class needs two sums and a count. AVX2 has 16 registers; labels, mask, predictions and a 1 take four of them, so
    /// that four classes spill one count; groups of three, without a spill, were no faster. Four planes at a time also keep four streams of memory reads going,
    /// where one alone waits for each of its cache lines.
    /// </summary>
    public const int MostClassesInRegisters = 4;

    /// <summary>
    /// With vectors of 16 lanes come 32 registers. From probabilities and class indices, seven classes at a time read the labels less often and
    /// have more reads going: 19 classes took a tenth less, from the cache and from memory, on a Zen 4. In far memory,
    /// where planes are asked for 2 KB ahead, four at a time are faster. Up to four, nothing is gained.
    /// </summary>
    public const int MostClassesInWideRegisters = 7;
    public const int WideLanes = 16;

    /// <summary>
    /// The error of a float sum grows with its length, the cost of the change to double falls with it: at 16 the change is
    /// about a fifteenth of the instructions.
    /// </summary>
    public const int ChainTurns = 16;

    /// <summary>
    /// A part is what a thread takes, and an image is cut into equal ones that are no larger: long enough that handing it out costs nothing,
    /// and that reads of each plane run ahead (groups of classes start anew in other planes; at 19 and 150 classes, 65,536 pixels were a
    /// tenth faster than 16,384); its labels, which every group reads again, stay in the cache. Of many classes fewer pixels, so that a part
    /// is 32 MB. Through a softmax, whose tiles read short runs anyway, 1 MB.
    /// </summary>
    public const int PartElements = 1 << 23;
    public const int SoftmaxPartElements = 1 << 18;
    public const int MostPartPixels = 65536;
    public const int PartUnit = 64;

    /// <summary>
    /// The exponentials of many classes are used from the cache, in tiles of 512 pixels: long enough for reading ahead along each row,
    /// and within the first level up to some 20 classes. All classes of a tile are 256 KB at most, half of a small second level, but
    /// for a vector of the widest kind of thousands of classes.
    /// </summary>
    public const int ScratchFloats = 65536;
    public const int MostScratchPixels = 512;
    public const int LeastScratchPixels = 16;

    /// <summary>
    /// Where the classes of a pixel lie side by side, or are no floats, planes of floats are made of as many pixels as half of a small second level holds, and of no more
    /// than the loops need to forget their two ends. An odd number of lines, so that planes do not meet in one set of the cache.
    /// </summary>
    public const int MostStagedPixels = 4096;

    /// <summary>
    /// Rows of classes side by side are added up as they lie where a vector of the widest kind is no longer than they are: a pixel then takes
    /// some twenty instructions beside two for each vector of classes.
    /// </summary>
    public const int LeastClassesOfRows = WideLanes;

    /// <summary>
    /// Taking the labels' classes out of a tile is work for each vector of pixels, which each class then saves: with runs of 40 pixels both were alike at 19 classes,
    /// where the next tile can be asked for meanwhile, which gained a tenth. At 12 classes it cost 4 %, at 35 it gained a tenth.
    /// </summary>
    public const int LeastClassesTakenOut = 16;

    public static KernelPlan Plan(LossOptions options)
    {
        bool areMany = options.NumClasses > MostClassesInRegisters;
        bool looksUpDistances = options.Aggregation.HasDistances && areMany;
        bool addsRows = CanAddRows(options);
        bool takesOutLabels = !addsRows && options.NumClasses >= LeastClassesTakenOut && CanTakeOutLabels(options);
        bool hasGroups = !looksUpDistances && !addsRows && !takesOutLabels;
        EquatableArray<ClassGroup> groups = hasGroups ? new([.. Groups(options.NumClasses, MostClassesInRegisters)]) : new();
        EquatableArray<ClassGroup> wide = hasGroups ? WideGroups(options) : new();
        bool needsScratch = (options.Activation == Activation.Softmax && areMany && !addsRows) || looksUpDistances;
        ScratchTile? scratch = needsScratch ? Scratch(options.NumClasses) : null;

        // With probabilities so little is done that memory is what the loop waits for. Sigmoids gained nothing, and staged planes come from a cache.
        bool asksAhead = hasGroups && options is { Activation: Activation.None, IsStaged: false };
        return new KernelPlan(options, groups, ChainTurns, PartPixels(options, scratch), asksAhead, scratch)
        {
            AddsRows = addsRows,
            TakesOutLabels = takesOutLabels,
            StagedPixels = options.IsStaged && !addsRows && !CanSplitPixels(options) ? StagedPixels(options.NumClasses) : 0,
            WideGroups = wide.Equals(groups) ? new() : wide,
        };
    }

    private static int PartPixels(LossOptions options, ScratchTile? scratch)
    {
        if (options.Activation != Activation.Softmax)
        {
            return Clamp(PartElements / options.NumClasses, PartUnit, MostPartPixels) / PartUnit * PartUnit;
        }

        // In whole tiles as far as the cut into equal parts leaves them whole.
        int unit = Math.Max(scratch?.Pixels ?? PartUnit, PartUnit);
        return Clamp(SoftmaxPartElements / options.NumClasses / unit, 1, MostPartPixels / unit) * unit;
    }

    // An odd number of cache lines from row to row: with a power of two, the same pixel of all rows would lie in the same few sets. A row
    // has an even number where it has several, for the loops that take two vectors of pixels at a time.
    private static ScratchTile Scratch(int numClasses)
    {
        int lines = Clamp(ScratchFloats / numClasses, LeastScratchPixels, MostScratchPixels) / LeastScratchPixels;
        int even = Math.Max(lines & ~1, 1);
        return new ScratchTile(even * LeastScratchPixels, ((even + 1) | 1) * LeastScratchPixels);
    }

    // Where all classes share the registers, a permutation or two for each vector do for a way through memory. Targets come in more types than one,
    // and the terms of single classes go through the gradient class by class.
    private static bool CanSplitPixels(LossOptions options) => options is
    {
        IsChannelsLast: true, ElementType: ElementType.Float, IsOneHot: false, HasBinaryTerm: false, NumClasses: <= MostClassesInRegisters,
    };

    private static bool CanAddRows(LossOptions options) => HasSumsOfProbabilities(options) && options is
    {
        HasCategoricalTerm: false, IsChannelsLast: true, ElementType: ElementType.Float, Activation: Activation.None or Activation.Softmax, NumClasses: >= LeastClassesOfRows,
    };

    // The exponentials of a tile can be made 0 one by one; probabilities in an image cannot. What other terms are made of, the label's and the sum of the others,
    // is then at hand.
    private static bool CanTakeOutLabels(LossOptions options) => HasSumsOfProbabilities(options) && options.Activation == Activation.Softmax;

    // Where a class's sums are those of its own probability as it is.
    private static bool HasSumsOfProbabilities(LossOptions options) => options is
    {
        IsOneHot: false, Aggregation.HasDistances: false, Cost.SquaredDenominator: false,
    };

    private static int StagedPixels(int numClasses) =>
        ((Clamp(ScratchFloats / numClasses, LeastScratchPixels, MostStagedPixels) / LeastScratchPixels - 1) | 1) * LeastScratchPixels;

    private static int Clamp(int value, int least, int most) => value < least ? least : value > most ? most : value;

    // Where there are two sums and a count a class, and one group is not enough.
    private static EquatableArray<ClassGroup> WideGroups(LossOptions options) =>
        options is { Activation: Activation.None, IsOneHot: false, Aggregation.HasDistances: false, Cost.WeighsErrors: false, NumClasses: > MostClassesInRegisters }
            ? new([.. Groups(options.NumClasses, MostClassesInWideRegisters)])
            : new();

    // As few groups as possible, as equal as possible: 5 is 3 + 2, not 4 + 1.
    private static IEnumerable<ClassGroup> Groups(int numClasses, int most)
    {
        int count = (numClasses + most - 1) / most;
        int size = numClasses / count;
        int larger = numClasses % count;
        if (larger > 0)
        {
            yield return new ClassGroup(0, size + 1, larger);
        }

        yield return new ClassGroup(larger * (size + 1), size, count - larger);
    }
}
