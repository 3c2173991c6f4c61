using System;
using System.IO;
using System.Runtime.CompilerServices;

using Microsoft.CodeAnalysis;

using VerifyTests;

namespace VerifyXunit;

/// <summary>
/// Stands in for the package Verify.XunitV3: as much of it as these tests call, reading and writing the same files.
/// </summary>
public static class Verifier
{
    public static SettingsTask Verify(GeneratorDriver target, [CallerFilePath] string sourceFile = "")
    {
        ArgumentNullException.ThrowIfNull(target);
        if (!VerifySourceGenerators.IsInitialized)
        {
            throw new InvalidOperationException("Call VerifySourceGenerators.Initialize() in a module initializer.");
        }

        return new SettingsTask(sourceFile, () => GeneratorSnapshot.FilesOf(target.GetRunResult()));
    }

    public static SettingsTask Verify(string target, [CallerFilePath] string sourceFile = "")
    {
        ArgumentNullException.ThrowIfNull(target);
        return new SettingsTask(sourceFile, () => [new SnapshotFile(string.Empty, "txt", SnapshotFile.WithLineFeeds(target))]);
    }
}
