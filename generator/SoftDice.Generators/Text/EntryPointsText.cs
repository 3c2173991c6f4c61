using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>What the user calls: constants, Forward and Accumulate. Their documentation is that of the interface.</summary>
internal static class EntryPointsText
{
    /// <summary>The parameters that every entry point ends with.</summary>
    public const string LastParameters =
        "int degreeOfParallelism = 1, global::System.Threading.CancellationToken cancellationToken = default";

    private const string DocParameters = "int, int, global::System.Threading.CancellationToken)";
    private const string DocParametersWithLosses = "global::System.Span{double}, " + DocParameters;

    /// <summary>The types of predictions, labels and mask, as documentation names them.</summary>
    public static string DocInput(KernelPlan plan) =>
        "global::System.ReadOnlySpan{TElement}, global::System.ReadOnlySpan{TLabel}, " +
        (plan.Options.HasMask ? "global::System.ReadOnlySpan{bool}, " : string.Empty);

    public static void Write(SourceWriter writer, LossTarget target, KernelPlan plan, TypeParameters parameters)
    {
        WriteConstants(writer, plan);
        WriteForward(writer, target, plan, parameters);
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

    private static void WriteForward(SourceWriter writer, LossTarget target, KernelPlan plan, TypeParameters parameters)
    {
        Aggregation aggregation = plan.Options.Aggregation;
        bool isUnreduced = aggregation.IsUnreduced;
        WriteDocs(writer, target, plan, $"Forward{{TLabel}}({DocInput(plan)}{(isUnreduced ? DocParametersWithLosses : DocParameters)}");
        using (writer.Open(
            $"""
            public static {(isUnreduced ? "void" : "double")} Forward<{parameters.Label}>(
                {(isUnreduced ? BatchWithLosses(plan.Options, parameters) : Batch(plan.Options, parameters))})
                where {parameters.Label} : unmanaged
            """))
        {
            if (isUnreduced || aggregation.IsPerSample)
            {
                WriteRefusal(writer, plan);
                writer.Line(isUnreduced
                    ? $"""
                      global::SoftDice.Kernels.UnreducedBatch.Forward<LossKernel, Sums, {parameters.Label}>(
                          predictions, labels, losses, batchSize, {SumsOver(plan.Options)}, degreeOfParallelism, cancellationToken);
                      """
                    : plan.Options.HasTermOfBatch
                    ? $"""
                      return global::SoftDice.Kernels.CompoundBatch.Forward<LossKernel, Sums, {parameters.Label}>(
                          predictions, {IgnoreText.LabelsOfCall(plan.Options)}, batchSize, divisor: {Divisor(plan.Options)}, degreeOfParallelism, cancellationToken);
                      """
                    : $"""
                      return global::SoftDice.Kernels.SampleBatch.Forward<LossKernel, Sums, {parameters.Label}>(
                          predictions, {IgnoreText.LabelsOfCall(plan.Options)}, batchSize, degreeOfParallelism, cancellationToken){OverImages(plan.Options)};
                      """);
            }
            else
            {
                writer.Line(
                    $"""
                    Sums sums = default;
                    Accumulate(ref sums, predictions, labels{IgnoreText.MaskArgument(plan.Options)}, batchSize, degreeOfParallelism, cancellationToken);
                    return sums.Loss();
                    """);
            }
        }

        writer.Line();
    }

    private static void WriteAccumulate(
        SourceWriter writer, LossTarget target, KernelPlan plan, TypeParameters parameters, bool atWidth)
    {
        WriteDocs(writer, target, plan, $"Accumulate{{{(atWidth ? "TLanes, " : string.Empty)}TLabel}}(ref TSums, {DocInput(plan)}{DocParameters}");
        using (writer.Open(
            $"""
            public static void Accumulate<{parameters.At(atWidth)}>(
                ref Sums sums, {Batch(plan.Options, parameters)})
                {parameters.Constraints(atWidth)}
            """))
        {
            WriteRefusal(writer, plan);
            WriteOneImage(writer, plan);
            writer.Line(
                $"""
                global::SoftDice.Kernels.Batch.Accumulate<LossKernel, Sums, {parameters.At(atWidth)}>(
                    ref sums, predictions, {IgnoreText.LabelsOfCall(plan.Options)}, batchSize, degreeOfParallelism, cancellationToken);
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

    /// <summary>Where images have sums of their own, sums are of one.</summary>
    public static void WriteOneImage(SourceWriter writer, KernelPlan plan)
    {
        if (plan.Options.Aggregation.IsPerSample)
        {
            writer.Line("global::SoftDice.Kernels.KernelGuard.OneImage(batchSize);");
        }
    }

    /// <summary>The type of predictions and gradient.</summary>
    public static string Element(LossOptions options) => options.ElementType switch
    {
        ElementType.Double => "double",
        ElementType.Half => "global::System.Half",
        _ => "float",
    };

    /// <summary>The interface that the type implements, with its type arguments.</summary>
    public static string Implemented(LossOptions options, string sums) =>
        $"global::SoftDice.{Interface(options)}<{sums}{(options.ElementType == ElementType.Float ? string.Empty : ", " + Element(options))}>";

    private static string Interface(LossOptions options) =>
        options.Aggregation.IsUnreduced ? "ISoftDiceUnreducedLoss" : options.HasMask ? "ISoftDiceMaskedLoss" : "ISoftDiceLoss";

    /// <summary>What makes a mean over images of their sum.</summary>
    public static string OverImages(LossOptions options) => options.Aggregation.Reduction == Reduction.Mean ? " / batchSize" : string.Empty;

    /// <summary>What the sum of the terms of the images is divided by.</summary>
    public static string Divisor(LossOptions options) => options.Aggregation.Reduction == Reduction.Mean ? "batchSize" : "1";

    /// <summary>What the sums go over, as the library takes it.</summary>
    public static string SumsOver(LossOptions options) => $"global::SoftDice.SoftDiceSumsOver.{options.Aggregation.SumsOver}";

    /// <summary>A static class implements no interface, but its documentation can still be found there.</summary>
    public static void WriteDocs(SourceWriter writer, LossTarget target, KernelPlan plan, string member)
    {
        string source = target.CanBeTypeArgument ? string.Empty : $" cref=\"global::SoftDice.{Interface(plan.Options)}{{TSums, TElement}}.{member}\"";
        writer.Line($"/// <inheritdoc{source}/>");
        writer.Line(LossFile.GeneratedCode);
    }

    private static string Batch(LossOptions options, TypeParameters parameters) =>
        $"""
        global::System.ReadOnlySpan<{Element(options)}> predictions, global::System.ReadOnlySpan<{parameters.Label}> labels{IgnoreText.MaskParameter(options)}, int batchSize,
            {LastParameters}
        """;

    private static string BatchWithLosses(LossOptions options, TypeParameters parameters) =>
        $"""
        global::System.ReadOnlySpan<{Element(options)}> predictions, global::System.ReadOnlySpan<{parameters.Label}> labels,
            global::System.Span<double> losses, int batchSize,
            {LastParameters}
        """;
}
