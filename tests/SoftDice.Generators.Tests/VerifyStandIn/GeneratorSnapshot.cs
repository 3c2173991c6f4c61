using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

using Microsoft.CodeAnalysis;

namespace VerifyTests;

/// <summary>What a run of generators looks like as files: one for each source, and one for diagnostics if there are any.</summary>
internal static class GeneratorSnapshot
{
    public static IReadOnlyList<SnapshotFile> FilesOf(GeneratorDriverRunResult run)
    {
        Exception[] exceptions = [.. run.Results.Select(result => result.Exception).OfType<Exception>()];
        if (exceptions.Length > 0)
        {
            throw new InvalidOperationException("A generator has thrown.", new AggregateException(exceptions));
        }

        GeneratedSourceResult[] sources =
        [
            .. run.Results.SelectMany(result => result.GeneratedSources.OrderBy(source => source.HintName, StringComparer.Ordinal)),
        ];
        string[] names = WithIndexes([.. sources.Select(source => Path.GetFileNameWithoutExtension(source.HintName))]);
        List<SnapshotFile> files = [.. sources.Zip(names, FileOf)];
        if (run.Diagnostics.Length > 0)
        {
            files.Add(new SnapshotFile(string.Empty, "txt", DiagnosticsText.Write(run.Diagnostics)));
        }

        return files;
    }

    private static SnapshotFile FileOf(GeneratedSourceResult source, string name) =>
        new(name, "cs", $"//HintName: {source.HintName}\n{SnapshotFile.WithLineFeeds(source.SourceText.ToString())}");

    // A name that is there more than once gets an index each time, from 00.
    private static string[] WithIndexes(string[] names)
    {
        Dictionary<string, int> counts = names.CountBy(name => name).ToDictionary();
        Dictionary<string, int> next = [];
        return [.. names.Select(name => counts[name] == 1 ? name : $"{name}.{Next(name).ToString("00", CultureInfo.InvariantCulture)}")];

        int Next(string name)
        {
            int index = next.GetValueOrDefault(name);
            next[name] = index + 1;
            return index;
        }
    }
}
