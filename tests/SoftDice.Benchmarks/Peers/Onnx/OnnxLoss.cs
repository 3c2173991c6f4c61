using System;
using System.Linq;

using Microsoft.ML.OnnxRuntime;

using SoftDice.Benchmarks.Ratios;

namespace SoftDice.Benchmarks.Peers.Onnx;

/// <summary>ONNX Runtime over the same arrays, without copying them. 64-bit labels are made before the clock runs.</summary>
/// <remarks>
/// Labels become a mask, or an index, inside the graph. A mask made outside would have to be written as floats and read again, and
/// the operation OneHot, which needs 64-bit labels, is never faster than comparing.
/// </remarks>
internal sealed class OnnxLoss : IContender
{
    private readonly InferenceSession session;
    private readonly OrtValue predictions;
    private readonly OrtValue labels;
    private readonly RunOptions runOptions = new();
    private readonly string[] inputNames = [SoftDiceModel.Predictions, SoftDiceModel.Labels];

    public OnnxLoss(CaseData data, OnnxFormulation formulation)
    {
        CaseShape shape = data.Shape;
        using SessionOptions options = new()
        {
            IntraOpNumThreads = shape.Threads,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        FloatChain = formulation == OnnxFormulation.Compare ? shape.Pixels / 8 : data.LargestClass;
        session = new InferenceSession(SoftDiceModel.Write(shape, formulation), options);
        predictions = OrtValue.CreateTensorValueFromMemory(data.Predictions, [shape.Batch, shape.Classes, shape.Pixels]);
        long[] shapeOfLabels = [shape.Batch, 1, shape.Pixels];
        labels = formulation == OnnxFormulation.Compare
            ? OrtValue.CreateTensorValueFromMemory(data.Labels, shapeOfLabels)
            : OrtValue.CreateTensorValueFromMemory(data.Labels.Select(label => (long)label).ToArray(), shapeOfLabels);
    }

    public string Name => "ONNX Runtime";

    // Sums of whole planes in eight lanes or more; or each class's pixels one after another.
    public int FloatChain { get; }

    // The first call records what memory is needed, the second takes it.
    public int WarmCalls => 2;

    public double Run()
    {
        using IDisposableReadOnlyCollection<OrtValue> results =
            session.Run(runOptions, inputNames, [predictions, labels], session.OutputNames);
        return results[0].GetTensorDataAsSpan<float>()[0];
    }

    public void CopyGradientTo(Span<float> destination) => throw new NotSupportedException("ONNX Runtime runs forward only.");

    public void Dispose()
    {
        predictions.Dispose();
        labels.Dispose();
        runOptions.Dispose();
        session.Dispose();
    }
}
