using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

using SoftDice.Samples.Training;

using static TorchSharp.torch;

namespace SoftDice.Samples.TrainUNet;

/// <summary>A head as tensors: each axial slice with its neighbours as channels, and its classes.</summary>
internal sealed class HeadSlices
{
    /// <summary>A slice, the one below and the one above.</summary>
    public const int Channels = 3;

    // Sides must halve three times.
    private const int Multiple = 8;

    private readonly Tensor images;
    private readonly Tensor labels;

    private HeadSlices(NiftiVolume head, NiftiVolume atlas)
    {
        Head = head;
        Atlas = atlas;
        PaddedWidth = (head.Width + Multiple - 1) / Multiple * Multiple;
        PaddedHeight = (head.Height + Multiple - 1) / Multiple * Multiple;
        images = zeros(head.Depth, Channels, PaddedHeight, PaddedWidth);
        labels = zeros([head.Depth, PaddedHeight, PaddedWidth], ScalarType.Byte);
        Tensor intensities = tensor(head.Voxels.ToArray()).reshape(head.Depth, head.Height, head.Width).to(ScalarType.Float32);

        // Zero mean and unit variance of what is no air.
        Tensor inside = intensities.masked_select(intensities.gt(0));
        Tensor standardised = (intensities - inside.mean()) / inside.std();
        images.fill_(standardised.min().item<float>());
        for (int z = 0; z < head.Depth; z++)
        {
            for (int channel = 0; channel < Channels; channel++)
            {
                int neighbour = Math.Clamp(z + channel - (Channels / 2), 0, head.Depth - 1);
                Inside(images[z, channel]).copy_(standardised[neighbour]);
            }

            Inside(labels[z]).copy_(tensor(Tissues.Classes(atlas, z)).reshape(head.Height, head.Width));
        }
    }

    /// <summary>The image that the slices are of.</summary>
    public NiftiVolume Head { get; }

    /// <summary>Its regions.</summary>
    public NiftiVolume Atlas { get; }

    /// <summary>Width of the tensors.</summary>
    public int PaddedWidth { get; }

    /// <summary>Height of the tensors.</summary>
    public int PaddedHeight { get; }

    /// <summary>Numbers of the slices to learn from.</summary>
    public IReadOnlyList<long> Training => [.. Enumerable.Range(0, Head.Depth).Where(z => !Tissues.IsHeldOut(z)).Select(z => (long)z)];

    /// <summary>Numbers of the slices whose labels are used only to judge.</summary>
    public IReadOnlyList<long> HeldOut => [.. Enumerable.Range(0, Head.Depth).Where(Tissues.IsHeldOut).Select(z => (long)z)];

    /// <summary>Reads the head and its atlas.</summary>
    /// <param name="folder">The folder with both files.</param>
    /// <exception cref="InvalidDataException">The files are not as expected.</exception>
    public static HeadSlices Read(string folder)
    {
        NiftiVolume head = NiftiVolume.Read(Path.Combine(folder, "t1.nii.gz"));
        NiftiVolume atlas = NiftiVolume.Read(Path.Combine(folder, "aal.nii.gz"));
        return (head.Width, head.Height, head.Depth) == (atlas.Width, atlas.Height, atlas.Depth)
            ? new HeadSlices(head, atlas)
            : throw new InvalidDataException("t1.nii.gz and aal.nii.gz are not of the same size.");
    }

    /// <summary>
    /// Cuts the training slices into batches, each from the neck to the crown, so that each has pixels of every class: from a batch that lacks a
    /// class, only its absence can be learned. Which slices are together changes with the permutation.
    /// </summary>
    /// <param name="count">Number of batches.</param>
    public IEnumerable<Tensor> Batches(int count)
    {
        // Of every run of neighbours, each goes to another batch.
        List<long>[] batches = [.. Enumerable.Range(0, count).Select(_ => new List<long>())];
        foreach (long[] neighbours in Training.Chunk(count))
        {
            long[] order = randperm(count).data<long>().ToArray();
            for (int i = 0; i < neighbours.Length; i++)
            {
                batches[order[i]].Add(neighbours[i]);
            }
        }

        return batches.Select(batch => tensor(batch.ToArray()));
    }

    /// <summary>Images (B, channels, H, W) of slices, with the margin that makes their sides multiples of 8.</summary>
    public Tensor Images(Tensor slices) => images.index_select(0, slices);

    /// <summary>Classes (B, H, W) of slices, bytes, with the same margin, which is outside.</summary>
    public Tensor Labels(Tensor slices) => labels.index_select(0, slices);

    /// <summary>The part of a tensor that is the slice and not its margin.</summary>
    public Tensor Inside(Tensor padded) => padded.narrow(-2, 0, Head.Height).narrow(-1, 0, Head.Width);
}
