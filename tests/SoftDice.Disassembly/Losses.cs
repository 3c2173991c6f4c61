namespace SoftDice.Disassembly;

[SoftDiceLoss(NumClasses = 3)]
internal sealed partial class Probabilities3;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax)]
internal sealed partial class Softmax3;

[SoftDiceLoss(NumClasses = 19)]
internal sealed partial class Probabilities19;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax)]
internal sealed partial class Softmax19;
