using System;
using System.Runtime.InteropServices;

namespace SoftDice.Benchmarks.Peers.Onnx;

/// <summary>Builds an ONNX model in memory. Field numbers and element types are those of onnx.proto.</summary>
internal sealed class OnnxGraph
{
    public const int Float = 1;
    public const int UInt8 = 2;
    public const int Int64 = 7;

    private const int IrVersion = 8;
    private const int OpsetVersion = 17;

    private readonly WireWriter graph = new();
    private int nodes;

    /// <summary>Adds an operation and returns the name of its output.</summary>
    public string Node(string operation, ReadOnlySpan<string> inputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        string output = $"node{nodes++}";
        WireWriter node = new();
        foreach (string input in inputs)
        {
            node.Text(1, input);
        }

        node.Text(2, output).Text(4, operation);
        foreach ((string name, object value) in attributes)
        {
            WireWriter attribute = new WireWriter().Text(1, name);
            node.Message(5, value is string text ? attribute.Text(4, text).Int(20, 3) : attribute.Int(3, Convert.ToInt64(value, null)).Int(20, 2));
        }

        graph.Message(1, node);
        return output;
    }

    /// <summary>Adds a constant and returns its name.</summary>
    public string Constant<T>(string name, int elementType, ReadOnlySpan<long> shape, T[] values)
        where T : unmanaged
    {
        WireWriter tensor = new();
        foreach (long length in shape)
        {
            tensor.Int(1, length);
        }

        tensor.Int(2, elementType).Text(8, name).Bytes(9, MemoryMarshal.AsBytes<T>(values));
        graph.Message(5, tensor);
        return name;
    }

    /// <summary>Declares an input and returns its name.</summary>
    public string Input(string name, int elementType, ReadOnlySpan<long> shape)
    {
        graph.Message(11, ValueInfo(name, elementType, shape));
        return name;
    }

    /// <summary>Declares an output.</summary>
    public void Output(string name, int elementType, ReadOnlySpan<long> shape) => graph.Message(12, ValueInfo(name, elementType, shape));

    /// <summary>The bytes of the model.</summary>
    public byte[] ToModel()
    {
        graph.Text(2, "soft-dice");
        WireWriter opset = new WireWriter().Text(1, string.Empty).Int(2, OpsetVersion);
        return new WireWriter().Int(1, IrVersion).Message(8, opset).Message(7, graph).ToArray();
    }

    private static WireWriter ValueInfo(string name, int elementType, ReadOnlySpan<long> shape)
    {
        WireWriter dimensions = new();
        foreach (long length in shape)
        {
            dimensions.Message(1, new WireWriter().Int(1, length));
        }

        WireWriter tensor = new WireWriter().Int(1, elementType).Message(2, dimensions);
        return new WireWriter().Text(1, name).Message(2, new WireWriter().Message(1, tensor));
    }
}
