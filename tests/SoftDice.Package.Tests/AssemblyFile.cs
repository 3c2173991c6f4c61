using System;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace SoftDice.PackageTests;

/// <summary>What an assembly says of itself, read without loading it.</summary>
internal static class AssemblyFile
{
    public static Version Version(byte[] assembly)
    {
        using PEReader file = new(new MemoryStream(assembly));
        return file.GetMetadataReader().GetAssemblyDefinition().Version;
    }

    /// <summary>The symbols inside an assembly.</summary>
    public static MetadataReaderProvider EmbeddedSymbols(byte[] assembly)
    {
        using PEReader file = new(new MemoryStream(assembly));
        return file.ReadEmbeddedPortablePdbDebugDirectoryData(
            file.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb));
    }

    /// <summary>The names of the source files that symbols tell of.</summary>
    public static string[] Documents(MetadataReaderProvider symbols)
    {
        MetadataReader reader = symbols.GetMetadataReader();
        return [.. reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name))];
    }

    /// <summary>The text of a kind that symbols have for the whole module.</summary>
    public static string Link(MetadataReaderProvider symbols, Guid kind)
    {
        MetadataReader reader = symbols.GetMetadataReader();
        return reader.GetCustomDebugInformation(EntityHandle.ModuleDefinition)
            .Select(reader.GetCustomDebugInformation)
            .Where(information => reader.GetGuid(information.Kind) == kind)
            .Select(information => Encoding.UTF8.GetString(reader.GetBlobBytes(information.Value)))
            .Single();
    }
}
