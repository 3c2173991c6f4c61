using System.Collections.Generic;
using System.IO;
using System.Linq;

using SoftDice.Samples.Training;

namespace SoftDice.Samples.TrainPixels;

/// <summary>One axial slice.</summary>
/// <param name="Z">Its number in the volume.</param>
/// <param name="Features">What is known of each pixel, (feature, pixels).</param>
/// <param name="Labels">The class of each pixel.</param>
internal sealed record Slice(int Z, float[] Features, byte[] Labels);

/// <summary>Slices that are one step of training.</summary>
/// <param name="Slices">The slices.</param>
/// <param name="Labels">Their labels, one after another, as the loss takes them.</param>
internal sealed record Batch(Slice[] Slices, byte[] Labels);

/// <summary>The data set: a head, cut into slices to learn from and slices that are held out.</summary>
internal sealed class Slices
{
    private Slices(NiftiVolume head, Slice[] all)
    {
        Head = head;
        HeldOut = [.. all.Where(slice => Tissues.IsHeldOut(slice.Z))];
        Training = [.. all.Where(slice => !Tissues.IsHeldOut(slice.Z))];
    }

    /// <summary>The image that the slices are of.</summary>
    public NiftiVolume Head { get; }

    /// <summary>Slices to learn from.</summary>
    public IReadOnlyList<Slice> Training { get; }

    /// <summary>Slices whose labels are used only to judge.</summary>
    public IReadOnlyList<Slice> HeldOut { get; }

    /// <summary>Number of pixels of a slice.</summary>
    public int Pixels => Head.Width * Head.Height;

    /// <summary>Number of features of a pixel.</summary>
    public int FeatureCount => Training[0].Features.Length / Pixels;

    /// <summary>Reads the head and its atlas, and computes the features.</summary>
    /// <param name="folder">The folder with both files.</param>
    /// <exception cref="InvalidDataException">The files are not as expected.</exception>
    public static Slices Read(string folder)
    {
        NiftiVolume head = NiftiVolume.Read(Path.Combine(folder, "t1.nii.gz"));
        NiftiVolume atlas = NiftiVolume.Read(Path.Combine(folder, "aal.nii.gz"));
        if ((head.Width, head.Height, head.Depth) != (atlas.Width, atlas.Height, atlas.Depth))
        {
            throw new InvalidDataException("t1.nii.gz and aal.nii.gz are not of the same size.");
        }

        Slice[] all = new Slice[head.Depth];
        for (int z = 0; z < all.Length; z++)
        {
            all[z] = new Slice(z, Features.Compute(head, z), Tissues.Classes(atlas, z));
        }

        Slices slices = new(head, all);
        Features.Standardise(all, slices.Training, slices.Pixels);
        return slices;
    }

    /// <summary>
    /// Cuts the training slices into batches. The first takes slices 0, n, 2n and so on, the second 1, n + 1, 2n + 1: each
    /// goes from the neck to the crown and so has pixels of every class. From a batch that lacks a class, only its absence can be
    /// learned.
    /// </summary>
    /// <param name="count">Number of batches.</param>
    public Batch[] Batches(int count)
    {
        Batch[] batches = new Batch[count];
        for (int b = 0; b < count; b++)
        {
            Slice[] slices = [.. Training.Where((_, index) => index % count == b)];
            batches[b] = new Batch(slices, [.. slices.SelectMany(slice => slice.Labels)]);
        }

        return batches;
    }
}
