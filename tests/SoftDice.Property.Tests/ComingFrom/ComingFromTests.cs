using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

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
            RowLoss loss = RowLoss.Of(losses.Loss(row));
            foreach (SmallBatch batch in SmallBatch.All.Where(batch => batch.HasAllClasses || !Rivals.All[names[row]].IsOfAllClasses))
            {
                Compare(names[row], Rivals.All[names[row]], loss, batch);
            }
        }
    }

    private static void Compare(string name, Rival rival, RowLoss loss, SmallBatch batch)
    {
        float[] predictions = batch.Predictions(rival.Images, rival.Input);
        float[] gradient = new float[predictions.Length];
        double[] exact = [.. predictions.Select(prediction => (double)prediction)];
        double[] expected = At(exact);
        double[] actual = Call(loss, rival, batch, predictions, gradient);
        Assert.Equal(expected.Length, actual.Length);

        // A probability is off by at most 8 units, with its exponential, the sum and the quotient; at most 12 follow one another in a sum;
        // twice of each in a quotient. What costs d is off by no more, as no |d cost / d d|·d is above 1. What is not a float is exact.
        double bound = (40 * U * rival.Weight) + 1e-15;
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= bound, Text($"{name}, {batch.Name}: loss {i} is {actual[i]:R} instead of {expected[i]:R}"));
        }

        double weight = Enumerable.Range(0, expected.Length).Sum(RowLoss.Upstream);
        double largest = gradient.Max(slope => (double)Math.Abs(slope));
        for (int i = 0; i < exact.Length; i++)
        {
            double slope = Slope(i);
            Assert.True(!SmallBatch.LeavesOut(rival.Input) || !SmallBatch.IsIgnored(i) || gradient[i] == 0, Text($"{name}, {batch.Name}: ignored slope {i} is {gradient[i]:R}"));
            double slopeBound = (80 * U * Math.Max(largest, Math.Abs(slope))) + (1e-7 * rival.Weight * weight);
            Assert.True(
                Math.Abs(slope - gradient[i]) <= slopeBound, Text($"{name}, {batch.Name}: slope {i} is {gradient[i]:R} instead of {slope:R}"));
        }

        double[] At(double[] of) => rival.Formula(batch.Of(rival.Images, rival.Input, of));

        double Slope(int i)
        {
            double step = Math.Max(Math.Abs(exact[i]), 1e-3) * Step;
            double[] more = [.. exact];
            double[] less = [.. exact];
            more[i] += step;
            less[i] -= step;
            return At(more).Zip(At(less), (up, down) => up - down).Select((rise, k) => RowLoss.Upstream(k) * rise).Sum() / (more[i] - less[i]);
        }
    }

    private static double[] Call(RowLoss loss, Rival rival, SmallBatch batch, float[] predictions, float[] gradient) => rival.Input switch
    {
        Input.Heap => loss.ForwardBackward<float>(predictions, batch.Targets(rival.Images, rival.Input), gradient, 1),
        Input.Regions or Input.SoftRegions or Input.SoftTargets or Input.Targets or Input.AlmostOneHot =>
            loss.ForwardBackward<float>(predictions, batch.Targets(rival.Images, rival.Input), gradient, rival.Images),
        Input.Masked => loss.ForwardBackward<byte>(
            predictions, batch.Labels(rival.Images, rival.Input), gradient, rival.Images, SmallBatch.Mask(rival.Images)),
        Input.MaskedTargets or Input.MaskedRegions => loss.ForwardBackward<float>(
            predictions, batch.Targets(rival.Images, rival.Input), gradient, rival.Images, SmallBatch.Mask(rival.Images)),
        _ => loss.ForwardBackward<byte>(predictions, batch.Labels(rival.Images, rival.Input), gradient, rival.Images),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
