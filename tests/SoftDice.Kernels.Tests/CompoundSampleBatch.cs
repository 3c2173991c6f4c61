namespace SoftDice.Kernels.Tests;

/// <summary>A loss with an overlap of each image and one cross-entropy of all, and a batch for it.</summary>
internal sealed class CompoundSampleBatch<TLoss, TSums>(int batchSize, int pixels) : PerSampleBatch<TLoss, TSums>(batchSize, pixels)
    where TLoss : ISoftDiceLoss<TSums>
    where TSums : struct, ISoftDiceCompoundSums<TSums>
{
    public override void AssertIsItsImages()
    {
        double overlap = 0, crossEntropy = 0, weight = 0;
        for (int image = 0; image < BatchSize; image++)
        {
            TSums sums = SumsOf(image);
            overlap += sums.OverlapLoss();
            crossEntropy += sums.CrossEntropySum;
            weight += sums.CrossEntropyWeight;
        }

        int divisor = Options.Reduction == SoftDiceReduction.Mean ? BatchSize : 1;
        AssertIsDefined((Options.OverlapWeight * (overlap / divisor)) + (Options.CrossEntropy * (weight == 0 ? 0 : crossEntropy / weight)));
    }
}
