namespace SoftDice;

/// <summary>The sums of a loss that is one number, which a formula makes of them.</summary>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
public interface ISoftDiceSums<TSelf> : ISoftDiceClassSums<TSelf>
    where TSelf : struct, ISoftDiceSums<TSelf>
{
    /// <summary>The loss of everything added so far; for sums of nothing, that of an empty batch.</summary>
    /// <returns>The loss.</returns>
    double Loss();
}
