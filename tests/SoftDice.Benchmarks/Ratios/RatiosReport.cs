using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Benchmarks.Ratios;

/// <summary>The measurements as text: a Markdown table, and below it what can only be said of several rows.</summary>
internal static class RatiosReport
{
    public static void WriteHead(TextWriter writer)
    {
        int width = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 32;
        writer.WriteLine($"Byte labels, {width}-bit lanes, {RuntimeInformation.FrameworkDescription}. Medians, measured in turn in one process.");
        WriteLoad(writer);
        writer.WriteLine();
    }

    public static void WriteTableHead(TextWriter writer)
    {
        writer.WriteLine("The limit: predictions and labels read as often as the loss must, and the gradient written once.");
        writer.WriteLine("Peers: how many times as long they take. Each has given our loss, and our gradient, to what its float sums allow.");
        writer.WriteLine();
        writer.WriteLine("| case | limit, ms | loss, ms | GB/s | limit / loss | bytes allocated | limit by | peer / loss |");
        writer.WriteLine("|---|---|---|---|---|---|---|---|");
    }

    public static void WriteRow(TextWriter writer, Row row)
    {
        IEnumerable<string> peers = row.Peers
            .OrderBy(peer => peer.Value)
            .Select(peer => Invariant($"{peer.Key} {peer.Value / row.Ms:F1}"))
            .Concat(row.Remarks);
        writer.WriteLine(Invariant(
            $"| {row.Case} | {row.LimitMs:F4} | {row.Ms:F4} | {row.Bytes / row.Ms / 1e6:F1} | {row.LimitRatio:F2} | {row.AllocatedBytes} | {row.Limit} | {string.Join("; ", peers)} |"));
    }

    public static void WriteTail(TextWriter writer, List<Row> rows)
    {
        writer.WriteLine();
        foreach (IGrouping<string, Row> mode in rows.Where(row => row.Threads == 1).GroupBy(row => row.Mode))
        {
            Row? few = mode.LastOrDefault(row => row.Classes == 19);
            Row? many = mode.LastOrDefault(row => row.Classes == 150);
            if (few is not null && many is not null)
            {
                writer.WriteLine(Invariant(
                    $"{mode.Key}: an element at C=150 costs {many.NanosecondsAnElement:F3} ns, at C=19 {few.NanosecondsAnElement:F3} ns: {many.NanosecondsAnElement / few.NanosecondsAnElement:F2} times as much."));
            }
        }

        foreach (Row several in rows.Where(row => row.Threads > 1))
        {
            Row? one = rows.Find(row => row.Threads == 1 && several.Case.StartsWith(row.Case, StringComparison.Ordinal));
            string limit = one is null ? string.Empty : Invariant($"; the limit {one.LimitMs / several.LimitMs:F2}, from its own row");
            writer.WriteLine(Invariant($"{several.Case}: {several.OneThreadMs / several.Ms:F2} times as fast as on one, in the same turns{limit}."));
        }
    }

    // Ratios stand a little company, figures on two threads none.
    private static void WriteLoad(TextWriter writer)
    {
        const string LoadFile = "/proc/loadavg";
        if (File.Exists(LoadFile))
        {
            string load = File.ReadAllText(LoadFile).Split(' ')[0];
            writer.WriteLine($"Processes that wanted to run in the minute before: {load}, on {Environment.ProcessorCount} processors.");
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
