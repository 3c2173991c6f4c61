using System;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>A hard one-hot target says the same as class indices do, and gets the same answer.</summary>
public sealed class OneHotClassIndexTests
{
    /// <summary>Losses that the table has with class indices too.</summary>
    public static TheoryData<string> Both => TrainingTable.OneHotNames(kernel => kernel.Options.Activation != SoftDiceActivation.Sigmoid || kernel.NumClasses is not (4 or 9));

    // A float sum has at most 16 terms, each rounded before: so relative to itself it is off by no more than 17 units of 2⁻²⁴. ln(1 + M/N) follows M and N
    // by no more than their relative errors, and there are two losses.
    private const double ApartInTiles = 2 * 2 * 17 / (double)(1 << 24);

    /// <summary>
    /// A product with 1 is exact and one with 0 adds nothing, and a chain of ones counts exactly: so the sums have the same bits, and
    /// the loss; but in the tiles of a softmax of 16 classes and more, where the label's probabilities are added up by themselves, it is the same to rounding. The slope at a label's own class is rounded once as a class index, and is a sum of two rounded numbers as a target: so
    /// gradients are as far apart as the bounds of both, which for class indices are no wider.
    /// </summary>
    [Theory]
    [MemberData(nameof(Both))]
    public void The_loss_and_the_gradient_are_the_same(string name)
    {
        TrainingKernel oneHot = TrainingTable.Find(name);
        TrainingKernel classIndex = TrainingTable.Find(name["OneHot".Length..]);
        foreach (int pixels in new[] { 1, oneHot.Lanes + 1, 75 })
        {
            (float[] predictions, int[] classes, byte[] targets) = OneHotData.Hard(oneHot, pixels, 2, pixels);
            float[] ofTargets = new float[predictions.Length];
            float[] ofClasses = new float[predictions.Length];
            double fromClasses = classIndex.ForwardBackward<int>(predictions, classes, ofClasses, 2);
            double fromTargets = oneHot.ForwardBackward<byte>(predictions, targets, ofTargets, 2);
            bool areTakenOut = oneHot.Options.Activation == SoftDiceActivation.Softmax && oneHot.NumClasses >= 16;
            Assert.True(
                areTakenOut ? Math.Abs(fromClasses - fromTargets) <= ApartInTiles : fromClasses.Equals(fromTargets),
                $"{name}: {fromTargets:R}, or {fromClasses:R} from class indices");

            double[] bounds = new OneHotBounds(oneHot, predictions, OneHotData.AsFloats(targets), 2).GradientError;
            for (int i = 0; i < bounds.Length; i++)
            {
                float difference = Math.Abs(ofTargets[i] - ofClasses[i]);
                Assert.True(difference <= 2 * bounds[i], $"{name}: element {i} is {ofTargets[i]:R}, or {ofClasses[i]:R} from class indices");
            }
        }
    }
}
