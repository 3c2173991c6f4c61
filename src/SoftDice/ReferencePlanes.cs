using System;

namespace SoftDice;

/// <summary>A batch whose classes lie side by side, as the definition takes it: a plane a class.</summary>
/// <param name="Options">The options, but for the layout.</param>
/// <param name="Predictions">Predictions, (batch, class, pixels).</param>
/// <param name="Labels">Labels: class indices as they were, targets (batch, class, pixels).</param>
internal sealed record ReferencePlanes<TLabel>(SoftDiceOptions Options, float[] Predictions, TLabel[] Labels)
{
    /// <summary>Turns a batch.</summary>
    public static ReferencePlanes<TLabel> Of(
        SoftDiceOptions options, ReadOnlySpan<float> predictions, ReadOnlySpan<TLabel> labels, int batchSize, int pixels) => new(
            options with { Layout = SoftDiceLayout.ChannelsFirst },
            Turned(predictions, batchSize, pixels, options.NumClasses),
            options.Labels == SoftDiceLabels.OneHot ? Turned(labels, batchSize, pixels, options.NumClasses) : labels.ToArray());

    /// <summary>Turns a gradient back: a plane a class becomes the classes of a pixel side by side.</summary>
    public double[] TurnBack(double[] gradient, int batchSize, int pixels) => Turned<double>(gradient, batchSize, Options.NumClasses, pixels);

    // Rows become columns, in each image.
    private static T[] Turned<T>(ReadOnlySpan<T> values, int batchSize, int rows, int columns)
    {
        T[] turned = new T[values.Length];
        for (int image = 0; image < batchSize; image++)
        {
            int first = image * rows * columns;
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    turned[first + (column * rows) + row] = values[first + (row * columns) + column];
                }
            }
        }

        return turned;
    }
}
