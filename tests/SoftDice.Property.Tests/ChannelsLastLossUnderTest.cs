using System;

using SoftDice.Kernels.Tests;

namespace SoftDice.PropertyTests;

/// <summary>A loss whose classes lie side by side: given planes, it has them turned, and its gradient turned back. So the definition is that of planes.</summary>
internal sealed class ChannelsLastLossUnderTest(LossUnderTest loss) : LossUnderTest
{
    public override SoftDiceOptions Options => loss.Options with { Layout = SoftDiceLayout.ChannelsFirst };

    public override TrainingKernel OfHardware => new ChannelsLastKernel(loss.OfHardware);

    public override TrainingKernel OfOneLane => new ChannelsLastKernel(loss.OfOneLane);

    public override void Throws() => loss.Throws();

    public override double Forward<TLabel>(Data data, TLabel[] labels, Recipe recipe) =>
        loss.Forward(Turned(data, recipe), Turned(labels, recipe), recipe);

    public override Result ForwardBackward<TLabel>(Data data, TLabel[] labels, Recipe recipe) =>
        TurnedBack(loss.ForwardBackward(Turned(data, recipe), Turned(labels, recipe), recipe), recipe);

    public override Result AccumulateAndBackward<TLabel>(Data data, TLabel[] labels, Recipe recipe) =>
        TurnedBack(loss.AccumulateAndBackward(Turned(data, recipe), Turned(labels, recipe), recipe), recipe);

    public override Result InPlace<TLabel>(Data data, TLabel[] labels, Recipe recipe) =>
        TurnedBack(loss.InPlace(Turned(data, recipe), Turned(labels, recipe), recipe), recipe);

    private Data Turned(Data data, Recipe recipe) => data.With(Turning.ToPixels<float>(data.Predictions, recipe.BatchSize, loss.Options.NumClasses));

    private TLabel[] Turned<TLabel>(TLabel[] labels, Recipe recipe) => loss.Options.Labels == SoftDiceLabels.OneHot
        ? Turning.ToPixels<TLabel>(labels, recipe.BatchSize, loss.Options.NumClasses)
        : labels;

    private Result TurnedBack(Result result, Recipe recipe) =>
        result with { Gradient = Turning.ToPlanes<float>(result.Gradient, recipe.BatchSize, loss.Options.NumClasses) };
}

/// <summary>The same of a loss at one kind of lanes.</summary>
internal sealed class ChannelsLastKernel(TrainingKernel kernel)
    : TrainingKernel(kernel.Name, kernel.Options with { Layout = SoftDiceLayout.ChannelsFirst }, kernel.Lanes)
{
    public override double ForwardBackward<TLabel>(
        ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, Span<float> gradient, int batchSize, double scale = 1)
    {
        float[] turned = new float[gradient.Length];
        TLabel[] turnedLabels = Options.Labels == SoftDiceLabels.OneHot ? Turning.ToPixels(labels, batchSize, NumClasses) : [.. labels];
        double loss = kernel.ForwardBackward<TLabel>(Turning.ToPixels(predictions, batchSize, NumClasses), turnedLabels, turned, batchSize, scale);
        Turning.ToPlanes<float>(turned, batchSize, NumClasses).CopyTo(gradient);
        return loss;
    }

    public override TrainingKernel WithMask(bool[] mask) => new ChannelsLastKernel(kernel.WithMask(mask));

    public override void Backward<TLabel>(ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, Span<float> gradient, int batchSize = 1) =>
        throw new NotSupportedException("Random losses are called with their sums.");

    public override void AssertSumsStay<TLabel>(ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize) =>
        throw new NotSupportedException("Random losses are right.");

    public override double Forward<TLabel>(ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize) =>
        throw new NotSupportedException("Random losses are called with their gradient.");

    public override double[] Overlaps<TLabel>(ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize) =>
        throw new NotSupportedException("Random losses are one number.");
}
