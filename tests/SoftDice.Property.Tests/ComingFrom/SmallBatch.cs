using System;
using System.Linq;

namespace SoftDice.PropertyTests.ComingFrom;

/// <summary>What goes into a loss.</summary>
internal enum Input
{
    /// <summary>Probabilities and class indices.</summary>
    Probabilities,

    /// <summary>Logits for a softmax, and class indices.</summary>
    Softmax,

    /// <summary>The same, with labels of 255 that are to be ignored: a pixel of each image, and the whole second one.</summary>
    Ignored,

    /// <summary>Logits for a sigmoid, and class indices of which the same are ignored.</summary>
    IgnoredOfSigmoids,

    /// <summary>Logits for a softmax, class indices, and a mask that leaves the same pixels out.</summary>
    Masked,

    /// <summary>Probabilities, targets and that mask.</summary>
    MaskedTargets,

    /// <summary>Logits for a sigmoid, targets that overlap, and that mask.</summary>
    MaskedRegions,

    /// <summary>Logits for a sigmoid, and targets that overlap.</summary>
    Regions,

    /// <summary>The same with targets between 0 and 1.</summary>
    SoftRegions,

    /// <summary>Logits for a softmax, and targets between 0 and 1, which need not add up to 1.</summary>
    SoftTargets,

    /// <summary>Logits of one channel, and labels 0 and 1.</summary>
    Binary,

    /// <summary>Probabilities and targets, all of a batch in one heap: whatever the layout.</summary>
    Heap,

    /// <summary>Probabilities and targets, (batch, class, pixels).</summary>
    Targets,

    /// <summary>Logits for a softmax, and targets of 1 and 10⁻⁶.</summary>
    AlmostOneHot,

    /// <summary>1 for the likeliest class, 0 for others, and class indices.</summary>
    Decisions,
}

/// <summary>Three images of three classes and four pixels, written out.</summary>
internal sealed class SmallBatch(string name, byte[] labels, bool isFaint = false)
{
    private const int Classes = 3;
    private const int Pixels = 4;

    // In 64ths, so that all sums of probabilities are exact.
    private static readonly int[] In64ths =
    [
        40, 10, 4, 50, 20, 44, 8, 6, 4, 10, 52, 8,
        12, 60, 6, 33, 48, 2, 10, 20, 4, 2, 48, 11,
        9, 50, 20, 5, 45, 4, 12, 20, 10, 10, 32, 39,
    ];

    private static readonly float[] Logits =
    [
        1.5f, -0.25f, 0, 2, -1, 0.75f, 0.5f, -2, 0.25f, -1.5f, 3, 1,
        -0.5f, 2.5f, 1, 0, 1.25f, -3, -0.75f, 0.5f, 0, 0.25f, 2, -1,
        0.25f, 1, -1.25f, 0.5f, -0.5f, 2, 0.75f, 1.5f, 1.75f, -1, 0, -2.5f,
    ];

    /// <summary>
    /// Every class is labelled in every image; the last one is not, though it is predicted; it is not and hardly is, so that its smoothing
    /// matters; nothing but the first is labelled; it is in one image alone, and another has nothing but the first.
    /// </summary>
    public static readonly SmallBatch[] All =
    [
        new("all classes", [0, 1, 2, 0, 1, 0, 2, 1, 2, 2, 0, 1]),
        new("class 2 absent", [0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 1]),
        new("class 2 absent and hardly predicted", [0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 1], isFaint: true),
        new("class 0 alone", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        new("class 2 in one image", [0, 1, 1, 0, 2, 0, 2, 1, 0, 0, 0, 0]),
        new("class 2 in one image and hardly predicted", [0, 1, 1, 0, 2, 0, 2, 1, 0, 0, 0, 0], isFaint: true),
    ];

    public string Name { get; } = name;

    /// <summary>Whether no image is without a class.</summary>
    public bool HasAllClasses { get; } = labels.Chunk(Pixels).All(image => image.Distinct().Count() == Classes);

    public byte[] Labels(int images, Input input) => [.. labels.Take(images * Pixels).Select((label, i) => input switch
    {
        Input.Binary => (byte)(label & 1),
        Input.Ignored or Input.IgnoredOfSigmoids when IsIgnored(i / Pixels, i % Pixels) => byte.MaxValue,
        _ => label,
    })];

    /// <summary>Whether pixels are left out.</summary>
    public static bool LeavesOut(Input input) =>
        input is Input.Ignored or Input.IgnoredOfSigmoids or Input.Masked or Input.MaskedTargets or Input.MaskedRegions;

    /// <summary>The mask of the batch.</summary>
    public static bool[] Mask(int images) => [.. Enumerable.Range(0, images * Pixels).Select(i => !IsIgnored(i / Pixels, i % Pixels))];

    /// <summary>Whether a prediction is for a pixel that is ignored.</summary>
    public static bool IsIgnored(int prediction) => IsIgnored(prediction / Pixels / Classes, prediction % Pixels);

    public float[] Predictions(int images, Input input) => input switch
    {
        Input.Probabilities or Input.Heap or Input.Targets or Input.MaskedTargets =>
            [.. In64ths.Take(images * Classes * Pixels).Select((n, i) => n / (IsFaint(i) ? 64f * 65536 : 64))],
        Input.Binary => [.. Logits.Take(images * Pixels)],
        Input.Decisions => [.. Enumerable.Range(0, images * Classes * Pixels).Select(i => Likeliest(i / Pixels / Classes, i % Pixels) == i / Pixels % Classes ? 1f : 0f)],
        _ => [.. Logits.Take(images * Classes * Pixels).Select((logit, i) => logit - (IsFaint(i) ? 12 : 0))],
    };

    /// <summary>Targets of the predictions' shape.</summary>
    public float[] Targets(int images, Input input) => input == Input.Binary
        ? [.. Labels(images, input).Select(label => (float)label)]
        : [.. Enumerable.Range(0, images * Classes * Pixels).Select(i =>
        {
            int label = labels[(i / Pixels / Classes * Pixels) + (i % Pixels)];
            int c = i / Pixels % Classes;
            bool overlaps = c == 1 && label == 2;
            return input switch
            {
                Input.SoftRegions or Input.SoftTargets => label == c ? 0.75f : overlaps ? 0.25f : 0f,
                Input.AlmostOneHot => label == c ? 1f : 1e-6f,
                _ => label == c || (input is Input.Regions or Input.MaskedRegions && overlaps) ? 1f : 0f,
            };
        })];

    /// <summary>Labels and targets with predictions as a rival's formula takes them.</summary>
    public View Of(int images, Input input, double[] predictions)
    {
        double[] targets = [.. Targets(images, input).Select(target => (double)target)];
        double[] probabilities = input switch
        {
            Input.Softmax or Input.Ignored or Input.Masked or Input.SoftTargets or Input.AlmostOneHot => [.. predictions.Select((logit, i) => Math.Exp(logit) / OfPixel(i).Sum(j => Math.Exp(predictions[j])))],
            Input.Regions or Input.IgnoredOfSigmoids or Input.MaskedRegions or Input.SoftRegions or Input.Binary => [.. predictions.Select(logit => 1 / (1 + Math.Exp(-logit)))],
            _ => predictions,
        };
        if (LeavesOut(input))
        {
            targets = [.. targets.Select((target, i) => IsIgnored(i) ? 0 : target)];
            probabilities = [.. probabilities.Select((probability, i) => IsIgnored(i) ? 0 : probability)];
        }

        return input switch
        {
            Input.Heap => new View(1, predictions.Length, probabilities, targets),
            Input.Binary => new View(1, Pixels, probabilities, targets),
            _ => new View(Classes, Pixels, probabilities, targets),
        };

        static int[] OfPixel(int i)
        {
            int first = (i / Pixels / Classes * Classes * Pixels) + (i % Pixels);
            return [first, first + Pixels, first + (2 * Pixels)];
        }
    }

    private static bool IsIgnored(int image, int pixel) => image == 1 || pixel == 2;

    private bool IsFaint(int i) => isFaint && i / Pixels % Classes == 2;

    private static int Likeliest(int image, int pixel) =>
        Enumerable.Range(0, Classes).MaxBy(c => In64ths[(((image * Classes) + c) * Pixels) + pixel]);
}
