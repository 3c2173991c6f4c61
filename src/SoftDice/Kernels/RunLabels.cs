using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

/// <summary>The labels of several runs of pixels, which are added a pixel of each at a time.</summary>
/// <remarks>A pixel that takes no part has a label of its own, one more than the last class, and so has one that is not there.</remarks>
internal readonly ref struct RunLabels
{
    /// <summary>Runs that are added at once.</summary>
    public const int Runs = 4;

    /// <summary>The most pixels of a run.</summary>
    public const int MostOfRun = 64;

    /// <summary>Labels of all runs.</summary>
    public const int Count = Runs * MostOfRun;

    private readonly uint noClass;

    /// <summary>In memory of the caller's.</summary>
    public RunLabels(int numClasses, Span<uint> memory)
    {
        noClass = (uint)numClasses;
        First = ref MemoryMarshal.GetReference(memory[..Count]);
    }

    /// <summary>The label of the first pixel of the first run; those of the next begin <see cref="MostOfRun"/> later.</summary>
    public readonly ref uint First;

    /// <summary>Takes the labels of an image.</summary>
    /// <param name="labels">The labels of the image.</param>
    /// <param name="pixel">The first pixel of the first run.</param>
    /// <param name="apart">Pixels from a run to the next.</param>
    /// <param name="runs">How many runs there are.</param>
    /// <param name="length">Pixels of each.</param>
    /// <returns>True if every label is right; false if there is one that may be wrong.</returns>
    public bool Load<TLabel>(PixelLabels<TLabel> labels, int pixel, int apart, int runs, int length)
        where TLabel : unmanaged
    {
        bool areRight = true;
        for (int run = 0; run < Runs; run++, pixel += apart)
        {
            ref uint to = ref Unsafe.Add(ref First, run * MostOfRun);
            if (run >= runs)
            {
                MemoryMarshal.CreateSpan(ref to, length).Fill(noClass);
            }
            else if (labels.IgnoresPixels)
            {
                areRight &= LoadTakingPart(labels, pixel, length, ref to);
            }
            else if (!Load(ref Unsafe.Add(ref MemoryMarshal.GetReference(labels.Labels), pixel), length, ref to))
            {
                areRight = false;
                Replace(length, ref to);
            }
        }

        return areRight;
    }

    // Returns whether all are labels of classes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private bool Load<TLabel>(ref TLabel from, int length, ref uint to)
        where TLabel : unmanaged
    {
        nuint count = (nuint)length, i = 0;
        Vector256<uint> largest = default;
        for (; i + (nuint)Vector256<uint>.Count <= count; i += (nuint)Vector256<uint>.Count)
        {
            Vector256<uint> several = LabelLoads.Load256(in from, i).AsUInt32();
            largest = Vector256.Max(largest, several);
            several.StoreUnsafe(ref to, i);
        }

        bool areClasses = Vector256.LessThanAll(largest, Vector256.Create(noClass));
        for (; i < count; i++)
        {
            uint label = (uint)LabelLoads.LoadOne(in from, i);
            areClasses &= label < noClass;
            Unsafe.Add(ref to, i) = label;
        }

        return areClasses;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private bool LoadTakingPart<TLabel>(PixelLabels<TLabel> labels, int pixel, int length, ref uint to)
        where TLabel : unmanaged
    {
        bool areRight = true;
        for (int i = 0; i < length; i++)
        {
            int label = labels.ClassIndex((nuint)(pixel + i));
            bool isClass = (uint)label < noClass;
            areRight &= isClass || label == IgnoredPixels.Label;
            Unsafe.Add(ref to, i) = isClass ? (uint)label : noClass;
        }

        return areRight;
    }

    private void Replace(int length, ref uint labels)
    {
        foreach (ref uint label in MemoryMarshal.CreateSpan(ref labels, length))
        {
            label = Math.Min(label, noClass);
        }
    }
}
