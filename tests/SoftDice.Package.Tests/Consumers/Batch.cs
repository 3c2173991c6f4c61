using System.Linq;

namespace Shared;

/// <summary>Two images of five pixels and three classes, with numbers that the test knows how to make as well.</summary>
internal static class Batch
{
    public const int Size = 2;

    public static float[] Predictions { get; } = [.. Enumerable.Range(0, 30).Select(index => ((index * 37 % 100) + 1) / 128f)];

    public static byte[] Labels { get; } = [.. Enumerable.Range(0, 10).Select(index => (byte)(index * 7 % 3))];
}
