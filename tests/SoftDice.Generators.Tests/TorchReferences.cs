using Microsoft.CodeAnalysis;

namespace SoftDice.Generators.Tests;

/// <summary>TorchSharp and our modules for it, which are read and never run here.</summary>
internal static class TorchReferences
{
    public static readonly MetadataReference[] All =
    [
        MetadataReference.CreateFromFile(typeof(TorchSharp.torch).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(SoftDiceLossModule<,>).Assembly.Location),
    ];
}
