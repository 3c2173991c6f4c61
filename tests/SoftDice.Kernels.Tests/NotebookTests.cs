using System;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>The example that the definition comes from, with PyTorch's random numbers.</summary>
public sealed class NotebookTests
{
    private const int Side = 224;
    private const int Pixels = Side * Side;
    private const double ExactLoss = 1.873891106;

    public static TheoryData<string> Kernels => KernelTable.Names(kernel => kernel.NumClasses == 3 && kernel.Options.Epsilon == 1e-5);

    [Theory]
    [MemberData(nameof(Kernels))]
    public void The_loss_of_the_notebook_comes_out(string name)
    {
        (float[] predictions, byte[] labels) = Example();
        double loss = KernelTable.Find(name).Accumulate<byte>(predictions, labels, 1).Loss;
        Assert.Equal(ExactLoss, loss, 1.2e-7);
        Assert.Equal(1.8738911151885986f, (float)loss);
        Assert.Equal(SoftDiceReference.Loss(new SoftDiceOptions(3), predictions, labels, 1), loss, 5e-9);
    }

    [Fact]
    public void Static_and_instance_types_give_the_same_loss()
    {
        (float[] predictions, byte[] labels) = Example();
        Assert.Equal(Loss3.Forward<byte>(predictions, labels, 1), StaticLoss.Forward<byte>(predictions, labels, 1));
    }

    private static (float[] Predictions, byte[] Labels) Example()
    {
        uint[] state = new uint[624];
        state[0] = 42;
        for (uint i = 1; i < state.Length; i++)
        {
            state[i] = unchecked((1812433253u * (state[i - 1] ^ (state[i - 1] >> 30))) + i);
        }

        float[] values = new float[3 * Pixels];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (Draw(state, i) & 0xFFFFFF) / 16777216f;
        }

        byte[] labels = new byte[Pixels];
        for (int pixel = 0; pixel < Pixels; pixel++)
        {
            float[] exp = [MathF.Exp(values[pixel]), MathF.Exp(values[Pixels + pixel]), MathF.Exp(values[(2 * Pixels) + pixel])];
            float sum = exp[0] + exp[1] + exp[2];
            (int row, int column) = Math.DivRem(pixel, Side);
            labels[pixel] = (row, column) switch
            {
                ( < 50, < 50) => 1,
                ( >= 50 and < 100, >= 50 and < 100) => 2,
                _ => 0,
            };
            for (int c = 0; c < 3; c++)
            {
                values[(c * Pixels) + pixel] = exp[c] / sum;
            }
        }

        return (values, labels);
    }

    // mt19937, one number at a time: the state of number i is made when it is wanted.
    private static uint Draw(uint[] state, int number)
    {
        int i = number % 624;
        uint joined = (state[i] & 0x80000000) | (state[(i + 1) % 624] & 0x7FFFFFFF);
        state[i] = state[(i + 397) % 624] ^ (joined >> 1) ^ ((joined & 1) * 0x9908B0DF);
        uint y = state[i];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C5680;
        y ^= (y << 15) & 0xEFC60000;
        return y ^ (y >> 18);
    }
}
