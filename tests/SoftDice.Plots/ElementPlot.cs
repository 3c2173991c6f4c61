using System;
using System.Globalization;
using System.Linq;

using ScottPlot;
using ScottPlot.Plottables;

namespace SoftDice.Plots;

/// <summary>Nanoseconds an element as classes grow, beside the same as pixels grow: flat lines would be ideal.</summary>
internal static class ElementPlot
{
    public static void Save(Row[] rows, string path)
    {
        Row[] oneThread = [.. rows.Where(row => row.Threads == 1)];

        // One size for each number of classes: the largest batch that is not beyond a million pixels.
        Row[] byClasses = [.. oneThread
            .GroupBy(row => (row.Mode, row.Classes))
            .Select(group => group.Where(row => row.Pixels < 2e6).MaxBy(row => row.Pixels))
            .OfType<Row>()];
        Row[] byPixels = [.. oneThread.Where(row => row.Classes == 3)];

        Multiplot plots = new();
        plots.AddPlots(2);
        plots.Layout = new ScottPlot.MultiplotLayouts.Columns();
        Draw(plots.GetPlot(0), "as classes grow", "classes", byClasses, row => row.Classes);
        Draw(plots.GetPlot(1), "as pixels grow, 3 classes", "pixels", byPixels, row => row.Pixels);
        plots.SavePng(path, Style.Width + 200, Style.Height);
    }

    private static void Draw(Plot plot, string title, string bottom, Row[] rows, Func<Row, double> value)
    {
        Style.Apply(plot, $"Cost per element {title}", bottom, "nanoseconds an element");
        int color = 0;
        foreach (IGrouping<string, Row> mode in rows.GroupBy(row => row.Mode))
        {
            Row[] ordered = [.. mode.OrderBy(value)];
            Scatter line = plot.Add.Scatter(
                ordered.Select(row => Math.Log10(value(row))).ToArray(),
                ordered.Select(row => Math.Log10(row.NanosecondsAnElement)).ToArray(),
                Style.ColorOf(color++));
            line.LegendText = mode.Key;
            line.LineWidth = 2;
            line.MarkerSize = 9;
        }

        double[] places = [.. rows.Select(value).Distinct().Order()];
        plot.Axes.Bottom.SetTicks(
            [.. places.Select(Math.Log10)], [.. places.Select(place => place.ToString("N0", CultureInfo.InvariantCulture))]);
        plot.Axes.Left.TickGenerator = Style.LogTicks(-2, 2, tick => tick.ToString("0.##", CultureInfo.InvariantCulture));
        plot.Axes.SetLimitsY(-2, 2);
        plot.ShowLegend(Alignment.UpperLeft);
    }
}
