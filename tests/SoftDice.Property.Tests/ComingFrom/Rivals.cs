using System;
using System.Collections.Generic;
using System.Linq;

using static System.Math;

namespace SoftDice.PropertyTests.ComingFrom;

/// <summary>A rival's loss, written down from its formula.</summary>
/// <param name="Input">What it takes.</param>
/// <param name="Formula">The numbers that it gives, in row-major order.</param>
internal sealed record Rival(Input Input, Func<View, double[]> Formula)
{
    public Rival(Input input, Func<View, double> formula)
        : this(input, x => [formula(x)])
    {
    }

    /// <summary>Images of the batch.</summary>
    public int Images { get; init; } = 3;

    /// <summary>Whether the two are the same of images that have every class alone.</summary>
    public bool IsOfAllClasses { get; init; }

    /// <summary>What the costs of the classes are multiplied by, together, and so their errors.</summary>
    public double Weight { get; init; } = 1;
}

/// <summary>Every row of docs/coming-from.md, by its name.</summary>
internal static class Rivals
{
    private static readonly double[] Weights = [1, 2, 4];

    // Those whose sums go over the batch; RivalsOfImages has the others.
    private static readonly Dictionary<string, Rival> OfBatches = new()
    {
        // MONAI: 1 - (2·I + nr) / (P + T + dr), both 1e-5; Jaccard doubles the errors.
        ["MONAI Dice"] = new(Input.Softmax, x => x.Mean(c => 1 - (((2 * x.I(c)) + 1e-5) / (x.P(c) + x.T(c) + 1e-5)))),
        ["MONAI Dice of probabilities"] = new(Input.Probabilities, x => x.Mean(c => 1 - (((2 * x.I(c)) + 1e-5) / (x.P(c) + x.T(c) + 1e-5)))),
        ["MONAI Dice without background"] = new(Input.Softmax, x => x.Mean(c => 1 - (2 * x.I(c) / (x.P(c) + x.T(c) + 1e-5)), first: 1)),
        ["MONAI Jaccard"] = new(Input.Softmax, x => x.Mean(c => 1 - (((2 * x.I(c)) + 1e-5) / ((2 * (x.I(c) + x.FP(c) + x.FN(c))) + 1e-5)))),
        ["MONAI Dice of regions"] = new(Input.Regions, x => x.Mean(c => 1 - (((2 * x.I(c)) + 1e-5) / (x.P(c) + x.T(c) + 1e-5)))),
        ["MONAI Dice of one channel"] = new(Input.Binary, x => 1 - (((2 * x.I(0)) + 1e-5) / (x.P(0) + x.T(0) + 1e-5))),
        ["MONAI weighted Dice"] = new(Input.Softmax, x => x.Mean(c => Weights[c] * (1 - (((2 * x.I(c)) + 1e-5) / (x.P(c) + x.T(c) + 1e-5))))) { Weight = 7.0 / 3 },
        // Squared: TP = (Σp² + Σt² - Σ(p - t)²) / 2, FP = Σp² - TP, FN = Σt² - TP. Of soft labels the same with magnitudes instead of squares.
        ["MONAI squared Dice"] = new(Input.Softmax, x => x.Mean(c => OfMonai(x, c, v => v * v, k: 0.5))),
        ["MONAI squared Jaccard"] = new(Input.Softmax, x => x.Mean(c => OfMonai(x, c, v => v * v, k: 1))),
        ["MONAI squared Dice of soft labels"] = new(Input.SoftRegions, x => x.Mean(c => OfMonai(x, c, v => v * v, k: 0.5))),
        ["MONAI Dice of soft labels"] = new(Input.SoftRegions, x => x.Mean(c => OfMonai(x, c, Abs, k: 0.5))),
        ["MONAI Jaccard of soft labels"] = new(Input.SoftRegions, x => x.Mean(c => OfMonai(x, c, Abs, k: 1))),
        ["MONAI Tversky of soft labels"] = new(Input.SoftRegions, x => x.Mean(c => 1 - ((Common(x, c) + 1e-5) / (Common(x, c) + (0.3 * (x.P(c) - Common(x, c))) + (0.7 * (x.T(c) - Common(x, c))) + 1e-5)))),

        // λ·Dice + λ·CrossEntropyLoss; the weights are those of both, and the cross-entropy has the background in any case.
        ["MONAI Dice and cross-entropy"] = new(Input.Softmax, x => x.Mean(c => 1 - (((2 * x.I(c)) + 1e-5) / (x.P(c) + x.T(c) + 1e-5))) + x.CrossEntropy()) { Weight = 4 },
        ["MONAI Dice and cross-entropy without background"] =
            new(Input.Softmax, x => x.Mean(c => 1 - (((2 * x.I(c)) + 1e-5) / (x.P(c) + x.T(c) + 1e-5)), first: 1) + x.CrossEntropy()) { Weight = 4 },
        ["MONAI weighted Dice and cross-entropy"] = new(Input.Softmax, x =>
            (0.5 * x.Mean(c => Weights[c] * (1 - (((2 * x.I(c)) + 1e-5) / (x.P(c) + x.T(c) + 1e-5))))) + (2 * x.CrossEntropy(Weights, 0.1))) { Weight = 8 },
        ["MONAI weighted Dice and cross-entropy of targets"] = new(Input.SoftTargets, x =>
            x.Mean(c => Weights[c] * (1 - (((2 * x.I(c)) + 1e-5) / (x.P(c) + x.T(c) + 1e-5)))) + x.CrossEntropyOfTargets(Weights, 0.1)) { Weight = 16 },
        ["MONAI Dice and cross-entropy of one channel"] =
            new(Input.Binary, x => 1 - (((2 * x.I(0)) + 1e-5) / (x.P(0) + x.T(0) + 1e-5)) + x.BinaryCrossEntropy()) { Weight = 4 },
        ["MONAI weighted Dice and cross-entropy of one channel"] =
            new(Input.Binary, x => 1 - (((2 * x.I(0)) + 1e-5) / (x.P(0) + x.T(0) + 1e-5)) + x.BinaryCrossEntropy(positive: 3)) { Weight = 10 },

        // FocalLoss: the mean over all elements; of a softmax, elements that are not the label's are 0. It leaves the background out with the Dice.
        ["MONAI Dice and focal loss of regions"] =
            new(Input.Regions, x => x.Mean(c => 1 - (((2 * x.I(c)) + 1e-5) / (x.P(c) + x.T(c) + 1e-5))) + x.BinaryFocal()) { Weight = 4 },
        ["MONAI Dice and weighted focal loss of one channel"] = new(Input.Binary, x =>
            (0.5 * (1 - (((2 * x.I(0)) + 1e-5) / (x.P(0) + x.T(0) + 1e-5)))) + (2 * x.BinaryFocal(gamma: 1.5, positive: 0.25, negative: 0.75))) { Weight = 4 },
        ["MONAI Dice and focal loss without background"] = new(Input.Regions, x =>
            x.Mean(c => 1 - (((2 * x.I(c)) + 1e-5) / (x.P(c) + x.T(c) + 1e-5)), first: 1) + x.BinaryFocal(first: 1)) { Weight = 4 },
        ["MONAI Dice and focal loss of a softmax"] =
            new(Input.Softmax, x => x.Mean(c => 1 - (((2 * x.I(c)) + 1e-5) / (x.P(c) + x.T(c) + 1e-5))) + x.Focal(_ => 1)) { Weight = 4 },
        ["MONAI Dice and weighted focal loss of a softmax"] = new(Input.Softmax, x =>
            x.Mean(c => 1 - (((2 * x.I(c)) + 1e-5) / (x.P(c) + x.T(c) + 1e-5))) + x.Focal(c => (c == 0 ? 1 - 0.75 : 0.75) * Weights[c])) { Weight = 4 },
        ["MONAI masked Dice"] = new(Input.MaskedTargets, x => x.Mean(c => 1 - (((2 * x.I(c)) + 1e-5) / (x.P(c) + x.T(c) + 1e-5)))),
        ["MONAI sum of Dice"] = new(Input.Softmax, x => x.Sum(c => 1 - (((2 * x.I(c)) + 1e-5) / (x.P(c) + x.T(c) + 1e-5)))) { Weight = 3 },
        ["MONAI Dice, not reduced"] = new(Input.Softmax, x => x.Each(c => 1 - (((2 * x.I(c)) + 1e-5) / (x.P(c) + x.T(c) + 1e-5)))),
        ["MONAI Tversky"] = new(Input.Softmax, x => x.Mean(c => 1 - ((x.I(c) + 1e-5) / (x.I(c) + (0.3 * x.FP(c)) + (0.7 * x.FN(c)) + 1e-5)))),
        ["MONAI generalised Dice"] = new(Input.Softmax, x => GeneralizedOfMonai(x, t => 1 / (t * t), first: 0)),
        ["MONAI generalised Dice without background"] = new(Input.Softmax, x => GeneralizedOfMonai(x, t => 1 / t, first: 1)),

        // segmentation_models.pytorch: (I + s) / max(I + α·FP + β·FN + s, 1e-7), and 0 for a class without labels, which stays in the mean.
        ["smp Dice"] = new(Input.Softmax, x => x.Mean(c => x.T(c) == 0 ? 0 : 1 - (x.I(c) / Max(x.I(c) + (0.5 * x.FP(c)) + (0.5 * x.FN(c)), 1e-7)))),
        ["smp Dice with a logarithm"] = new(Input.Softmax, x => x.Mean(c => x.T(c) == 0 ? 0 : -Log(Max(x.I(c) / Max(x.I(c) + (0.5 * x.FP(c)) + (0.5 * x.FN(c)), 1e-7), 1e-7)))),
        ["smp smooth Dice"] = new(Input.Softmax, x => x.Mean(c => x.T(c) == 0 ? 0 : 1 - ((x.I(c) + 1) / Max(x.I(c) + (0.5 * x.FP(c)) + (0.5 * x.FN(c)) + 1, 1e-7)))),
        ["smp Dice with ignored pixels"] = new(Input.Ignored, x => x.Mean(c => OfSmp(x, c, 0.5, 0.5))),
        ["smp Jaccard"] = new(Input.Softmax, x => x.Mean(c => x.T(c) == 0 ? 0 : 1 - (x.I(c) / Max(x.I(c) + x.FP(c) + x.FN(c), 1e-7)))),
        ["smp Tversky"] = new(Input.Softmax, x => x.Mean(c => x.T(c) == 0 ? 0 : 1 - (x.I(c) / Max(x.I(c) + (0.3 * x.FP(c)) + (0.7 * x.FN(c)), 1e-7)))),
        ["smp Dice of some classes"] = new(Input.Softmax, x => x.Mean(c => x.T(c) == 0 ? 0 : 1 - (x.I(c) / Max(x.I(c) + (0.5 * x.FP(c)) + (0.5 * x.FN(c)), 1e-7)), first: 1)),
        ["smp weighted Dice"] = new(Input.Softmax, x => x.Sum(c => x.T(c) == 0 ? 0 : Weights[c] / 7 * (1 - (x.I(c) / Max(x.I(c) + (0.5 * x.FP(c)) + (0.5 * x.FN(c)), 1e-7))))),
        ["smp binary Dice"] = new(Input.Binary, x => x.T(0) == 0 ? 0 : 1 - (x.I(0) / Max(x.I(0) + (0.5 * x.FP(0)) + (0.5 * x.FN(0)), 1e-7))),
        ["smp multilabel Dice"] = new(Input.Regions, x => x.Mean(c => x.T(c) == 0 ? 0 : 1 - (x.I(c) / Max(x.I(c) + (0.5 * x.FP(c)) + (0.5 * x.FN(c)), 1e-7)))),

        ["smp Dice and binary cross-entropy"] = new(Input.Regions, x => x.Mean(c => OfSmp(x, c, 0.5, 0.5)) + x.BinaryCrossEntropy()) { Weight = 4 },
        ["smp binary Dice and smoothed cross-entropy"] =
            new(Input.Binary, x => OfSmp(x, 0, 0.5, 0.5) + x.BinaryCrossEntropy(positive: 3, smoothing: 2 * 0.05)) { Weight = 10 },

        ["smp Dice and focal loss of regions"] = new(Input.Regions, x =>
            x.Mean(c => OfSmp(x, c, 0.5, 0.5)) + x.BinaryFocal(positive: 0.25, negative: 0.75)) { Weight = 4 },
        ["smp binary Dice and focal loss"] = new(Input.Binary, x => OfSmp(x, 0, 0.5, 0.5) + x.BinaryFocal(gamma: 3)) { Weight = 4 },

        ["smp Dice of soft targets"] = new(Input.SoftRegions, x => x.Mean(c => OfSmp(x, c, 0.5, 0.5))),
        ["smp Jaccard of soft targets"] = new(Input.SoftRegions, x => x.Mean(c => OfSmp(x, c, 1, 1))),

        // nnU-Net: -(2·I + s) / max(2·I + FP + FN + s, 1e-8).
        ["nnU-Net Dice of labels"] = new(Input.Softmax, x => -x.Mean(c => ((2 * x.I(c)) + 1e-5) / Max((2 * x.I(c)) + x.FP(c) + x.FN(c) + 1e-5, 1e-8), first: 1)),
        ["nnU-Net Dice by default"] = new(Input.Probabilities, x => -x.Mean(c => ((2 * x.I(c)) + 1) / Max((2 * x.I(c)) + x.FP(c) + x.FN(c) + 1, 1e-8))),
        ["nnU-Net Dice without smoothing"] = new(Input.Softmax, x => -x.Mean(c => 2 * x.I(c) / Max((2 * x.I(c)) + x.FP(c) + x.FN(c), 1e-8))),
        ["nnU-Net Dice of regions"] = new(Input.Regions, x => -x.Mean(c => ((2 * x.I(c)) + 1e-5) / Max((2 * x.I(c)) + x.FP(c) + x.FN(c) + 1e-5, 1e-8))),
        ["nnU-Net memory-efficient Dice"] = new(Input.Softmax, x => -x.Mean(c => ((2 * x.I(c)) + 1) / Max(x.T(c) + x.P(c) + 1, 1e-8))),

        ["nnU-Net Dice and cross-entropy"] = new(Input.Softmax, x =>
            x.CrossEntropy() - x.Mean(c => ((2 * x.I(c)) + 1e-5) / Max((2 * x.I(c)) + x.FP(c) + x.FN(c) + 1e-5, 1e-8), first: 1)) { Weight = 4 },

        ["nnU-Net Dice and cross-entropy with ignored pixels"] = new(Input.Ignored, x =>
            x.CrossEntropy() - x.Mean(c => ((2 * x.I(c)) + 1e-5) / Max((2 * x.I(c)) + x.FP(c) + x.FN(c) + 1e-5, 1e-8), first: 1)) { Weight = 4 },
        ["nnU-Net Dice of labels with a mask"] =
            new(Input.Masked, x => -x.Mean(c => ((2 * x.I(c)) + 1e-5) / Max((2 * x.I(c)) + x.FP(c) + x.FN(c) + 1e-5, 1e-8), first: 1)),
        ["nnU-Net Dice and cross-entropy of regions with a mask"] = new(Input.MaskedRegions, MaskedRegionsOfNnUNet) { Weight = 12 },
        ["nnU-Net Dice and cross-entropy of regions of one label with ignored pixels"] = new(Input.IgnoredOfSigmoids, MaskedRegionsOfNnUNet) { Weight = 12 },
        ["nnU-Net Dice and cross-entropy of regions"] = new(Input.Regions, x =>
            x.BinaryCrossEntropy() - x.Mean(c => ((2 * x.I(c)) + 1e-5) / Max((2 * x.I(c)) + x.FP(c) + x.FN(c) + 1e-5, 1e-8))) { Weight = 4 },

        // Keras: everything in one heap, unless axes are given; smoothed at the bottom alone.
        ["Keras Dice"] = new(Input.Heap, x => 1 - (2 * x.I(0) / (x.T(0) + x.P(0) + 1e-7))),
        ["Keras Tversky"] = new(Input.Heap, x => 1 - (x.I(0) / (x.I(0) + (0.5 * x.FP(0)) + (0.5 * x.FN(0)) + 1e-7))),
        ["Keras Dice of classes"] = new(Input.Targets, x => x.Mean(c => 1 - (2 * x.I(c) / (x.T(c) + x.P(c) + 1e-7)))),
        ["Keras Dice of classes and cross-entropy"] = new(Input.Regions, x =>
            x.Mean(c => 1 - (2 * x.I(c) / (x.T(c) + x.P(c) + 1e-7))) + x.BinaryCrossEntropy(smoothing: 0.1)) { Weight = 4 },
        ["Keras Tversky of classes"] = new(Input.Targets, x => x.Mean(c => 1 - (x.I(c) / (x.I(c) + (0.3 * x.FP(c)) + (0.7 * x.FN(c)) + 1e-7)))),

        // torchmetrics, of decisions; what is neither labelled nor predicted is left out of its means. The score is less the loss.
        ["torchmetrics macro score"] = new(Input.Decisions, x => -x.Mean(c => 2 * x.I(c) / (x.P(c) + x.T(c)))),
        ["torchmetrics micro score"] = new(Input.Decisions, x => -(2 * x.Sum(x.I) / x.Sum(c => x.P(c) + x.T(c)))),
        ["torchmetrics generalised score"] = new(Input.Decisions, x => -GeneralizedOfTorchmetrics(x)) { Images = 1 },

        // SegLossOdyssey: smoothed by 1.
        ["SegLossOdyssey soft Dice"] = new(Input.Softmax, x => -x.Mean(c => ((2 * x.I(c)) + 1) / ((2 * x.I(c)) + x.FP(c) + x.FN(c) + 1))),
        ["SegLossOdyssey IoU"] = new(Input.Softmax, x => -x.Mean(c => (x.I(c) + 1) / (x.I(c) + x.FP(c) + x.FN(c) + 1))),
        ["SegLossOdyssey Tversky"] = new(Input.Softmax, x => -x.Mean(c => (x.I(c) + 1) / (x.I(c) + (0.3 * x.FP(c)) + (0.7 * x.FN(c)) + 1))),

        ["SegLossOdyssey Dice and cross-entropy"] = new(Input.Softmax, x => x.CrossEntropy() - x.Mean(c => ((2 * x.I(c)) + 1) / ((2 * x.I(c)) + x.FP(c) + x.FN(c) + 1))) { Weight = 4 },

        // GDiceLossV2, one ratio over the batch, with weights of 1 / max(T², 1e-5).
        ["SegLossOdyssey generalised Dice V2"] = new(Input.Softmax, x =>
            -(2 * x.Sum(c => x.I(c) / Max(x.T(c) * x.T(c), 1e-5)) / Max(x.Sum(c => (x.P(c) + x.T(c)) / Max(x.T(c) * x.T(c), 1e-5)), 1e-5)))
            { IsOfAllClasses = true },

        // diceloss_cpp: 2·Σ p·t / (Σ p^q + Σ t^q), not smoothed.
        ["diceloss_cpp squared"] = new(Input.Softmax, x => x.Mean(c => 1 - (2 * x.I(c) / (x.Sum(c, (p, _) => p * p) + x.Sum(c, (_, t) => t * t))))),
        ["diceloss_cpp"] = new(Input.Softmax, x => x.Mean(c => 1 - (2 * x.I(c) / (x.P(c) + x.T(c))))),
    };

    public static IReadOnlyDictionary<string, Rival> All { get; } = OfBatches.Concat(RivalsOfImages.All).ToDictionary();

    /// <summary>MONAI with squares, or of soft labels with magnitudes; k is 1/2 of Dice and 1 of Jaccard.</summary>
    public static double OfMonai(View x, int c, Func<double, double> power, double k)
    {
        double predicted = x.Sum(c, (p, _) => power(p));
        double wanted = x.Sum(c, (_, t) => power(t));
        double common = (predicted + wanted - x.Sum(c, (p, t) => power(p - t))) / 2;
        return 1 - (((2 * common) + 1e-5) / ((2 * (common + (k * (predicted - common)) + (k * (wanted - common)))) + 1e-5));
    }

    // With a mask, the binary cross-entropy of all channels is divided by the pixels that take part.
    private static double MaskedRegionsOfNnUNet(View x) =>
        (x.Sum(c => x.Sum(c, (p, t) => p == 0 ? 0 : -(t * Log(p)) - ((1 - t) * Log(1 - p)))) / (x.Probabilities.Count(p => p > 0) / 3))
        - x.Mean(c => ((2 * x.I(c)) + 1e-5) / Max((2 * x.I(c)) + x.FP(c) + x.FN(c) + 1e-5, 1e-8));

    private static double OfSmp(View x, int c, double alpha, double beta)
    {
        double score = Common(x, c) / Max(Common(x, c) + (alpha * (x.P(c) - Common(x, c))) + (beta * (x.T(c) - Common(x, c))), 1e-7);
        return x.T(c) == 0 ? 0 : 1 - score;
    }

    // (P + T - Σ |p - t|) / 2.
    private static double Common(View x, int c) => (x.P(c) + x.T(c) - x.Sum(c, (p, t) => Abs(p - t))) / 2;

    /// <summary>Weights that are infinite become the largest of those that are not, or 0 if all are.</summary>
    public static double GeneralizedOfMonai(View x, Func<double, double> weight, int first)
    {
        double[] weights = [.. Enumerable.Range(first, x.ClassCount - first).Select(c => weight(x.T(c)))];
        double largest = weights.Where(double.IsFinite).DefaultIfEmpty(0).Max();
        weights = [.. weights.Select(w => double.IsFinite(w) ? w : largest)];
        double top = weights.Select((w, i) => w * x.I(first + i)).Sum();
        double bottom = weights.Select((w, i) => w * (x.P(first + i) + x.T(first + i))).Sum();
        return 1 - (((2 * top) + 1e-5) / (bottom + 1e-5));
    }

    private static double GeneralizedOfTorchmetrics(View x)
    {
        double[] weights = [.. Enumerable.Range(0, x.ClassCount).Select(c => 1 / (x.T(c) * x.T(c)))];
        double largest = weights.Where(double.IsFinite).Max();
        weights = [.. weights.Select(w => double.IsFinite(w) ? w : largest)];
        return 2 * weights.Select((w, c) => w * x.I(c)).Sum() / weights.Select((w, c) => w * (x.P(c) + x.T(c))).Sum();
    }
}
