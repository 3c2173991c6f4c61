namespace SoftDice.Samples.RealLabels;

/// <summary>A loss for the 116 regions of the AAL atlas and label 0, which is everything outside them.</summary>
[SoftDiceLoss(NumClasses = 117)]
public partial class AalLoss;
