using System;
using System.Linq;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>A tile of numbers with so few digits that float does with them what double does, in any order; of pixels that take no part, of NaN.</summary>
    internal sealed class ShortTile
    {
        public const int Start = 3, Stride = 80;

    private const byte Ignored = 255;

        private readonly byte[] labels;
        private readonly bool[] mask;
        private readonly Ignoring ignoring;

        public ShortTile(int numClasses, int run, int count, Ignoring ignoring, bool withWrongLabels)
        {
            Random random = new(numClasses);
            (NumClasses, Count, this.ignoring) = (numClasses, count, ignoring);
            Image = new float[numClasses * (Start + count)];
            labels = [.. Enumerable.Range(0, Start + count).Select(i => (byte)(i / run * 7 % numClasses))];
            mask = ignoring == Ignoring.Mask ? [.. labels.Select((_, i) => i % 5 != 1 && (i < 20 || i >= 36))] : [];
            for (int i = Start + 2; i < labels.Length; i += 11)
            {
                labels[i] = withWrongLabels ? (byte)numClasses : labels[i];
                labels[i - 1] = ignoring == Ignoring.Label ? Ignored : labels[i - 1];
            }

            Slopes = [.. Enumerable.Range(0, numClasses).Select(c => new ClassSlopes(c, random.Next(-15, 16) / 8f, random.Next(-15, 16) / 8f))];
            Rows = new float[(numClasses + SoftmaxTile.MoreRows) * Stride];
            for (int pixel = 0; pixel < count; pixel++)
            {
                for (int c = 0; c < numClasses; c++)
                {
                    Rows[(c * Stride) + pixel] = random.Next(0, 9) / 8f;
                }

                // In some pixels a class is as likely as the others together, or likelier, which may be the label's.
                int likely = pixel % 3 == 0 ? random.Next(numClasses) : labels[Start + pixel] % numClasses;
                float rest = Enumerable.Range(0, numClasses).Sum(c => E(c, pixel)) - E(likely, pixel);
                Rows[(likely * Stride) + pixel] = pixel % 4 == 0 ? rest : pixel % 4 == 1 ? rest + 0.25f : E(likely, pixel);
                Rows[(numClasses * Stride) + pixel] = pixel % 2 == 0 ? 0.125f : 0.25f;
                Rows[((numClasses + 1) * Stride) + pixel] = Enumerable.Range(0, numClasses).Sum(c => E(c, pixel)) / 2;
                for (int row = 0; row < numClasses + SoftmaxTile.MoreRows && !TakesPart(pixel); row++)
                {
                    Rows[(row * Stride) + pixel] = float.NaN;
                }
            }
        }

        public int NumClasses { get; }

        public int Count { get; }

        public float[] Image { get; }

        public float[] Rows { get; }

        public ClassSlopes[] Slopes { get; }

        public int[] Pixels => [.. Enumerable.Range(0, Count)];

        public PixelLabels<byte> PixelLabels => ignoring switch
        {
            Ignoring.Mask => new(labels, mask),
            Ignoring.Label => new(labels, Ignored),
            _ => new(labels, IgnoredPixels.None),
        };

        public bool TakesPart(int pixel) => ignoring switch
        {
            Ignoring.Mask => mask[Start + pixel],
            Ignoring.Label => labels[Start + pixel] != Ignored,
            _ => true,
        };

        // Less than 0 where there is none.
        public int Label(int pixel) => TakesPart(pixel) && labels[Start + pixel] < NumClasses ? labels[Start + pixel] : -1;

        public float E(int c, int pixel) => Rows[(c * Stride) + pixel];

        public float Half(int pixel) => Rows[((NumClasses + 1) * Stride) + pixel];

        public double P(int c, int pixel) => (double)E(c, pixel) * Rows[(NumClasses * Stride) + pixel];

        public double OwnP(int pixel) => Label(pixel) < 0 ? 0 : P(Label(pixel), pixel);

        public double OtherP(int pixel) => TakesPart(pixel) ? Enumerable.Range(0, NumClasses).Sum(c => P(c, pixel)) - OwnP(pixel) : 0;
    }

/// <summary>Pixels take no part by their label, 255, or by a mask, or all take part.</summary>
public enum Ignoring
{
    None,
    Label,
    Mask,
}

/// <summary>Numbers of classes, pixels of a run of one label, pixels, and which of them take no part.</summary>
public static class TileSizes
{
    // Groups of four classes and what is left of them, blocks of 16, and more than are asked for ahead; an odd number of vectors, and one alone.
    public static TheoryData<int, int, int, Ignoring> All => new()
    {
        { 1, 1, 48, Ignoring.None },
        { 3, 40, 48, Ignoring.Label },
        { 4, 2, 64, Ignoring.Mask },
        { 9, 5, 16, Ignoring.None },
        { 19, 1, 48, Ignoring.Label },
        { 33, 7, 80, Ignoring.Mask },
    };
}
