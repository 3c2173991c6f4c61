using System.Collections.Generic;
using System.Linq;

using ScottPlot;
using ScottPlot.Plottables;

namespace SoftDice.Samples.TrainPixels;

/// <summary>The loss, epoch by epoch.</summary>
internal static class LossCurve
{
    private const int Width = 800;
    private const int Height = 500;

    /// <summary>Writes a PNG file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="training">The mean loss of the steps of each epoch.</param>
    /// <param name="heldOut">The loss on held-out slices after each epoch.</param>
    public static void Save(string path, IReadOnlyCollection<double> training, IReadOnlyCollection<double> heldOut)
    {
        using Plot plot = new();
        double[] epochs = [.. Enumerable.Range(1, training.Count).Select(epoch => (double)epoch)];
        AddLine("training, mean of the epoch", training);
        AddLine("held-out slices, after the epoch", heldOut);

        // From 0, so that the curve shows how much of the loss is left.
        plot.Axes.SetLimits(left: 0, right: training.Count, bottom: 0, top: training.Concat(heldOut).Max());
        plot.Title("Soft Dice loss of the pixel classifier");
        plot.XLabel("epoch");
        plot.YLabel("loss");
        plot.ShowLegend(Alignment.UpperRight);
        plot.SavePng(path, Width, Height);

        void AddLine(string name, IReadOnlyCollection<double> losses)
        {
            Scatter line = plot.Add.ScatterLine(epochs, [.. losses]);
            line.LegendText = name;
            line.LineWidth = 2;
        }
    }
}
