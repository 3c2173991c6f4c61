using System.IO;
using System.Linq;

namespace SoftDice.Samples.Training;

/// <summary>What is learned of the head: four classes, from slices of which some are held out.</summary>
internal static class Tissues
{
    /// <summary>The smallest of the four classes, and the hardest.</summary>
    public const byte DeepGreyMatter = 2;

    /// <summary>Names of the four classes.</summary>
    public static readonly string[] ClassNames = ["outside", "cortex, limbic", "deep grey matter", "cerebellum, vermis"];

    /// <summary>Of this many neighbouring slices, one is held out.</summary>
    private const int HeldOutEvery = 4;

    /// <summary>Whether a slice is used only to judge.</summary>
    public static bool IsHeldOut(int z) => z % HeldOutEvery == HeldOutEvery / 2;

    /// <summary>The classes of a slice.</summary>
    /// <param name="atlas">The regions of the head.</param>
    /// <param name="z">The slice.</param>
    /// <exception cref="InvalidDataException">There is a region that has no class.</exception>
    public static byte[] Classes(NiftiVolume atlas, int z) => [.. atlas.Slice(z).ToArray().Select(ClassOf)];

    // The grouping of the data's README. The numbers are those of aal.txt.
    private static byte ClassOf(byte region) => region switch
    {
        0 => 0,
        <= 70 or (>= 79 and <= 90) => 1,
        <= 78 => DeepGreyMatter,
        <= 116 => 3,
        _ => throw new InvalidDataException($"aal.nii.gz has a region {region}; 116 is the last one that has a name."),
    };
}
