using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace SoftDice.Generators.Tests.MachineCode;

/// <summary>One method in the JIT's listing.</summary>
/// <param name="Name">Its name, with type arguments and parameters.</param>
/// <param name="Loops">Its loops.</param>
/// <param name="InnermostLoops">Those that have no other loop in them.</param>
internal sealed partial record CompiledMethod(string Name, IReadOnlyList<CompiledLoop> Loops, IReadOnlyList<CompiledLoop> InnermostLoops)
{
    /// <summary>Reads a method's lines.</summary>
    public static CompiledMethod Parse(string name, string text)
    {
        List<string> instructions = [];
        Dictionary<string, int> labels = [];
        List<(int First, int Last)> spans = [];
        foreach (string line in text.Split('\n'))
        {
            if (Label().Match(line) is { Success: true } label)
            {
                labels[label.Groups[1].Value] = instructions.Count;
            }
            else if (Instruction().Match(line) is { Success: true } instruction)
            {
                instructions.Add(instruction.Groups[1].Value);
                if (Jump().Match(line) is { Success: true } jump && labels.TryGetValue(jump.Groups[1].Value, out int target))
                {
                    spans.Add((target, instructions.Count - 1));
                }
            }
        }

        // Code that is rarely run lies behind the end of a method and jumps back into it from there: that is no loop.
        spans.RemoveAll(span => instructions[span.First..(span.Last + 1)].Contains("ret"));
        IEnumerable<(int First, int Last)> innermost = spans.Where(span =>
            !spans.Exists(other => other != span && span.First <= other.First && other.Last <= span.Last));
        return new CompiledMethod(name.Trim(), [.. spans.Select(Loop)], [.. innermost.Select(Loop)]);

        CompiledLoop Loop((int First, int Last) span) => new(instructions[span.First..(span.Last + 1)]);
    }

    [GeneratedRegex(@"^(G_M\w+):")]
    private static partial Regex Label();

    // Padding that aligns a loop is listed as an instruction, at its end.
    [GeneratedRegex(@"^ +(?!align\b)([a-z].*?)\s*(;.*)?$")]
    private static partial Regex Instruction();

    [GeneratedRegex(@"^ +j\w+ +(?:SHORT )?(G_M\w+)")]
    private static partial Regex Jump();
}
