namespace SoftDice.FirstCall;

[SoftDiceLoss(NumClasses = 3)]
internal sealed partial class Probabilities3;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax)]
internal sealed partial class Softmax19;
