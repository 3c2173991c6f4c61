namespace SoftDice.Benchmarks.Peers.Onnx;

/// <summary>How a graph finds what belongs to a label.</summary>
internal enum OnnxFormulation
{
    /// <summary>Labels, as bytes, are compared with every class: a mask as large as the predictions.</summary>
    Compare,

    /// <summary>Each pixel's own probability is gathered and scattered to its class, by 64-bit labels.</summary>
    Gather,
}
