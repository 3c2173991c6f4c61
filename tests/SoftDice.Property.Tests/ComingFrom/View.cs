using System;
using System.Collections.Generic;
using System.Linq;

namespace SoftDice.PropertyTests.ComingFrom;

/// <summary>What a rival's formula is made of: probabilities and targets in double, (batch, class, pixels), and their sums over batch and pixels.</summary>
internal sealed class View
{
    private readonly int pixels;

    public View(int classCount, int pixels, double[] probabilities, double[] targets)
    {
        ClassCount = classCount;
        this.pixels = pixels;
        Probabilities = probabilities;
        Targets = targets;
    }

    public int ClassCount { get; }

    /// <summary>Each image alone.</summary>
    public IEnumerable<View> Images =>
        Probabilities.Chunk(ClassCount * pixels).Zip(Targets.Chunk(ClassCount * pixels), (p, t) => new View(ClassCount, pixels, p, t));

    public double[] Probabilities { get; }

    public double[] Targets { get; }

    /// <summary>Σ p·t of a class.</summary>
    public double I(int c) => Sum(c, (p, t) => p * t);

    public double P(int c) => Sum(c, (p, _) => p);

    public double T(int c) => Sum(c, (_, t) => t);

    /// <summary>Σ p·(1 - t).</summary>
    public double FP(int c) => Sum(c, (p, t) => p * (1 - t));

    /// <summary>Σ (1 - p)·t.</summary>
    public double FN(int c) => Sum(c, (p, t) => (1 - p) * t);

    /// <summary>Σ of something of a class.</summary>
    public double Sum(int c, Func<double, double, double> of)
    {
        double sum = 0;
        for (int i = 0; i < Probabilities.Length; i++)
        {
            sum += i / pixels % ClassCount == c ? of(Probabilities[i], Targets[i]) : 0;
        }

        return sum;
    }

    /// <summary>
    /// torch.nn.CrossEntropyLoss of class indices: -ln p of the label, (1 - s) of it and s of the mean over the classes, times the weights of
    /// the classes, over the sum of the weights of the labels.
    /// </summary>
    public double CrossEntropy(double[]? weights = null, double smoothing = 0)
    {
        double sum = 0;
        double divisor = 0;
        for (int i = 0; i < Probabilities.Length; i++)
        {
            double weight = weights?[i / pixels % ClassCount] ?? 1;
            double own = Targets[i];
            double share = ((1 - smoothing) * own) + (smoothing / ClassCount);
            sum += share == 0 ? 0 : weight * share * -Math.Log(Probabilities[i]);
            divisor += weight * own;
        }

        return sum / divisor;
    }

    /// <summary>torch.nn.CrossEntropyLoss of class probabilities: w·((1 - s)·t + s / C)·(-ln p) of all classes, over the number of pixels.</summary>
    public double CrossEntropyOfTargets(double[]? weights = null, double smoothing = 0) => ClassCount * Probabilities
        .Select((p, i) => (weights?[i / pixels % ClassCount] ?? 1) * (((1 - smoothing) * Targets[i]) + (smoothing / ClassCount)) * -Math.Log(p))
        .Average();

    /// <summary>torch.nn.BCEWithLogitsLoss: the mean over the elements, foreground with a weight, and targets of (1 - s)·t + s/2.</summary>
    public double BinaryCrossEntropy(double positive = 1, double smoothing = 0) => Probabilities.Zip(Targets, (p, t) =>
    {
        double target = ((1 - smoothing) * t) + (smoothing / 2);
        return -(positive * target * Math.Log(p)) - ((1 - target) * Math.Log(1 - p));
    }).Average();

    /// <summary>The focal loss of a softmax: the mean over all elements of -t·(1 - p) to the power of 2·ln p, times a factor of the class.</summary>
    public double Focal(Func<int, double> factor) => Probabilities.Zip(Targets, (p, t) => t == 0 ? 0 : -t * (1 - p) * (1 - p) * Math.Log(p))
        .Select((cost, i) => factor(i / pixels % ClassCount) * cost).Average();

    /// <summary>
    /// The focal loss of sigmoids and targets of 0 and 1: with q the probability of the answer that is right, the mean over the elements of
    /// -(1 - q) to the power of γ·ln q, times a factor of the answer; of some classes alone, their mean.
    /// </summary>
    public double BinaryFocal(double gamma = 2, double positive = 1, double negative = 1, int first = 0) => Probabilities.Zip(Targets, (p, t) =>
    {
        double right = t == 1 ? p : 1 - p;
        return -(t == 1 ? positive : negative) * Math.Pow(1 - right, gamma) * Math.Log(right);
    }).Where((_, i) => i / pixels % ClassCount >= first).Average();

    public double Sum(Func<int, double> ofClass) => Enumerable.Range(0, ClassCount).Sum(ofClass);

    /// <summary>Something of each class.</summary>
    public double[] Each(Func<int, double> ofClass, int first = 0) => [.. Enumerable.Range(first, ClassCount - first).Select(ofClass)];

    public double Mean(Func<int, double> ofClass, int first = 0) => Enumerable.Range(first, ClassCount - first).Average(ofClass);
}
