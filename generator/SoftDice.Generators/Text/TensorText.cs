using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>Overloads for tensors: they check shapes, and call the methods for spans over the tensors' own memory.</summary>
internal static class TensorText
{
    private const string Tensor = "global::System.Numerics.Tensors.ReadOnlyTensorSpan";

    private static string PredictionsDocs(LossOptions options) =>
        $"""
        /// <param name="predictions">Probabilities, or logits with an activation, {(IsLast(options) ? "(batch, spatial dimensions, class)" : "(batch, class, spatial dimensions)")}, dense.</param>
        """;

    private static string ClassIndexDocs(LossOptions options) =>
        $"""
        /// <param name="labels">Class indices, (batch, spatial dimensions) or {(IsLast(options) ? "(batch, spatial dimensions, 1)" : "(batch, 1, spatial dimensions)")}, dense.</param>
        """;

    private const string TargetDocs =
        """
        /// <param name="labels">One-hot or soft targets, of the predictions' shape, dense.</param>
        """;

    private static string MaskDocs(LossOptions options) => options.HasMask
        ? $"\n/// <param name=\"mask\">Whether a pixel takes part, {(IsLast(options) ? "(batch, spatial dimensions) or (batch, spatial dimensions, 1)" : "(batch, spatial dimensions) or (batch, 1, spatial dimensions)")}, dense.</param>"
        : string.Empty;

    private const string GradientDocs =
        """
        /// <param name="gradient">Where d loss / d prediction goes, of the predictions' shape, dense; their own memory, or apart from them.</param>
        """;

    private const string ScaleDocs = "/// <param name=\"scale\">What the gradient is multiplied by.</param>";
    private const string UpstreamDocs = "/// <param name=\"upstream\">What each loss is multiplied by in the gradient.</param>";
    private const string LossesDocs = "/// <param name=\"losses\">Where the losses go: those of the classes that count, with sums over samples for each image.</param>";

    private const string ClassIndexTypes = "One of byte, sbyte, short, ushort, int, uint, long and float.";
    private const string TargetTypes = "byte or float.";

    private const string LastDocs =
        """
        /// <param name="degreeOfParallelism">The most threads at work; the result has the same bits for any number.</param>
        /// <param name="cancellationToken">Asked before each part of an image.</param>
        """;

    public static void Write(SourceWriter writer, KernelPlan plan, TypeParameters parameters)
    {
        string element = EntryPointsText.Element(plan.Options);
        string labels = (plan.Options.IsOneHot ? TargetDocs : ClassIndexDocs(plan.Options)) + MaskDocs(plan.Options);
        string mask = plan.Options.HasMask ? $"\n    in {Tensor}<bool> mask," : string.Empty;
        string flatMask = IgnoreText.MaskArgument(plan.Options, "LossKernel.Flat(in mask, nameof(mask))");
        string batchSize = $"LossKernel.BatchSize(in predictions, in labels{IgnoreText.MaskArgument(plan.Options, "in mask")})";
        string types = $"/// <typeparam name=\"{parameters.Label}\">{(plan.Options.IsOneHot ? TargetTypes : ClassIndexTypes)}</typeparam>";
        string batch = $"in {Tensor}<{element}> predictions,\n    in {Tensor}<{parameters.Label}> labels,{mask}\n   ";
        string gradient = $"in global::System.Numerics.Tensors.TensorSpan<{element}> gradient";
        bool isUnreduced = plan.Options.Aggregation.IsUnreduced;
        string scale = isUnreduced ? "global::System.ReadOnlySpan<double> upstream" : "double scale = 1";
        string scaleDocs = isUnreduced ? UpstreamDocs : ScaleDocs;
        string passed = isUnreduced
            ? $"LossKernel.Flat(in gradient, nameof(gradient)), $LOSSESupstream, {batchSize}"
            : $"LossKernel.Flat(in gradient, nameof(gradient)), {batchSize}, scale";

        WriteMethod(
            writer,
            $"""
            /// <summary>{(isUnreduced ? "The losses of a batch. That of a class is NaN if a prediction for it is NaN, at a pixel that counts." : "The loss of a batch. It is NaN if a prediction that counts is NaN.")}</summary>
            {types}
            {PredictionsDocs(plan.Options)}
            {labels}
            {(isUnreduced ? LossesDocs + "\n" : string.Empty)}{LastDocs}{(isUnreduced ? string.Empty : "\n/// <returns>The loss.</returns>")}
            """,
            $"{(isUnreduced ? "void" : "double")} Forward<{parameters.Label}>(\n    {batch} {(isUnreduced ? "global::System.Span<double> losses,\n    " : string.Empty)}{EntryPointsText.LastParameters})",
            parameters,
            $"""
            {(isUnreduced ? string.Empty : "return ")}Forward(
                LossKernel.Flat(in predictions, nameof(predictions)), LossKernel.Flat(in labels, nameof(labels)){flatMask},
                {(isUnreduced ? "losses, " : string.Empty)}{batchSize}, degreeOfParallelism, cancellationToken);
            """);

        WriteMethod(
            writer,
            $"""
            /// <summary>Adds the sums of a batch to <paramref name="sums"/>, which is left as it was if this throws.</summary>
            {types}
            /// <param name="sums">The sums so far; <c>default</c> to begin with.</param>
            {PredictionsDocs(plan.Options)}
            {labels}
            {LastDocs}
            """,
            $"void Accumulate<{parameters.Label}>(\n    ref Sums sums,\n    {batch} {EntryPointsText.LastParameters})",
            parameters,
            $"""
            Accumulate(
                ref sums, LossKernel.Flat(in predictions, nameof(predictions)), LossKernel.Flat(in labels, nameof(labels)){flatMask},
                {batchSize}, degreeOfParallelism, cancellationToken);
            """);

        WriteMethod(
            writer,
            $"""
            /// <summary>{(isUnreduced ? "The losses of a batch, and the gradient of their sum, each times its factor, with respect to the predictions." : "The loss of a batch, and its gradient with respect to the predictions.")}</summary>
            {types}
            {PredictionsDocs(plan.Options)}
            {labels}
            {GradientDocs}
            {(isUnreduced ? LossesDocs + "\n" : string.Empty)}{scaleDocs}
            {LastDocs}{(isUnreduced ? string.Empty : "\n/// <returns>The loss, not scaled.</returns>")}
            """,
            $"{(isUnreduced ? "void" : "double")} ForwardBackward<{parameters.Label}>(\n    {batch} {gradient}, " +
            $"{(isUnreduced ? "global::System.Span<double> losses, " : string.Empty)}{scale},\n    {EntryPointsText.LastParameters})",
            parameters,
            $"""
            global::SoftDice.Kernels.TensorShape.Gradient(predictions.Lengths, gradient.Lengths);
            {(isUnreduced ? string.Empty : "return ")}ForwardBackward(
                LossKernel.Flat(in predictions, nameof(predictions)), LossKernel.Flat(in labels, nameof(labels)){flatMask},
                {passed.Replace("$LOSSES", "losses, ")}, degreeOfParallelism, cancellationToken);
            """);

        WriteMethod(
            writer,
            $"""
            /// <summary>The gradient of {(isUnreduced ? "the losses of the sums, each times its factor," : "<c>sums.Loss()</c>")} with respect to the predictions of a batch that was added to the sums.</summary>
            {types}
            /// <param name="sums">The sums of everything that the loss was computed over, of which this batch is a part.</param>
            {PredictionsDocs(plan.Options)}
            {labels}
            {GradientDocs}
            {scaleDocs}
            {LastDocs}
            """,
            $"void Backward<{parameters.Label}>(\n    in Sums sums,\n    {batch} {gradient}, {scale},\n    {EntryPointsText.LastParameters})",
            parameters,
            $"""
            global::SoftDice.Kernels.TensorShape.Gradient(predictions.Lengths, gradient.Lengths);
            Backward(
                in sums, LossKernel.Flat(in predictions, nameof(predictions)), LossKernel.Flat(in labels, nameof(labels)){flatMask},
                {passed.Replace("$LOSSES", string.Empty)}, degreeOfParallelism, cancellationToken);
            """);

        WriteHelpers(writer, plan, parameters);
    }

    // An array converts to a span and to a tensor span; with explicit type arguments both would do.
    private static void WriteMethod(SourceWriter writer, string docs, string heading, TypeParameters parameters, string body)
    {
        writer.Line(docs);
        writer.Line(
            """
            /// <exception cref="global::System.ArgumentException">A shape does not fit, or a tensor is not dense.</exception>
            /// <exception cref="global::System.ArgumentOutOfRangeException">A label is wrong, or the degree of parallelism is below 1.</exception>
            """);
        writer.Line(LossFile.GeneratedCode);
        writer.Line("[global::System.Runtime.CompilerServices.OverloadResolutionPriority(-1)] // Arrays are spans first.");
        using (writer.Open($"public static {heading}\n    {parameters.Constraints(atWidth: false)}"))
        {
            writer.Line(body);
        }

        writer.Line();
    }

    // In the kernel's struct, where they take no name from the user.
    private static void WriteHelpers(SourceWriter writer, KernelPlan plan, TypeParameters parameters)
    {
        using (writer.Open("private readonly partial struct LossKernel"))
        {
            writer.Line(Helpers(plan, parameters.Label));
        }
    }

    private static bool IsLast(LossOptions options) => options.Layout == Model.Layout.ChannelsLast;

    private static string Layout(LossOptions options) => IsLast(options) ? ", global::SoftDice.SoftDiceLayout.ChannelsLast" : string.Empty;

    private static string Helpers(KernelPlan plan, string label) =>
        $$"""
        public static int BatchSize<{{label}}>(in {{Tensor}}<{{EntryPointsText.Element(plan.Options)}}> predictions, in {{Tensor}}<{{label}}> labels{{(plan.Options.HasMask ? $", in {Tensor}<bool> mask" : string.Empty)}}) =>
            global::SoftDice.Kernels.TensorShape.BatchSize(
                predictions.Lengths, labels.Lengths{{IgnoreText.MaskArgument(plan.Options, "mask.Lengths")}}, NumClasses, global::SoftDice.SoftDiceLabels.{{plan.Options.Labels}}{{Layout(plan.Options)}});

        public static global::System.ReadOnlySpan<{{label}}> Flat<{{label}}>(in {{Tensor}}<{{label}}> tensor, string name) =>
            global::System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(
                in tensor.GetPinnableReference(),
                global::SoftDice.Kernels.TensorShape.Dense(tensor.IsDense, tensor.Lengths, tensor.Strides, tensor.FlattenedLength, name));

        public static global::System.Span<{{EntryPointsText.Element(plan.Options)}}> Flat(in global::System.Numerics.Tensors.TensorSpan<{{EntryPointsText.Element(plan.Options)}}> tensor, string name) =>
            global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(
                ref tensor.GetPinnableReference(),
                global::SoftDice.Kernels.TensorShape.Dense(tensor.IsDense, tensor.Lengths, tensor.Strides, tensor.FlattenedLength, name));
        """;
}
