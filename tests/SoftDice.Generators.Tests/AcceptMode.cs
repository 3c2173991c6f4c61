using System;

namespace SoftDice.Generators.Tests;

/// <summary>
/// Whether to write what the tests expect instead of comparing with it. One command accepts all of it:
/// <c>SOFTDICE_ACCEPT=1 dotnet run --project tests/SoftDice.Generators.Tests</c>; the diff is then to be read and committed.
/// </summary>
internal static class AcceptMode
{
    public const string Variable = "SOFTDICE_ACCEPT";

    public static bool IsOn { get; } = Environment.GetEnvironmentVariable(Variable) == "1";
}
