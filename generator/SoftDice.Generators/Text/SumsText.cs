using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>The struct of per-class sums, and the loss as a formula over them.</summary>
internal static class SumsText
{
    public static void Write(SourceWriter writer, KernelPlan plan)
    {
        bool isOneHot = plan.Options.IsOneHot;
        writer.Line(
            $$"""
            /// <summary>The sums per class that the loss is made of, in double. Sums add: tiles, files, threads, machines.</summary>
            {{LossFile.GeneratedCode}}
            public struct Sums : global::SoftDice.ISoftDiceSums<Sums>
            {
                // All intersections, then all misses, then all target sums.
                private Values values;

                /// <inheritdoc/>
                public static int ClassCount => NumClasses;

                /// <inheritdoc/>
                public static int ByteCount => 3 * NumClasses * sizeof(double);

                /// <inheritdoc/>
                public static Sums operator +(in Sums left, in Sums right)
                {
                    Sums sum = left;
                    sum.Add(in right);
                    return sum;
                }

                /// <inheritdoc/>
                public static Sums ReadFrom(global::System.ReadOnlySpan<byte> source)
                {
                    Sums sums = default;
                    global::SoftDice.Kernels.SumsMemory.Read(source, sums.values);
                    return sums;
                }

                /// <inheritdoc/>
                public readonly void WriteTo(global::System.Span<byte> destination) =>
                    global::SoftDice.Kernels.SumsMemory.Write(values, destination);

                /// <inheritdoc/>
                public readonly double Intersection(int classIndex) =>
                    values[global::SoftDice.Kernels.KernelGuard.ClassIndex(classIndex, NumClasses)];

                /// <inheritdoc/>
                public readonly double Miss(int classIndex) =>
                    values[NumClasses + global::SoftDice.Kernels.KernelGuard.ClassIndex(classIndex, NumClasses)];

                /// <inheritdoc/>
                public readonly double PredictionSum(int classIndex) =>
                    Miss(classIndex) + 2 * Intersection(classIndex) - TargetSum(classIndex);

                /// <inheritdoc/>
                public readonly double TargetSum(int classIndex) =>
                    values[2 * NumClasses + global::SoftDice.Kernels.KernelGuard.ClassIndex(classIndex, NumClasses)];

                /// <inheritdoc/>
                public readonly double Dice(int classIndex) =>
                    Numerator(classIndex) / (Numerator(classIndex) + Miss(classIndex));

                /// <inheritdoc/>
                public readonly double Loss()
                {
                    // -ln of the Dice coefficient. Where that is nearly 1, all that matters is by how much predictions miss.
                    double loss = 0;
                    for (int c = 0; c < NumClasses; c++)
                    {
                        loss += global::SoftDice.Kernels.SumsMemory.NegativeLog(Numerator(c), Miss(c));
                    }

                    return loss / NumClasses;
                }

                /// <inheritdoc/>
                public void Add(in Sums other) => global::SoftDice.Kernels.SumsMemory.Add(values, other.values);

                /// <inheritdoc/>
                public readonly bool Equals(in Sums other) => global::SoftDice.Kernels.SumsMemory.AreEqual(values, other.values);

                /// <inheritdoc/>
                public override readonly bool Equals(object? obj) => obj is Sums other && Equals(in other);

                /// <inheritdoc/>
                public override readonly int GetHashCode() => global::SoftDice.Kernels.SumsMemory.HashCode(values);

                private readonly double Numerator(int c) => 2 * Intersection(c) + Epsilon;

                internal void AddClass(
                    int c,
                    global::System.Runtime.Intrinsics.Vector256<double> intersection,
                    global::System.Runtime.Intrinsics.Vector256<double> miss,
                    {{(isOneHot ? "global::System.Runtime.Intrinsics.Vector256<double>" : "long")}} targetSum)
                {
                    values[c] += global::System.Runtime.Intrinsics.Vector256.Sum(intersection);
                    values[NumClasses + c] += global::System.Runtime.Intrinsics.Vector256.Sum(miss);
                    values[2 * NumClasses + c] += {{(isOneHot ? "global::System.Runtime.Intrinsics.Vector256.Sum(targetSum)" : "targetSum")}};
                }

                {{(isOneHot ? OtherAndStep : OwnAndOther)}}[global::System.Runtime.CompilerServices.InlineArray({{SourceWriter.Literal(3 * plan.Options.NumClasses)}})]
                private struct Values
                {
                    private double first;
                }
            }
            """);
    }

    // These begin and end in the middle of a line, at the indentation of a member of the struct.
    private const string OtherAndStep =
        """
        // d loss / d probability of a class where its target is 0, and how much more it is where that is 1.
            internal readonly (float Other, float Step) Slopes(int c, double scale)
            {
                double other = 1 / (Numerator(c) + Miss(c));
                double step = -2 / Numerator(c);
                return ((float)(scale * other / NumClasses), (float)(scale * step / NumClasses));
            }

            
        """;

    private const string OwnAndOther =
        """
        // d loss / d probability of a class, where the label is this class and where it is another.
            internal readonly (float Own, float Other) Slopes(int c, double scale)
            {
                double other = 1 / (Numerator(c) + Miss(c));
                double own = other - 2 / Numerator(c);
                return ((float)(scale * own / NumClasses), (float)(scale * other / NumClasses));
            }

            
        """;
}
