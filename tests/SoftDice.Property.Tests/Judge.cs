using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;

using SoftDice.Kernels.Tests;

namespace SoftDice.PropertyTests;

/// <summary>Holds what a loss gives against the definition.</summary>
/// <param name="largest">Remembers the largest errors.</param>
/// <param name="plant">A bug to be found: what is expected of a loss, made of what should be. None by default.</param>
internal sealed class Judge(LargestErrors largest, Func<Configuration, double, double>? plant = null)
{
    // Twice the rounding of one addition, as the definition adds up too.
    private const double DoubleUnit = 1.0 / (1L << 52);

    private readonly Func<Configuration, double, double> plant = plant ?? ((_, expected) => expected);

    /// <summary>What is wrong, or null.</summary>
    public string? FindFault(LossUnderTest loss, Configuration configuration)
    {
        try
        {
            return FindFaultOrThrow(loss, configuration);
        }
        catch (Exception exception)
        {
            // A fault like any other, to be shrunk and named with its options.
            return exception.ToString();
        }
    }

    private string? FindFaultOrThrow(LossUnderTest loss, Configuration configuration)
    {
        Data data = new(loss.Options, configuration.Recipe, configuration.HasMask, configuration.IsHalf);
        return configuration.Recipe.LabelType switch
        {
            LabelType.Byte => FindFault<byte>(loss, configuration, data),
            LabelType.SByte => FindFault<sbyte>(loss, configuration, data),
            LabelType.Int16 => FindFault<short>(loss, configuration, data),
            LabelType.UInt16 => FindFault<ushort>(loss, configuration, data),
            LabelType.Int32 => FindFault<int>(loss, configuration, data),
            LabelType.UInt32 => FindFault<uint>(loss, configuration, data),
            LabelType.Int64 => FindFault<long>(loss, configuration, data),
            _ => FindFault<float>(loss, configuration, data),
        };
    }

    private string? FindFault<TLabel>(LossUnderTest loss, Configuration configuration, Data data)
        where TLabel : unmanaged, INumber<TLabel>
    {
        Recipe recipe = configuration.Recipe;
        TLabel[] labels = loss.Options.Labels == SoftDiceLabels.OneHot
            ? [.. data.Targets.Select((target, i) => data.IsInside(data.PixelOf(i)) ? TLabel.CreateChecked(target) : Wrong<TLabel>())]
            : [.. data.Labels.Select((label, pixel) => data.IsInside(pixel) ? TLabel.CreateChecked(label) : Wrong<TLabel>())];

        // However it is called, the same bits.
        Result result = loss.ForwardBackward(data, labels, recipe);
        double forward = loss.Forward(data, labels, recipe);
        if (!forward.Equals(result.Loss))
        {
            return Text($"Forward gives {forward:R}, ForwardBackward {result.Loss:R}");
        }

        Result inPlace = loss.InPlace(data, labels, recipe);
        Result ofImages = loss.AccumulateAndBackward(data, labels, recipe);
        Result ofWidth = WithKernel(loss, loss.OfHardware, data, labels, recipe, "the width of the hardware");
        Result ofOneLane = WithKernel(loss, loss.OfOneLane, data, labels, recipe, "ScalarLane");

        // Images one by one are the batch, unless a term is a mean over the pixels of all images: then each is a batch of its own.
        SumsSets sets = new(loss.Options, recipe);
        bool areBatch = sets.Count == 1 || loss.Options.CrossEntropy == 0;
        if ((FindDifference(result, inPlace) ?? FindDifference(areBatch ? result : ofImages, ofImages) ?? FindDifference(ofImages, ofWidth)) is string difference)
        {
            return difference;
        }

        Definition definition = Define(loss.Options, data, labels, recipe);
        definition = definition with { Loss = plant(configuration, definition.Loss) };
        Definition definitionOfImages = areBatch ? definition : DefineImages(sets, data, labels);
        double? termDivisor = areBatch ? null : TermDivisor(sets, data);
        return Compare(definition, result, loss, loss.OfHardware, data, configuration, termDivisor) ??
            (areBatch ? null : Compare(definitionOfImages, ofImages, loss, loss.OfHardware, data, configuration)) ??
            Compare(definitionOfImages, ofOneLane, loss, loss.OfOneLane, data, configuration);
    }

    // What the cross-entropy of all images is divided by, with what an overlap of each is divided by taken out of the scale.
    private static double TermDivisor(SumsSets sets, Data data)
    {
        int[] kept = [.. Enumerable.Range(0, sets.Recipe.BatchSize * sets.Recipe.Pixels).Where(data.Counts)];
        double divisor = sets.Options.Activation == SoftDiceActivation.Sigmoid ? (double)kept.Length * sets.Options.NumClasses
            : sets.Options.Labels == SoftDiceLabels.OneHot ? kept.Length
            : CrossEntropyBounds.Divisor(sets.Options, [.. kept.Select(pixel => data.Labels[pixel])]);
        return divisor / sets.Divisor;
    }

    private static Definition DefineImages<TLabel>(SumsSets sets, Data data, TLabel[] labels)
        where TLabel : unmanaged, INumber<TLabel>
    {
        double loss = 0;
        List<double> gradient = [];
        for (int set = 0; set < sets.Count; set++)
        {
            SoftDiceOptions options = sets.Options with { Mask = sets.Of(data.Mask, set).ToArray() };
            loss += SoftDiceReference.Loss<TLabel>(options, sets.Of(data.Predictions, set), sets.Of(labels, set), 1) / sets.Divisor;
            gradient.AddRange(
                SoftDiceReference.Gradient<TLabel>(options, sets.Of(data.Predictions, set), sets.Of(labels, set), 1).Select(slope => slope / sets.Divisor));
        }

        return new Definition(loss, [.. gradient]);
    }

    // The largest number of a type, and infinity of floats.
    private static TLabel Wrong<TLabel>()
        where TLabel : INumber<TLabel> => TLabel.CreateSaturating(double.PositiveInfinity);

    // Of losses that are not one number, the sum of each times its factor.
    private static Definition Define<TLabel>(SoftDiceOptions options, Data data, TLabel[] labels, Recipe recipe)
        where TLabel : unmanaged, INumber<TLabel>
    {
        options = options with { Mask = data.Mask };
        if (options.Reduction != SoftDiceReduction.None)
        {
            return new Definition(
                SoftDiceReference.Loss<TLabel>(options, data.Predictions, labels, recipe.BatchSize),
                SoftDiceReference.Gradient<TLabel>(options, data.Predictions, labels, recipe.BatchSize));
        }

        double[] losses = SoftDiceReference.Losses<TLabel>(options, data.Predictions, labels, recipe.BatchSize);
        double[] factors = UnreducedLossUnderTest.Factors(new SumsSets(options, recipe), losses.Length);
        return new Definition(
            losses.Zip(factors, (loss, factor) => factor * loss).Sum(),
            SoftDiceReference.Gradient<TLabel>(options, data.Predictions, labels, recipe.BatchSize, factors));
    }

    private static Result WithKernel<TLabel>(LossUnderTest loss, TrainingKernel kernel, Data data, TLabel[] labels, Recipe recipe, string way)
        where TLabel : unmanaged
    {
        SumsSets sets = new(loss.Options, recipe);
        float[] gradient = new float[data.Predictions.Length];
        double total = 0;
        for (int set = 0; set < sets.Count; set++)
        {
            TrainingKernel ofSet = data.Mask.Length == 0 ? kernel : kernel.WithMask([.. sets.Of(data.Mask, set)]);
            total += sets.Factor(set) * ofSet.ForwardBackward<TLabel>(
                sets.Of(data.Predictions, set), sets.Of(labels, set), sets.Of(gradient, set), sets.BatchSize, sets.Scale(set));
        }

        return new Result(way, total / sets.Divisor, gradient);
    }

    private static string? FindDifference(Result one, Result other)
    {
        int element = Enumerable.Range(0, one.Gradient.Length).FirstOrDefault(i => !one.Gradient[i].Equals(other.Gradient[i]), -1);
        return !one.Loss.Equals(other.Loss) ? Text($"{one.Way} gives the loss {one.Loss:R}, {other.Way} {other.Loss:R}")
            : element >= 0 ? Text($"{one.Way} gives {one.Gradient[element]:R} for element {element} of the gradient, {other.Way} {other.Gradient[element]:R}")
            : null;
    }

    private string? Compare(
        Definition definition, Result result, LossUnderTest loss, TrainingKernel kernel, Data data, Configuration configuration, double? termDivisor = null)
    {
        Recipe recipe = configuration.Recipe;
        Bounds bounds = Bound(new SumsSets(loss.Options, recipe), kernel, data, termDivisor);
        string kind = kernel.Options.Activation + (kernel.Options.CrossEntropy == 0 ? string.Empty : " with cross-entropy") +
            (kernel.Options.Focal == 0 ? string.Empty : " with a focal term");
        double lossError = bounds.Loss + (bounds.Sets * DoubleUnit * Math.Abs(definition.Loss));
        if (!largest.Holds(definition.Loss, result.Loss, lossError, $"loss, {kind}", configuration))
        {
            return Text($"{result.Way} gives the loss {result.Loss:R} instead of {definition.Loss:R}, bound {lossError:E2}");
        }

        for (int i = 0; i < definition.Gradient.Length; i++)
        {
            double expected = recipe.Scale * definition.Gradient[i];
            double bound = bounds.Gradient[i] + (configuration.IsHalf ? RoundingOfHalf(Math.Abs(expected) + bounds.Gradient[i]) : 0);
            if (!largest.Holds(expected, result.Gradient[i], bound, $"gradient, {kind}", configuration))
            {
                return Text($"{result.Way} gives {result.Gradient[i]:R} for element {i} of the gradient instead of {expected:R}, bound {bound:E2}");
            }
        }

        return null;
    }

    // Half of the last of 11 places, or of 2^-24 if that is more; beyond the largest Half there is infinity.
    private static double RoundingOfHalf(double magnitude) => magnitude > (double)Half.MaxValue
        ? double.PositiveInfinity
        : Math.Max(Math.ScaleB(magnitude, -11), Math.ScaleB(1, -25));

    // Of each set of sums on its own; the sets are added in double.
    private static Bounds Bound(SumsSets sets, TrainingKernel kernel, Data data, double? termDivisor)
    {
        double ofLoss = 0;
        double[] ofGradient = new double[data.Predictions.Length];
        for (int set = 0; set < sets.Count; set++)
        {
            // Of pixels that take part, as one image; those of others are exactly 0.
            int[] kept = Kept(sets, data, set);
            int[] places = Places(sets, kernel.NumClasses, kept);
            LossBounds bounds = new(
                kernel,
                [.. places.Select(place => data.Predictions[place])],
                [.. kept.Select(pixel => data.Labels[pixel])],
                [.. places.Select(place => data.Targets[place])],
                batchSize: 1,
                sets.Scale(set),
                addedIn: (sets.BatchSize, sets.Recipe.Pixels),
                termDivisor);
            ofLoss += sets.Factor(set) * bounds.LossError / sets.Divisor;
            for (int i = 0; i < places.Length; i++)
            {
                ofGradient[places[i]] = bounds.GradientError[i];
            }
        }

        return new Bounds(ofLoss, ofGradient, sets.Count);
    }

    private static int[] Kept(SumsSets sets, Data data, int set)
    {
        int pixels = sets.BatchSize * sets.Recipe.Pixels;
        return [.. Enumerable.Range(set * pixels, pixels).Where(data.Counts)];
    }

    // Where the predictions of pixels are, class by class.
    private static int[] Places(SumsSets sets, int numClasses, int[] kept)
    {
        int pixels = sets.Recipe.Pixels;
        return
        [
            .. Enumerable.Range(0, numClasses).SelectMany(c => kept.Select(pixel =>
                (((pixel / pixels * numClasses) + c) * pixels) + (pixel % pixels))),
        ];
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private sealed record Definition(double Loss, double[] Gradient);

    private sealed record Bounds(double Loss, double[] Gradient, int Sets);
}
