using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

using Xunit;

namespace SoftDice.PropertyTests;

/// <summary>Losses with options drawn at random, on data drawn at random, against the definition.</summary>
public sealed class PropertyTests
{
    /// <summary>Losses in one assembly: compiling many at once is faster, and an assembly that is done is unloaded.</summary>
    private const int BatchSize = 50;

    // The same draw everywhere, so that a run is as good as the change that it follows; other draws are other numbers.
    private static readonly int Seed = Setting("SOFTDICE_PROPERTY_SEED", 1);
    private static readonly int Runs = Setting("SOFTDICE_PROPERTY_RUNS", 200);

    [Fact]
    public async Task Any_options_that_go_together_compute_the_definition()
    {
        LargestErrors largest = new();
        Stopwatch watch = Stopwatch.StartNew();
        await AssertNoFault(
            [.. Enumerable.Range(0, Runs).Select(number => DrawConfiguration(number, mustFit: true))], new Judge(largest), mustFit: true);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Random configurations: {Runs} from seed {Seed} in {watch.Elapsed.TotalSeconds:F0} s"));
        largest.Print();
    }

    [Fact]
    public async Task Any_options_at_all_are_refused_or_compute_the_definition()
    {
        LargestErrors largest = new();
        Configuration[] drawn = [.. Enumerable.Range(0, (Runs + 3) / 4).Select(number => DrawConfiguration(-1 - number, mustFit: false))];
        int refused = await AssertNoFault(drawn, new Judge(largest), mustFit: false);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Random combinations: {drawn.Length} from seed {Seed}, of which {refused} were refused"));
    }

    [Fact]
    public async Task A_mistake_among_any_options_is_reported_and_brings_no_other_error()
    {
        (Configuration With, Mistake Mistake)[] drawn = [.. Enumerable.Range(0, Math.Max(Runs / 2, 1)).Select(DrawMistake)];
        foreach ((Configuration With, Mistake Mistake)[] batch in drawn.Chunk(BatchSize))
        {
            using CompiledLosses losses = await CompiledLosses.Make([.. batch.Select(one => one.With.Text)]);
            for (int i = 0; i < batch.Length; i++)
            {
                string what = $"[SoftDiceLoss({batch[i].With.Text})]";
                Assert.True(losses.AnalyzerIds(i).Contains(batch[i].Mistake.Id), $"{what} is not reported as {batch[i].Mistake.Id}");
                Assert.True(losses.CompilerDiagnostics(i).Length == 0, $"{what}: {string.Join('\n', losses.CompilerDiagnostics(i))}");
            }

            // Should all of the analyzers be silenced.
            for (int i = 0; i < batch.Length; i++)
            {
                LossUnderTest loss = LossUnderTest.Of(losses.Loss(i));
                Assert.True(Record.Exception(loss.Throws) is NotSupportedException, $"[SoftDiceLoss({batch[i].With.Text})] does not throw.");
            }
        }
    }

    private static Configuration DrawConfiguration(int number, bool mustFit)
    {
        Random random = new(unchecked((Seed * 1_000_003) + number));
        Configuration loss = new(Options.Draw(random, mustFit), new Recipe());
        return loss with { Recipe = Recipe.Draw(random, loss) };
    }

    private static (Configuration With, Mistake Mistake) DrawMistake(int number)
    {
        Configuration drawn = DrawConfiguration(number, mustFit: true);
        Mistake mistake = Mistakes.All[number % Mistakes.All.Length];
        return (mistake.MakeIn(drawn), mistake);
    }

    /// <summary>Fails with the smallest configuration that does; the number of those that were refused, which none is that must fit.</summary>
    private static async Task<int> AssertNoFault(Configuration[] all, Judge judge, bool mustFit)
    {
        int refused = 0;
        foreach (Configuration[] batch in all.Chunk(BatchSize))
        {
            using CompiledLosses losses = await CompiledLosses.Make([.. batch.Select(configuration => configuration.Text)]);
            // Before any of them is loaded: one that does not compile leaves no assembly for the others.
            int broken = Enumerable.Range(0, batch.Length).FirstOrDefault(i => losses.AnalyzerIds(i).Length == 0 && losses.CompilerDiagnostics(i).Length > 0, -1);
            if (broken >= 0)
            {
                Assert.Fail((await Report.Make(batch[broken], $"The compiler says: {losses.CompilerDiagnostics(broken)[0]}", new Shrinker(judge))).Text);
            }

            for (int i = 0; i < batch.Length; i++)
            {
                string[] ids = losses.AnalyzerIds(i);
                Assert.True(ids.Length == 0 || !mustFit, $"[SoftDiceLoss({batch[i].Text})] is refused with {string.Join(", ", ids)}");
                refused += Math.Min(ids.Length, 1);
                string? fault = losses.CompilerDiagnostics(i) is [string first, ..] ? $"The compiler says: {first}"
                    : ids.Length > 0 ? null
                    : judge.FindFault(LossUnderTest.Of(losses.Loss(i)), batch[i]);
                if (fault is not null)
                {
                    Assert.Fail((await Report.Make(batch[i], fault, new Shrinker(judge))).Text);
                }
            }

            Assert.True(losses.AreClean, $"The compiler says: {string.Join('\n', losses.CompilerDiagnostics(-1))}");
        }

        return refused;
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
