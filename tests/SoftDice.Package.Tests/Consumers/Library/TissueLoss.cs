using SoftDice;

namespace Losses;

/// <summary>The loss of the three tissues.</summary>
[SoftDiceLoss(NumClasses = 3)]
public partial class TissueLoss;

/// <summary>The project Friend sees this one, and has another of the same name.</summary>
[SoftDiceLoss(NumClasses = 3, Epsilon = 1)]
internal partial class HiddenLoss;
