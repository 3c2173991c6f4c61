using System;
using System.Runtime.CompilerServices;
using System.Threading;

namespace SoftDice.Kernels;

/// <summary>The forward pass over a batch.</summary>
/// <remarks>
/// Parts are cut in the same way for any degree of parallelism, and their sums are added in their order, one after the other, to what
/// the caller has: so the bits depend neither on the threads nor on how images are put into batches.
/// </remarks>
internal static unsafe class BatchSums<TKernel, TSums, TLanes, TLabel>
    where TKernel : struct, ISumsKernel<TSums>
    where TSums : struct, ISoftDiceClassSums<TSums>
    where TLanes : struct, ILanes<TLanes>
    where TLabel : unmanaged
{
    // Sums of parts that wait to be added, in bytes: memory that does not grow with the image.
    private const int WaitingBytes = 1 << 18;

    public static void Add(ref TSums sums, BatchCall<TLabel> call)
    {
        int pixels = KernelGuard.Forward<TKernel, TSums, TLabel>(call);
        if (pixels == 0)
        {
            return;
        }

        TSums total = sums;
        Add(new ImageSums<TSums>(Unsafe.AsPointer(ref total), isForEach: false), call, pixels);

        // Only now, so that nothing is written when this throws.
        sums = total;
    }

    /// <summary>Whether the forward pass of a call leaves probabilities, or exponentials, where its gradient goes: not in the predictions' own place, which it may need again.</summary>
    /// <param name="predictions">The predictions.</param>
    /// <param name="gradient">The gradient, or null.</param>
    public static bool Keeps(byte* predictions, byte* gradient) => TKernel.KeepsProbabilities && gradient is not null && gradient != predictions;

    /// <summary>Adds each image to the sums for it.</summary>
    /// <param name="totals">The sums.</param>
    /// <param name="call">The arguments, checked but for the labels' values.</param>
    /// <param name="pixels">Pixels of an image, at least 1.</param>
    public static void Add(ImageSums<TSums> totals, BatchCall<TLabel> call, int pixels)
    {
        bool isComplete;
        fixed (byte* predictions = call.Predictions, gradient = call.Gradient)
        fixed (TLabel* labels = call.Labels.Labels)
        fixed (bool* mask = call.Labels.Mask)
        {
            BatchView<TLabel> view = KernelGuard.View<TKernel, TSums, TLabel>(
                predictions, labels, mask, Keeps(predictions, gradient) ? gradient : null, call.BatchSize, pixels);
            isComplete = call.DegreeOfParallelism == 1 || view.Parts <= view.PartsPerTurn
                ? AddInTurn(totals, in view, call.Cancellation)
                : AddTogether(totals, in view, call.DegreeOfParallelism, call.Cancellation);
        }

        if (!isComplete)
        {
            throw KernelGuard.Incomplete<TKernel, TSums, TLabel>(call);
        }
    }

    private static bool AddInTurn(ImageSums<TSums> totals, in BatchView<TLabel> view, CancellationToken cancellation)
    {
        // Not on the stack, where those of thousands of classes would be one large struct more.
        byte[] block = Scratch.TakeSums(Unsafe.SizeOf<TSums>(), out void* first);
        try
        {
            ref TSums sums = ref Unsafe.AsRef<TSums>(first);
            for (int index = 0; index < view.Parts; index++)
            {
                if (cancellation.IsCancellationRequested || !AddPart(out sums, view.Part(index)))
                {
                    return false;
                }

                totals[view.Image(index)].Add(in sums);
            }

            return true;
        }
        finally
        {
            Scratch.GiveBackSums(block);
        }
    }

    private static bool AddTogether(ImageSums<TSums> totals, in BatchView<TLabel> view, int degree, CancellationToken cancellation)
    {
        // As many parts wait to be added as fit, but enough that threads seldom wait for one another.
        long least = 4L * Math.Min(degree, Crew.MostThreads) * view.PartsPerTurn;
        int places = (int)Math.Min(view.Parts, Math.Max(least, WaitingBytes / Unsafe.SizeOf<TSums>()));
        byte[] block = Scratch.TakeSums((nint)places * Unsafe.SizeOf<TSums>(), out void* first);
        try
        {
            Work work = new() { View = view, Sums = first };
            return AddRounds(totals, &work, places, degree, cancellation);
        }
        finally
        {
            Scratch.GiveBackSums(block);
        }
    }

    private static bool AddRounds(ImageSums<TSums> totals, Work* work, int places, int degree, CancellationToken cancellation)
    {
        ref readonly BatchView<TLabel> view = ref work->View;
        for (; work->Start < view.Parts; work->Start += places)
        {
            int count = Math.Min(places, view.Parts - work->Start);
            if (!Crew.Run(count, view.PartsPerTurn, degree, &AddPartInPlace, work, cancellation))
            {
                return false;
            }

            for (int place = 0; place < count; place++)
            {
                totals[view.Image(work->Start + place)].Add(in work->Place(place));
            }

            if (count < places)
            {
                break;
            }
        }

        return true;
    }

    private static bool AddPartInPlace(void* state, int place)
    {
        ref readonly Work work = ref Unsafe.AsRef<Work>(state);
        return AddPart(out work.Place(place), work.View.Part(work.Start + place));
    }

    private static bool AddPart(out TSums sums, BatchPart<TLabel> part)
    {
        sums = default;
        if (TKernel.StagedPixels > 0)
        {
            return StagedPart<TKernel, TSums, TLanes, TLabel>.Add(ref sums, in part) ||
                LabelGuard.AreRight(in part, KernelGuard.Rule<TKernel, TSums>(), TSums.ClassCount);
        }

        bool isRight = (part.Gradient is not null, TKernel.AsksAhead && part.IsFar) switch
        {
            (true, _) => AddFloats<KeptProbabilities, NearMemory>(ref sums, in part, part.GradientFloats),
            (false, true) => AddFloats<ComputedProbabilities, FarMemory>(ref sums, in part, default),
            (false, false) => AddFloats<ComputedProbabilities, NearMemory>(ref sums, in part, default),
        };
        return isRight || LabelGuard.AreRight(in part, KernelGuard.Rule<TKernel, TSums>(), TSums.ClassCount);
    }

    private static bool AddFloats<TProbabilities, TMemory>(ref TSums sums, in BatchPart<TLabel> part, Span<float> probabilities)
        where TProbabilities : struct
        where TMemory : struct
    {
        int vectorEnd = part.VectorEnd(TLanes.Count);
        bool isRight = PixelLoops<TKernel, TSums>.Add<TLanes, TLabel, TProbabilities, TMemory>(
            ref sums, part.Floats, part.Labels, probabilities, part.Start, vectorEnd);
        if (vectorEnd < part.End)
        {
            // Some pixels, near by now: not a second set of scalar loops to compile.
            isRight &= PixelLoops<TKernel, TSums>.Add<ScalarLane, TLabel, TProbabilities, NearMemory>(
                ref sums, part.Floats, part.Labels, probabilities, vectorEnd, part.End);
        }

        return isRight;
    }

    private struct Work
    {
        public BatchView<TLabel> View;
        public int Start;
        public void* Sums;

        public readonly ref TSums Place(int place) => ref Unsafe.AsRef<TSums>((byte*)Sums + ((nint)place * Unsafe.SizeOf<TSums>()));
    }
}
