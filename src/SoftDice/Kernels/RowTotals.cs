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

    /// <summary>Adds other pixels that are labelled with the class, and makes what all of them miss.</summary>
    internal void Add(in RowTotals other)
    {
        Intersection += other.Intersection;
        Labelled += other.Labelled;

        // What floats near 1 miss to it is a multiple of their last place, of which double holds the sum over all pixels of a part.
        FalseNegatives = Labelled - Intersection;
    }
}
