using System;
using System.Collections.Generic;
using System.Linq;

using static System.Math;

namespace SoftDice.PropertyTests.ComingFrom;

/// <summary>Rows of docs/coming-from.md whose sums are those of each image.</summary>
internal static class RivalsOfImages
{
    private static readonly double[] Weights = [1, 2, 4];

    public static readonly IReadOnlyDictionary<string, Rival> All = new Dictionary<string, Rival>
    {
        // MONAI with batch=False, its default: a value for each image and class, and of these the mean, or the sum, or all.
        ["MONAI Dice of each image"] = new(Input.Softmax, x => x.Images.Average(i => i.Mean(c => Dice(i, c)))),
        ["MONAI Dice of probabilities of each image"] = new(Input.Probabilities, x => x.Images.Average(i => i.Mean(c => Dice(i, c)))),
        ["MONAI Dice of each image without background"] = new(Input.Softmax, x => x.Images.Average(i => i.Mean(c => Dice(i, c), first: 1))),
        ["MONAI Jaccard of each image"] =
            new(Input.Softmax, x => x.Images.Average(i => i.Mean(c => 1 - (((2 * i.I(c)) + 1e-5) / ((2 * (i.I(c) + i.FP(c) + i.FN(c))) + 1e-5))))),
        ["MONAI Dice of regions of each image"] = new(Input.Regions, x => x.Images.Average(i => i.Mean(c => Dice(i, c)))),
        ["MONAI masked Dice of each image"] = new(Input.MaskedTargets, x => x.Images.Average(i => i.Mean(c => Dice(i, c)))),
        ["MONAI Dice of one channel of each image"] = new(Input.Binary, x => x.Images.Average(i => Dice(i, 0))),
        ["MONAI weighted Dice of each image"] = new(Input.Softmax, x => x.Images.Average(i => i.Mean(c => Weights[c] * Dice(i, c)))) { Weight = 7.0 / 3 },
        ["MONAI squared Dice of each image"] = new(Input.Softmax, x => x.Images.Average(i => i.Mean(c => Rivals.OfMonai(i, c, v => v * v, k: 0.5)))),
        ["MONAI Dice of soft labels of each image"] = new(Input.SoftRegions, x => x.Images.Average(i => i.Mean(c => Rivals.OfMonai(i, c, Abs, k: 0.5)))),
        ["MONAI Tversky of each image"] =
            new(Input.Softmax, x => x.Images.Average(i => i.Mean(c => 1 - ((i.I(c) + 1e-5) / (i.I(c) + (0.3 * i.FP(c)) + (0.7 * i.FN(c)) + 1e-5))))),
        ["MONAI generalised Dice of each image"] = new(Input.Softmax, x => x.Images.Average(i => Rivals.GeneralizedOfMonai(i, t => 1 / (t * t), first: 0))),
        ["MONAI generalised Dice of each image without background"] =
            new(Input.Softmax, x => x.Images.Average(i => Rivals.GeneralizedOfMonai(i, t => 1 / t, first: 1))),
        ["MONAI generalised Wasserstein Dice of each image"] = new(Input.Softmax, x => x.Images.Average(i => WassersteinOfMonai(i, isByVolume: false))),
        ["MONAI generalised Wasserstein Dice of each image, by volume"] =
            new(Input.Softmax, x => x.Images.Average(i => WassersteinOfMonai(i, isByVolume: true))),
        ["MONAI sum of generalised Wasserstein Dice of each image"] =
            new(Input.Softmax, x => x.Images.Sum(i => WassersteinOfMonai(i, isByVolume: false))) { Weight = 3 },
        ["MONAI generalised Wasserstein Dice of each image, not reduced"] =
            new(Input.Softmax, x => [.. x.Images.Select(i => WassersteinOfMonai(i, isByVolume: true))]),

        // The cross-entropy is one mean over the batch.
        ["MONAI Dice and focal loss of regions of each image"] =
            new(Input.Regions, x => x.Images.Average(i => i.Mean(c => Dice(i, c))) + x.BinaryFocal()) { Weight = 4 },
        ["MONAI Dice of each image and focal loss of a softmax"] =
            new(Input.Softmax, x => x.Images.Average(i => i.Mean(c => Dice(i, c))) + x.Focal(_ => 1)) { Weight = 4 },
        ["MONAI Dice and cross-entropy of each image"] =
            new(Input.Softmax, x => x.Images.Average(i => i.Mean(c => Dice(i, c))) + x.CrossEntropy()) { Weight = 4 },
        ["MONAI weighted Dice and cross-entropy of each image"] =
            new(Input.Softmax, x => x.Images.Average(i => i.Mean(c => Weights[c] * Dice(i, c))) + x.CrossEntropy(Weights)) { Weight = 6 },
        ["MONAI Dice and cross-entropy of one channel of each image"] =
            new(Input.Binary, x => x.Images.Average(i => Dice(i, 0)) + x.BinaryCrossEntropy()) { Weight = 4 },
        ["MONAI Dice and cross-entropy of targets of each image"] =
            new(Input.SoftTargets, x => x.Images.Average(i => i.Mean(c => Dice(i, c))) + x.CrossEntropyOfTargets()) { Weight = 4 },
        ["MONAI sum of Dice of each image"] = new(Input.Softmax, x => x.Images.Sum(i => i.Sum(c => Dice(i, c)))) { Weight = 9 },
        ["MONAI sum of generalised Dice of each image"] =
            new(Input.Softmax, x => x.Images.Sum(i => Rivals.GeneralizedOfMonai(i, t => 1 / (t * t), first: 0))) { Weight = 3 },
        ["MONAI Dice of each image, not reduced"] = new(Input.Softmax, x => [.. x.Images.SelectMany(i => i.Each(c => Dice(i, c)))]),
        ["MONAI weighted Dice of each image, not reduced"] =
            new(Input.Softmax, x => [.. x.Images.SelectMany(i => i.Each(c => new[] { 1, 2 }[c - 1] * Dice(i, c), first: 1))]) { Weight = 2 },
        ["MONAI Tversky of each image, not reduced"] =
            new(Input.Softmax, x => [.. x.Images.SelectMany(i => i.Each(c => 1 - ((i.I(c) + 1e-5) / (i.I(c) + (0.5 * i.FP(c)) + (0.5 * i.FN(c)) + 1e-5))))]),
        ["MONAI generalised Dice of each image, not reduced"] =
            new(Input.Softmax, x => [.. x.Images.Select(i => Rivals.GeneralizedOfMonai(i, t => 1 / (t * t), first: 0))]),

        // nnU-Net with batch_dice=False, the default of its classes.
        ["nnU-Net Dice of labels of each image"] = new(Input.Softmax, x => -x.Images.Average(i => i.Mean(c => OfNnUNet(i, c, 1e-5), first: 1))),
        ["nnU-Net Dice of each image by default"] = new(Input.Probabilities, x => -x.Images.Average(i => i.Mean(c => OfNnUNet(i, c, 1)))),
        ["nnU-Net Dice of each image without smoothing"] = new(Input.Softmax, x => -x.Images.Average(i => i.Mean(c => OfNnUNet(i, c, 0)))),
        ["nnU-Net Dice of regions of each image"] = new(Input.Regions, x => -x.Images.Average(i => i.Mean(c => OfNnUNet(i, c, 1e-5)))),
        ["nnU-Net memory-efficient Dice of each image"] =
            new(Input.Softmax, x => -x.Images.Average(i => i.Mean(c => ((2 * i.I(c)) + 1) / Max(i.T(c) + i.P(c) + 1, 1e-8)))),

        ["nnU-Net Dice and cross-entropy of each image"] =
            new(Input.Softmax, x => x.CrossEntropy() - x.Images.Average(i => i.Mean(c => OfNnUNet(i, c, 1e-5), first: 1))) { Weight = 4 },
        ["nnU-Net Dice and cross-entropy of each image with ignored pixels"] =
            new(Input.Ignored, x => x.CrossEntropy() - x.Images.Average(i => i.Mean(c => OfNnUNet(i, c, 1e-5), first: 1))) { Weight = 4 },
        ["nnU-Net Dice and cross-entropy of regions of each image"] =
            new(Input.Regions, x => x.BinaryCrossEntropy() - x.Images.Average(i => i.Mean(c => OfNnUNet(i, c, 1e-5)))) { Weight = 4 },

        // kornia: 2·Σ p·t / (Σ (p + t) + 1e-8) with targets of 1 and 10⁻⁶.
        ["kornia micro Dice"] = new(Input.AlmostOneHot, x => x.Images.Average(i => 1 - (2 * i.Sum(i.I) / (i.Sum(c => i.P(c) + i.T(c)) + 1e-8)))),
        ["kornia macro Dice"] = new(Input.AlmostOneHot, x => x.Images.Average(i => i.Mean(c => OfKornia(i, c)))),
        ["kornia weighted macro Dice"] = new(Input.AlmostOneHot, x => x.Images.Average(i => i.Sum(c => Weights[c] / 7 * OfKornia(i, c)))),
        ["kornia Tversky"] =
            new(Input.Softmax, x => x.Images.Average(i => 1 - (i.Sum(i.I) / (i.Sum(i.I) + ((0.5 + 0.5) * (i.Sum(i.T) - i.Sum(i.I))) + 1e-8)))),

        ["kornia Tversky with ignored pixels"] =
            new(Input.Ignored, x => x.Images.Average(i => 1 - (i.Sum(i.I) / (i.Sum(i.I) + ((0.5 + 0.5) * (i.Sum(i.T) - i.Sum(i.I))) + 1e-8)))),

        // Keras with the axes of the pixels, or all but that of the batch; the mean of what is left, or all of it.
        ["Keras Dice of images and classes"] = new(Input.Targets, x => x.Images.Average(i => i.Mean(c => OfKeras(i, c)))),
        ["Keras Dice of images and classes, not reduced"] = new(Input.Targets, x => [.. x.Images.SelectMany(i => i.Each(c => OfKeras(i, c)))]),
        ["Keras sum of Dice of images and classes"] = new(Input.Targets, x => x.Images.Sum(i => i.Sum(c => OfKeras(i, c)))) { Weight = 9 },
        ["Keras Dice of images"] = new(Input.Targets, x => x.Images.Average(i => 1 - (2 * i.Sum(i.I) / (i.Sum(i.T) + i.Sum(i.P) + 1e-7)))),

        // torchmetrics, of decisions, samplewise. Nothing has an infinite weight where all weights are 1.
        ["torchmetrics macro score of each image"] =
            new(Input.Decisions, x => -x.Images.Average(i => i.Mean(c => 2 * i.I(c) / (i.P(c) + i.T(c))))),
        ["torchmetrics micro score of each image"] = new(Input.Decisions, x => -x.Images.Average(i => 2 * i.Sum(i.I) / i.Sum(c => i.P(c) + i.T(c)))),
        ["torchmetrics scores"] = new(Input.Decisions, x => [.. x.Images.SelectMany(i => i.Each(c => -2 * i.I(c) / (i.P(c) + i.T(c))))]),
        ["torchmetrics linear generalised score"] =
            new(Input.Decisions, x => -x.Images.Average(i => 2 * i.Sum(i.I) / i.Sum(c => i.P(c) + i.T(c)))),

        // SegLossOdyssey with batch_dice=False, its default.
        ["SegLossOdyssey soft Dice of each image"] =
            new(Input.Softmax, x => -x.Images.Average(i => i.Mean(c => ((2 * i.I(c)) + 1) / ((2 * i.I(c)) + i.FP(c) + i.FN(c) + 1)))),
        ["SegLossOdyssey IoU of each image"] = new(Input.Softmax, x => -x.Images.Average(i => i.Mean(c => (i.I(c) + 1) / (i.I(c) + i.FP(c) + i.FN(c) + 1)))),
        ["SegLossOdyssey Tversky of each image"] =
            new(Input.Softmax, x => -x.Images.Average(i => i.Mean(c => (i.I(c) + 1) / (i.I(c) + (0.3 * i.FP(c)) + (0.7 * i.FN(c)) + 1)))),
        ["SegLossOdyssey generalised Dice"] = new(Input.Softmax, x => -x.Images.Average(OfSegLoss)) { IsOfAllClasses = true },

        ["SegLossOdyssey Dice and cross-entropy of each image"] = new(Input.Softmax, x =>
            x.CrossEntropy() - x.Images.Average(i => i.Mean(c => ((2 * i.I(c)) + 1) / ((2 * i.I(c)) + i.FP(c) + i.FN(c) + 1)))) { Weight = 4 },

        ["diceloss_cpp of each image"] = new(Input.Softmax, x => x.Images.Average(i => i.Mean(c => 1 - (2 * i.I(c) / (i.P(c) + i.T(c)))))),
        ["diceloss_cpp squared, of each image"] =
            new(Input.Softmax, x => x.Images.Average(i => i.Mean(c => 1 - (2 * i.I(c) / (i.Sum(c, (p, _) => p * p) + i.Sum(c, (_, t) => t * t)))))),
    };

    // MONAI: with W the distance of a pixel, 1 - (2·Σ α·(1 - W) + nr) / (2·Σ α·(1 - W) + Σ W + dr), α 0 for the background and 1 elsewhere; by volume
    // 1 - (2·Σ α·(1 - W) + nr) / (Σ α·(2 - W) + dr), α 1 by the pixels of the label and one more.
    private static double WassersteinOfMonai(View image, bool isByVolume)
    {
        double[,] distances = { { 0, 1, 1 }, { 1, 0, 0.5 }, { 1, 0.5, 0 } };
        int pixels = image.Probabilities.Length / 3;
        double[] volumes = [image.T(0), image.T(1), image.T(2)];
        double top = 1e-5;
        double bottom = 1e-5;
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            int label = Enumerable.Range(0, 3).Single(c => image.Targets[(c * pixels) + pixel] == 1);
            double distance = Enumerable.Range(0, 3).Sum(c => distances[label, c] * image.Probabilities[(c * pixels) + pixel]);
            double alpha = isByVolume ? 1 / (volumes[label] + 1) : label == 0 ? 0 : 1;
            top += 2 * alpha * (1 - distance);
            bottom += isByVolume ? alpha * (2 - distance) : (2 * alpha * (1 - distance)) + distance;
        }

        return 1 - (top / bottom);
    }

    // MONAI: 1 - (2·I + nr) / (P + T + dr), both 1e-5.
    private static double Dice(View image, int c) => 1 - (((2 * image.I(c)) + 1e-5) / (image.P(c) + image.T(c) + 1e-5));

    private static double OfNnUNet(View image, int c, double smooth) =>
        ((2 * image.I(c)) + smooth) / Max((2 * image.I(c)) + image.FP(c) + image.FN(c) + smooth, 1e-8);

    private static double OfKornia(View image, int c) => 1 - (2 * image.I(c) / (image.P(c) + image.T(c) + 1e-8));

    private static double OfKeras(View image, int c) => 1 - (2 * image.I(c) / (image.T(c) + image.P(c) + 1e-7));

    // 2·(Σ w·I + s) / (Σ w·(P + T) + s): twice the smoothing is in the numerator.
    private static double OfSegLoss(View image) =>
        2 * (image.Sum(c => image.I(c) / Pow(image.T(c) + 1e-10, 2)) + 1e-5) / (image.Sum(c => (image.P(c) + image.T(c)) / Pow(image.T(c) + 1e-10, 2)) + 1e-5);
}
