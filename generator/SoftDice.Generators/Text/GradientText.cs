using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>The gradient: entry points, and the loop that the activation asks for.</summary>
internal static class GradientText
{
    private const string DocParameters =
        "global::System.ReadOnlySpan{float}, global::System.ReadOnlySpan{TLabel}, global::System.Span{float}, int, double, int, " +
        "global::System.Threading.CancellationToken)";

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
                public static void WriteGradient<{parameters.At(atWidth: true)}>(
                    in Sums sums, double scale, global::System.ReadOnlySpan<float> image, global::System.ReadOnlySpan<{parameters.Label}> labels,
                    global::System.Span<float> gradient, int firstPixel, int endPixel, bool bypassCache)
                    {parameters.Constraints(atWidth: true)}
                """))
            {
                if (plan.Options.Compound.HasCrossEntropy)
                {
                    writer.Line($"{parameters.Lanes} crossEntropySlope = {parameters.Lanes}.Broadcast(sums.CrossEntropySlope(scale));");
                }

                if (AggregateText.Preparation(plan.Options) is string preparation)
                {
                    writer.Line(preparation);
                }

                string loop = plan.Options.Activation != Activation.Softmax ? ElementwiseGradientText.Loop(plan)
                    : plan.Scratch is null ? SoftmaxText.GradientInRegisters(plan)
                    : SoftmaxText.GradientInTiles(plan, plan.Scratch);
                writer.Line(loop.Replace("TLanes", parameters.Lanes).Replace("TLabel", parameters.Label));
            }

            if (plan.Scratch is not null)
            {
                writer.Line();
                SoftmaxText.WriteTile(writer, plan, plan.Scratch, parameters);
            }
        }
    }

    private static void WriteForwardBackward(SourceWriter writer, LossTarget target, KernelPlan plan, TypeParameters parameters)
    {
        EntryPointsText.WriteDocs(writer, target, "ForwardBackward{TLabel}(" + DocParameters);
        using (writer.Open(
            $"""
            public static double ForwardBackward<{parameters.Label}>(
                {Batch(parameters)})
                where {parameters.Label} : unmanaged
            """))
        {
            EntryPointsText.WriteRefusal(writer, plan);
            writer.Line(
                $"""
                return global::SoftDice.Kernels.Batch.ForwardBackward<LossKernel, Sums, {parameters.Label}>(
                    predictions, labels, gradient, batchSize, scale, degreeOfParallelism, cancellationToken);
                """);
        }

        writer.Line();
    }

    private static void WriteBackward(
        SourceWriter writer, LossTarget target, KernelPlan plan, TypeParameters parameters, bool atWidth)
    {
        EntryPointsText.WriteDocs(writer, target, $"Backward{{{(atWidth ? "TLanes, " : string.Empty)}TLabel}}(in TSums, {DocParameters}");
        using (writer.Open(
            $"""
            public static void Backward<{parameters.At(atWidth)}>(
                in Sums sums, {Batch(parameters)})
                {parameters.Constraints(atWidth)}
            """))
        {
            EntryPointsText.WriteRefusal(writer, plan);
            writer.Line(
                $"""
                global::SoftDice.Kernels.Batch.Backward<LossKernel, Sums, {parameters.At(atWidth)}>(
                    in sums, predictions, labels, gradient, batchSize, scale, degreeOfParallelism, cancellationToken);
                """);
        }

        writer.Line();
    }

    private static string Batch(TypeParameters parameters) =>
        $"""
        global::System.ReadOnlySpan<float> predictions, global::System.ReadOnlySpan<{parameters.Label}> labels,
            global::System.Span<float> gradient, int batchSize, double scale = 1,
            {EntryPointsText.LastParameters}
        """;
}
