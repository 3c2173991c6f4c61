using System;
using System.Collections.Generic;
using System.Linq;

namespace SoftDice.PropertyTests;

/// <summary>Predictions and labels made by a recipe: class indices, and in any case targets.</summary>
internal sealed class Data
{
    private static readonly float[] FarLogits = [-1e4f, -104, -88, -60, -20, 0, 20, 60, 88, 104, 1e4f, float.NegativeInfinity];

    private static readonly float[] Spoilt = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, -1e30f];

    private readonly SoftDiceOptions options;
    private readonly Recipe recipe;
    private readonly Random random;

    public Data(SoftDiceOptions options, Recipe recipe, bool hasMask = false, bool isHalf = false)
    {
        this.options = options;
        this.recipe = recipe;
        random = new Random(recipe.Seed);
        Labels = [.. DrawLabels()];
        Mask = hasMask ? [.. DrawTakingPart()] : [];
        Ignore();
        Targets = new float[recipe.BatchSize * options.NumClasses * recipe.Pixels];
        FillTargets();
        Predictions = new float[Targets.Length];
        FillPredictions();
        SpoilIgnored();
        Predictions = isHalf ? [.. Predictions.Select(prediction => (float)(Half)prediction)] : Predictions;
    }

    public float[] Predictions { get; private set; }

    /// <summary>A class index for each pixel.</summary>
    public int[] Labels { get; }

    /// <summary>A target for each prediction; those of the class indices, where the loss has such.</summary>
    public float[] Targets { get; }

    /// <summary>Of a loss that has a mask, whether a pixel takes part by that.</summary>
    public bool[] Mask { get; }

    /// <summary>The same with other predictions.</summary>
    public Data With(float[] predictions)
    {
        Data data = (Data)MemberwiseClone();
        data.Predictions = predictions;
        return data;
    }

    /// <summary>Whether a pixel takes part.</summary>
    public bool Counts(int pixel) => Labels[pixel] != options.IgnoreIndex && IsInside(pixel);

    /// <summary>Whether a pixel takes part by the mask; its label may be anything if not.</summary>
    public bool IsInside(int pixel) => Mask.Length == 0 || Mask[pixel];

    /// <summary>The pixel of a prediction or target.</summary>
    public int PixelOf(int prediction) =>
        (prediction / recipe.Pixels / options.NumClasses * recipe.Pixels) + (prediction % recipe.Pixels);

    // One channel of sigmoid has the labels 0 and 1, and a plane for 1 alone.
    private bool IsBinary => options.Activation == SoftDiceActivation.Sigmoid && options.NumClasses == 1;

    private IEnumerable<int> DrawLabels()
    {
        int values = IsBinary ? 2 : options.NumClasses;
        int count = recipe.BatchSize * recipe.Pixels;
        bool[] isAbsent = [.. Enumerable.Range(0, values).Select(_ => random.Next(2) == 0)];
        int one = random.Next(values);
        isAbsent[one] = false;
        int last = one;
        for (int i = 0; i < count; i++)
        {
            int drawn = random.Next(values);
            last = recipe.Labels switch
            {
                LabelDraw.OneClass => one,
                LabelDraw.Absent => isAbsent[drawn] ? one : drawn,
                LabelDraw.Runs => random.Next(10) == 0 ? drawn : last,
                _ => drawn,
            };
            yield return last;
        }
    }

    // A type that cannot be the ignored label has no such pixels.
    private void Ignore()
    {
        if (recipe.Ignored == IgnoredDraw.Nothing || options.IgnoreIndex is not int ignored || !CanBe(recipe.LabelType, ignored))
        {
            return;
        }

        bool[] takesPart = [.. DrawTakingPart()];
        for (int i = 0; i < Labels.Length; i++)
        {
            Labels[i] = takesPart[i] ? Labels[i] : ignored;
        }
    }

    private IEnumerable<bool> DrawTakingPart()
    {
        bool isOut = false;
        for (int i = 0; i < recipe.BatchSize * recipe.Pixels; i++)
        {
            isOut = recipe.Ignored switch
            {
                IgnoredDraw.Nothing => false,
                IgnoredDraw.Everything => true,
                IgnoredDraw.Runs => random.Next(10) == 0 ? random.Next(2) == 0 : isOut,
                _ => random.Next(4) == 0,
            };
            yield return !isOut;
        }
    }

    private static bool CanBe(LabelType type, int label) => type switch
    {
        LabelType.Byte => label is >= byte.MinValue and <= byte.MaxValue,
        LabelType.SByte => label is >= sbyte.MinValue and <= sbyte.MaxValue,
        LabelType.Int16 => label is >= short.MinValue and <= short.MaxValue,
        LabelType.UInt16 => label is >= ushort.MinValue and <= ushort.MaxValue,
        LabelType.UInt32 => label >= 0,
        LabelType.Single => ((double)(float)label).Equals((double)label),
        _ => true,
    };

    // Whatever is predicted there, it is in nothing.
    private void SpoilIgnored()
    {
        for (int i = 0; i < Predictions.Length && (options.IgnoreIndex is not null || Mask.Length > 0); i++)
        {
            if (!Counts(PixelOf(i)))
            {
                Predictions[i] = random.Next(2) == 0 ? Spoilt[random.Next(Spoilt.Length)] : Predictions[i];
            }
        }
    }

    private void FillTargets()
    {
        int absent = random.Next(2 * options.NumClasses);
        for (int i = 0; i < Targets.Length; i++)
        {
            (int plane, int pixel) = Math.DivRem(i, recipe.Pixels);
            (int image, int c) = Math.DivRem(plane, options.NumClasses);
            float hard = Labels[(image * recipe.Pixels) + pixel] == (IsBinary ? 1 : c) ? 1 : 0;
            Targets[i] = recipe.Labels switch
            {
                LabelDraw.Soft => c == absent ? 0 : Math.Clamp((random.NextSingle() * 4 / 3) - (1f / 6), 0, 1),
                LabelDraw.Overlapping => c == absent ? 0 : random.Next(2),
                LabelDraw.Nothing => 0,
                _ => hard,
            };
        }
    }

    private void FillPredictions()
    {
        bool isLogit = options.Activation != SoftDiceActivation.None;
        float least = 1f / (1 << random.Next(3, 24));
        float certain = random.Next(3, 20);
        float equal = random.NextSingle();

        // What is farther from its label than 1 is less than nothing: with distances, the probabilities of a pixel add up to some 1.
        float most = options.WassersteinDistances.Count > 0 ? 2f / options.NumClasses : 1;
        int far = random.Next(5) == 0 ? FarLogits.Length : FarLogits.Length - 1;
        for (int i = 0; i < Predictions.Length; i++)
        {
            float uniform = random.NextSingle();
            bool isUp = recipe.Values switch
            {
                Values.Right => Targets[i] >= 0.5f,
                Values.Wrong => Targets[i] < 0.5f,
                _ => random.Next(options.NumClasses) == 0,
            };
            int sign = isUp ? 1 : -1;
            float probability = recipe.Values switch
            {
                Values.NearEnds or Values.Right or Values.Wrong => isUp ? 1 - (least * uniform) : least * uniform,
                Values.Ends => isUp ? 1 : 0,
                Values.Equal => most * equal,
                _ => most * uniform,
            };
            float logit = recipe.Values switch
            {
                Values.NearEnds or Values.Right or Values.Wrong => (sign * certain) + uniform,
                Values.Ends => sign * 200,
                Values.Equal => 10 * (equal - 0.5f),
                Values.Extreme => FarLogits[random.Next(far)],
                _ => 10 * (uniform - 0.5f),
            };
            Predictions[i] = isLogit ? logit : probability;
        }
    }
}
