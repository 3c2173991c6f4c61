using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

using SoftDice.Benchmarks.Options;
using SoftDice.Benchmarks.Peers;

namespace SoftDice.Benchmarks.Ratios;

/// <summary><c>ratios</c>: every case against the limit and the peers, in a minute; with libtorch in three; or every option against the loss without it.</summary>
internal static class RatiosCommand
{
    public const string Usage = "ratios [--json FILE] [--only NAME] [--torch] [--plain-malloc] [--options]";

    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static int Run(ReadOnlySpan<string> args)
    {
        string? json = null;
        string only = string.Empty;
        bool withTorch = false;
        bool keepMemory = true;
        bool ofOptions = false;
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--torch":
                    withTorch = true;
                    break;
                case "--plain-malloc":
                    keepMemory = false;
                    break;
                case "--options":
                    ofOptions = true;
                    break;
                case "--json" when i + 1 < args.Length:
                    json = args[++i];
                    break;
                case "--only" when i + 1 < args.Length:
                    only = args[++i];
                    break;
                default:
                    Console.Error.WriteLine($"Not an option: {args[i]}. Usage: {Usage}");
                    return 2;
            }
        }

        if (keepMemory)
        {
            KeptMemory.Enable();
        }

        RatiosReport.WriteHead(Console.Out);
        if (ofOptions)
        {
            OptionsReport.Write(Console.Out, only);
            return 0;
        }

        List<Row> rows = [];
        RatiosReport.WriteTableHead(Console.Out);
        foreach (CaseShape shape in CaseList.All)
        {
            if (shape.Name.Contains(only, StringComparison.OrdinalIgnoreCase))
            {
                rows.Add(CaseRun.Measure(shape, withTorch));
                RatiosReport.WriteRow(Console.Out, rows[^1]);
            }
        }

        if (rows.Count == 0)
        {
            Console.Error.WriteLine($"No case has '{only}' in its name.");
            return 2;
        }

        RatiosReport.WriteTail(Console.Out, rows);
        if (json is not null)
        {
            File.WriteAllText(json, JsonSerializer.Serialize(rows, JsonOptions) + "\n");
        }

        return 0;
    }
}
