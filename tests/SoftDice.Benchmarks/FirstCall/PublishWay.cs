using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace SoftDice.Benchmarks.FirstCall;

/// <summary>A way to publish a user's program.</summary>
/// <param name="Name">As the table has it.</param>
/// <param name="Way">As tests/SoftDice.FirstCall has it.</param>
/// <param name="InstructionSet">What code compiled ahead of time may use, or nothing for the default.</param>
internal sealed record PublishWay(string Name, string Way, string InstructionSet = "")
{
    /// <summary>The first is what the others are compared with.</summary>
    public static IReadOnlyList<PublishWay> All { get; } =
    [
        .. new PublishWay[]
        {
            new("JIT", "Jit"),
            new("ReadyToRun", "ReadyToRun"),
            new("NativeAOT", "NativeAot"),
            new("NativeAOT, x86-64-v3", "NativeAot", "x86-64-v3"),
            new("NativeAOT, native", "NativeAot", "native"),
        }.Where(way => way.InstructionSet != "x86-64-v3" || RuntimeInformation.ProcessArchitecture == Architecture.X64),
    ];

    /// <summary>Arguments of <c>dotnet publish</c>.</summary>
    public IEnumerable<string> Properties => [$"-p:Way={Way}", $"-p:IlcInstructionSet={InstructionSet}"];
}
