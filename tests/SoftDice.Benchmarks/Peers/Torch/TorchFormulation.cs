namespace SoftDice.Benchmarks.Peers.Torch;

/// <summary>Ways of writing the loss with libtorch.</summary>
internal enum TorchFormulation
{
    /// <summary>A loop over the classes that selects each channel, as in the notebook that the definition comes from.</summary>
    Notebook,

    /// <summary>A one-hot tensor by scatter and sums over whole tensors, as most libraries have it.</summary>
    OneHot,

    /// <summary>Each pixel's own probability is gathered, and added to its class by index_add.</summary>
    Gather,
}
