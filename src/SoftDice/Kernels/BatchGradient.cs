using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SoftDice.Kernels;

/// <summary>The backward pass over a batch whose arguments have been checked.</summary>
internal static unsafe class BatchGradient<TKernel, TSums, TLanes, TLabel>
    where TKernel : struct, ILossKernel<TSums>
    where TSums : struct, ISoftDiceSums<TSums>
    where TLanes : struct, ILanes<TLanes>
    where TLabel : unmanaged
{
    // Floats beyond which a gradient is written past the cache: 16 MB. In the predictions' own place its lines are there already.
    private const int LeastToBypassCache = 1 << 22;

    public static void Write(in TSums sums, BatchCall<TLabel> call)
    {
        int pixels = call.Predictions.Length / call.BatchSize / TSums.ClassCount;
        if (pixels == 0)
        {
            return;
        }

        bool isComplete = true;
        fixed (float* predictions = call.Predictions, gradient = call.Gradient)
        fixed (TLabel* labels = call.Labels)
        fixed (byte* pinnedSums = &Unsafe.As<TSums, byte>(ref Unsafe.AsRef(in sums)))
        {
            Work work = new()
            {
                View = KernelGuard.View<TKernel, TSums, TLabel>(predictions, labels, gradient, call.BatchSize, pixels),
                Sums = pinnedSums,
                Scale = call.Scale,
                BypassCache = call.Gradient.Length >= LeastToBypassCache && gradient != predictions,
            };
            if (call.DegreeOfParallelism > 1 && work.View.Parts > work.View.PartsPerTurn)
            {
                isComplete = Crew.Run(
                    work.View.Parts, work.View.PartsPerTurn, call.DegreeOfParallelism, &WritePart, &work, call.Cancellation);
            }
            else
            {
                for (int part = 0; part < work.View.Parts && isComplete; part++)
                {
                    isComplete = !call.Cancellation.IsCancellationRequested && WritePart(&work, part);
                }
            }
        }

        if (!isComplete)
        {
            call.Cancellation.ThrowIfCancellationRequested();
        }
    }

    private static bool WritePart(void* state, int index)
    {
        ref readonly Work work = ref Unsafe.AsRef<Work>(state);
        ref readonly TSums sums = ref Unsafe.AsRef<TSums>(work.Sums);
        BatchPart<TLabel> part = work.View.Part(index);
        int vectorEnd = part.VectorEnd(TLanes.Count);
        TKernel.WriteGradient<TLanes, TLabel>(in sums, work.Scale, part.Image, part.Labels, part.Gradient, part.Start, vectorEnd, work.BypassCache);
        if (vectorEnd < part.End)
        {
            TKernel.WriteGradient<ScalarLane, TLabel>(
                in sums, work.Scale, part.Image, part.Labels, part.Gradient, vectorEnd, part.End, bypassCache: false);
        }

        if (work.BypassCache && Sse.IsSupported)
        {
            // Such writes are in no order with others until then.
            Sse.StoreFence();
        }

        return true;
    }

    private struct Work
    {
        public BatchView<TLabel> View;
        public void* Sums;
        public double Scale;
        public bool BypassCache;
    }
}
