using System;

using BenchmarkDotNet.Running;

using SoftDice.Benchmarks.FirstCall;
using SoftDice.Benchmarks.Generator;
using SoftDice.Benchmarks.Ratios;
using SoftDice.Benchmarks.Suites;

switch (args)
{
    case ["ratios", .. string[] rest]:
        return RatiosCommand.Run(rest);
    case ["floors", .. string[] rest]:
        return FloorsCommand.Run(rest);
    case ["generator", .. string[] rest]:
        return GeneratorCommand.Run(rest);
    case ["firstcall", .. string[] rest]:
        return FirstCallCommand.Run(rest);
    case ["bdn", .. string[] rest]:
        BenchmarkSwitcher.FromAssembly(typeof(LossSuite).Assembly).Run(rest);
        return 0;
    default:
        Console.Error.WriteLine("Usage: dotnet run -c Release --project tests/SoftDice.Benchmarks -- COMMAND");
        Console.Error.WriteLine($"    {RatiosCommand.Usage}");
        Console.Error.WriteLine($"    {FloorsCommand.Usage}");
        Console.Error.WriteLine($"    {GeneratorCommand.Usage}");
        Console.Error.WriteLine($"    {FirstCallCommand.Usage}");
        Console.Error.WriteLine("    bdn [BenchmarkDotNet's arguments]");
        return 2;
}
