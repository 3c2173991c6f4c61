using System.Collections.Generic;
using System.Linq;

using SoftDice.Generators.Model;

namespace SoftDice.Generators.Plan;

/// <summary>Every decision about a kernel: what the text is written from, and what stands at the head of the file.</summary>
/// <param name="Options">What was asked for.</param>
/// <param name="Groups">How the classes share the registers: one or two sizes of group; none if they do not.</param>
/// <param name="ChainTurns">The most additions of one vector each in float before the sum is carried over to double.</param>
/// <param name="PartPixels">Pixels of an image that are done before the next: the piece of work that a thread takes.</param>
/// <param name="AsksAhead">Whether the loop asks for what planes have further on.</param>
/// <param name="Scratch">Where probabilities are kept that are not computed in the registers; null where all are.</param>
internal sealed record KernelPlan(
    LossOptions Options, EquatableArray<ClassGroup> Groups, int ChainTurns, int PartPixels, bool AsksAhead, ScratchTile? Scratch)
{
    /// <summary>
    /// Where the classes of a pixel lie side by side, or are no floats, how many pixels are made into planes of floats at a time; otherwise 0.
    /// </summary>
    public int StagedPixels { get; init; }

    /// <summary>Whether the classes of pixels that lie side by side are taken apart in the registers, and put together again.</summary>
    public bool SplitsPixels => Options.IsChannelsLast && StagedPixels == 0 && !AddsRows;

    /// <summary>
    /// Whether probabilities that lie side by side are added up as they lie, and their sums taken apart once a chain: where the sums of a class are made of it
    /// alone, labels are brought to the lanes of classes by a permutation a vector, which is less than taking apart what they are compared with.
    /// </summary>
    public bool SplitsSums => SplitsPixels && Options is { Activation: Activation.None, Aggregation.HasDistances: false };

    /// <summary>
    /// Whether labels that are bytes are counted apart, by a loop of the library, instead of in the lanes, where each vector of classes would have an instruction
    /// for it. Where some take no part, the lanes know which.
    /// </summary>
    public bool CountsBytesApart => SplitsSums && !Options.IgnoresPixels;

    /// <summary>
    /// The class whose label is that of ignored pixels, and which has none then: nothing is compared with it. Null where the loop does not know it by number, or
    /// where another number stands for that label.
    /// </summary>
    public int? ClassWithoutLabels => (SkipsIgnored || ClearsPlainSoftmax) && this is { IsOneGroup: true, SplitsSums: false, Options: { HasMask: false, NumClasses: > 1 } }
        && Options.IgnoreIndex is int ignored && ignored >= 0 && ignored < Options.NumClasses ? ignored : null;

    /// <summary>Whether the library adds up many classes side by side row by row, as they lie, so that there are no groups.</summary>
    public bool AddsRows { get; init; }

    /// <summary>
    /// Whether loss and gradient together compute an exponential an element and not two: the forward pass leaves the probabilities where the gradient goes, or of many
    /// classes side by side that are taken as they lie the exponentials. Written and read again they cost less than anew, from the cache and beyond. Planes in scratch memory go on to their next
    /// pixels before the backward pass begins.
    /// </summary>
    public bool KeepsProbabilities => Options.Activation == Activation.Softmax && (AddsRows || (IsOneGroup && Scratch is null && StagedPixels == 0));

    /// <summary>Whether near memory is not asked for: the shortest loops, of up to four classes, then took up to a tenth longer with AVX2.</summary>
    public bool AsksOnlyFar => AsksAhead && IsOneGroup;

    /// <summary>How the classes share the registers where vectors have <see cref="KernelPlanner.WideLanes"/> lanes, in near memory; empty where they do it the same way.</summary>
    public EquatableArray<ClassGroup> WideGroups { get; init; }

    /// <summary>Whether the library takes the classes of a tile one by one, by their labels, so that there are no groups.</summary>
    public bool LooksUpDistances => Options.Aggregation.HasDistances && Scratch is not null;

    /// <summary>
    /// Whether the library takes the labels' probabilities out of the tiles of a softmax, and adds up what is left, so that there are no groups.
    /// </summary>
    public bool TakesOutLabels { get; init; }

    /// <summary>Whether all that is done with a tile is done by the library.</summary>
    public bool LeavesTiles => LooksUpDistances || TakesOutLabels;

    /// <summary>
    /// Whether the slope of a focal term comes by a call. The JIT inlines so much into one method and no more: of a loop over many classes the operations of its lanes
    /// would be calls otherwise, which takes three times as long. Where all fits, the call alone would cost half of the time.
    /// </summary>
    public bool CallsFocalSlope => Scratch is not null && Options is not
    {
        HasCategoricalCrossEntropy: false, IgnoresPixels: false, Focal: { HasWeights: false, Gamma: 0 or 1 or 2 },
    };

    /// <summary>Whether all classes share the registers.</summary>
    public bool IsOneGroup => Groups.Count == 1 && Groups[0].Repeats == 1;

    /// <summary>Whether what predictions miss is two sums, of false negatives and of false positives.</summary>
    public bool SplitsMisses => Options.Cost.WeighsErrors;

    /// <summary>Whether ignored pixels are counted along with the classes; where there are several groups, that is done once, apart from them.</summary>
    public bool CountsIgnored => IsOneGroup && Options is { IgnoresPixels: true, IsOneHot: false };

    /// <summary>
    /// Whether what predictions miss at ignored pixels is left out where it is added, and pixels that take part are counted: with masks in registers of their own
    /// an instruction less for each class than predictions made 0. Other terms need a number there.
    /// </summary>
    public bool SkipsIgnored => Options is
    {
        IgnoresPixels: true, IsOneHot: false, Activation: Activation.None, Aggregation.HasDistances: false,
        Cost: { SquaredDenominator: false, WeighsErrors: false },
    };

    // Whether a softmax in registers has the overlap's sums alone, and its probabilities made 0 at ignored pixels.
    private bool ClearsPlainSoftmax => Scratch is null && Options is
    {
        IgnoresPixels: true, IsOneHot: false, Activation: Activation.Softmax, HasTerms: false, Aggregation.HasDistances: false,
        Cost: { SquaredDenominator: false, WeighsErrors: false },
    };

    /// <summary>The plan as a name: input, labels, element type, classes, sums, classes at a time, turns, part.</summary>
    public string Name =>
        $"{Input}{(Options.IsOneHot ? "_onehot" : string.Empty)}_{Element}_c{Options.NumClasses}" +
        (Options.Cost.SquaredDenominator ? "_squared" : string.Empty) +
        (Options.Cost.Intersection == Intersection.Minimum ? "_min" : string.Empty) +
        (SplitsMisses ? "_fn_fp" : string.Empty) +
        (Options.Aggregation.HasDistances ? "_wasserstein" : string.Empty) +
        (Options.HasBinaryCrossEntropy ? "_bce" : Options.Compound.HasCrossEntropy ? "_ce" : string.Empty) +
        (Options.Focal.IsThere ? "_focal" : string.Empty) +
        (Options.IgnoreIndex is null ? string.Empty : "_ignore") +
        (Options.HasMask ? "_mask" : string.Empty) +
        (SplitsPixels ? "_split" : AddsRows ? "_rows" : StagedPixels == 0 ? string.Empty : $"_{(Options.IsChannelsLast ? "turned" : "staged")}{StagedPixels}") +
        (Scratch is null ? string.Empty : $"_scratch{Scratch.Pixels}") +
        (TakesOutLabels ? "_labelled" : string.Empty) +
        (IsOneGroup || Groups.Count == 0 ? string.Empty : $"_g{Named(Groups)}") +
        (WideGroups.Count == 0 ? string.Empty : $"_w{Named(WideGroups)}") +
        (LooksUpDistances ? string.Empty : $"_chain{ChainTurns}") +
        $"_part{PartPixels}";

    private string Element => Options.ElementType switch
    {
        ElementType.Double => "f64",
        ElementType.Half => "f16",
        _ => "f32",
    };

    private string Input => Options.Activation switch
    {
        Activation.Softmax => "softmax",
        Activation.Sigmoid => "sigmoid",
        _ => "probabilities",
    };

    /// <summary>The plan in words, a line each.</summary>
    public IEnumerable<string> Explain() => LooksUpDistances ? ExplainLookup() : TakesOutLabels ? ExplainTiles() : AddsRows ? ExplainRows() : ExplainGroups();

    // The library's loop over rows, and no groups.
    private IEnumerable<string> ExplainRows()
    {
        bool isSoftmax = Options.Activation == Activation.Softmax;
        yield return $"{Options.NumClasses} classes side by side, as they lie: a row of all of them for each pixel";
        if (isSoftmax)
        {
            yield return "exponentials of some rows at a time as they lie, in scratch memory; in the gradient's place, and kept there, where a call asks for both";
        }

        yield return "of a row the label's class in double, the others a vector of classes at a time through some rows";
        yield return $"float sums of at most {ChainTurns} rows, then double; one trip through the {(isSoftmax ? "logits" : "predictions")}; the tail at one lane";
        yield return $"parts of {PartPixels} pixels, each on one thread";
    }

    // The library's loops over the labels of a tile and over its rows, and no groups.
    private IEnumerable<string> ExplainTiles()
    {
        yield return $"{Options.NumClasses} classes: of each pixel the label's by itself, then what is left of all of them, 4 at a time";
        foreach (string line in ExplainScratch("exponentials"))
        {
            yield return line;
        }

        yield return "of a vector of pixels each class that it has labels of, in double";
        foreach (string line in ExplainTerms(Options.NumClasses))
        {
            yield return line;
        }

        yield return $"float sums of at most {ChainTurns} turns, then double; one trip through the logits; the tail at one lane";
        yield return $"parts of {PartPixels} pixels, each on one thread";
    }

    // The library's loops of one class after the other, and no groups.
    private IEnumerable<string> ExplainLookup()
    {
        bool isSoftmax = Options.Activation == Activation.Softmax;
        yield return $"{Options.NumClasses} classes, one after the other: of a vector of pixels, those that it has labels of, each with its row of distances";
        foreach (string line in ExplainScratch(isSoftmax ? "exponentials" : "probabilities"))
        {
            yield return line;
        }

        yield return $"a vector at a time, then double; one trip through the {(isSoftmax ? "logits" : "predictions")}; the tail at one lane";
        yield return $"parts of {PartPixels} pixels, each on one thread";
    }

    private IEnumerable<string> ExplainScratch(string what)
    {
        if (StagedPixels > 0)
        {
            int staged = (4 * StagedPixels * Options.NumClasses + 1023) / 1024;
            yield return ExplainStaging() + $", in scratch memory of {staged} KB";
        }

        if (Scratch is not null)
        {
            int kilobytes = 4 * Scratch.Stride * Options.NumClasses / 1024;
            yield return $"{what} of {Scratch.Pixels} pixels at a time, in scratch memory of {kilobytes} KB";
        }
    }

    private IEnumerable<string> ExplainGroups()
    {
        int most = Groups[0].Size;
        yield return IsOneGroup
            ? most == 1 ? "one class" : $"all {most} classes at a time"
            : $"{Options.NumClasses} classes, {InWords(Groups)}" +
                (WideGroups.Count == 0 ? string.Empty : $"; {InWords(WideGroups)} where vectors have {KernelPlanner.WideLanes} lanes{(AsksAhead ? ", in NearMemory" : string.Empty)}");
        foreach (string line in ExplainScratch("exponentials"))
        {
            yield return line;
        }

        if (ClassWithoutLabels is int c)
        {
            yield return $"class {c} has no labels, being ignored: of its predictions there is one sum";
        }

        if (SplitsPixels)
        {
            yield return SplitsSums
                ? $"classes side by side: added up as they lie, their sums taken apart{(CountsBytesApart ? "; labels that are bytes counted apart" : string.Empty)}"
                : "classes side by side: taken apart in the registers";
        }

        if (KeepsProbabilities)
        {
            yield return "probabilities kept in the gradient's place until all sums are known, where a call asks for both";
        }

        int misses = SplitsMisses ? 2 : 1;
        int without = ClassWithoutLabels is null ? 0 : 1;
        int labelled = (CountsIgnored && !SkipsIgnored ? most + 1 : most) - without;
        string counts = Options.IsOneHot ? $"{(2 + misses) * most} float sums" : $"{((1 + misses) * most) - without} float sums and {labelled} integer {(labelled == 1 ? "count" : "counts")}" +
            (WideGroups.Count == 0 ? string.Empty : $", or {2 * WideGroups[0].Size} and {WideGroups[0].Size}");
        yield return $"accumulators in registers: {counts}, one pixel a lane";
        foreach (string line in ExplainTerms(most))
        {
            yield return line;
        }

        string input = Options.Activation == Activation.None ? "predictions" : "logits";
        string ahead = AsksOnlyFar ? ", asked for ahead in FarMemory" : AsksAhead ? ", asked for ahead" : string.Empty;
        yield return $"float sums of at most {ChainTurns} turns, then double; one trip through the {input}{ahead}; the tail at one lane";
        yield return $"parts of {PartPixels} pixels, each on one thread";
    }

    // Terms beside the overlap.
    private IEnumerable<string> ExplainTerms(int most)
    {
        if (Options.HasBinaryCrossEntropy)
        {
            yield return "cross-entropy: " + (Options.Compound.HasPositiveWeights
                ? "a logarithm for each class and vector, "
                : Options.Compound.HasWeights ? "one logarithm for each class and chain, " : "one logarithm a chain, ") +
                FloatSumsMore((Options.Compound.HasWeights ? most : 1) * (Options.Compound.HasPositiveWeights ? 1 : 2));
        }
        else if (Options.HasTargetCrossEntropy)
        {
            yield return "cross-entropy: one logarithm a vector, " + (Scratch is null ? FloatSumsMore(1) : "from two trips more through the logits of a tile");
        }
        else if (Options.Compound.HasCrossEntropy)
        {
            bool isShared = !Options.Compound.HasWeights && !Options.Compound.IsSmoothed && (Scratch is not null || !Options.HasCategoricalFocal);
            yield return "cross-entropy: " +
                (isShared ? Scratch is null ? "one logarithm a chain" : "one logarithm for four vectors" : "one logarithm a vector") +
                (Scratch is null ? ", " + FloatSumsMore(2) : ", from two rows more of scratch memory");
        }

        if (Options.Focal.IsThere)
        {
            yield return "focal term: " + ExplainFocal(most);
        }
    }

    private string ExplainStaging() => Options switch
    {
        { ElementType: ElementType.Float } => $"classes side by side: {StagedPixels} pixels at a time turned into planes",
        { IsChannelsLast: true } => $"classes of {Element} side by side: {StagedPixels} pixels at a time made floats, then turned into planes",
        _ => $"planes of {Element}: {StagedPixels} pixels at a time made planes of floats",
    };

    private string ExplainFocal(int most)
    {
        string power = Options.Focal.Gamma is 0 or 1 or 2 or 3 or 4 ? "the power by products" : "the power by a logarithm and an exponential";
        return
            Options.HasBinaryFocal ? $"a logarithm for each class and vector, {power}, {FloatSumsMore(Options.Focal.HasWeights ? most : 1)}"
            : Scratch is not null ? $"one logarithm a vector, {power}, from two rows more of scratch memory"
            : Options.HasCategoricalCrossEntropy ? $"with the logarithm of the cross-entropy, {power}, {FloatSumsMore(1)}"
            : $"one logarithm a vector, {power}, {FloatSumsMore(2)}";
    }

    private static string FloatSumsMore(int count) => count switch
    {
        1 => "one float sum more",
        2 => "two float sums more",
        _ => $"{count} float sums more",
    };

    private static string Named(EquatableArray<ClassGroup> groups) => string.Join("_", groups.Select(group => $"{group.Size}x{group.Repeats}"));

    private static string InWords(EquatableArray<ClassGroup> groups) => string.Join(" and ", groups.Select(GroupInWords));

    private static string GroupInWords(ClassGroup group) =>
        group.Repeats == 1 ? $"{group.Size} at a time once" : $"{group.Size} at a time {group.Repeats} times";
}
