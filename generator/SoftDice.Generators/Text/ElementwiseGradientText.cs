using System.Linq;

using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>The gradient where each element has its own: of probabilities, and through a sigmoid.</summary>
internal static class ElementwiseGradientText
{
    /// <summary>Plane after plane, or where pixels are taken apart all classes at once.</summary>
    public static string Loop(KernelPlan plan) => plan.SplitsPixels ? LoopOverPixels(plan) : LoopOverPlanes(plan);

    private static string LoopOverPixels(KernelPlan plan)
    {
        LossOptions options = plan.Options;
        int size = options.NumClasses;
        bool isSigmoid = options.Activation == Activation.Sigmoid;
        bool readsPredictions = isSigmoid || options.Cost.HasBentSlopes;
        (string first, string second) = SlopeText.Names(options);
        string own = SlopeText.NameOfOwn(options);
        SourceWriter writer = new();
        SoftmaxText.WriteSlopePlanes(writer, plan);
        if (readsPredictions)
        {
            writer.Line(PixelsText.First("firstPrediction", "image"));
        }

        writer.Line(IgnoreText.FirstLabel(options, "TLabel"));
        writer.Each(size, c => $"(float {first}{c}, float {second}{c}) = {AggregateText.SlopesCall(options, SourceWriter.Literal(c))};");
        writer.Line();
        IgnoreText.WriteDeclaration(writer, options);
        using (writer.Open("for (nuint pixel = (nuint)firstPixel; pixel < (nuint)endPixel; pixel += (nuint)TLanes.Count)"))
        {
            writer.Line($"TLanes label = {IgnoreText.LoadLabels(options, "TLanes")};");
            if (readsPredictions)
            {
                writer.Line(PixelsText.Load(size, "TLanes", "firstPrediction", isSigmoid ? "x" : "p"));
            }

            if (isSigmoid && options.Cost.HasBentSlopes)
            {
                writer.Each(size, c => $"TLanes p{c} = global::SoftDice.Kernels.Activations.Sigmoid(x{c});");
            }

            string[] slopes =
            [
                .. Enumerable.Range(0, size).SelectMany(c => SlopeText.Lines(
                    options,
                    suffix: $"{c}",
                    $"s{c}",
                    classIndex: $"{c}",
                    target: string.Empty,
                    own: $"TLanes.Broadcast({own}{c})",
                    other: $"TLanes.Broadcast({(first == own ? second : first)}{c})",
                    probability: $"p{c}")),
            ];
            writer.Each(slopes.Length, i => slopes[i]);
            SoftmaxText.WriteStores(writer, plan, c => IgnoreText.Cleared(
                options, isSigmoid ? $"s{c} * global::SoftDice.Kernels.Activations.SigmoidSlope(x{c})" : $"s{c}", "TLanes"));
        }

        return writer.ToString().TrimEnd('\n');
    }

    // Without an activation most gradients do not depend on the prediction, and each value is written without a look at it.
    private static string LoopOverPlanes(KernelPlan plan)
    {
        LossOptions options = plan.Options;
        bool isSigmoid = options.Activation == Activation.Sigmoid;
        string input = isSigmoid ? "logits" : "probabilities";
        string load = $"TLanes.Load(in {input}, pixel)";
        (string first, string second) = SlopeText.Names(options);
        string[] slope =
        [
            .. options.HasBinaryTerm ? Parts(options)
                : options.Cost.HasBentSlopes
                ? [$"TLanes p = {(isSigmoid ? $"global::SoftDice.Kernels.Activations.Sigmoid({load})" : load)};"]
                : Enumerable.Empty<string>(),
            .. SlopeText.Lines(
                options,
                suffix: string.Empty,
                "slope",
                classIndex: options.IsBinary ? "1" : "c",
                target: "TLanes.LoadTargets(in targets, pixel)",
                own: Broadcast(SlopeText.NameOfOwn(options)),
                other: Broadcast(first == SlopeText.NameOfOwn(options) ? second : first),
                probability: "p"),
            .. options.HasBinaryCrossEntropy
                ? BinaryCrossEntropyText.Slope(options, options.IsBinary ? "1" : "c")
                : options.HasBinaryFocal ? ["slope *= larger * smaller;"]
                : Enumerable.Empty<string>(),
            .. BinaryFocalText.Slope(options, options.IsBinary ? "1" : "c"),
        ];
        SourceWriter writer = new();
        writer.Line("int pixels = image.Length / NumClasses;");
        if (!options.IsOneHot)
        {
            writer.Line(IgnoreText.FirstLabel(options, "TLabel"));
        }

        IgnoreText.WriteDeclaration(writer, options);
        using (writer.Open("for (int c = 0; c < NumClasses; c++)"))
        {
            writer.Line($"(float {first}, float {second}) = {AggregateText.SlopesCall(options)};");
            writer.Line($"TLanes {Broadcast(first)} = TLanes.Broadcast({first}), {Broadcast(second)} = TLanes.Broadcast({second});");
            if (options.HasBinaryCrossEntropy)
            {
                string[] ofClass = [.. BinaryCrossEntropyText.SlopesOfClass(options)];
                writer.Each(ofClass.Length, i => ofClass[i]);
            }

            string[] ofFocal = [.. BinaryFocalText.SlopesOfClass(options)];
            writer.Each(ofFocal.Length, i => ofFocal[i]);
            if (isSigmoid || options.Cost.HasBentSlopes)
            {
                writer.Line(Plane("float", input, "image"));
            }

            if (options.IsOneHot)
            {
                writer.Line(Plane("TLabel", "targets", IgnoreText.Labels(options)));
            }

            writer.Line(Plane("float", "plane", "gradient"));
            using (writer.Open("for (nuint pixel = (nuint)firstPixel; pixel < (nuint)endPixel; pixel += (nuint)TLanes.Count)"))
            {
                if (IgnoreText.LoadsLabels(options))
                {
                    writer.Line($"TLanes label = {IgnoreText.LoadLabels(options, "TLanes")};");
                }

                writer.Each(slope.Length, i => slope[i]);
                string factor = isSigmoid && !options.HasBinaryTerm ? $" * global::SoftDice.Kernels.Activations.SigmoidSlope({load})" : string.Empty;
                writer.Line($"TLanes.Store({IgnoreText.Cleared(options, "slope" + factor, "TLanes")}, ref plane, pixel, bypassCache);");
            }
        }

        return writer.ToString().TrimEnd('\n');
    }

    // A focal term makes what it needs of the logit.
    private static string[] Parts(LossOptions options) => options.HasBinaryCrossEntropy || options.Cost.HasBentSlopes
        ? [.. BinaryCrossEntropyText.Parts, BinaryCrossEntropyText.Probabilities]
        : BinaryCrossEntropyText.Parts;

    // The number of a class in every lane, by the name that it has there.
    private static string Broadcast(string number) => number switch
    {
        "step" => "slopeStep",
        "bend" => "slopeBend",
        _ => number + "Slope",
    };

    private static string Plane(string type, string name, string span) =>
        $"ref {type} {name} = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference({span}.Slice(c * pixels));";
}
