using System;

using SoftDice.Benchmarks.Ratios;

switch (args)
{
    case ["ratios", .. string[] rest]:
        return RatiosCommand.Run(rest);
    default:
        Console.Error.WriteLine("Usage: dotnet run -c Release --project tests/SoftDice.Benchmarks -- COMMAND");
        Console.Error.WriteLine($"    {RatiosCommand.Usage}");
        return 2;
}
