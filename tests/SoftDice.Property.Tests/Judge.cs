using System;
using System.Globalization;
using System.Linq;
using System.Numerics;

using SoftDice.Kernels.Tests;

namespace SoftDice.PropertyTests;

/// <summary>Holds what a loss gives against the definition.</summary>
/// <param name="largest">Remembers the largest errors.</param>
/// <param name="plant">A bug to be found: what is expected of a loss, made of what should be. None by default.</param>
internal sealed class Judge(LargestErrors largest, Func<Configuration, double, double>? plant = null)
{
    private readonly Func<Configuration, double, double> plant = plant ?? ((_, expected) => expected);

    /// <summary>What is wrong, or null.</summary>
    public string? FindFault(LossUnderTest loss, Configuration configuration)
    {
        Data data = new(loss.Options, configuration.Recipe);
        return configuration.Recipe.LabelType switch
        {
            LabelType.Byte => FindFault<byte>(loss, configuration, data),
            LabelType.SByte => FindFault<sbyte>(loss, configuration, data),
            LabelType.Int16 => FindFault<short>(loss, configuration, data),
            LabelType.UInt16 => FindFault<ushort>(loss, configuration, data),
            LabelType.Int32 => FindFault<int>(loss, configuration, data),
            LabelType.UInt32 => FindFault<uint>(loss, configuration, data),
            LabelType.Int64 => FindFault<long>(loss, configuration, data),
            _ => FindFault<float>(loss, configuration, data),
        };
    }

    private string? FindFault<TLabel>(LossUnderTest loss, Configuration configuration, Data data)
        where TLabel : unmanaged, INumber<TLabel>
    {
        Recipe recipe = configuration.Recipe;
        TLabel[] labels = loss.Options.Labels == SoftDiceLabels.OneHot
            ? [.. data.Targets.Select(TLabel.CreateChecked)]
            : [.. data.Labels.Select(TLabel.CreateChecked)];

        // However it is called, the same bits.
        Result result = loss.ForwardBackward(data, labels, recipe);
        double forward = loss.Forward(data, labels, recipe);
        if (!forward.Equals(result.Loss))
        {
            return Text($"Forward gives {forward:R}, ForwardBackward {result.Loss:R}");
        }

        foreach (Result other in new[]
        {
            loss.AccumulateAndBackward(data, labels, recipe),
            loss.InPlace(data, labels, recipe),
            WithKernel(loss.OfHardware, data, labels, recipe, "the width of the hardware"),
        })
        {
            if (FindDifference(result, other) is string difference)
            {
                return difference;
            }
        }

        Definition definition = new(
            plant(configuration, SoftDiceReference.Loss<TLabel>(loss.Options, data.Predictions, labels, recipe.BatchSize)),
            SoftDiceReference.Gradient<TLabel>(loss.Options, data.Predictions, labels, recipe.BatchSize));
        return Compare(definition, result, loss.OfHardware, data, configuration) ??
            Compare(definition, WithKernel(loss.OfOneLane, data, labels, recipe, "ScalarLane"), loss.OfOneLane, data, configuration);
    }

    private static Result WithKernel<TLabel>(TrainingKernel kernel, Data data, TLabel[] labels, Recipe recipe, string way)
        where TLabel : unmanaged
    {
        float[] gradient = new float[data.Predictions.Length];
        double loss = kernel.ForwardBackward<TLabel>(data.Predictions, labels, gradient, recipe.BatchSize, recipe.Scale);
        return new Result(way, loss, gradient);
    }

    private static string? FindDifference(Result one, Result other)
    {
        int element = Enumerable.Range(0, one.Gradient.Length).FirstOrDefault(i => !one.Gradient[i].Equals(other.Gradient[i]), -1);
        return !one.Loss.Equals(other.Loss) ? Text($"{one.Way} gives the loss {one.Loss:R}, {other.Way} {other.Loss:R}")
            : element >= 0 ? Text($"{one.Way} gives {one.Gradient[element]:R} for element {element} of the gradient, {other.Way} {other.Gradient[element]:R}")
            : null;
    }

    private string? Compare(Definition definition, Result result, TrainingKernel kernel, Data data, Configuration configuration)
    {
        Recipe recipe = configuration.Recipe;
        OneHotBounds bounds = new(kernel, data.Predictions, data.Targets, recipe.BatchSize, recipe.Scale);
        string kind = kernel.Options.Activation.ToString();
        if (!largest.Holds(definition.Loss, result.Loss, bounds.LossError, $"loss, {kind}", configuration))
        {
            return Text($"{result.Way} gives the loss {result.Loss:R} instead of {definition.Loss:R}, bound {bounds.LossError:E2}");
        }

        for (int i = 0; i < definition.Gradient.Length; i++)
        {
            double expected = recipe.Scale * definition.Gradient[i];
            if (!largest.Holds(expected, result.Gradient[i], bounds.GradientError[i], $"gradient, {kind}", configuration))
            {
                return Text($"{result.Way} gives {result.Gradient[i]:R} for element {i} of the gradient instead of {expected:R}, bound {bounds.GradientError[i]:E2}");
            }
        }

        return null;
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private sealed record Definition(double Loss, double[] Gradient);
}
