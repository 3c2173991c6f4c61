using System.Linq;

using SoftDice.Benchmarks.Ratios;

namespace SoftDice.Benchmarks.Peers.Onnx;

/// <summary>The loss as an ONNX graph, in two ways of finding what belongs to a label.</summary>
internal static class SoftDiceModel
{
    public const string Predictions = "predictions";
    public const string Labels = "labels";

    /// <summary>The model, for labels of (batch, 1, pixels).</summary>
    public static byte[] Write(CaseShape shape, OnnxFormulation formulation)
    {
        OnnxGraph graph = new();
        long[] shapeOfAll = [shape.Batch, shape.Classes, shape.Pixels];
        string input = graph.Input(Predictions, OnnxGraph.Float, shapeOfAll);
        int labelType = formulation == OnnxFormulation.Compare ? OnnxGraph.UInt8 : OnnxGraph.Int64;
        string labels = graph.Input(Labels, labelType, [shape.Batch, 1, shape.Pixels]);
        string p = shape.Mode.FromLogits ? graph.Node("Softmax", [input], ("axis", 1)) : input;

        string axes = graph.Constant("axes", OnnxGraph.Int64, [2], new long[] { 0, 2 });
        string predicted = graph.Node("ReduceSum", [p, axes], ("keepdims", 0));
        (string intersection, string labelled) = formulation == OnnxFormulation.Gather
            ? Gathered(graph, shape, p, labels)
            : Compared(graph, shape, p, labels, axes);

        string epsilon = graph.Constant("epsilon", OnnxGraph.Float, [], new[] { (float)ClassSums.Epsilon });
        string numerator = graph.Node("Add", [graph.Node("Add", [intersection, intersection]), epsilon]);
        string denominator = graph.Node("Add", [graph.Node("Add", [predicted, labelled]), epsilon]);
        string logarithm = graph.Node("Log", [graph.Node("Div", [numerator, denominator])]);
        string loss = graph.Node("Neg", [graph.Node("ReduceMean", [logarithm], ("keepdims", 0))]);
        graph.Output(loss, OnnxGraph.Float, []);
        return graph.ToModel();
    }

    private static (string Intersection, string Labelled) Compared(OnnxGraph graph, CaseShape shape, string p, string labels, string axes)
    {
        byte[] values = [.. Enumerable.Range(0, shape.Classes).Select(c => (byte)c)];
        string classes = graph.Constant("classes", OnnxGraph.UInt8, [1, shape.Classes, 1], values);
        string mask = graph.Node("Cast", [graph.Node("Equal", [labels, classes])], ("to", OnnxGraph.Float));
        string hits = graph.Node("Mul", [p, mask]);
        return (graph.Node("ReduceSum", [hits, axes], ("keepdims", 0)), graph.Node("ReduceSum", [mask, axes], ("keepdims", 0)));
    }

    private static (string Intersection, string Labelled) Gathered(OnnxGraph graph, CaseShape shape, string p, string labels)
    {
        string flat = graph.Constant("flat", OnnxGraph.Int64, [1], new long[] { -1 });
        string zeros = graph.Constant("zeros", OnnxGraph.Float, [shape.Classes], new float[shape.Classes]);
        float[] one = [.. Enumerable.Repeat(1f, shape.Labels)];
        string ones = graph.Constant("ones", OnnxGraph.Float, [shape.Labels], one);
        string own = graph.Node("Reshape", [graph.Node("GatherElements", [p, labels], ("axis", 1)), flat]);
        string index = graph.Node("Reshape", [labels, flat]);
        return (
            graph.Node("ScatterElements", [zeros, index, own], ("axis", 0), ("reduction", "add")),
            graph.Node("ScatterElements", [zeros, index, ones], ("axis", 0), ("reduction", "add")));
    }
}
