using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>What the user calls: constants, Forward and Accumulate. Their documentation is that of the interface.</summary>
internal static class EntryPointsText
{
    /// <summary>The parameters that every entry point ends with.</summary>
    public const string LastParameters =
        "int degreeOfParallelism = 1, global::System.Threading.CancellationToken cancellationToken = default";

    private const string DocParameters =
        "global::System.ReadOnlySpan{float}, global::System.ReadOnlySpan{TLabel}, int, int, global::System.Threading.CancellationToken)";

    public static void Write(SourceWriter writer, LossTarget target, KernelPlan plan, TypeParameters parameters)
    {
        WriteConstants(writer, plan);
        WriteForward(writer, target, parameters);
        WriteAccumulate(writer, target, plan, parameters, atWidth: false);
        WriteAccumulate(writer, target, plan, parameters, atWidth: true);
    }

    private static void WriteConstants(SourceWriter writer, KernelPlan plan)
    {
        writer.Line(
            $"""
            /// <summary>Number of classes, which is the number of prediction channels.</summary>
            {LossFile.GeneratedCode}
            public const int NumClasses = {SourceWriter.Literal(plan.Options.NumClasses)};

            """);
        if (plan.Options.HasOneSmoothing)
        {
            writer.Line(
                $"""
                /// <summary>The smoothing ε, added to the numerator and to the denominator of every class.</summary>
                {LossFile.GeneratedCode}
                public const double Epsilon = {SourceWriter.Literal(plan.Options.Epsilon)};

                """);
        }
    }

    private static void WriteForward(SourceWriter writer, LossTarget target, TypeParameters parameters)
    {
        WriteDocs(writer, target, "Forward{TLabel}(" + DocParameters);
        using (writer.Open(
            $"""
            public static double Forward<{parameters.Label}>(
                {Batch(parameters)})
                where {parameters.Label} : unmanaged
            """))
        {
            writer.Line(
                """
                Sums sums = default;
                Accumulate(ref sums, predictions, labels, batchSize, degreeOfParallelism, cancellationToken);
                return sums.Loss();
                """);
        }

        writer.Line();
    }

    private static void WriteAccumulate(
        SourceWriter writer, LossTarget target, KernelPlan plan, TypeParameters parameters, bool atWidth)
    {
        WriteDocs(writer, target, $"Accumulate{{{(atWidth ? "TLanes, " : string.Empty)}TLabel}}(ref TSums, {DocParameters}");
        using (writer.Open(
            $"""
            public static void Accumulate<{parameters.At(atWidth)}>(
                ref Sums sums, {Batch(parameters)})
                {parameters.Constraints(atWidth)}
            """))
        {
            WriteRefusal(writer, plan);
            writer.Line(
                $"""
                global::SoftDice.Kernels.Batch.Accumulate<LossKernel, Sums, {parameters.At(atWidth)}>(
                    ref sums, predictions, labels, batchSize, degreeOfParallelism, cancellationToken);
                """);
        }

        writer.Line();
    }

    /// <summary>A loss whose options are wrong does not compute.</summary>
    public static void WriteRefusal(SourceWriter writer, KernelPlan plan)
    {
        if (!plan.Options.AreAsAsked)
        {
            writer.Line("global::SoftDice.Kernels.KernelGuard.ThrowInvalidOptions();");
            writer.Line();
        }
    }

    /// <summary>A static class implements no interface, but its documentation can still be found there.</summary>
    public static void WriteDocs(SourceWriter writer, LossTarget target, string member)
    {
        string source = target.CanBeTypeArgument ? string.Empty : $" cref=\"global::SoftDice.ISoftDiceLoss{{TSums}}.{member}\"";
        writer.Line($"/// <inheritdoc{source}/>");
        writer.Line(LossFile.GeneratedCode);
    }

    private static string Batch(TypeParameters parameters) =>
        $"""
        global::System.ReadOnlySpan<float> predictions, global::System.ReadOnlySpan<{parameters.Label}> labels, int batchSize,
            {LastParameters}
        """;
}
