namespace SoftDice.Benchmarks.Losses;

[SoftDiceLoss(NumClasses = 2)]
internal sealed partial class Loss2;

[SoftDiceLoss(NumClasses = 3)]
internal sealed partial class Loss3;

[SoftDiceLoss(NumClasses = 19)]
internal sealed partial class Loss19;

[SoftDiceLoss(NumClasses = 150)]
internal sealed partial class Loss150;

[SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax)]
internal sealed partial class Softmax3;

[SoftDiceLoss(NumClasses = 19, Activation = SoftDiceActivation.Softmax)]
internal sealed partial class Softmax19;

[SoftDiceLoss(NumClasses = 150, Activation = SoftDiceActivation.Softmax)]
internal sealed partial class Softmax150;
