using System;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>What labels of each type can be.</summary>
public sealed class LabelKindTests
{
    [Fact]
    public void Eight_types_are_class_indices_and_two_are_targets()
    {
        AssertTaken<byte>(isTarget: true);
        AssertTaken<sbyte>(isTarget: false);
        AssertTaken<short>(isTarget: false);
        AssertTaken<ushort>(isTarget: false);
        AssertTaken<int>(isTarget: false);
        AssertTaken<uint>(isTarget: false);
        AssertTaken<long>(isTarget: false);
        AssertTaken<float>(isTarget: true);
        NotSupportedException thrown = Assert.Throws<NotSupportedException>(() => KernelGuard.PixelsPerImage<double>(3, 1, 1, 3, SoftDiceLabels.ClassIndex));
        Assert.StartsWith("Labels of type System.Double are not supported.", thrown.Message, StringComparison.Ordinal);

        static void AssertTaken<TLabel>(bool isTarget)
        {
            Assert.Equal(1, KernelGuard.PixelsPerImage<TLabel>(3, 1, 1, 3, SoftDiceLabels.ClassIndex));
            if (isTarget)
            {
                Assert.Equal(1, KernelGuard.PixelsPerImage<TLabel>(3, 3, 1, 3, SoftDiceLabels.OneHot));
                return;
            }

            NotSupportedException thrown = Assert.Throws<NotSupportedException>(() => KernelGuard.PixelsPerImage<TLabel>(3, 3, 1, 3, SoftDiceLabels.OneHot));
            Assert.Equal($"Targets of type {typeof(TLabel)} are not supported. With Labels = OneHot, use byte or float.", thrown.Message);
        }
    }
}
