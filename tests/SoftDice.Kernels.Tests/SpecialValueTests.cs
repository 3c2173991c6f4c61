using System;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>What the remarks of <see cref="SoftDiceReference"/> say of the edges, for every kernel and at every lane.</summary>
public sealed class SpecialValueTests
{
    public static TheoryData<string> Kernels => KernelTable.Names(kernel => kernel.NumClasses is 1 or 2 or 3 or 7 or 19 && kernel.Options.Epsilon == 1e-5);

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Nan_anywhere_gives_nan(string name) => ForEachPrediction(name, float.NaN, (loss, _) => double.IsNaN(loss));

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Infinity_gives_infinity_where_the_label_is_another_class_and_nan_where_it_is_this_one(string name)
    {
        ForEachPrediction(name, float.PositiveInfinity, (loss, isClass) => isClass ? double.IsNaN(loss) : double.IsPositiveInfinity(loss));
        ForEachPrediction(name, float.NegativeInfinity, (loss, isClass) => isClass ? double.IsNaN(loss) : double.IsPositiveInfinity(loss));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Empty_input_costs_nothing(string name)
    {
        KernelUnderTest kernel = KernelTable.Find(name);
        Assert.Equal(0, kernel.Accumulate<byte>([], [], 1).Loss);
        Assert.Equal(0, kernel.Accumulate<byte>([], [], 7).Loss);
        Assert.Equal(0, SoftDiceReference.Loss<byte>(kernel.Options, [], [], 7));
    }

    [Fact]
    public void An_absent_class_costs_nothing_unless_it_is_predicted()
    {
        // Class 1 is nowhere labelled. Two pixels predict it with 0.5 each in the second case.
        Assert.Equal(0, Loss2.Forward<byte>([1, 1, 0, 0], [0, 0], 1));
        double d0 = (2 + 1e-5) / (3 + 1e-5);
        double d1 = 1e-5 / (1 + 1e-5);
        Assert.Equal(-(Math.Log(d0) + Math.Log(d1)) / 2, Loss2.Forward<byte>([0.5f, 0.5f, 0.5f, 0.5f], [0, 0], 1), 1e-15);
    }

    [Fact]
    public void Without_smoothing_an_absent_class_gives_nan_and_a_predicted_one_infinity()
    {
        Assert.True(double.IsNaN(LossWithoutSmoothing.Forward<byte>([], [], 1)));
        Assert.True(double.IsNaN(LossWithoutSmoothing.Forward<byte>([1, 1, 0, 0, 0, 0], [0, 0], 1)));
        Assert.Equal(double.PositiveInfinity, LossWithoutSmoothing.Forward<byte>([1, 1, 1, 0, 0, 1], [0, 0], 1));
        Assert.Equal(0, LossWithoutSmoothing.Forward<byte>([1, 0, 0, 0, 1, 0, 0, 0, 1], [0, 1, 2], 1));
    }

    [Fact]
    public void With_one_class_every_pixel_belongs_to_it() =>
        Assert.Equal(-Math.Log((2 * 1.5 + 1e-5) / (1.5 + 3 + 1e-5)), Loss1.Forward<byte>([0.25f, 0.5f, 0.75f], [0, 0, 0], 1), 1e-15);

    [Fact]
    public void A_perfect_prediction_costs_exactly_nothing()
    {
        Assert.Equal(0, Loss3.Forward<byte>([1, 0, 0, 0, 1, 0, 0, 0, 1], [0, 1, 2], 1));
        Assert.Equal(0, LossWithSmoothing1.Forward<byte>([1, 0, 0, 0, 1, 0, 0, 0, 1], [0, 1, 2], 1));
    }

    private static void ForEachPrediction(string name, float value, Func<double, bool, bool> isRight)
    {
        KernelUnderTest kernel = KernelTable.Find(name);
        int pixels = kernel.Lanes + 1;
        (float[] predictions, int[] labels) = TestData.Uniform(1, kernel.NumClasses, 1, pixels);
        for (int i = 0; i < predictions.Length; i++)
        {
            float kept = predictions[i];
            predictions[i] = value;
            double loss = kernel.Accumulate<int>(predictions, labels, 1).Loss;
            bool isClass = labels[i % pixels] == i / pixels;
            Assert.True(isRight(loss, isClass), $"{name}: {value} at element {i} gives {loss}");
            Assert.Equal(SoftDiceReference.Loss(kernel.Options, predictions, labels, 1), loss);
            predictions[i] = kept;
        }
    }
}
