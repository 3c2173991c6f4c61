using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>The names of the generated methods' type parameters, which must hide none of the user's.</summary>
internal sealed record TypeParameters(string Lanes, string Label, string Probabilities, string Memory)
{
    /// <summary>Those of a method that takes its width from the caller, or from the hardware.</summary>
    public string At(bool atWidth) => atWidth ? $"{Lanes}, {Label}" : Label;

    /// <summary>Those of the loops that the library calls, which may be told where probabilities are from.</summary>
    public string OfLoops(KernelPlan plan) => At(atWidth: true) + (plan.KeepsProbabilities ? $", {Probabilities}" : string.Empty);

    /// <summary>Those of the loops that add up a group of classes, which may be told where memory is.</summary>
    public string OfGroups(KernelPlan plan) => At(atWidth: true) + (plan.AsksAhead ? $", {Memory}" : string.Empty);

    /// <summary>Those of the loops that add up all classes: none is told both.</summary>
    public string OfSums(KernelPlan plan) => plan.AsksAhead ? OfGroups(plan) : OfLoops(plan);

    /// <summary>Whether the two passes of a call share the probabilities.</summary>
    public string AreKept => $"typeof({Probabilities}) == typeof(global::SoftDice.Kernels.KeptProbabilities)";

    /// <summary>Whether planes are asked for far ahead.</summary>
    public string IsFar => $"typeof({Memory}) == typeof(global::SoftDice.Kernels.FarMemory)";

    /// <summary>The other one.</summary>
    public string IsNear => $"typeof({Memory}) == typeof(global::SoftDice.Kernels.NearMemory)";

    /// <summary>Their constraints, at one level of indentation.</summary>
    public string ConstraintsOfLoops(KernelPlan plan) => Constraints(atWidth: true) +
        (plan.KeepsProbabilities ? $"\n    where {Probabilities} : struct" : string.Empty);

    /// <summary>Their constraints, at one level of indentation.</summary>
    public string ConstraintsOfGroups(KernelPlan plan) => Constraints(atWidth: true) +
        (plan.AsksAhead ? $"\n    where {Memory} : struct" : string.Empty);

    /// <summary>Their constraints, at one level of indentation.</summary>
    public string ConstraintsOfSums(KernelPlan plan) => plan.AsksAhead ? ConstraintsOfGroups(plan) : ConstraintsOfLoops(plan);

    /// <summary>Their constraints, at one level of indentation.</summary>
    public string Constraints(bool atWidth)
    {
        string label = $"where {Label} : unmanaged";
        return atWidth ? $"where {Lanes} : struct, global::SoftDice.Kernels.ILanes<{Lanes}>\n    {label}" : label;
    }
}
