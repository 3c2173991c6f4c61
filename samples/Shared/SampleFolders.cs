using System;
using System.IO;
using System.Linq;
using System.Reflection;

namespace SoftDice.Samples;

/// <summary>Where a sample's sources are, so that what it writes can be found beside them.</summary>
internal static class SampleFolders
{
    /// <summary>
    /// The folder of the sample's project, which the build writes into the assembly; the current directory where that folder
    /// is not there (the program was moved to another machine).
    /// </summary>
    public static string Sample { get; } =
        Assembly.GetExecutingAssembly()
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(metadata => metadata.Key == "SampleFolder")?.Value is { } folder && Directory.Exists(folder)
            ? folder
            : Directory.GetCurrentDirectory();

    /// <summary>The file that the generator wrote for a type, or null where it was not kept.</summary>
    /// <param name="lossType">The annotated type.</param>
    public static string? FindGeneratedFile(Type lossType)
    {
        string generated = Path.Combine(Sample, "Generated");

        return Directory.Exists(generated)
            ? Directory.EnumerateFiles(generated, $"{lossType.FullName}.SoftDice.g.cs", SearchOption.AllDirectories).FirstOrDefault()
            : null;
    }
}
