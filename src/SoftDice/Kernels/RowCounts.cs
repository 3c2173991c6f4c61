namespace SoftDice.Kernels;

/// <summary>How many rows of a tile a loop goes through at a time: a type argument of it.</summary>
internal interface IRowCount
{
    /// <summary>1 to 4.</summary>
    static abstract int Count { get; }
}

internal readonly struct OneRow : IRowCount
{
    public static int Count => 1;
}

internal readonly struct TwoRows : IRowCount
{
    public static int Count => 2;
}

internal readonly struct ThreeRows : IRowCount
{
    public static int Count => 3;
}

internal readonly struct FourRows : IRowCount
{
    public static int Count => 4;
}
