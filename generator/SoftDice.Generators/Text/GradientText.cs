using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>The gradient: entry points, and the loop that the activation asks for.</summary>
internal static class GradientText
{
    private const string DocEnd = "int, global::System.Threading.CancellationToken)";
    private const string Upstream = "global::System.ReadOnlySpan<double> upstream";

    public static void Write(SourceWriter writer, LossTarget target, KernelPlan plan, TypeParameters parameters)
    {
        WriteForwardBackward(writer, target, plan, parameters);
        WriteBackward(writer, target, plan, parameters, atWidth: false);
        WriteBackward(writer, target, plan, parameters, atWidth: true);
        using (writer.Open("private readonly partial struct LossKernel"))
        {
            writer.Line("/// <inheritdoc/>");
            KernelText.WriteKernelAttributes(writer);
            using (writer.Open(
                $"""
                public static void WriteGradient<{parameters.OfLoops(plan)}>(
                    in Sums sums, {ScaleParameter(plan.Options)}, global::System.ReadOnlySpan<float> image, {IgnoreText.LabelsType(plan.Options, parameters.Label)} labels,
                    global::System.Span<float> gradient, int firstPixel, int endPixel, bool bypassCache)
                    {parameters.ConstraintsOfLoops(plan)}
                """))
            {
                WriteFactors(writer, plan, parameters.Lanes);
                if (AggregateText.Preparation(plan.Options) is string preparation)
                {
                    writer.Line(preparation);
                }

                string loop = plan.AddsRows ? RowsText.Gradient(plan)
                    : plan.LeavesTiles ? TilesText.Gradient(plan, plan.Scratch!)
                    : plan.Options is { Aggregation.HasDistances: true, Activation: Activation.None } ? WassersteinText.GradientInRegisters(plan)
                    : plan.Options.Activation != Activation.Softmax ? ElementwiseGradientText.Loop(plan)
                    : plan.Scratch is null ? SoftmaxText.GradientInRegisters(plan)
                    : SoftmaxText.GradientInTiles(plan, plan.Scratch);
                writer.Line(loop.Replace("TLanes", parameters.Lanes).Replace("TLabel", parameters.Label).Replace("TProbabilities", parameters.Probabilities));
            }

            if (plan.Scratch is not null && !plan.LeavesTiles)
            {
                writer.Line();
                SoftmaxText.WriteTile(writer, plan, plan.Scratch, parameters);
            }
        }
    }

    private static string ScaleParameter(LossOptions options) =>
        options.Aggregation.IsUnreduced ? "global::System.ReadOnlySpan<double> scale"
        : options.HasTermOfBatch ? "global::SoftDice.Kernels.TermFactors factors"
        : "double scale";

    // What the terms are multiplied by, in the loops; where classes are by themselves, each may have a weight of its own.
    private static void WriteFactors(SourceWriter writer, KernelPlan plan, string lanes)
    {
        LossOptions options = plan.Options;
        bool isOfClass = options is { HasBinaryCrossEntropy: true, Compound.HasWeights: true };
        bool isFocalOfClass = options is { HasBinaryFocal: true, Focal.HasWeights: true };
        if (options.HasTermOfBatch)
        {
            writer.Line("double scale = factors.Overlap;");
        }
        else if (isOfClass || isFocalOfClass)
        {
            writer.Line("double termScale = scale;");
        }

        string crossEntropySlope = options.HasTermOfBatch ? "(float)factors.CrossEntropy" : "sums.CrossEntropySlope(scale)";
        const string FocalSlope = "sums.FocalSlope(scale)";
        if (plan.TakesOutLabels && options.HasCategoricalTerm)
        {
            writer.Line(TilesText.Terms(plan, crossEntropySlope, FocalSlope));
            return;
        }

        if (options.Compound.HasCrossEntropy && !isOfClass)
        {
            writer.Line($"{lanes} crossEntropySlope = {lanes}.Broadcast({crossEntropySlope});");
        }

        if (options.Focal.IsThere && !isFocalOfClass)
        {
            writer.Line($"{lanes} focalSlope = {lanes}.Broadcast({FocalSlope});");
        }
    }

    private static void WriteForwardBackward(SourceWriter writer, LossTarget target, KernelPlan plan, TypeParameters parameters)
    {
        LossOptions options = plan.Options;
        bool isUnreduced = options.Aggregation.IsUnreduced;
        EntryPointsText.WriteDocs(
            writer,
            target,
            plan,
            "ForwardBackward{TLabel}(" + DocStart(plan) +
            (isUnreduced ? "global::System.Span{double}, global::System.ReadOnlySpan{double}, int, " : "int, double, ") + DocEnd);
        using (writer.Open(
            $"""
            public static {(isUnreduced ? "void" : "double")} ForwardBackward<{parameters.Label}>(
                {Batch(plan.Options, parameters, isUnreduced ? $"global::System.Span<double> losses, {Upstream}, int batchSize" : OneScale)})
                where {parameters.Label} : unmanaged
            """))
        {
            EntryPointsText.WriteRefusal(writer, plan);
            string labels = IgnoreText.LabelsOfCall(options);
            string over = EntryPointsText.OverImages(options);
            writer.Line(isUnreduced
                ? $"""
                  global::SoftDice.Kernels.UnreducedBatch.ForwardBackward<LossKernel, Sums, {parameters.Label}>(
                      predictions, labels, gradient, losses, upstream, batchSize, {EntryPointsText.SumsOver(options)}, degreeOfParallelism, cancellationToken);
                  """
                : options.HasTermOfBatch
                ? $"""
                  return global::SoftDice.Kernels.CompoundBatch.ForwardBackward<LossKernel, Sums, {parameters.Label}>(
                      predictions, {labels}, gradient, batchSize, divisor: {EntryPointsText.Divisor(options)}, scale, degreeOfParallelism, cancellationToken);
                  """
                : options.Aggregation.IsPerSample
                ? $"""
                  return global::SoftDice.Kernels.SampleBatch.ForwardBackward<LossKernel, Sums, {parameters.Label}>(
                      predictions, {labels}, gradient, batchSize, scale{over}, degreeOfParallelism, cancellationToken){over};
                  """
                : $"""
                  return global::SoftDice.Kernels.Batch.ForwardBackward<LossKernel, Sums, {parameters.Label}>(
                      predictions, {labels}, gradient, batchSize, scale, degreeOfParallelism, cancellationToken);
                  """);
        }

        writer.Line();
    }

    private static void WriteBackward(
        SourceWriter writer, LossTarget target, KernelPlan plan, TypeParameters parameters, bool atWidth)
    {
        bool isUnreduced = plan.Options.Aggregation.IsUnreduced;
        string doc = DocStart(plan) + (isUnreduced ? "global::System.ReadOnlySpan{double}, int, " : "int, double, ") + DocEnd;
        EntryPointsText.WriteDocs(writer, target, plan, $"Backward{{{(atWidth ? "TLanes, " : string.Empty)}TLabel}}(in TSums, {doc}");
        using (writer.Open(
            $"""
            public static void Backward<{parameters.At(atWidth)}>(
                in Sums sums, {Batch(plan.Options, parameters, isUnreduced ? $"{Upstream}, int batchSize" : OneScale)})
                {parameters.Constraints(atWidth)}
            """))
        {
            EntryPointsText.WriteRefusal(writer, plan);
            EntryPointsText.WriteOneImage(writer, plan);
            (string library, string factors) = isUnreduced ? ("UnreducedBatch", "upstream, batchSize")
                : plan.Options.HasTermOfBatch ? ("CompoundBatch", "scale")
                : ("Batch", "batchSize, scale");
            writer.Line(
                $"""
                global::SoftDice.Kernels.{library}.Backward<LossKernel, Sums, {parameters.At(atWidth)}>(
                    in sums, predictions, {IgnoreText.LabelsOfCall(plan.Options)}, gradient, {factors}, degreeOfParallelism, cancellationToken);
                """);
        }

        writer.Line();
    }

    private static string DocStart(KernelPlan plan) => EntryPointsText.DocInput(plan) + "global::System.Span{TElement}, ";

    private const string OneScale = "int batchSize, double scale = 1";

    private static string Batch(LossOptions options, TypeParameters parameters, string afterGradient) =>
        $"""
        global::System.ReadOnlySpan<{EntryPointsText.Element(options)}> predictions, global::System.ReadOnlySpan<{parameters.Label}> labels{IgnoreText.MaskParameter(options)},
            global::System.Span<{EntryPointsText.Element(options)}> gradient, {afterGradient},
            {EntryPointsText.LastParameters}
        """;
}
