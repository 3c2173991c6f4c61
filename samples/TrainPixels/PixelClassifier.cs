using System;

namespace SoftDice.Samples.TrainPixels;

/// <summary>
/// A network with one hidden layer that looks at one pixel at a time: logits = V · max(0, W · features). There are no biases
/// to care for: the last feature is 1 everywhere, and so is one more hidden value.
/// </summary>
internal sealed class PixelClassifier
{
    /// <summary>Pixels that are worked on at a time: few enough that their hidden values stay in the cache.</summary>
    private const int Tile = 256;

    private readonly int inputs;
    private readonly int hidden;
    private readonly int classes;
    private readonly int pixels;

    private readonly float[] weights;
    private readonly float[] gradient;
    private readonly float[] hiddenValues;
    private readonly float[] hiddenGradient;

    /// <summary>Makes a network with random weights.</summary>
    /// <param name="inputs">Number of features, the 1 included.</param>
    /// <param name="hidden">Number of hidden values, the 1 not included.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="pixels">Pixels of a slice.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    public PixelClassifier(int inputs, int hidden, int classes, int pixels, int seed)
    {
        this.inputs = inputs;
        this.hidden = hidden;
        this.classes = classes;
        this.pixels = pixels;

        weights = new float[(hidden * inputs) + (classes * (hidden + 1))];
        gradient = new float[weights.Length];
        hiddenValues = new float[(hidden + 1) * Tile];
        hiddenGradient = new float[hidden * Tile];

        // Values of about the same size in every layer (He et al., 2015); biases begin at 0.
        Random random = new(seed);
        FillNormal(random, HiddenWeights(weights), rowLength: inputs, MathF.Sqrt(2f / inputs));
        FillNormal(random, OutputWeights(weights), rowLength: hidden + 1, MathF.Sqrt(1f / hidden));
        hiddenValues.AsSpan(hidden * Tile).Fill(1);
    }

    /// <summary>All weights, those of the hidden layer first.</summary>
    public Span<float> Weights => weights;

    /// <summary>d loss / d weight. <see cref="Backward"/> adds to it.</summary>
    public Span<float> Gradient => gradient;

    /// <summary>Computes the logits of a slice.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="logits">Where they go, (class, pixels).</param>
    public void Forward(Slice slice, Span<float> logits)
    {
        ReadOnlySpan<float> outputWeights = OutputWeights(weights);
        for (int start = 0; start < pixels; start += Tile)
        {
            int count = Math.Min(Tile, pixels - start);
            ComputeHidden(slice, start, count);
            for (int c = 0; c < classes; c++)
            {
                Span<float> logit = logits.Slice((c * pixels) + start, count);
                logit.Clear();
                for (int h = 0; h <= hidden; h++)
                {
                    VectorMath.AddScaled(logit, outputWeights[(c * (hidden + 1)) + h], Row(hiddenValues, h, count));
                }
            }
        }
    }

    /// <summary>The chain rule: from d loss / d logit to d loss / d weight, added to <see cref="Gradient"/>.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="logitGradient">d loss / d logit, (class, pixels).</param>
    public void Backward(Slice slice, ReadOnlySpan<float> logitGradient)
    {
        ReadOnlySpan<float> outputWeights = OutputWeights(weights);
        Span<float> outputGradient = OutputWeights(gradient);
        for (int start = 0; start < pixels; start += Tile)
        {
            // Computed again: that is less work than keeping and fetching them for a whole batch.
            int count = Math.Min(Tile, pixels - start);
            ComputeHidden(slice, start, count);
            Array.Clear(hiddenGradient);
            for (int c = 0; c < classes; c++)
            {
                ReadOnlySpan<float> error = logitGradient.Slice((c * pixels) + start, count);
                for (int h = 0; h <= hidden; h++)
                {
                    int weight = (c * (hidden + 1)) + h;
                    outputGradient[weight] += VectorMath.Dot(error, Row(hiddenValues, h, count));
                    if (h < hidden)
                    {
                        VectorMath.AddScaled(Row(hiddenGradient, h, count), outputWeights[weight], error);
                    }
                }
            }

            BackwardHidden(slice, start, count);
        }
    }

    private void BackwardHidden(Slice slice, int start, int count)
    {
        Span<float> gradientOfWeights = HiddenWeights(gradient);
        for (int h = 0; h < hidden; h++)
        {
            // What was cut off at 0 has no influence on the loss.
            Span<float> error = Row(hiddenGradient, h, count);
            ReadOnlySpan<float> value = Row(hiddenValues, h, count);
            for (int i = 0; i < count; i++)
            {
                error[i] = value[i] > 0 ? error[i] : 0;
            }

            for (int f = 0; f < inputs; f++)
            {
                gradientOfWeights[(h * inputs) + f] += VectorMath.Dot(error, Feature(slice, f, start, count));
            }
        }
    }

    private void ComputeHidden(Slice slice, int start, int count)
    {
        ReadOnlySpan<float> hiddenWeights = HiddenWeights(weights);
        for (int h = 0; h < hidden; h++)
        {
            Span<float> value = Row(hiddenValues, h, count);
            value.Clear();
            for (int f = 0; f < inputs; f++)
            {
                VectorMath.AddScaled(value, hiddenWeights[(h * inputs) + f], Feature(slice, f, start, count));
            }

            for (int i = 0; i < count; i++)
            {
                value[i] = MathF.Max(0, value[i]);
            }
        }
    }

    private Span<float> HiddenWeights(float[] all) => all.AsSpan(0, hidden * inputs);

    private Span<float> OutputWeights(float[] all) => all.AsSpan(hidden * inputs);

    private ReadOnlySpan<float> Feature(Slice slice, int feature, int start, int count) =>
        slice.Features.AsSpan((feature * pixels) + start, count);

    private static Span<float> Row(float[] rows, int row, int count) => rows.AsSpan(row * Tile, count);

    private static void FillNormal(Random random, Span<float> rows, int rowLength, float deviation)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            // Box and Muller: two uniform numbers make a normal one. The last of a row is the bias.
            float radius = MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle()));
            float normal = radius * MathF.Cos(2 * MathF.PI * random.NextSingle());
            rows[i] = (i + 1) % rowLength == 0 ? 0 : deviation * normal;
        }
    }
}
