using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

using ScottPlot;
using ScottPlot.Plottables;

namespace SoftDice.Plots;

/// <summary>The limit's time as a part of the loss's, for every class count and size, a group of bars for each mode.</summary>
internal static class RatioPlot
{
    private const double Gap = 1.2;

    public static void Save(Row[] rows, string path)
    {
        Plot plot = Style.Create("Speed as a part of the speed of memory (one thread)", bottom: null, "limit / loss");
        List<Tick> ticks = [];
        double x = 0;
        int color = 0;
        foreach (IGrouping<string, Row> mode in rows.Where(row => row.Threads == 1).GroupBy(row => row.Mode))
        {
            Color fill = Style.ColorOf(color++);
            foreach (Row row in mode.OrderBy(row => row.Classes).ThenBy(row => row.Pixels))
            {
                plot.Add.Bar(new Bar { Position = x, Value = row.LimitRatio, FillColor = fill, Size = 0.8, LineWidth = 0 });
                Text value = plot.Add.Text(row.LimitRatio.ToString("F2", CultureInfo.InvariantCulture), x, row.LimitRatio);
                value.LabelFontSize = 14;
                value.LabelAlignment = Alignment.LowerCenter;
                ticks.Add(new Tick(x, row.Label));
                x++;
            }

            plot.Legend.ManualItems.Add(new LegendItem { LabelText = mode.Key, FillColor = fill });
            x += Gap;
        }

        plot.Add.HorizontalLine(1, 2, Colors.Gray, LinePattern.Dashed);
        plot.Axes.Bottom.SetTicks([.. ticks.Select(tick => tick.Position)], [.. ticks.Select(tick => tick.Label)]);
        plot.Axes.Bottom.TickLabelStyle.FontSize = 13;
        plot.Axes.SetLimits(-0.8, x - Gap - 0.2, 0, Math.Max(1.3, rows.Max(row => row.LimitRatio) + 0.25));
        plot.ShowLegend(Alignment.UpperRight, Orientation.Horizontal);
        plot.SavePng(path, (int)Math.Max(Style.Width, 85 * x), Style.Height);
    }
}
