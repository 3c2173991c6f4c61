using System;
using System.Threading;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>Kernels read nothing outside their input and allocate nothing.</summary>
public sealed class MemoryTests
{
    public static TheoryData<string> Kernels => KernelTable.Names(kernel => kernel.NumClasses <= 19);

    public static TheoryData<string> AllKernels => KernelTable.Names(kernel => kernel.Lanes != CheckingLanes.Count);

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Nothing_is_read_before_or_after_the_input(string name)
    {
        KernelUnderTest kernel = KernelTable.Find(name);
        foreach (int pixels in new[] { 0, 1, kernel.Lanes - 1, kernel.Lanes, kernel.Lanes + 1, (17 * kernel.Lanes) + 1 })
        {
            AssertContained<byte>(kernel, pixels);
            AssertContained<sbyte>(kernel, pixels);
            AssertContained<short>(kernel, pixels);
            AssertContained<ushort>(kernel, pixels);
            AssertContained<int>(kernel, pixels);
            AssertContained<uint>(kernel, pixels);
            AssertContained<long>(kernel, pixels);
            AssertContained<float>(kernel, pixels);
        }
    }

    [Theory]
    [MemberData(nameof(AllKernels))]
    public void Nothing_is_allocated(string name)
    {
        KernelUnderTest kernel = KernelTable.Find(name);
        int pixels = kernel.Lanes + 1;
        float[] predictions = new float[2 * pixels * kernel.NumClasses];
        Assert.Equal(0, kernel.AllocatedBytes(predictions, new byte[2 * pixels], 2));
        Assert.Equal(0, kernel.AllocatedBytes(predictions, new sbyte[2 * pixels], 2));
        Assert.Equal(0, kernel.AllocatedBytes(predictions, new short[2 * pixels], 2));
        Assert.Equal(0, kernel.AllocatedBytes(predictions, new ushort[2 * pixels], 2));
        Assert.Equal(0, kernel.AllocatedBytes(predictions, new int[2 * pixels], 2));
        Assert.Equal(0, kernel.AllocatedBytes(predictions, new uint[2 * pixels], 2));
        Assert.Equal(0, kernel.AllocatedBytes(predictions, new long[2 * pixels], 2));
        Assert.Equal(0, kernel.AllocatedBytes(predictions, new float[2 * pixels], 2));
    }

    [Fact]
    public void The_largest_loss_needs_less_stack_than_the_smallest_default()
    {
        // 512 KB holds the sums of the caller (96 KB), those of the call (twice 96 KB), and the runtime's own needs.
        double loss = double.NaN;
        Exception? thrown = null;
        Thread thread = new(Run, maxStackSize: 512 * 1024);
        thread.Start();
        thread.Join();
        Assert.Null(thrown);
        Assert.Equal(-Math.Log(1e-5 / (1 + 1e-5)) / 4096, loss, 1e-15);

        // An exception on a thread of its own would end the process, and all other tests with it.
        void Run()
        {
            try
            {
                loss = Loss4096.Forward<byte>(new float[4096], [0], 1);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                thrown = exception;
            }
        }
    }

    private static void AssertContained<TLabel>(KernelUnderTest kernel, int pixels)
        where TLabel : unmanaged
    {
        int count = 2 * pixels * kernel.NumClasses;
        using GuardedMemory predictions = new((nuint)(count * sizeof(float)));
        using GuardedMemory labels = new((nuint)(2 * pixels * 8));
        double atEnd = Loss(predictions.AtEnd<float>(count), labels.AtEnd<TLabel>(2 * pixels));
        double atStart = Loss(predictions.AtStart<float>(count), labels.AtStart<TLabel>(2 * pixels));
        Assert.Equal(atEnd, atStart);

        double Loss(Span<float> values, Span<TLabel> classes)
        {
            values.Fill(0.5f);
            classes.Clear();
            return kernel.Accumulate<TLabel>(values, classes, 2).Loss;
        }
    }
}
