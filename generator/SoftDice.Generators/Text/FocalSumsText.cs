using System.Collections.Generic;

using SoftDice.Generators.Model;

namespace SoftDice.Generators.Text;

/// <summary>The focal term in the struct of sums: what it has there, and its formula.</summary>
internal static class FocalSumsText
{
    /// <summary>How many numbers it has: a sum, and of sigmoids what that is divided by.</summary>
    public static int Numbers(LossOptions options) => !options.Focal.IsThere ? 0 : options.HasCategoricalFocal ? 1 : 2;

    /// <summary>Its numbers, as a user reads them.</summary>
    public static string Members(LossOptions options, string at) =>
        $$"""
        /// <summary>The sum over the {{(options.HasCategoricalFocal ? "pixels" : "pixels and classes")}} of what the focal term of each is{{(options.Focal.HasWeights ? ", times what it weighs" : string.Empty)}}.</summary>
        public readonly double FocalSum => values[{{at}}];

        {{(options.HasCategoricalFocal ? NumberOfPixels : NumberOfElements(at))}}
        """;

    /// <summary>The term, before its weight.</summary>
    public const string Loss =
        """
        /// <summary>The focal term, before its weight: 0 where there is no pixel.</summary>
        public readonly double FocalLoss() => FocalCount == 0 ? 0 : FocalSum / FocalCount;
        """;

    /// <summary>What the loops call.</summary>
    public static IEnumerable<string> Internals(LossOptions options, string at)
    {
        yield return options.HasCategoricalFocal
            ? $$"""
              internal void AddFocal(global::System.Runtime.Intrinsics.Vector256<double> sum) =>
                  values[{{at}}] += global::System.Runtime.Intrinsics.Vector256.Sum(sum);
              """
            : $$"""
              internal void AddFocal(global::System.Runtime.Intrinsics.Vector256<double> sum, int elements)
              {
                  values[{{at}}] += global::System.Runtime.Intrinsics.Vector256.Sum(sum);
                  values[{{at}} + 1] += elements;
              }
              """;
        yield return
            $$"""
            // What the slopes of the focal term are multiplied by.
            internal readonly float FocalSlope(double scale) =>
                FocalCount == 0 ? 0 : (float)(scale{{(options.Focal.Factor == 1 ? string.Empty : " * FocalFactor")}} / FocalCount);
            """;
    }

    private const string NumberOfPixels =
        """
        /// <summary>What that is divided by: the number of pixels.</summary>
        public readonly double FocalCount
        {
            get
            {
                double pixels = 0;
                for (int c = 0; c < NumClasses; c++)
                {
                    pixels += TargetSum(c);
                }

                return pixels;
            }
        }
        """;

    private static string NumberOfElements(string at) =>
        $$"""
        /// <summary>What that is divided by: the number of pixels times that of classes.</summary>
        public readonly double FocalCount => values[{{at}} + 1];
        """;
}
