using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>The struct of per-class sums, and the loss as a formula over them.</summary>
internal static class SumsText
{
    public static void Write(SourceWriter writer, KernelPlan plan)
    {
        // One channel of sigmoid checks its labels in another way.
        string labelledPixels = plan.Options.IsBinary ? string.Empty : LabelledPixels;
        string slopes = plan.Options.Activation == Activation.Softmax ? OtherAndStep : Slopes;
        writer.Line(
            $$"""
            /// <summary>The sums per class that the loss is made of, in double. Sums add: tiles, files, threads, machines.</summary>
            {{LossFile.GeneratedCode}}
            public struct Sums : global::SoftDice.ISoftDiceSums<Sums>
            {
                // All intersections, then all prediction sums, then all target sums.
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
                public readonly double PredictionSum(int classIndex) =>
                    values[NumClasses + global::SoftDice.Kernels.KernelGuard.ClassIndex(classIndex, NumClasses)];

                /// <inheritdoc/>
                public readonly double TargetSum(int classIndex) =>
                    values[2 * NumClasses + global::SoftDice.Kernels.KernelGuard.ClassIndex(classIndex, NumClasses)];

                /// <inheritdoc/>
                public readonly double Dice(int classIndex) =>
                    (2 * Intersection(classIndex) + Epsilon) / (PredictionSum(classIndex) + TargetSum(classIndex) + Epsilon);

                /// <inheritdoc/>
                public readonly double Loss()
                {
                    double loss = 0;
                    for (int c = 0; c < NumClasses; c++)
                    {
                        loss -= global::System.Math.Log(Dice(c));
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

                internal void AddClass(
                    int c,
                    global::System.Runtime.Intrinsics.Vector256<double> intersection,
                    global::System.Runtime.Intrinsics.Vector256<double> predictionSum,
                    long targetSum)
                {
                    values[c] += global::System.Runtime.Intrinsics.Vector256.Sum(intersection);
                    values[NumClasses + c] += global::System.Runtime.Intrinsics.Vector256.Sum(predictionSum);
                    values[2 * NumClasses + c] += targetSum;
                }

                {{slopes}}{{labelledPixels}}[global::System.Runtime.CompilerServices.InlineArray({{SourceWriter.Literal(3 * plan.Options.NumClasses)}})]
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
        // d loss / d probability of a class: the first number where the label is another, and the second more where it is this.
            internal readonly (float Other, float Step) OtherAndStep(int c, double scale)
            {
                double other = scale / (NumClasses * (PredictionSum(c) + TargetSum(c) + Epsilon));
                double step = -2 * scale / (NumClasses * (2 * Intersection(c) + Epsilon));
                return ((float)other, (float)step);
            }

            
        """;

    private const string Slopes =
        """
        // d loss / d probability of a class, where the label is this class and where it is another.
            internal readonly (float Own, float Other) Slopes(int c, double scale)
            {
                double other = 1 / (PredictionSum(c) + TargetSum(c) + Epsilon);
                double own = other - 2 / (2 * Intersection(c) + Epsilon);
                return ((float)(scale * own / NumClasses), (float)(scale * other / NumClasses));
            }

            
        """;

    private const string LabelledPixels =
        """
        internal readonly double LabelledPixels()
            {
                double pixels = 0;
                for (int c = 0; c < NumClasses; c++)
                {
                    pixels += values[2 * NumClasses + c];
                }

                return pixels;
            }

            
        """;
}
