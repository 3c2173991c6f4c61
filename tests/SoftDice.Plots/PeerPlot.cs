using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

using ScottPlot;
using ScottPlot.Plottables;

namespace SoftDice.Plots;

/// <summary>The time of the loss and of every peer in the cases of one mode, on a logarithmic scale.</summary>
internal static class PeerPlot
{
    private const string Ours = "SoftDice";

    public static void Save(string mode, Row[] rows, string path)
    {
        Plot plot = Style.Create($"{mode}: time a call (one thread)", bottom: null, "milliseconds");
        string[] names = [Ours, .. rows.SelectMany(row => row.Peers.Keys).Distinct().Order(StringComparer.Ordinal)];
        Row[] ordered = [.. rows.OrderBy(row => row.Classes).ThenBy(row => row.Pixels)];
        double group = names.Length + 1.5;
        double[] times = [.. rows.SelectMany(row => row.Peers.Values.Append(row.Ms))];
        int floor = (int)Math.Floor(Math.Log10(times.Min() / 1.5));
        int ceiling = (int)Math.Ceiling(Math.Log10(times.Max()));
        for (int i = 0; i < ordered.Length; i++)
        {
            for (int name = 0; name < names.Length; name++)
            {
                double? milliseconds = names[name] == Ours ? ordered[i].Ms : Find(ordered[i].Peers, names[name]);
                if (milliseconds is double time)
                {
                    AddBar(plot, (i * group) + name, time, floor, ordered[i].Ms, Style.ColorOf(name));
                }
            }
        }

        for (int name = 0; name < names.Length; name++)
        {
            plot.Legend.ManualItems.Add(new LegendItem { LabelText = names[name], FillColor = Style.ColorOf(name) });
        }

        double middle = (names.Length - 1) / 2.0;
        plot.Axes.Bottom.SetTicks([.. ordered.Select((_, i) => (i * group) + middle)], [.. ordered.Select(row => row.Label)]);
        plot.Axes.Left.TickGenerator = Style.LogTicks(floor, ceiling, value => value.ToString("0.####", CultureInfo.InvariantCulture));
        plot.Axes.SetLimits(-1.2, (ordered.Length * group) - 1, floor, ceiling + 0.2);
        plot.ShowLegend(Edge.Bottom);
        plot.SavePng(path, Style.Width, Style.Height);
    }

    // Above a peer's bar: how many times as long as the loss it takes.
    private static void AddBar(Plot plot, double x, double time, int floor, double ours, Color color)
    {
        double top = Math.Log10(time);
        plot.Add.Bar(new Bar { Position = x, Value = top, ValueBase = floor, FillColor = color, Size = 0.9, LineWidth = 0 });
        if (time != ours)
        {
            double factor = time / ours;
            Text text = plot.Add.Text(factor.ToString(factor < 10 ? "0.0" : "0", CultureInfo.InvariantCulture), x, top);
            text.LabelAlignment = Alignment.LowerCenter;
            text.LabelFontSize = 11;
        }
    }

    private static double? Find(Dictionary<string, double> peers, string name) => peers.TryGetValue(name, out double time) ? time : null;
}
