namespace SoftDice.Generators.Plan;

/// <summary>Classes whose accumulators live in registers together.</summary>
/// <param name="FirstClass">The first class of the first group of this size.</param>
/// <param name="Size">Classes in the group.</param>
/// <param name="Repeats">How many such groups follow one another.</param>
internal sealed record ClassGroup(int FirstClass, int Size, int Repeats)
{
    /// <summary>The class after the last one.</summary>
    public int EndClass => FirstClass + (Size * Repeats);
}
