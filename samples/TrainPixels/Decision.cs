using System;

namespace SoftDice.Samples.TrainPixels;

/// <summary>From logits (class, pixels) to one class for each pixel.</summary>
internal static class Decision
{
    /// <summary>The class with the largest logit, for each pixel.</summary>
    /// <param name="logits">The logits of one slice.</param>
    /// <param name="classes">Number of classes.</param>
    public static byte[] MostProbable(ReadOnlySpan<float> logits, int classes)
    {
        int pixels = logits.Length / classes;
        byte[] best = new byte[pixels];
        for (int c = 1; c < classes; c++)
        {
            for (int i = 0; i < pixels; i++)
            {
                best[i] = logits[(c * pixels) + i] > logits[(best[i] * pixels) + i] ? (byte)c : best[i];
            }
        }

        return best;
    }

    /// <summary>
    /// Makes the most probable class the only possible one: with all other logits at -∞, the softmax gives it a probability of
    /// exactly 1, and the sums of the loss become counts of pixels.
    /// </summary>
    /// <param name="logits">The logits of one slice, which are changed.</param>
    /// <param name="classes">Number of classes.</param>
    public static void RemoveDoubt(Span<float> logits, int classes)
    {
        byte[] best = MostProbable(logits, classes);
        for (int c = 0; c < classes; c++)
        {
            Span<float> plane = logits.Slice(c * best.Length, best.Length);
            for (int i = 0; i < best.Length; i++)
            {
                plane[i] = best[i] == c ? plane[i] : float.NegativeInfinity;
            }
        }
    }
}
