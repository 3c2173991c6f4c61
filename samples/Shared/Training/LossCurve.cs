using System.Collections.Generic;
using System.Linq;

using ScottPlot;
using ScottPlot.Plottables;

namespace SoftDice.Samples.Training;

/// <summary>What changes epoch by epoch, as lines.</summary>
internal static class LossCurve
{
    private const int Width = 800;
    private const int Height = 500;

    /// <summary>Writes a PNG file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="title">What stands above it.</param>
    /// <param name="lines">A name and a number for each epoch.</param>
    public static void Save(string path, string title, params IReadOnlyList<(string Name, IReadOnlyList<double> Values)> lines)
    {
        using Plot plot = new();
        foreach ((string name, IReadOnlyList<double> values) in lines)
        {
            double[] epochs = [.. Enumerable.Range(1, values.Count).Select(epoch => (double)epoch)];
            Scatter line = plot.Add.ScatterLine(epochs, values.ToArray());
            line.LegendText = name;
            line.LineWidth = 2;
        }

        // From 0, so that the curve shows how much of the loss is left.
        plot.Axes.SetLimits(left: 0, right: lines.Max(line => line.Values.Count), bottom: 0, top: lines.Max(line => line.Values.Max()));
        plot.Title(title);
        plot.XLabel("epoch");
        plot.YLabel("loss");
        plot.ShowLegend(Alignment.UpperRight);
        plot.SavePng(path, Width, Height);
    }
}
