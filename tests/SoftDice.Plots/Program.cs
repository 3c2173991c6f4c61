using System;
using System.IO;
using System.Linq;
using System.Text.Json;

using SoftDice.Plots;

if (args.Length is not (1 or 2))
{
    Console.Error.WriteLine("Usage: dotnet run --project tests/SoftDice.Plots -- FILE.json [OUTFOLDER]");
    Console.Error.WriteLine("       dotnet run --project tests/SoftDice.Plots -- icon FILE.png");
    Console.Error.WriteLine("FILE.json is what SoftDice.Benchmarks wrote with: ratios --json FILE.json");
    return 2;
}

if (args is ["icon", string icon])
{
    Icon.Save(icon);
    return 0;
}

string file = args[0];
string folder = args.Length == 2 ? args[1] : Path.Combine("docs", "images");
Row[] rows = JsonSerializer.Deserialize<Row[]>(File.ReadAllText(file), JsonSerializerOptions.Web)!;
Directory.CreateDirectory(folder);
RatioPlot.Save(rows, Path.Combine(folder, "ratio-to-limit.png"));
foreach (IGrouping<string, Row> mode in rows.Where(row => row.Threads == 1).GroupBy(row => row.Mode))
{
    PeerPlot.Save(mode.Key, [.. mode], Path.Combine(folder, $"peers-{mode.Key}.png"));
}

ElementPlot.Save(rows, Path.Combine(folder, "cost-per-element.png"));
return 0;
