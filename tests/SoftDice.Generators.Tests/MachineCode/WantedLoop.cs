using System.Collections.Generic;
using System.Linq;

namespace SoftDice.Generators.Tests.MachineCode;

/// <summary>What a loop over pixels should be.</summary>
/// <param name="Instructions">Patterns of instructions, each with the least number of them.</param>
/// <param name="MostInstructions">The most instructions a turn.</param>
/// <param name="MostStackAccesses">The most of them that may read or write the stack.</param>
/// <param name="MostSpilledVectors">The most of those that may do so with a whole vector.</param>
internal sealed record WantedLoop(
    (string Pattern, int Least)[] Instructions,
    int MostInstructions = int.MaxValue,
    int MostStackAccesses = int.MaxValue,
    int MostSpilledVectors = int.MaxValue)
{
    /// <summary>What is wrong with a loop, in words.</summary>
    public IEnumerable<string> Complaints(CompiledLoop loop)
    {
        IEnumerable<string> complaints = Instructions
            .Where(wanted => loop.Count(wanted.Pattern) < wanted.Least)
            .Select(wanted => $"'{wanted.Pattern}' is there {loop.Count(wanted.Pattern)} times instead of {wanted.Least}");
        if (loop.Calls)
        {
            complaints = complaints.Append("it calls a method");
        }

        if (loop.Instructions.Count > MostInstructions)
        {
            complaints = complaints.Append($"it has {loop.Instructions.Count} instructions instead of {MostInstructions}");
        }

        if (loop.StackAccesses > MostStackAccesses)
        {
            complaints = complaints.Append($"it reads or writes the stack {loop.StackAccesses} times instead of {MostStackAccesses}");
        }

        if (loop.SpilledVectors > MostSpilledVectors)
        {
            complaints = complaints.Append($"it spills or reloads {loop.SpilledVectors} vectors instead of {MostSpilledVectors}");
        }

        return complaints;
    }
}
