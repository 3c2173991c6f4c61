using System;

namespace SoftDice.Benchmarks.Peers;

/// <summary>The sums of each class that peers written in C# gather, and the loss and slopes that follow from them.</summary>
internal sealed class ClassSums
{
    public const double Epsilon = 1e-5;

    public ClassSums(int classes)
    {
        Intersection = new double[classes];
        Predicted = new double[classes];
        Labelled = new long[classes];
        Own = new float[classes];
        Other = new float[classes];
    }

    public double[] Intersection { get; }

    public double[] Predicted { get; }

    public long[] Labelled { get; }

    /// <summary>d loss / d probability of a class where it is the label: set by <see cref="SetSlopes"/>.</summary>
    public float[] Own { get; }

    /// <summary>d loss / d probability of a class where it is not the label.</summary>
    public float[] Other { get; }

    public void Clear()
    {
        Array.Clear(Intersection);
        Array.Clear(Predicted);
        Array.Clear(Labelled);
    }

    public double Loss()
    {
        double loss = 0;
        for (int c = 0; c < Labelled.Length; c++)
        {
            loss -= Math.Log(((2 * Intersection[c]) + Epsilon) / (Predicted[c] + Labelled[c] + Epsilon));
        }

        return loss / Labelled.Length;
    }

    public void SetSlopes()
    {
        for (int c = 0; c < Labelled.Length; c++)
        {
            double other = 1 / (Predicted[c] + Labelled[c] + Epsilon) / Labelled.Length;
            Other[c] = (float)other;
            Own[c] = (float)(other - (2 / ((2 * Intersection[c]) + Epsilon) / Labelled.Length));
        }
    }
}
