using System;
using System.IO;
using System.Text;

using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Makes a 64-bit ELF library load where one version that it needs is missing, by marking that need as weak.</summary>
/// <remarks>Offsets and constants are those of the ELF gABI and of the LSB's symbol versioning. MSBuild compiles this file.</remarks>
public sealed class RelaxVersionNeed : Task
{
    private const uint SectionOfVersionNeeds = 0x6ffffffe;
    private const ushort Weak = 2;

    [Required]
    public string Library { get; set; } = "";

    [Required]
    public string Version { get; set; } = "";

    public override bool Execute()
    {
        byte[] image = File.ReadAllBytes(Library);
        bool is64BitLittleEndian = image.Length > 64 && BitConverter.ToUInt32(image, 0) == 0x464c457f && image[4] == 2 && image[5] == 1;
        int flags = is64BitLittleEndian ? FindFlags(image) : -1;
        if (flags < 0 || (image[flags] & Weak) != 0)
        {
            return true;
        }

        // The time stays that of the package's file, so that the next build does not copy it again.
        DateTime time = File.GetLastWriteTimeUtc(Library);
        using (FileStream file = File.OpenWrite(Library))
        {
            file.Position = flags;
            file.WriteByte((byte)(image[flags] | Weak));
        }

        File.SetLastWriteTimeUtc(Library, time);
        Log.LogMessage(MessageImportance.High, "{0}: {1} need not be there.", Path.GetFileName(Library), Version);
        return true;
    }

    /// <summary>Where the flags of the version's entry are, or -1.</summary>
    private int FindFlags(byte[] image)
    {
        int headers = (int)BitConverter.ToUInt64(image, 40);
        int headerSize = BitConverter.ToUInt16(image, 58);
        int count = BitConverter.ToUInt16(image, 60);
        for (int header = headers; header < headers + (count * headerSize); header += headerSize)
        {
            if (BitConverter.ToUInt32(image, header + 4) == SectionOfVersionNeeds)
            {
                int strings = headers + ((int)BitConverter.ToUInt32(image, header + 40) * headerSize);
                return FindFlags(image, need: Offset(image, header), strings: Offset(image, strings));
            }
        }

        return -1;
    }

    /// <summary>Goes along the needed libraries, and along the versions that are needed of each.</summary>
    private int FindFlags(byte[] image, int need, int strings)
    {
        for (int next = -1; next != 0; need += next)
        {
            int entry = need + (int)BitConverter.ToUInt32(image, need + 8);
            for (int nextEntry = -1; nextEntry != 0; entry += nextEntry)
            {
                if (NameIs(image, strings + (int)BitConverter.ToUInt32(image, entry + 8)))
                {
                    return entry + 4;
                }

                nextEntry = (int)BitConverter.ToUInt32(image, entry + 12);
            }

            next = (int)BitConverter.ToUInt32(image, need + 12);
        }

        return -1;
    }

    private bool NameIs(byte[] image, int start) =>
        Encoding.ASCII.GetString(image, start, Array.IndexOf(image, (byte)0, start) - start) == Version;

    private static int Offset(byte[] image, int header) => (int)BitConverter.ToUInt64(image, header + 24);
}
