using System;
using System.Linq;

namespace SoftDice.Benchmarks.Ratios;

/// <summary>The batch of one case, the same in every run of the program.</summary>
internal sealed class CaseData
{
    private Half[]? halfs;
    private double[]? doubles;
    private Half[]? halfGradient;
    private double[]? doubleGradient;
    private float[]? targets;
    private bool[]? mask;

    // Labels of images come in regions, whose borders lie anywhere in a vector. Labels drawn pixel by pixel would punish every peer that branches or
    // gathers by them, and a softmax of many classes of ours.
    private const int RegionSide = 37;

    public CaseData(CaseShape shape)
    {
        Shape = shape;
        Predictions = new float[shape.Predictions];
        Labels = new byte[shape.Labels];
        Gradient = shape.Mode.WithGradient ? new float[shape.Predictions] : [];

        uint state = 42;
        (float scale, float offset) = shape.Mode.FromLogits ? (8f, -4f) : (1f, 0f);
        foreach (ref float prediction in Predictions.AsSpan())
        {
            prediction = (Next(ref state) * (1f / (1 << 24)) * scale) + offset;
        }

        FillLabels(ref state);
    }

    public CaseShape Shape { get; }

    /// <summary>(batch, class, pixels): uniform in 0 to 1, or logits uniform in -4 to 4.</summary>
    public float[] Predictions { get; }

    /// <summary>The same as Halfs and as doubles, and places for a gradient of these: made when they are first asked for.</summary>
    public Half[] Halfs => halfs ??= [.. Predictions.Select(prediction => (Half)prediction)];

    public double[] Doubles => doubles ??= [.. Predictions.Select(prediction => (double)prediction)];

    public Half[] HalfGradient => halfGradient ??= new Half[Predictions.Length];

    public double[] DoubleGradient => doubleGradient ??= new double[Predictions.Length];

    /// <summary>(batch, pixels): squares of one class each.</summary>
    public byte[] Labels { get; }

    /// <summary>The labels as targets, (batch, class, pixels): made when they are first asked for.</summary>
    public float[] Targets => targets ??= OneHot();

    /// <summary>(batch, pixels): a quarter of the pixels takes no part. Made when it is first asked for.</summary>
    public bool[] Mask => mask ??= [.. Enumerable.Range(0, Labels.Length).Select(pixel => pixel / RegionSide % 4 > 0)];

    /// <summary>Where our gradient goes; empty without one.</summary>
    public float[] Gradient { get; }

    /// <summary>How many pixels the most frequent class has.</summary>
    public int LargestClass => Labels.CountBy(label => label).Max(count => count.Value);

    private float[] OneHot()
    {
        float[] all = new float[Predictions.Length];
        int pixels = Labels.Length / Shape.Batch;
        for (int i = 0; i < Labels.Length; i++)
        {
            all[((((i / pixels) * Shape.Classes) + Labels[i]) * pixels) + (i % pixels)] = 1;
        }

        return all;
    }

    private void FillLabels(ref uint state)
    {
        int regionsAcross = (Shape.Width + RegionSide - 1) / RegionSide;
        byte[] row = new byte[regionsAcross];
        for (int y = 0; y < Shape.Batch * Shape.Height; y++)
        {
            if (y % RegionSide == 0)
            {
                foreach (ref byte region in row.AsSpan())
                {
                    region = (byte)(Next(ref state) % (uint)Shape.Classes);
                }
            }

            for (int x = 0; x < Shape.Width; x++)
            {
                Labels[(y * Shape.Width) + x] = row[x / RegionSide];
            }
        }
    }

    // Marsaglia's xorshift, 24 bits of it: System.Random would take longer than the measurement.
    private static uint Next(ref uint state)
    {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        return state >> 8;
    }
}
