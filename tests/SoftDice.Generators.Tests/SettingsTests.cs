using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>Settings of the user's project that change what code means, or what the compiler says of it.</summary>
public sealed class SettingsTests
{
    // Every generated member is called at least once.
    private const string Source =
        """
        [SoftDice.SoftDiceLoss(NumClasses = 5)]
        internal partial class TissueLoss
        {
            public static double Run()
            {
                byte[] labels = new byte[1000];
                float[] predictions = new float[NumClasses * labels.Length];
                for (int i = 0; i < labels.Length; i++)
                {
                    labels[i] = (byte)(i % NumClasses);
                    predictions[i * 7 % predictions.Length] = i / 1000f;
                }

                Sums sums = default;
                Accumulate<byte>(ref sums, predictions, labels, 2);
                Accumulate<SoftDice.Kernels.ScalarLane, byte>(ref sums, predictions, labels, 2);
                byte[] bytes = new byte[Sums.ByteCount];
                sums.WriteTo(bytes);
                Sums read = Sums.ReadFrom(bytes) + default(Sums);
                bool same = read.Equals(sums) && read.Equals((object)sums) && read.GetHashCode() == sums.GetHashCode();
                double others = read.Intersection(1) + read.PredictionSum(2) + read.TargetSum(3) + Sums.ClassCount + Epsilon;
                return same ? read.Dice(4) + read.Loss() + Forward<byte>(predictions, labels, 2) + others : double.NaN;
            }
        }
        """;

    private static readonly double Expected = GeneratorHarness.Run(Source).Call<double>("TissueLoss", "Run");

    [Theory]
    [InlineData(false, NullableContextOptions.Disable)]
    [InlineData(false, NullableContextOptions.Warnings)]
    [InlineData(false, NullableContextOptions.Annotations)]
    [InlineData(true, NullableContextOptions.Disable)]
    [InlineData(true, NullableContextOptions.Enable)]
    public void Checked_arithmetic_and_nullable_change_nothing(bool checkOverflow, NullableContextOptions nullable)
    {
        CSharpCompilation input = GeneratorHarness.Compile(Source);

        GeneratorRun run = GeneratorHarness.Run(
            input.WithOptions(input.Options.WithOverflowChecks(checkOverflow).WithNullableContextOptions(nullable)));

        run.AssertCompilesWithoutDiagnostics();
        Assert.Equal(Expected, run.Call<double>("TissueLoss", "Run"));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp14)]
    [InlineData(LanguageVersion.LatestMajor)]
    [InlineData(LanguageVersion.Latest)]
    [InlineData(LanguageVersion.Preview)]
    public void Every_language_version_from_14_on_will_do(LanguageVersion version)
    {
        GeneratorRun run = GeneratorHarness.Run(
            GeneratorHarness.Compile(GeneratorHarness.ParseOptions.WithLanguageVersion(version), ("Source.cs", Source)));

        run.AssertCompilesWithoutDiagnostics();
        Assert.Equal(Expected, run.Call<double>("TissueLoss", "Run"));
    }

    [Fact]
    public void An_optimised_build_has_the_same_bits()
    {
        CSharpCompilation input = GeneratorHarness.Compile(Source);

        GeneratorRun run = GeneratorHarness.Run(input.WithOptions(input.Options.WithOptimizationLevel(OptimizationLevel.Release)));

        run.AssertCompilesWithoutDiagnostics();
        Assert.Equal(Expected, run.Call<double>("TissueLoss", "Run"));
    }
}
