using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

using SoftDice.Kernels.Tests;

using Xunit;

namespace SoftDice.PropertyTests.ComingFrom;

/// <summary>The attributes of docs/coming-from.md, generated from its rows, give the numbers of the losses that they stand beside.</summary>
public sealed class ComingFromTests
{
    /// <summary>Half an ULP of float, relative.</summary>
    private const double U = 1.0 / (1 << 24);

    /// <summary>How far predictions are moved for the slope of a formula: its error is a part of that squared and of 2⁻⁵³ by it.</summary>
    private const double Step = 1e-5;

    [Fact]
    public void Every_row_is_tested_and_every_test_is_a_row()
    {
        Assert.Equal(Rivals.All.Keys.Order(StringComparer.Ordinal), Page.Rows.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Page.Rows.Count, Page.Attributes);
    }

    [Fact]
    public async Task Every_row_gives_the_number_and_its_slopes()
    {
        string[] names = [.. Page.Rows.Keys];
        using CompiledLosses losses = await CompiledLosses.Make([.. names.Select(name => Page.Rows[name])]);
        for (int row = 0; row < names.Length; row++)
        {
            Assert.Empty(losses.AnalyzerIds(row));
            Assert.Empty(losses.CompilerDiagnostics(row));
            LossUnderTest loss = LossUnderTest.Of(losses.Loss(row));
            foreach (SmallBatch batch in SmallBatch.All)
            {
                Compare(names[row], Rivals.All[names[row]], loss.OfHardware, batch);
            }
        }
    }

    private static void Compare(string name, Rival rival, TrainingKernel kernel, SmallBatch batch)
    {
        float[] predictions = batch.Predictions(rival.Images, rival.Input);
        float[] gradient = new float[predictions.Length];
        double[] exact = [.. predictions.Select(prediction => (double)prediction)];
        double expected = At(exact);
        double actual = Call(kernel, rival, batch, predictions, gradient);

        // A probability is off by at most 8 units, with its exponential, the sum and the quotient; at most 8 follow one another in a sum;
        // twice of each in a quotient. What costs d is off by no more, as no |d cost / d d|·d is above 1. What is not a float is exact.
        double bound = (32 * U * rival.Weight) + 1e-15;
        Assert.True(Math.Abs(expected - actual) <= bound, Text($"{name}, {batch.Name}: {actual:R} instead of {expected:R}"));

        double largest = gradient.Max(slope => (double)Math.Abs(slope));
        for (int i = 0; i < exact.Length; i++)
        {
            double slope = Slope(i);
            double slopeBound = (64 * U * Math.Max(largest, Math.Abs(slope))) + (1e-7 * rival.Weight);
            Assert.True(
                Math.Abs(slope - gradient[i]) <= slopeBound, Text($"{name}, {batch.Name}: slope {i} is {gradient[i]:R} instead of {slope:R}"));
        }

        double At(double[] of) => rival.Formula(batch.Of(rival.Images, rival.Input, of));

        double Slope(int i)
        {
            double step = Math.Max(Math.Abs(exact[i]), 1e-3) * Step;
            double[] more = [.. exact];
            double[] less = [.. exact];
            more[i] += step;
            less[i] -= step;
            return (At(more) - At(less)) / (more[i] - less[i]);
        }
    }

    private static double Call(TrainingKernel kernel, Rival rival, SmallBatch batch, float[] predictions, float[] gradient) => rival.Input switch
    {
        Input.Heap => kernel.ForwardBackward<float>(predictions, batch.Targets(rival.Images, rival.Input), gradient, 1),
        Input.Regions or Input.SoftRegions or Input.Targets or Input.AlmostOneHot =>
            kernel.ForwardBackward<float>(predictions, batch.Targets(rival.Images, rival.Input), gradient, rival.Images),
        _ => kernel.ForwardBackward<byte>(predictions, batch.Labels(rival.Images, rival.Input), gradient, rival.Images),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
