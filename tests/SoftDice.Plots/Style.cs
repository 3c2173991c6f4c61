using System;

using ScottPlot;
using ScottPlot.Palettes;
using ScottPlot.TickGenerators;

namespace SoftDice.Plots;

/// <summary>What all plots look like.</summary>
internal static class Style
{
    public const int Width = 1200;
    public const int Height = 640;

    private static readonly ColorblindFriendly Palette = new();

    public static Color ColorOf(int index) => Palette.GetColor(index);

    /// <summary>A plot with a title and names of its axes, large enough to be read in a page.</summary>
    public static Plot Create(string title, string? bottom, string left)
    {
        Plot plot = new();
        Apply(plot, title, bottom, left);
        return plot;
    }

    /// <summary>The same for a plot that is there.</summary>
    public static void Apply(Plot plot, string title, string? bottom, string left)
    {
        plot.Title(title, size: 22);
        plot.YLabel(left, size: 18);
        if (bottom is not null)
        {
            plot.XLabel(bottom, size: 18);
        }

        plot.Axes.Left.TickLabelStyle.FontSize = 16;
        plot.Axes.Bottom.TickLabelStyle.FontSize = 15;
        plot.Legend.FontSize = 15;

        // Measured by ScottPlot, the room is too small for a name beside labels, and for labels of several lines.
        plot.Axes.Left.MinimumSize = 90;
        plot.Axes.Bottom.MinimumSize = 80;
        plot.Axes.Right.MinimumSize = 30;
    }

    /// <summary>An axis that holds the logarithms to base 10 of what its labels say.</summary>
    public static NumericManual LogTicks(int from, int to, Func<double, string> label)
    {
        NumericManual ticks = new();
        for (int power = from; power <= to; power++)
        {
            ticks.AddMajor(power, label(Math.Pow(10, power)));
            for (int digit = 2; digit < 10 && power < to; digit++)
            {
                ticks.AddMinor(power + Math.Log10(digit));
            }
        }

        return ticks;
    }
}
