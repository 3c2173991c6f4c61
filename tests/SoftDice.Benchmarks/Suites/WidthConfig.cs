using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Environments;
using BenchmarkDotNet.Jobs;

namespace SoftDice.Benchmarks.Suites;

/// <summary>One short job for each vector width, with memory and disassembly, each in a process of its own.</summary>
/// <remarks>
/// The variables are those of .NET 10: it reads EnableAVX512 where .NET 8 had EnableAVX512F, and EnableHWIntrinsic for all of them.
/// Without AVX2 the kernels are 128 bits wide; without intrinsics, one element.
/// </remarks>
internal sealed class WidthConfig : ManualConfig
{
    public WidthConfig()
    {
        AddJob(Widest("512 bits"));
        AddJob(Widest("256 bits").WithEnvironmentVariable("DOTNET_EnableAVX512", "0"));
        AddJob(Widest("128 bits").WithEnvironmentVariable("DOTNET_EnableAVX2", "0"));
        AddJob(Widest("scalar").WithEnvironmentVariable("DOTNET_EnableHWIntrinsic", "0"));
        AddDiagnoser(MemoryDiagnoser.Default);
        AddDiagnoser(new DisassemblyDiagnoser(new DisassemblyDiagnoserConfig(maxDepth: 8, printSource: false)));
        WithArtifactsPath("artifacts/benchmarks");
        HideColumns(Column.EnvironmentVariables);
    }

    private static Job Widest(string id) => Job.ShortRun.WithRuntime(CoreRuntime.Core10_0).WithId(id);
}
