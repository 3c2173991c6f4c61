using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

using SoftDice.Generators.Tests;

namespace VerifyTests;

/// <summary>A verification that begins when it is awaited, so that its settings can be chained before.</summary>
public sealed class SettingsTask
{
    private static readonly ConcurrentDictionary<string, bool> UsedPrefixes = new();

    private readonly string sourceDirectory;
    private readonly Func<IReadOnlyList<SnapshotFile>> files;
    private readonly TestName test;
    private string directory = string.Empty;
    private string? fileName;
    private object?[] parameters;
    private Task? task;

    internal SettingsTask(string sourceFile, Func<IReadOnlyList<SnapshotFile>> files)
    {
        sourceDirectory = Path.GetDirectoryName(sourceFile)!;
        this.files = files;
        test = TestName.OfRunningTest();
        parameters = test.Arguments;
    }

    public static implicit operator Task(SettingsTask settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.ToTask();
    }

    public SettingsTask UseDirectory(string directory)
    {
        this.directory = directory;
        return this;
    }

    public SettingsTask UseFileName(string fileName)
    {
        this.fileName = fileName;
        return this;
    }

    public SettingsTask UseParameters(params object?[] parameters)
    {
        this.parameters = parameters;
        return this;
    }

    public TaskAwaiter GetAwaiter() => ToTask().GetAwaiter();

    public Task ToTask() => task ??= Run();

    private Task Run()
    {
        try
        {
            SnapshotFolder folder = new(Path.Combine(sourceDirectory, directory));
            string prefix = fileName ?? test.Prefix(parameters);
            if (!UsedPrefixes.TryAdd(Path.Combine(folder.Path, prefix), true))
            {
                throw new InvalidOperationException($"The prefix has already been used: {prefix}");
            }

            folder.Check(prefix, files(), AcceptMode.IsOn);
            return Task.CompletedTask;
        }
        catch (Exception exception) when (exception is SnapshotException or InvalidOperationException or IOException)
        {
            return Task.FromException(exception);
        }
    }
}
