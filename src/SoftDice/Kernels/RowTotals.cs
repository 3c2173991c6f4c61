using System.Diagnostics.CodeAnalysis;

namespace SoftDice.Kernels;

/// <summary>What a class has added up to, where pixels are added row by row.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "Scratch memory: nobody compares it.")]
public struct RowTotals
{
    /// <summary>Predictions where the label is the class.</summary>
    public double Intersection { get; set; }

    /// <summary>What these miss to 1.</summary>
    public double FalseNegatives { get; set; }

    /// <summary>Predictions where the label is another class.</summary>
    public double FalsePositives { get; set; }

    /// <summary>Pixels labelled with the class.</summary>
    public long Labelled { get; set; }
}
