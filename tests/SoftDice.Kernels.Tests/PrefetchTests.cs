using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

using Xunit;

namespace SoftDice.Kernels.Tests;

public class PrefetchTests
{
    // What CPUID has in EBX, ECX and EDX.
    private static readonly (int, int, int, int) Intel = (0x20, 0x756E6547, 0x6C65746E, 0x49656E69);
    private static readonly (int, int, int, int) Amd = (0x10, 0x68747541, 0x444D4163, 0x69746E65);
    private static readonly (int, int, int, int) Hygon = (0x0D, 0x6F677948, 0x656E6975, 0x6E65476E);

    [Theory]
    [InlineData(0x00870F10, false)] // Zen 2, family 0x17
    [InlineData(0x00A10F11, false)] // Zen 4, family 0x19
    [InlineData(0x00B00F21, true)] // Zen 5, family 0x1A
    [InlineData(0x00000FFF, false)] // family 15
    [InlineData(0x0FF00FF0, true)] // the last one there can be
    [InlineData(0x0FF00600, false)] // an extended family counts only with family 15
    public void Amd_goes_far_from_Zen_5_on(int signature, bool goesFar) => Assert.Equal(goesFar, Prefetch.NeedsFar(Amd, signature));

    [Fact]
    public void Intel_goes_far_and_others_are_not_known_to()
    {
        Assert.True(Prefetch.NeedsFar(Intel, 0x000806F8));
        Assert.False(Prefetch.NeedsFar(Hygon, 0x00B00F21));
        Assert.False(Prefetch.NeedsFar((0, 0x756E6547, 0x444D4163, 0x49656E69), 0x00B00F21));
    }

    [Fact]
    public void What_the_cache_holds_is_not_far()
    {
        Assert.False(Prefetch.IsFar(0));
        Assert.False(Prefetch.IsFar((1 << 24) - 1));
        bool goesFar = X86Base.IsSupported && Prefetch.NeedsFar(X86Base.CpuId(0, 0), X86Base.CpuId(1, 0).Eax);
        Assert.Equal(goesFar, Prefetch.IsFar(1 << 24));
        Assert.Equal(goesFar, Prefetch.IsFar(long.MaxValue));
    }

    // Two images of half as much each: what counts is the batch. The last pixels of a part are near by when the others have been read.
    [Theory]
    [InlineData(2, 3 * 64)]
    [InlineData(2, 3 * 699_051)]
    public void A_kernel_that_asks_is_told_where_the_batch_is(int images, int elements)
    {
        long bytes = images * (4L * (elements + (elements / 3)));
        AssertFar(Calls<AskingIndices>(images, elements, mask: null), Prefetch.IsFar(bytes));
        PartCall[] masked = Calls<AskingMasked>(images, elements, new bool[images * elements / 3]);
        AssertFar(masked, Prefetch.IsFar(bytes));
        Assert.All(masked, call => Assert.NotEmpty(call.Mask));

        static void AssertFar(PartCall[] calls, bool isFar) => Assert.All(calls, call => Assert.Equal(isFar && call.Lanes > 1, call.IsFar));
    }

    [Fact]
    public void Targets_as_wide_as_predictions_are_never_far()
    {
        const int Elements = 3 << 20;
        Assert.All(Calls<AskingTargets, float>(1, Elements, new float[Elements]), call => Assert.False(call.IsFar));
        Assert.All(Calls<AskingTargets, byte>(1, Elements, new byte[Elements]), call => Assert.Equal(Prefetch.IsFar(5L * Elements), call.IsFar));
    }

    // On any processor: a batch as small as these is never far by itself.
    [Fact]
    public void Far_loops_have_the_bits_of_near_ones()
    {
        (Type Sums, MethodInfo Add)[] loops = [.. AskingLosses()];
        Assert.InRange(loops.Length, 50, 500);
        Assert.All(loops, loop => Closed(nameof(AssertSameBits), loop.Sums).Invoke(null, [loop.Add]));
    }

    // Each image is near; both are far, where this processor tells the difference, and then loops take other classes together.
    [Fact]
    public void A_batch_from_memory_has_the_bits_of_its_images()
    {
        AssertAdds<None1, None1.Sums>();
        AssertAdds<None3, None3.Sums>();
        AssertAdds<None19, None19.Sums>();
        AssertAdds<OneHotNone3, OneHotNone3.Sums>();

        static void AssertAdds<TLoss, TSums>()
            where TLoss : ISoftDiceLoss<TSums>
            where TSums : struct, ISoftDiceSums<TSums>
        {
            // Of all magnitudes, so that the order of additions shows. No multiple of 16 pixels, and more than one part.
            int classes = TSums.ClassCount, pixels = ((1 << 21) / classes) + 3, length = pixels * classes;
            float[] predictions = new float[2 * length];
            for (int i = 0; i < predictions.Length; i++)
            {
                predictions[i] = MathF.ScaleB(1 + (i % 5), -(i * 7 % 70));
            }

            bool isOneHot = typeof(TLoss) == typeof(OneHotNone3);
            byte[] labels = new byte[isOneHot ? 2 * length : 2 * pixels];
            for (int i = 0; i < labels.Length; i++)
            {
                labels[i] = (byte)(isOneHot ? i % 2 : i / 5 % classes);
            }

            Assert.True(!Prefetch.IsFar((4L * length) + (labels.Length / 2)) && Prefetch.IsFar(4L * predictions.Length) == Prefetch.IsFar(long.MaxValue));
            TSums together = default;
            TLoss.Accumulate<byte>(ref together, predictions, labels, 2);
            TSums oneByOne = default;
            TLoss.Accumulate<byte>(ref oneByOne, predictions.AsSpan(0, length), labels.AsSpan(0, labels.Length / 2), 1);
            TLoss.Accumulate<byte>(ref oneByOne, predictions.AsSpan(length), labels.AsSpan(labels.Length / 2), 1);
            Assert.True(together.Equals(oneByOne));
        }
    }

    private static MethodInfo Closed(string method, params Type[] types) =>
        typeof(PrefetchTests).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(types);

    // All of this assembly that ask ahead, with the method that does.
    private static IEnumerable<(Type Sums, MethodInfo Add)> AskingLosses() =>
        from loss in typeof(PrefetchTests).Assembly.GetTypes()
        where !loss.ContainsGenericParameters
        let kernel = loss.GetNestedType("LossKernel", BindingFlags.NonPublic)
        where kernel?.GetProperty("AsksAhead") is not null
        let add = kernel.GetMethods().Single(method => method.Name == "Add" && method.GetGenericArguments().Length == 3)
        select (loss.GetNestedType("Sums")!, add);

    private static void AssertSameBits<TSums>(MethodInfo add)
        where TSums : struct, ISoftDiceClassSums<TSums>
    {
        bool hasMask = !add.GetParameters()[2].ParameterType.Name.StartsWith("ReadOnlySpan", StringComparison.Ordinal);
        (bool, TSums) near = Sums(typeof(NearMemory));
        (bool, TSums) far = Sums(typeof(FarMemory));
        Assert.Equal(near.Item1, far.Item1);
        Assert.True(near.Item2.Equals(far.Item2), add.DeclaringType!.FullName);
        Assert.False(near.Item2.Equals(default), add.DeclaringType!.FullName);

        (bool, TSums) Sums(Type memory)
        {
            const int Pixels = 640;
            Type lanes = Vector512.IsHardwareAccelerated ? typeof(Lanes512) : Vector256.IsHardwareAccelerated ? typeof(Lanes256)
                : Vector128.IsHardwareAccelerated ? typeof(Lanes128) : typeof(ScalarLane);
            float[] image = [.. Enumerable.Range(0, TSums.ClassCount * Pixels).Select(i => MathF.ScaleB(1 + (i % 5), -(i * 7 % 70)))];

            // Of one-hot targets all are read, of class indices the first ones.
            byte[] labels = [.. Enumerable.Range(0, image.Length).Select(i => (byte)(i / 5 % 2))];
            MethodInfo closed = add.MakeGenericMethod(lanes, typeof(byte), memory);
            TSums sums = default;
            bool areRight = hasMask
                ? closed.CreateDelegate<AddMasked<TSums>>()(ref sums, image, new PixelLabels<byte>(labels, [.. labels.Select((_, i) => i % 7 < 3)]), 0, Pixels)
                : closed.CreateDelegate<AddLabelled<TSums>>()(ref sums, image, labels, 0, Pixels);
            return (areRight, sums);
        }
    }

    private delegate bool AddLabelled<TSums>(ref TSums sums, ReadOnlySpan<float> image, ReadOnlySpan<byte> labels, int firstPixel, int endPixel);

    private delegate bool AddMasked<TSums>(ref TSums sums, ReadOnlySpan<float> image, PixelLabels<byte> labels, int firstPixel, int endPixel);

    private static PartCall[] Calls<TCase, TLabel>(int images, int elements, TLabel[] labels)
        where TCase : struct, IPartCase
        where TLabel : unmanaged
    {
        None3.Sums sums = default;
        PartKernel<TCase>.Calls.Clear();
        Batch.Accumulate<PartKernel<TCase>, None3.Sums, Lanes128, TLabel>(
            ref sums, new float[images * elements].AsSpan(), new ReadOnlySpan<TLabel>(labels), images, 1, default);
        Assert.NotEmpty(PartKernel<TCase>.Calls);
        return [.. PartKernel<TCase>.Calls];
    }

    private static PartCall[] Calls<TCase>(int images, int elements, bool[]? mask)
        where TCase : struct, IPartCase
    {
        float[] predictions = new float[images * elements];
        int[] labels = new int[predictions.Length / 3];
        None3.Sums sums = default;
        PartKernel<TCase>.Calls.Clear();
        Batch.Accumulate<PartKernel<TCase>, None3.Sums, Lanes128, int>(
            ref sums, predictions.AsSpan(), new PixelLabels<int>(labels, mask), images, 1, default);
        PartCall[] calls = [.. PartKernel<TCase>.Calls];
        Assert.Contains(calls, call => call.Lanes == 4);
        Assert.Equal(elements / 3 % 4 != 0, calls.Any(call => call.Lanes == 1));
        return calls;
    }

    private readonly struct AskingIndices : IPartCase
    {
        public static SoftDiceLabels Labels => SoftDiceLabels.ClassIndex;

        public static int PartPixels => 1 << 20;

        public static bool AsksAhead => true;
    }

    private readonly struct AskingTargets : IPartCase
    {
        public static SoftDiceLabels Labels => SoftDiceLabels.OneHot;

        public static int PartPixels => 1 << 20;

        public static bool AsksAhead => true;
    }

    private readonly struct AskingMasked : IPartCase
    {
        public static SoftDiceLabels Labels => SoftDiceLabels.ClassIndex;

        public static int PartPixels => 1 << 20;

        public static bool AsksAhead => true;

        public static bool HasMask => true;
    }
}
