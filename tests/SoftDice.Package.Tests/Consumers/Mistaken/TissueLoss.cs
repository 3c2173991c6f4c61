using SoftDice;

namespace Mistaken;

/// <summary>Losses of which each has something wrong.</summary>
public partial class TissueLoss
{
    [SoftDiceLoss(NumClasses = 3)]
    private sealed class NotPartial;

    [SoftDiceLoss(NumClasses = 3, Epsilon = -1)]
    private sealed partial class Negative;
}
