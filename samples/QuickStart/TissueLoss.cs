namespace SoftDice.Samples.QuickStart;

/// <summary>This is all there is to write: Forward, Accumulate and Sums come from the generator.</summary>
[SoftDiceLoss(NumClasses = 3)]
public partial class TissueLoss;
