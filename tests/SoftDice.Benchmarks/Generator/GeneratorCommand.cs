using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

using SoftDice.Benchmarks.Ratios;
using SoftDice.Generators;

namespace SoftDice.Benchmarks.Generator;

/// <summary><c>generator</c>: what the source generator costs, in the compiler and after an edit.</summary>
internal static class GeneratorCommand
{
    public const string Usage = "generator";

    private const int Rounds = 9;

    public static int Run(string[] args) => args switch
    {
        [] => MeasureAll(),
        ["cold"] => MeasureCold(),
        _ => 2,
    };

    private static int MeasureAll()
    {
        Console.WriteLine("A run of the generator alone, without parsing and compiling. Medians, but for the fresh process.");
        Console.WriteLine();
        Console.WriteLine("| annotated types | run | ms | outputs |");
        Console.WriteLine("|---|---|---|---|");
        Console.WriteLine(FreshProcess.Run("generator", "cold"));
        Measure(NewDriver(), Project.Create(1));
        foreach (int types in (ReadOnlySpan<int>)[1, 100, 1000])
        {
            CSharpCompilation project = Project.Create(types);
            Write(types, "new driver, warm code", Repeat(() => Measure(NewDriver(), Fresh(project))));
            GeneratorDriver driver = NewDriver().RunGenerators(project);
            Write(types, "unrelated file edited", Repeat(() => Measure(driver, Project.EditUnrelated(project))));
            Write(types, "one option edited", Repeat(() => Measure(driver, Project.EditOption(project))));
        }

        return 0;
    }

    private static int MeasureCold()
    {
        (double milliseconds, string outputs) = Measure(NewDriver(), Project.Create(1));
        Console.Write(Line(1, "first of a fresh process", milliseconds, outputs));
        return 0;
    }

    // A compilation remembers what was bound in it; a new one of the same trees does not.
    private static CSharpCompilation Fresh(CSharpCompilation project) =>
        CSharpCompilation.Create(project.AssemblyName, project.SyntaxTrees, project.References, project.Options);

    private static CSharpGeneratorDriver NewDriver() => CSharpGeneratorDriver.Create(
        [new SoftDiceGenerator().AsSourceGenerator()],
        parseOptions: new CSharpParseOptions(LanguageVersion.CSharp14),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static List<(double Milliseconds, string Outputs)> Repeat(Func<(double Milliseconds, string Outputs)> measure) =>
        [.. Enumerable.Range(0, Rounds).Select(_ => measure())];

    private static (double Milliseconds, string Outputs) Measure(GeneratorDriver driver, CSharpCompilation project)
    {
        long start = Stopwatch.GetTimestamp();
        GeneratorDriver after = driver.RunGenerators(project);
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        GeneratorRunResult result = after.GetRunResult().Results.Single();
        IEnumerable<string> reasons = result.TrackedOutputSteps
            .SelectMany(steps => steps.Value)
            .SelectMany(step => step.Outputs)
            .CountBy(output => output.Reason)
            .Select(reason => $"{reason.Value} {reason.Key.ToString().ToLowerInvariant()}");
        return (milliseconds, string.Join(", ", reasons));
    }

    private static void Write(int types, string run, List<(double Milliseconds, string Outputs)> measured)
    {
        double median = Medians.Of([.. measured.Select(one => one.Milliseconds)]);
        Console.WriteLine(Line(types, run, median, measured[^1].Outputs));
    }

    private static string Line(int types, string run, double milliseconds, string outputs) =>
        string.Create(CultureInfo.InvariantCulture, $"| {types} | {run} | {milliseconds:F2} | {outputs} |");
}
