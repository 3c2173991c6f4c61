namespace SoftDice.Samples.TrainPixels;

/// <summary>A loss on logits: the softmax is inside, and so is its derivative.</summary>
[SoftDiceLoss(NumClasses = 4, Activation = SoftDiceActivation.Softmax)]
public partial class TissueLoss;
