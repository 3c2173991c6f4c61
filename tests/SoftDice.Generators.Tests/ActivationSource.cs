using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace SoftDice.Generators.Tests;

/// <summary>A random method that activates arrays, writes to them, and calls a loss; with what is in its arrays when it does, whichever way it takes.</summary>
/// <remarks>The method exists twice: as C#, and as a function that runs the same statements on what is known of the arrays.</remarks>
internal sealed class ActivationSource
{
    private const int Depth = 3;
    private static readonly string[] Variables = ["p", "q", "other"];
    private readonly Random _random;
    private readonly Action<Run> _body;

    public ActivationSource(int seed)
    {
        _random = new Random(seed);
        (Text, _body) = Block(Depth);
    }

    /// <summary>Statements, in which calls are numbered by the last digit behind their arguments.</summary>
    public string Text { get; }

    /// <summary>How many calls there are.</summary>
    public int Calls { get; private set; }

    /// <summary>For each call, whether it was reached, and whether its predictions were probabilities each time.</summary>
    public (bool IsReached, bool IsAlways)[] Observe(int runs)
    {
        (bool IsReached, bool IsAlways)[] calls = [.. Enumerable.Repeat((false, true), Calls)];
        for (int i = 0; i < runs; i++)
        {
            Run run = new(new Random(i), calls);
            try
            {
                _body(run);
            }
            catch (LeavingException)
            {
                // The method has returned.
            }
        }

        return calls;
    }

    private (string Text, Action<Run> Body) Block(int depth)
    {
        (string Text, Action<Run> Body)[] statements = [.. Enumerable.Range(0, _random.Next(1, 6)).Select(_ => Statement(depth))];
        return (string.Join('\n', statements.Select(statement => statement.Text)), run => Array.ForEach(statements, statement => statement.Body(run)));
    }

    private (string Text, Action<Run> Body) Statement(int depth)
    {
        string one = Variable(), two = Variable();
        switch (_random.Next(depth > 0 ? 17 : 12))
        {
            case 0 or 1 or 2: return ($"TensorPrimitives.Sigmoid({two}, {one});", run => run.Set(one, true));
            case 3 or 4: return Call(one, two);
            case 5: return ($"{one}[0] = 3;", run => run.Set(one, false));
            case 6: return ($"Array.Clear({one});", run => run.Set(one, false));
            case 7: return ($"{one} = {two};", run => run.Arrays[one] = run.Arrays[two]);
            case 8: return ($"{one} = new float[64];", run => run.Arrays[one] = new Memory());
            case 9: return ($"TensorPrimitives.Log({two}, {one});", run => run.Set(one, false));
            case 10: return ($"r += {one}[1] + TensorPrimitives.Sum({two});", _ => { });
            case 11: return _random.Next(4) == 0 ? ($"if (r > {_random.Next(9)}) return r;", run => run.Leave()) : ("Console.WriteLine(r);", _ => { });
            case 12 or 13:
                (string Text, Action<Run> Body) then = Block(depth - 1), otherwise = Block(depth - 1);
                return ($"if (r < 3)\n{{\n{then.Text}\n}}\nelse\n{{\n{otherwise.Text}\n}}", run => (run.IsLucky() ? then : otherwise).Body(run));
            case 14 or 15:
                (string Text, Action<Run> Body) again = Block(depth - 1);
                return (
                    $"for (int i{depth} = 0; i{depth} < labels.Length; i{depth}++)\n{{\n{again.Text}\n}}",
                    run => Array.ForEach(new int[run.Times()], _ => again.Body(run)));
            default:
                (string Text, Action<Run> Body) tried = Block(depth - 1);
                return ($"try\n{{\n{tried.Text}\n}}\nfinally\n{{\n{one}[0] = 1;\n}}", run =>
                {
                    tried.Body(run);
                    run.Set(one, false);
                });
        }
    }

    private (string Text, Action<Run> Body) Call(string predictions, string gradient)
    {
        int number = Calls++;
        string last = number.ToString(CultureInfo.InvariantCulture);
        return _random.Next(3) == 0
            ? ($"r += BinaryLoss.ForwardBackward({predictions}, labels, {gradient}, batchSize: {last});", run =>
            {
                run.Call(number, predictions);
                run.Set(gradient, false);
            })
            : ($"r += BinaryLoss.Forward({predictions}, labels, batchSize: {last});", run => run.Call(number, predictions));
    }

    private string Variable() => Variables[_random.Next(Variables.Length)];

    /// <summary>An array, of which is known whether it holds probabilities.</summary>
    private sealed class Memory
    {
        public bool IsActivated { get; set; }
    }

    /// <summary>One way through the method.</summary>
    private sealed class Run(Random random, (bool IsReached, bool IsAlways)[] calls)
    {
        // The caller may have passed one array twice, but p is the method's own.
        public Dictionary<string, Memory> Arrays { get; } = new() { ["p"] = new Memory(), ["q"] = new Memory(), ["other"] = new Memory() };

        public void Set(string variable, bool isActivated) => Arrays[variable].IsActivated = isActivated;

        public void Call(int number, string variable) => calls[number] = (true, calls[number].IsAlways && Arrays[variable].IsActivated);

        public bool IsLucky() => random.Next(2) == 0;

        public int Times() => random.Next(4);

        public void Leave()
        {
            if (random.Next(3) == 0)
            {
                throw new LeavingException();
            }
        }
    }

    private sealed class LeavingException : Exception;
}
