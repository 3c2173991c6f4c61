using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>The names of the generated methods' type parameters, which must hide none of the user's.</summary>
internal sealed record TypeParameters(string Lanes, string Label, string Probabilities)
{
    /// <summary>Those of a method that takes its width from the caller, or from the hardware.</summary>
    public string At(bool atWidth) => atWidth ? $"{Lanes}, {Label}" : Label;

    /// <summary>Those of the loops that the library calls, which may be told where probabilities are from.</summary>
    public string OfLoops(KernelPlan plan) => At(atWidth: true) + (plan.KeepsProbabilities ? $", {Probabilities}" : string.Empty);

    /// <summary>Whether the two passes of a call share the probabilities.</summary>
    public string AreKept => $"typeof({Probabilities}) == typeof(global::SoftDice.Kernels.KeptProbabilities)";

    /// <summary>Their constraints, at one level of indentation.</summary>
    public string ConstraintsOfLoops(KernelPlan plan) => Constraints(atWidth: true) +
        (plan.KeepsProbabilities ? $"\n    where {Probabilities} : struct" : string.Empty);

    /// <summary>Their constraints, at one level of indentation.</summary>
    public string Constraints(bool atWidth)
    {
        string label = $"where {Label} : unmanaged";
        return atWidth ? $"where {Lanes} : struct, global::SoftDice.Kernels.ILanes<{Lanes}>\n    {label}" : label;
    }
}
