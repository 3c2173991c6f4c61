using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

using SoftDice.Generators.Tests;

namespace VerifyTests;

/// <summary>A folder of accepted (<c>.verified.</c>) and, after a failure, of actual (<c>.received.</c>) files.</summary>
internal sealed class SnapshotFolder(string path)
{
    private const string Verified = "verified";
    private const string Received = "received";

    public string Path => path;

    /// <summary>Compares the files of one test with the accepted ones; accepting writes them instead.</summary>
    public void Check(string prefix, IReadOnlyList<SnapshotFile> files, bool accept)
    {
        Directory.CreateDirectory(path);
        foreach (string leftover in FilesOf(prefix, Received))
        {
            File.Delete(leftover);
        }

        List<string> problems = [];
        foreach (SnapshotFile file in files)
        {
            CheckFile(prefix, file, accept, problems);
        }

        HashSet<string> produced = [.. files.Select(file => FullPath(file.FileName(prefix, Verified)))];
        foreach (string stale in FilesOf(prefix, Verified).Where(name => !produced.Contains(name)))
        {
            if (accept)
            {
                File.Delete(stale);
            }
            else
            {
                problems.Add($"Delete: {stale}");
            }
        }

        if (problems.Count > 0)
        {
            throw new SnapshotException(
                $"Snapshots of {prefix} differ. To accept them all, run the tests once with {AcceptMode.Variable}=1.\n" +
                string.Join('\n', problems));
        }
    }

    private void CheckFile(string prefix, SnapshotFile file, bool accept, List<string> problems)
    {
        string verified = FullPath(file.FileName(prefix, Verified));
        bool exists = File.Exists(verified);
        if (exists && file.HasContentOf(verified))
        {
            return;
        }

        if (accept)
        {
            file.Write(verified);
            return;
        }

        string received = FullPath(file.FileName(prefix, Received));
        file.Write(received);
        problems.Add(exists ? $"NotEqual: {verified}\n{FirstDifference(verified, received)}" : $"New: {verified}");
    }

    private static string FirstDifference(string verified, string received)
    {
        string[] expected = File.ReadAllText(verified).Split('\n');
        string[] actual = File.ReadAllText(received).Split('\n');
        int line = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"  line {line + 1}, verified: {LineOrEnd(expected)}\n  line {line + 1}, received: {LineOrEnd(actual)}";

        string LineOrEnd(string[] lines) => line < lines.Length ? lines[line] : "(end of file)";
    }

    // After the prefix comes a dot or a #, so that the files of …=1 are not those of …=19.
    private string[] FilesOf(string prefix, string status) =>
    [
        .. Directory.EnumerateFiles(path)
            .Where(file => System.IO.Path.GetFileName(file) is string name &&
                (name.StartsWith(prefix + ".", StringComparison.Ordinal) || name.StartsWith(prefix + "#", StringComparison.Ordinal)) &&
                name.Contains($".{status}.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    private string FullPath(string fileName) => System.IO.Path.Combine(path, fileName);
}
