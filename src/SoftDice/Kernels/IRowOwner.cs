namespace SoftDice.Kernels;

/// <summary>Who is given the exponentials of the labels, which stand in no row.</summary>
internal interface IRowOwner
{
    /// <summary>Takes that of a pixel.</summary>
    /// <param name="pixel">The pixel, within its block.</param>
    /// <param name="label">Its class.</param>
    /// <param name="own">The exponential of that class.</param>
    void Take(nuint pixel, nuint label, float own);

    /// <summary>A pixel has no label, or takes no part.</summary>
    /// <param name="pixel">The pixel, within its block.</param>
    void TakeNone(nuint pixel);
}
