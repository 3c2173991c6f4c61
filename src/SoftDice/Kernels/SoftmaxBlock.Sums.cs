using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

// The sums over the classes of each pixel.
internal ref partial struct SoftmaxBlock<TWide, TLanes>
{
    private readonly void AddRows(ref float row, int count, ref float sums, ref float slopeSums)
    {
        if (Unsafe.IsNullRef(ref slopes))
        {
            AddRows<Unsloped>(ref row, count, ref sums, ref slopeSums);
        }
        else
        {
            AddRows<Sloped>(ref row, count, ref sums, ref slopeSums);
        }
    }

    // Four rows at a time, as the additions of one wait for each other. What lies behind the last row is added too, and nobody asks for it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void AddRows<TSlopes>(ref float row0, int count, ref float sums, ref float slopeSums)
        where TSlopes : struct, IRowSlopes
    {
        nuint lanes = (nuint)TLanes.Count, last = LastVector, numClasses = (nuint)NumClasses;
        TLanes isNew = IsNew, ofLast = newSlopes;
        ref float ofClasses = ref slopes;
        for (nuint pixel = 0; pixel < (nuint)count; pixel += LaneSums.Unit)
        {
            ref float row1 = ref Unsafe.Add(ref row0, numClasses);
            ref float row2 = ref Unsafe.Add(ref row1, numClasses);
            ref float row3 = ref Unsafe.Add(ref row2, numClasses);
            TLanes e0 = TLanes.Load(in row0, last), e1 = TLanes.Load(in row1, last), e2 = TLanes.Load(in row2, last), e3 = TLanes.Load(in row3, last);
            TLanes sum0 = e0 * isNew, sum1 = e1 * isNew, sum2 = e2 * isNew, sum3 = e3 * isNew;
            TLanes slope0 = e0 * ofLast, slope1 = e1 * ofLast, slope2 = e2 * ofLast, slope3 = e3 * ofLast;
            for (nuint c = 0; c < last;)
            {
                nuint end = nuint.Min(c + (ChainVectors * lanes), last);
                TLanes chain0 = default, chain1 = default, chain2 = default, chain3 = default;
                for (; c < end; c += lanes)
                {
                    e0 = TLanes.Load(in row0, c);
                    e1 = TLanes.Load(in row1, c);
                    e2 = TLanes.Load(in row2, c);
                    e3 = TLanes.Load(in row3, c);
                    chain0 += e0;
                    chain1 += e1;
                    chain2 += e2;
                    chain3 += e3;
                    if (TSlopes.AreThere)
                    {
                        TLanes slope = TLanes.Load(in ofClasses, c);
                        slope0 = TLanes.MultiplyAdd(e0, slope, slope0);
                        slope1 = TLanes.MultiplyAdd(e1, slope, slope1);
                        slope2 = TLanes.MultiplyAdd(e2, slope, slope2);
                        slope3 = TLanes.MultiplyAdd(e3, slope, slope3);
                    }
                }

                sum0 += chain0;
                sum1 += chain1;
                sum2 += chain2;
                sum3 += chain3;
            }

            LaneSums.Of(sum0, sum1, sum2, sum3).StoreUnsafe(ref sums, pixel);
            if (TSlopes.AreThere)
            {
                LaneSums.Of(slope0, slope1, slope2, slope3).StoreUnsafe(ref slopeSums, pixel);
            }

            row0 = ref Unsafe.Add(ref row3, numClasses);
        }
    }

    // Sums become factors, and pixels whose sum is out of range are done again.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void MakeFactors(ref float logits, int count)
    {
        ref float sums = ref NumbersOf(PixelNumber.Sum);
        ref float factors = ref NumbersOf(PixelNumber.Factor);
        for (int pixel = 0; pixel < count; pixel += TLanes.Count)
        {
            nuint at = (nuint)pixel;
            TLanes sum = TLanes.Load(in sums, at);
            if (!TLanes.AreWithin(sum, Activations.TooSmallSum, Activations.MostSum))
            {
                ComputeAgain(ref logits, pixel, Math.Min(pixel + TLanes.Count, count));
                sum = TLanes.Load(in sums, at);
            }

            TLanes.Store(TLanes.Broadcast(1) / sum, ref factors, at);
        }
    }

    // Relative to the largest logit, of pixels whose sum is out of range, NaN included; so the bits of the others do not depend on them. Behind all rows in scratch
    // memory is place for as many as are added up at once: what lies behind a row that is kept may not be this thread's.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void ComputeAgain(ref float logits, int first, int end)
    {
        ref float sums = ref NumbersOf(PixelNumber.Sum);
        ref float slopeSums = ref NumbersOf(PixelNumber.Base);
        Span<float> total = stackalloc float[2 * LaneSums.Unit];
        Span<float> behind = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref scratch, Pixels * NumClasses), NumClasses);
        for (int pixel = first; pixel < end; pixel++)
        {
            ref float sum = ref Unsafe.Add(ref sums, pixel);
            if (!(sum > Activations.TooSmallSum && sum <= Activations.MostSum))
            {
                WriteRelative(ref Unsafe.Add(ref logits, pixel * NumClasses), ref behind[0], sum);
                behind.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref rows, pixel * NumClasses), NumClasses));
                AddRows(ref behind[0], 1, ref total[0], ref total[LaneSums.Unit]);
                sum = total[0];
                Unsafe.Add(ref slopeSums, pixel) = total[LaneSums.Unit];
            }
        }
    }

    private readonly void WriteRelative(ref float logits, ref float row, float sum)
    {
        float largest = float.NegativeInfinity;
        foreach (float logit in MemoryMarshal.CreateReadOnlySpan(ref logits, NumClasses))
        {
            largest = MathF.Max(largest, logit);
        }

        LogitExponential<TLanes> exponential = new();
        for (nuint c = 0, last = LastVector; ; c = nuint.Min(c + (nuint)TLanes.Count, last))
        {
            TLanes x = Activations.RelativeWhereOutOfRange(TLanes.Broadcast(sum), TLanes.Load(in logits, c), TLanes.Broadcast(largest));
            TLanes.Store(exponential.Of(x), ref row, c);
            if (c == last)
            {
                return;
            }
        }
    }

    private interface IRowSlopes
    {
        static abstract bool AreThere { get; }
    }

    private readonly struct Sloped : IRowSlopes
    {
        public static bool AreThere => true;
    }

    private readonly struct Unsloped : IRowSlopes
    {
        public static bool AreThere => false;
    }
}
