using System.Linq;

using static TorchSharp.torch;

namespace SoftDice.Torch;

/// <summary>Sums of the classes over pixels, and their gradient in closed form.</summary>
/// <param name="options">The options.</param>
/// <param name="planes">Predictions, (B, C, pixels).</param>
/// <param name="index">Class indices, (B, 1, pixels), or null.</param>
/// <param name="targets">Targets, (B, C, pixels), or null.</param>
/// <param name="valid">Pixels that take part, (B, 1, pixels), or null.</param>
internal sealed class OverlapPass(SoftDiceOptions options, Tensor planes, Tensor? index, Tensor? targets, Tensor? valid)
{
    private readonly long images = planes.shape[0];
    private readonly long classes = planes.shape[1];
    private readonly bool ofImages = options.SumsOver == SoftDiceSumsOver.Sample;

    /// <summary>Intersections, false negatives, false positives and target sums, (sets, 4, C).</summary>
    public Tensor Sums()
    {
        Tensor p = Probabilities();
        if (targets is not null)
        {
            return SumsOfTargets(p, targets);
        }

        Tensor ones = Ones(p);
        if (options.WassersteinDistances.Count > 0)
        {
            Tensor distance = Cleared((p * DistancesOfLabels()).sum(1, keepdim: true));
            Tensor total = OfLabels(ones);
            Tensor wrong = OfLabels(distance);
            return stack([OfLabels(Cleared(ones - distance)), wrong, zeros_like(wrong), total], 1);
        }

        Tensor own = p.gather(1, index!);
        Tensor missing = Cleared(1 - own);
        Tensor intersection = OfLabels(own);

        // A difference of sums over all pixels and over those of a label would lose the digits of what is left, and might be below 0.
        Tensor others = p.scatter(1, index!, zeros_like(own));
        return options.SquaredDenominator
            ? stack([intersection, OfLabels(missing * missing), OfClasses(others.mul_(others)), OfLabels(ones)], 1)
            : stack([intersection, OfLabels(missing), OfClasses(others), OfLabels(ones)], 1);
    }

    /// <summary>The gradient with respect to the predictions of the sums, each times what comes from upstream.</summary>
    public Tensor Gradient(Tensor upstream)
    {
        Tensor p = Probabilities();
        Tensor typed = upstream.to(planes.dtype);
        Tensor byIntersection = Slope(typed, 0), byNegatives = Slope(typed, 1), byPositives = Slope(typed, 2);
        Tensor slope = targets is not null ? SlopesOfTargets(p, targets, byIntersection, byNegatives, byPositives)
            : options.WassersteinDistances.Count > 0 ? (AtLabels(byNegatives) - AtLabels(byIntersection)) * DistancesOfLabels()
            : SlopesOfIndices(p, byIntersection, byNegatives, byPositives);
        return Cleared(options.Activation switch
        {
            SoftDiceActivation.Softmax => OfLogits(p, slope),
            SoftDiceActivation.Sigmoid => p * planes.neg().sigmoid() * slope,
            _ => slope,
        });
    }

    // A constant in all slopes changes nothing. Relative to the likeliest class, nothing cancels where that one is nearly certain.
    private static Tensor OfLogits(Tensor p, Tensor slope)
    {
        Tensor relative = slope - slope.gather(1, p.argmax(1, keepdim: true));
        return p * (relative - (p * relative).sum(1, keepdim: true));
    }

    private Tensor SumsOfTargets(Tensor p, Tensor t)
    {
        if (options.Intersection == SoftDiceIntersection.Minimum)
        {
            return stack([OfClasses(p.minimum(t)), OfClasses((t - p).relu()), OfClasses((p - t).relu()), OfClasses(t)], 1);
        }

        Tensor intersection = OfClasses(p * t);
        if (!options.SquaredDenominator)
        {
            return stack([intersection, OfClasses(t * (1 - p)), OfClasses(p * (1 - t)), OfClasses(t)], 1);
        }

        // What is missed is a square of both; nothing that takes the two apart has squares.
        Tensor squares = OfClasses((p - t) * (p - t));
        return stack([intersection, squares, zeros_like(squares), OfClasses(t * t)], 1);
    }

    private Tensor SlopesOfTargets(Tensor p, Tensor t, Tensor byIntersection, Tensor byNegatives, Tensor byPositives)
    {
        if (options.Intersection == SoftDiceIntersection.Minimum)
        {
            // At the target itself, the mean of both sides.
            Tensor below = p.lt(t).to(p.dtype) + (0.5 * p.eq(t).to(p.dtype));
            return (below * (byIntersection - byNegatives)) + ((1 - below) * byPositives);
        }

        return options.SquaredDenominator
            ? (t * byIntersection) + (2 * (p - t) * byNegatives)
            : (t * (byIntersection - byNegatives)) + ((1 - t) * byPositives);
    }

    private Tensor SlopesOfIndices(Tensor p, Tensor byIntersection, Tensor byNegatives, Tensor byPositives)
    {
        if (!options.SquaredDenominator)
        {
            return byPositives.expand(p.shape).scatter(1, index!, AtLabels(byIntersection - byNegatives));
        }

        Tensor atLabels = AtLabels(byIntersection) - (2 * (1 - p.gather(1, index!)) * AtLabels(byNegatives));
        return (2 * p * byPositives).scatter(1, index!, atLabels);
    }

    private Tensor Probabilities()
    {
        Tensor p = options.Activation switch
        {
            SoftDiceActivation.Softmax => planes.softmax(1),
            SoftDiceActivation.Sigmoid => planes.sigmoid(),
            _ => planes,
        };
        return Cleared(p);
    }

    // How far each class is from the label of each pixel, (B, C, pixels).
    private Tensor DistancesOfLabels()
    {
        double largest = options.WassersteinDistances.Max();
        Tensor toLabels = tensor(options.WassersteinDistances.Select(distance => distance / largest).ToArray(), planes.dtype, planes.device)
            .reshape(classes, classes).t();
        return toLabels.index_select(1, index!.flatten()).reshape(classes, images, -1).transpose(0, 1);
    }

    // 0, whatever it was, at pixels that take no part.
    private Tensor Cleared(Tensor ofPixels) => valid is null ? ofPixels : ofPixels.masked_fill(valid.logical_not(), 0);

    private Tensor Ones(Tensor p) => Cleared(ones_like(p.narrow(1, 0, 1)));

    // Sums over pixels, (sets, C).
    private Tensor OfClasses(Tensor values)
    {
        Tensor ofEachImage = values.sum(2, type: PlaneLabels.TypeOfSums(planes));
        return ofImages ? ofEachImage : ofEachImage.sum(0, keepdim: true);
    }

    // The same of one value a pixel, which goes to the pixel's label.
    private Tensor OfLabels(Tensor values)
    {
        long sets = ofImages ? images : 1;
        return zeros([sets, classes], PlaneLabels.TypeOfSums(planes), planes.device)
            .scatter_add(1, index!.reshape(sets, -1), values.to(PlaneLabels.TypeOfSums(planes)).reshape(sets, -1));
    }

    // One of the four slopes, (B, C, 1).
    private Tensor Slope(Tensor upstream, long sum)
    {
        Tensor ofSets = upstream.select(1, sum).unsqueeze(2);
        return ofSets.expand(images, classes, 1);
    }

    // A number a class where its labels are, (B, 1, pixels).
    private Tensor AtLabels(Tensor ofClasses) => ofClasses.expand(images, classes, index!.shape[2]).gather(1, index);
}
