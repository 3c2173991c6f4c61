using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace SoftDice.Generators.Tests.MachineCode;

/// <summary>The instructions of a loop, from where it jumps back to, to the jump.</summary>
internal sealed partial record CompiledLoop(IReadOnlyList<string> Instructions)
{
    /// <summary>Whether it calls anything.</summary>
    public bool Calls => Instructions.Any(instruction => instruction.StartsWith("call", StringComparison.Ordinal));

    /// <summary>How many instructions read or write the stack: registers that were spilled, and their reloads.</summary>
    public int StackAccesses => Instructions.Count(StackOperand().IsMatch);

    /// <summary>How many of them do so with a whole vector. The address of one plane of many costs less.</summary>
    public int SpilledVectors => Instructions.Count(VectorOnStack().IsMatch);

    /// <summary>How many instructions match a pattern.</summary>
    public int Count(string pattern) => Instructions.Count(instruction => Regex.IsMatch(instruction, $"^{pattern}"));

    /// <inheritdoc/>
    public override string ToString() => string.Concat(Instructions.Select(instruction => $"\n    {instruction}"));

    [GeneratedRegex(@"\[r[bs]p\b")]
    private static partial Regex StackOperand();

    [GeneratedRegex(@"[xyz]mmword ptr \[r[bs]p\b")]
    private static partial Regex VectorOnStack();
}
