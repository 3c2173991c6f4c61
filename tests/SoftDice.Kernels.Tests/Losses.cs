namespace SoftDice.Kernels.Tests;

// One loss for each side of every boundary of the plan: one group or several, of one size or two, and the largest of all.

[SoftDiceLoss(NumClasses = 1)]
internal sealed partial class Loss1;

[SoftDiceLoss(NumClasses = 2)]
internal sealed partial class Loss2;

[SoftDiceLoss(NumClasses = 3)]
internal sealed partial class Loss3;

[SoftDiceLoss(NumClasses = 4)]
internal sealed partial class Loss4;

[SoftDiceLoss(NumClasses = 5)]
internal sealed partial class Loss5;

[SoftDiceLoss(NumClasses = 6)]
internal sealed partial class Loss6;

[SoftDiceLoss(NumClasses = 7)]
internal sealed partial class Loss7;

[SoftDiceLoss(NumClasses = 8)]
internal sealed partial class Loss8;

[SoftDiceLoss(NumClasses = 9)]
internal sealed partial class Loss9;

[SoftDiceLoss(NumClasses = 12)]
internal sealed partial class Loss12;

[SoftDiceLoss(NumClasses = 13)]
internal sealed partial class Loss13;

[SoftDiceLoss(NumClasses = 16)]
internal sealed partial class Loss16;

[SoftDiceLoss(NumClasses = 17)]
internal sealed partial class Loss17;

[SoftDiceLoss(NumClasses = 19)]
internal sealed partial class Loss19;

[SoftDiceLoss(NumClasses = 150)]
internal sealed partial class Loss150;

[SoftDiceLoss(NumClasses = 4096)]
internal sealed partial class Loss4096;

[SoftDiceLoss(NumClasses = 3, Epsilon = 0)]
internal sealed partial class LossWithoutSmoothing;

[SoftDiceLoss(NumClasses = 3, Epsilon = 1)]
internal sealed partial class LossWithSmoothing1;

[SoftDiceLoss(NumClasses = 3)]
internal static partial class StaticLoss;
