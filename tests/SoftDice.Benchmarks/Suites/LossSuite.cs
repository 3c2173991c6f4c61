using System;
using System.Collections.Generic;

using BenchmarkDotNet.Attributes;

using SoftDice.Benchmarks.Losses;
using SoftDice.Benchmarks.Ratios;

namespace SoftDice.Benchmarks.Suites;

/// <summary>One kernel over shapes in the cache, beyond it, and of odd sizes, where the tail counts.</summary>
[Config(typeof(WidthConfig))]
public abstract class LossSuite
{
    private readonly LossMode mode;
    private CaseData data = null!;

    private protected LossSuite(LossMode mode) => this.mode = mode;

    public static IEnumerable<string> Shapes => ["1x224x224", "3x61x47", "1x1x7", "2x1024x512"];

    [Params(3, 19)]
    public int Classes { get; set; }

    /// <summary>Batch, height and width.</summary>
    [ParamsSource(nameof(Shapes))]
    public string Shape { get; set; } = string.Empty;

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        int[] lengths = Array.ConvertAll(Shape.Split('x'), text => int.Parse(text, null));
        data = new CaseData(new CaseShape(mode, Classes, lengths[0], lengths[1], lengths[2], Threads));
    }

    [Benchmark]
    public double Loss() => GeneratedLoss.Run(data, data.Shape.Threads);
}
