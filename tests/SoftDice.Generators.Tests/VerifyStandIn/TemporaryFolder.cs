using System;
using System.IO;

namespace VerifyTests;

/// <summary>A folder for one test of the stand-in, gone after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("snapshots").FullName;

    public string FileIn(string name) => System.IO.Path.Combine(Path, name);

    public string[] Names()
    {
        string[] names = [.. Array.ConvertAll(Directory.GetFiles(Path), file => System.IO.Path.GetFileName(file))];
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
