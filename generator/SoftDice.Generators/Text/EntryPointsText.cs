using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>What the user calls: constants, Forward and Accumulate. Their documentation is that of the interface.</summary>
internal static class EntryPointsText
{
    private const string AccumulateDocParameters =
        "(ref TSums, global::System.ReadOnlySpan{float}, global::System.ReadOnlySpan{TLabel}, int)";

    /// <summary>The widths from the widest down, and when each is taken.</summary>
    public static readonly (string Condition, string Lanes)[] Widths =
    [
        ("if (global::System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated)", "Lanes512"),
        ("else if (global::System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated)", "Lanes256"),
        ("else if (global::System.Runtime.Intrinsics.Vector128.IsHardwareAccelerated)", "Lanes128"),
        ("else", "ScalarLane"),
    ];

    public static void Write(SourceWriter writer, LossTarget target, KernelPlan plan, TypeParameters parameters)
    {
        WriteConstants(writer, plan);
        WriteForward(writer, target, parameters);
        WriteAccumulate(writer, target, parameters);
        WriteAccumulateAtWidth(writer, target, plan, parameters);
    }

    private static void WriteConstants(SourceWriter writer, KernelPlan plan) => writer.Line(
        $"""
        /// <summary>Number of classes, which is the number of prediction channels.</summary>
        {LossFile.GeneratedCode}
        public const int NumClasses = {SourceWriter.Literal(plan.Options.NumClasses)};

        /// <summary>The smoothing ε, added to the numerator and to the denominator of every class.</summary>
        {LossFile.GeneratedCode}
        public const double Epsilon = {SourceWriter.Literal(plan.Options.Epsilon)};

        """);

    private static void WriteForward(SourceWriter writer, LossTarget target, TypeParameters parameters)
    {
        WriteDocs(writer, target, "Forward{TLabel}(global::System.ReadOnlySpan{float}, global::System.ReadOnlySpan{TLabel}, int)");
        using (writer.Open(
            $"""
            public static double Forward<{parameters.Label}>(
                global::System.ReadOnlySpan<float> predictions, global::System.ReadOnlySpan<{parameters.Label}> labels, int batchSize)
                where {parameters.Label} : unmanaged
            """))
        {
            writer.Line(
                """
                Sums sums = default;
                Accumulate(ref sums, predictions, labels, batchSize);
                return sums.Loss();
                """);
        }

        writer.Line();
    }

    private static void WriteAccumulate(SourceWriter writer, LossTarget target, TypeParameters parameters)
    {
        WriteDocs(writer, target, "Accumulate{TLabel}" + AccumulateDocParameters);
        using (writer.Open(AccumulateHeading(parameters, parameters.Label, $"where {parameters.Label} : unmanaged")))
        {
            foreach ((string condition, string lanes) in Widths)
            {
                writer.Line(condition);
                writer.Line($"    Accumulate<global::SoftDice.Kernels.{lanes}, {parameters.Label}>(ref sums, predictions, labels, batchSize);");
            }
        }

        writer.Line();
    }

    private static void WriteAccumulateAtWidth(
        SourceWriter writer, LossTarget target, KernelPlan plan, TypeParameters parameters)
    {
        string lanes = parameters.Lanes;
        string label = parameters.Label;
        string add = KernelText.PixelsMethod(plan);

        WriteDocs(writer, target, "Accumulate{TLanes, TLabel}" + AccumulateDocParameters);
        string constraints =
            $"""
            where {lanes} : struct, global::SoftDice.Kernels.ILanes<{lanes}>
                where {label} : unmanaged
            """;
        using (writer.Open(AccumulateHeading(parameters, $"{lanes}, {label}", constraints)))
        {
            if (!plan.Options.AreAsAsked)
            {
                writer.Line("global::SoftDice.Kernels.KernelGuard.ThrowInvalidOptions();");
                writer.Line();
            }

            writer.Line(
                $$"""
                int pixels = global::SoftDice.Kernels.KernelGuard.PixelsPerImage<{{label}}>(
                    predictions.Length, labels.Length, batchSize, NumClasses);
                int imageLength = NumClasses * pixels;
                int vectorPixels = pixels - pixels % {{lanes}}.Count;

                Sums batch = default;
                for (int image = 0; image < batchSize && pixels > 0; image++)
                {
                    global::System.ReadOnlySpan<float> planes = predictions.Slice(image * imageLength, imageLength);
                    global::System.ReadOnlySpan<{{label}}> imageLabels = labels.Slice(image * pixels, pixels);

                    // Whole images are added up, so that a batch and its images one by one give the same bits.
                    Sums imageSums = default;
                    {{add}}<{{lanes}}, {{label}}>(ref imageSums, planes, imageLabels, 0, vectorPixels);
                    {{add}}<global::SoftDice.Kernels.ScalarLane, {{label}}>(ref imageSums, planes, imageLabels, vectorPixels, pixels);
                    batch.Add(in imageSums);
                }

                {{CheckLabels(plan)}}
                sums.Add(in batch);
                """);
        }

        writer.Line();
    }

    // With one channel of sigmoid the background is a label too, and in no class's count.
    private static string CheckLabels(KernelPlan plan) => plan.Options.IsBinary
        ? """
          global::SoftDice.Kernels.KernelGuard.Labels(labels, batchSize, 2);
          """
        : """
          // A label that is no class is in no class's count, so checking them all costs one comparison.
          if (batch.LabelledPixels() != labels.Length)
          {
              throw global::SoftDice.Kernels.KernelGuard.LabelOutOfRange(labels, batchSize, NumClasses);
          }

          """;

    private static string AccumulateHeading(TypeParameters parameters, string typeParameters, string constraints) =>
        $"""
        public static void Accumulate<{typeParameters}>(
            ref Sums sums, global::System.ReadOnlySpan<float> predictions, global::System.ReadOnlySpan<{parameters.Label}> labels, int batchSize)
            {constraints}
        """;

    // A static class implements no interface, but its documentation can still be found there.
    public static void WriteDocs(SourceWriter writer, LossTarget target, string member)
    {
        string source = target.CanBeTypeArgument ? string.Empty : $" cref=\"global::SoftDice.ISoftDiceLoss{{TSums}}.{member}\"";
        writer.Line($"/// <inheritdoc{source}/>");
        writer.Line(LossFile.GeneratedCode);
    }
}
