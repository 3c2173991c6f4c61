namespace SoftDice.Samples.TrainUNet;

/// <summary>What the network learns from: soft Dice and cross-entropy of logits, in one pass.</summary>
[SoftDiceLoss(NumClasses = 4, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1)]
public partial class TissueLoss;

/// <summary>What it is judged by: of decisions, probabilities of 0 and 1, the sums are counts of pixels.</summary>
[SoftDiceLoss(NumClasses = 4, Epsilon = 0, AbsentClasses = SoftDiceAbsentClasses.Skip)]
public partial class DecisionLoss;
