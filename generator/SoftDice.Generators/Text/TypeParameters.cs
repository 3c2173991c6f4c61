namespace SoftDice.Generators.Text;

/// <summary>The names of the generated methods' type parameters, which must hide none of the user's.</summary>
internal sealed record TypeParameters(string Lanes, string Label)
{
    /// <summary>Those of a method that takes its width from the caller, or from the hardware.</summary>
    public string At(bool atWidth) => atWidth ? $"{Lanes}, {Label}" : Label;

    /// <summary>Their constraints, at one level of indentation.</summary>
    public string Constraints(bool atWidth)
    {
        string label = $"where {Label} : unmanaged";
        return atWidth ? $"where {Lanes} : struct, global::SoftDice.Kernels.ILanes<{Lanes}>\n    {label}" : label;
    }
}
