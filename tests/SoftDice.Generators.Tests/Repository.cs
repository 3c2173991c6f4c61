using System;
using System.IO;
using System.Runtime.CompilerServices;

namespace SoftDice.Generators.Tests;

/// <summary>Files of the repository, found from this source file, wherever the tests are started.</summary>
internal static class Repository
{
    public static string PathOf(string relativePath) =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", relativePath));

    public static string Read(string relativePath) =>
        File.ReadAllText(PathOf(relativePath)).Replace("\r\n", "\n", StringComparison.Ordinal);

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
