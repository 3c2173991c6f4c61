using System;
using System.IO;
using System.Text;

namespace VerifyTests;

/// <summary>One file of a snapshot.</summary>
/// <param name="Name">What follows the prefix after a #; empty for a snapshot's main file.</param>
/// <param name="Extension">Without the dot.</param>
/// <param name="Text">The content, lines ended by line feeds.</param>
internal sealed record SnapshotFile(string Name, string Extension, string Text)
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    public static string WithLineFeeds(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    public string FileName(string prefix, string status) =>
        $"{prefix}{(Name.Length == 0 ? string.Empty : "#" + Name)}.{status}.{Extension}";

    public void Write(string path) => File.WriteAllBytes(path, [.. ByteOrderMark, .. Encoding.UTF8.GetBytes(Text)]);

    /// <summary>Byte for byte, but for the byte order mark, which editors take away.</summary>
    public bool HasContentOf(string path)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(path);
        ReadOnlySpan<byte> content = bytes.StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes;
        return content.SequenceEqual(Encoding.UTF8.GetBytes(Text));
    }
}
