namespace SoftDice;

/// <summary>What a prediction p and its target t have in common, which adds up to the intersection I of a class.</summary>
/// <remarks>
/// The two agree where targets are 0 or 1 and predictions between. They are the products of fuzzy sets: the algebraic one and Zadeh's. The
/// sum of minima is (P + T - Σ |p - t|) / 2, in which form the losses of other libraries have it.
/// </remarks>
public enum SoftDiceIntersection
{
    /// <summary>
    /// The product p·t. With soft targets, predictions that equal them do not have the least loss: for one of 0.6, a prediction of 1 has less.
    /// </summary>
    Product,

    /// <summary>
    /// The smaller of the two. The least loss is where predictions equal their targets, soft ones too. The slope jumps there, and is taken to be
    /// the mean of those on both sides where both are equal.
    /// </summary>
    Minimum,
}
