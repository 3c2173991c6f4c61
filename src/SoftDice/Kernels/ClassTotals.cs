using System.Diagnostics.CodeAnalysis;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

/// <summary>What a class has added up to in the tiles so far: lane by lane, as the sum of the lanes can wait for the last tile.</summary>
/// <typeparam name="TLanes">The lanes.</typeparam>
[SuppressMessage("Performance", "CA1815", Justification = "Scratch memory: nobody compares it.")]
public struct ClassTotals<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Predictions where the label is the class.</summary>
    public Vector256<double> Intersection { get; set; }

    /// <summary>What predictions miss; if both errors are added up apart, the false negatives.</summary>
    public Vector256<double> Miss { get; set; }

    /// <summary>False positives, if both errors are added up apart.</summary>
    public Vector256<double> FalsePositives { get; set; }

    /// <summary>Targets of the class, if labels are targets.</summary>
    public Vector256<double> TargetSum { get; set; }

    /// <summary>Pixels labelled with the class, if labels are class indices that each class counts in lanes.</summary>
    public TLanes Labelled { get; set; }

    /// <summary>Pixels labelled with the class, if they are counted where their labels are taken out of a tile.</summary>
    public long Pixels { get; set; }
}
