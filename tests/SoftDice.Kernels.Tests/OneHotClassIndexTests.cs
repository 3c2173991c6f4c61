using System;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>A hard one-hot target says the same as class indices do, and gets the same answer.</summary>
public sealed class OneHotClassIndexTests
{
    /// <summary>Losses that the table has with class indices too.</summary>
    public static TheoryData<string> Both => TrainingTable.OneHotNames(kernel => kernel.Options.Activation != SoftDiceActivation.Sigmoid || kernel.NumClasses is not (4 or 9));

    /// <summary>
    /// A product with 1 is exact and one with 0 adds nothing, and a chain of ones counts exactly: so the sums have the same bits, and
    /// the loss. The slope at a label's own class is rounded once as a class index, and is a sum of two rounded numbers as a target: so
    /// gradients are as far apart as the bounds of both, which for class indices are no wider.
    /// </summary>
    [Theory]
    [MemberData(nameof(Both))]
    public void The_loss_has_the_same_bits_and_the_gradient_is_the_same_to_rounding(string name)
    {
        TrainingKernel oneHot = TrainingTable.Find(name);
        TrainingKernel classIndex = TrainingTable.Find(name["OneHot".Length..]);
        foreach (int pixels in new[] { 1, oneHot.Lanes + 1, 75 })
        {
            (float[] predictions, int[] classes, byte[] targets) = OneHotData.Hard(oneHot, pixels, 2, pixels);
            float[] ofTargets = new float[predictions.Length];
            float[] ofClasses = new float[predictions.Length];
            Assert.Equal(
                classIndex.ForwardBackward<int>(predictions, classes, ofClasses, 2),
                oneHot.ForwardBackward<byte>(predictions, targets, ofTargets, 2));

            double[] bounds = new OneHotBounds(oneHot, predictions, OneHotData.AsFloats(targets), 2).GradientError;
            for (int i = 0; i < bounds.Length; i++)
            {
                float difference = Math.Abs(ofTargets[i] - ofClasses[i]);
                Assert.True(difference <= 2 * bounds[i], $"{name}: element {i} is {ofTargets[i]:R}, or {ofClasses[i]:R} from class indices");
            }
        }
    }
}
