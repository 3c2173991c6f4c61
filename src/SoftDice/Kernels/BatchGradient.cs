using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SoftDice.Kernels;

/// <summary>The backward pass over a batch whose arguments have been checked.</summary>
internal static unsafe class BatchGradient<TKernel, TSums, TScale, TLanes, TLabel>
    where TKernel : struct, IGradientKernel<TSums, TScale>
    where TSums : struct, ISoftDiceClassSums<TSums>
    where TScale : allows ref struct
    where TLanes : struct, ILanes<TLanes>
    where TLabel : unmanaged
{
    // Floats beyond which a gradient is written past the cache: 16 MB. In the place of predictions or probabilities its lines are there already.
    private const int LeastToBypassCache = 1 << 22;

    // From one pixel of a class to the next.
    private static int ElementsPerPixel => TKernel.Layout == SoftDiceLayout.ChannelsLast ? TSums.ClassCount : 1;

    /// <summary>Writes the gradient.</summary>
    /// <param name="sums">The sums of everything that the loss is computed over.</param>
    /// <param name="call">The arguments, checked but for the labels' values.</param>
    /// <param name="isAfterForward">Whether the forward pass of the same call came before: otherwise labels are still to be checked, before anything is written.</param>
    public static void Write(in TSums sums, BatchCall<TLabel> call, bool isAfterForward)
    {
        fixed (byte* pinnedSums = &Unsafe.As<TSums, byte>(ref Unsafe.AsRef(in sums)))
        {
            Write(new ImageSums<TSums>(pinnedSums, isForEach: false), call, isAfterForward);
        }
    }

    /// <summary>Writes the gradient.</summary>
    /// <param name="sums">The sums of everything that the loss of an image is computed over.</param>
    /// <param name="call">The arguments, checked but for the labels' values.</param>
    /// <param name="isAfterForward">Whether the forward pass of the same call came before: otherwise labels are still to be checked, before anything is written.</param>
    public static void Write(ImageSums<TSums> sums, BatchCall<TLabel> call, bool isAfterForward)
    {
        int pixels = call.Predictions.Length / call.BatchSize / TSums.ClassCount;
        if (pixels == 0)
        {
            return;
        }

        bool isComplete;
        fixed (byte* predictions = call.Predictions, gradient = call.Gradient)
        fixed (TLabel* labels = call.Labels.Labels)
        fixed (bool* mask = call.Labels.Mask)
        fixed (double* upstream = call.Upstream)
        {
            bool areKept = isAfterForward && BatchSums<TKernel, TSums, TLanes, TLabel>.Keeps(predictions, gradient);
            bool bypassCache = call.Gradient.Length >= LeastToBypassCache && gradient != predictions && !areKept;
            Work work = new()
            {
                View = KernelGuard.View<TKernel, TSums, TLabel>(
                    predictions, labels, mask, gradient, call.BatchSize, pixels, bypassCache ? Lead(gradient, pixels) : 0),
                Sums = sums,
                Upstream = upstream,
                UpstreamStep = call.Upstream.Length == TKernel.FactorCount ? 0 : TKernel.FactorCount,
                BypassCache = bypassCache,
            };
            isComplete = (isAfterForward || Run(&work, &CheckPart, call)) &&
                Run(&work, areKept ? &WritePart<KeptProbabilities> : &WritePart<ComputedProbabilities>, call);
        }

        if (!isComplete)
        {
            throw KernelGuard.Incomplete<TKernel, TSums, TLabel>(call);
        }
    }

    // Pixels before the first that begins with a line, where that is so in all planes at once.
    private static int Lead(byte* gradient, int pixels) =>
        TKernel.Layout != SoftDiceLayout.ChannelsLast && pixels % Tiles.LineFloats == 0 ? Math.Max(Tiles.ToLine((nuint)gradient), 0) : 0;

    private static bool Run(Work* work, delegate*<void*, int, bool> part, BatchCall<TLabel> call)
    {
        int parts = work->View.Parts;
        if (call.DegreeOfParallelism > 1 && parts > work->View.PartsPerTurn)
        {
            return Crew.Run(parts, work->View.PartsPerTurn, call.DegreeOfParallelism, part, work, call.Cancellation);
        }

        bool isComplete = true;
        for (int index = 0; index < parts && isComplete; index++)
        {
            isComplete = !call.Cancellation.IsCancellationRequested && part(work, index);
        }

        return isComplete;
    }

    private static bool CheckPart(void* state, int index)
    {
        BatchPart<TLabel> part = Unsafe.AsRef<Work>(state).View.Part(index);
        return LabelGuard.AreRight(in part, KernelGuard.Rule<TKernel, TSums>(), TSums.ClassCount);
    }

    private static bool WritePart<TProbabilities>(void* state, int index)
        where TProbabilities : struct
    {
        ref readonly Work work = ref Unsafe.AsRef<Work>(state);
        BatchPart<TLabel> part = work.View.Part(index);
        int image = work.View.Image(index);
        ref readonly TSums sums = ref work.Sums[image];
        if (TKernel.StagedPixels > 0)
        {
            WriteStaged(in sums, in work, image, in part);
        }
        else if (work.BypassCache && !TKernel.FindsLines && part.IsMadeOfLines(TLanes.Count, ElementsPerPixel))
        {
            // All planes from one line of the gradient on, and the two ends, of which some is so written twice: not what is made of kept probabilities.
            int start = part.FirstLine(ElementsPerPixel);
            int end = part.End - ((part.End - start) % Tiles.LineFloats);
            Write<TLanes, ComputedProbabilities>(in sums, work.Scale(image), in part, part.Start, start > part.Start ? part.Start + Tiles.LineFloats : start, bypassCache: false);
            Write<TLanes, ComputedProbabilities>(in sums, work.Scale(image), in part, start, end, bypassCache: true);
            Write<TLanes, ComputedProbabilities>(in sums, work.Scale(image), in part, end < part.End ? part.End - Tiles.LineFloats : end, part.End, bypassCache: false);
        }
        else
        {
            int vectorEnd = part.VectorEnd(TLanes.Count);
            Write<TLanes, TProbabilities>(in sums, work.Scale(image), in part, part.Start, vectorEnd, work.BypassCache);
            Write<ScalarLane, TProbabilities>(in sums, work.Scale(image), in part, vectorEnd, part.End, bypassCache: false);
        }

        if (work.BypassCache && Sse.IsSupported)
        {
            // Such writes are in no order with others until then.
            Sse.StoreFence();
        }

        return true;
    }

    // The gradient takes the place of the predictions in the planes, and goes from there to where it belongs.
    private static void WriteStaged(in TSums sums, in Work work, int image, in BatchPart<TLabel> part)
    {
        for (int start = part.Start; start < part.End; start += TKernel.StagedPixels)
        {
            int count = Math.Min(TKernel.StagedPixels, part.End - start);
            BatchPart<TLabel> staged = StagedPart<TKernel, TSums, TLanes, TLabel>.Image(in part, start, count);
            int vectorEnd = staged.VectorEnd(TLanes.Count);
            Write<TLanes, ComputedProbabilities>(in sums, work.Scale(image), in staged, 0, vectorEnd, bypassCache: false);
            Write<ScalarLane, ComputedProbabilities>(in sums, work.Scale(image), in staged, vectorEnd, count, bypassCache: false);
            StagedPart<TKernel, TSums, TLanes, TLabel>.Return(staged.GradientFloats, in part, start, count);
        }
    }

    private static void Write<TWidth, TProbabilities>(
        in TSums sums, TScale scale, in BatchPart<TLabel> part, int firstPixel, int endPixel, bool bypassCache)
        where TWidth : struct, ILanes<TWidth>
        where TProbabilities : struct
    {
        if (firstPixel < endPixel)
        {
            PixelLoops<TKernel, TSums, TScale>.Write<TWidth, TLabel, TProbabilities>(in sums, scale, in part, firstPixel, endPixel, bypassCache);
        }
    }

    private struct Work
    {
        public BatchView<TLabel> View;
        public ImageSums<TSums> Sums;
        public double* Upstream;
        public int UpstreamStep;
        public bool BypassCache;

        public readonly TScale Scale(int image) =>
            TKernel.Scale(new ReadOnlySpan<double>(Upstream + ((nint)image * UpstreamStep), TKernel.FactorCount));
    }
}
