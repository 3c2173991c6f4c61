using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;

namespace SoftDice.Samples;

/// <summary>
/// A volume of bytes from a NIfTI-1 file. It reads the kind of file that label volumes are (one file, unsigned bytes, three
/// dimensions, not scaled, gzipped or not, either byte order) and says of any other file what stands in the way.
/// </summary>
internal sealed class NiftiVolume
{
    // Offsets of the header's fields, from nifti1.h.
    private const int HeaderSize = 348;
    private const int DimOffset = 40;
    private const int DataTypeOffset = 70;
    private const int VoxOffsetOffset = 108;
    private const int SlopeOffset = 112;
    private const int InterceptOffset = 116;
    private const int MagicOffset = 344;

    private const short DataTypeUInt8 = 2;

    private readonly byte[] voxels;

    private NiftiVolume(int width, int height, int depth, byte[] voxels)
    {
        Width = width;
        Height = height;
        Depth = depth;
        this.voxels = voxels;
    }

    /// <summary>Voxels along the first dimension, which varies fastest.</summary>
    public int Width { get; }

    /// <summary>Voxels along the second dimension.</summary>
    public int Height { get; }

    /// <summary>Number of slices.</summary>
    public int Depth { get; }

    /// <summary>All voxels, slice after slice.</summary>
    public ReadOnlySpan<byte> Voxels => voxels;

    /// <summary>Voxels of one slice, row after row.</summary>
    /// <param name="z">The slice.</param>
    public ReadOnlySpan<byte> Slice(int z) => voxels.AsSpan(z * Width * Height, Width * Height);

    /// <summary>Reads a file.</summary>
    /// <param name="path">A .nii or .nii.gz file.</param>
    /// <exception cref="InvalidDataException">The file is not one that this class reads; the message says why.</exception>
    public static NiftiVolume Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            using Stream content = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                ? new GZipStream(file, CompressionMode.Decompress)
                : file;
            return Read(content);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    private static NiftiVolume Read(Stream content)
    {
        byte[] bytes = new byte[HeaderSize];
        ReadAll(content, bytes, "header");
        Header header = new(bytes);

        // The three letters and the zero after them say that the voxels are in the same file; "ni1" has them in another one.
        if (!header.Bytes(MagicOffset, 4).SequenceEqual("n+1\0"u8))
        {
            throw new InvalidDataException("the magic is not \"n+1\", so this is not a NIfTI-1 file with its voxels inside.");
        }

        if (header.Int16(DataTypeOffset) is not DataTypeUInt8 and short dataType)
        {
            throw new InvalidDataException($"the data type is {dataType}; only {DataTypeUInt8}, unsigned bytes, is read here.");
        }

        // A slope of 0 means that values are not scaled. So does a slope of 1 without an intercept.
        (float slope, float intercept) = (header.Single(SlopeOffset), header.Single(InterceptOffset));
        if (slope != 0 && (slope != 1 || intercept != 0))
        {
            throw new InvalidDataException($"values are scaled (slope {slope}, intercept {intercept}); labels must not be.");
        }

        (int width, int height, int depth) = Dimensions(header);
        SkipTo(content, header.Single(VoxOffsetOffset));
        byte[] voxels = new byte[width * height * depth];
        ReadAll(content, voxels, $"block of {width} x {height} x {depth} voxels");

        return new NiftiVolume(width, height, depth, voxels);
    }

    // The first of the eight numbers is how many of the others count. Dimensions beyond the third may be there if they are 1.
    private static (int Width, int Height, int Depth) Dimensions(Header header)
    {
        int rank = header.Int16(DimOffset);
        if (rank is < 3 or > 7)
        {
            throw new InvalidDataException($"it has {rank} dimensions; a volume has three.");
        }

        long voxels = 1;
        for (int i = 1; i <= rank; i++)
        {
            int size = header.Int16(DimOffset + (i * sizeof(short)));
            if (size < 1 || (i > 3 && size != 1))
            {
                throw new InvalidDataException($"dimension {i} of {rank} is {size}; the first three must be at least 1, others 1.");
            }

            voxels *= size;
        }

        if (voxels > Array.MaxLength)
        {
            throw new InvalidDataException($"{voxels} voxels are more than an array holds.");
        }

        return (Size(1), Size(2), Size(3));

        int Size(int dimension) => header.Int16(DimOffset + (dimension * sizeof(short)));
    }

    private static void SkipTo(Stream content, float voxOffset)
    {
        const int LargestExtension = 1 << 20;
        if (!(voxOffset >= HeaderSize && voxOffset <= LargestExtension && voxOffset == MathF.Floor(voxOffset)))
        {
            throw new InvalidDataException($"voxels begin at byte {voxOffset}, which cannot be.");
        }

        // A gzip stream cannot seek, so what lies between (header extensions) is read.
        ReadAll(content, new byte[(int)voxOffset - HeaderSize], "header extension");
    }

    private static void ReadAll(Stream content, byte[] buffer, string what)
    {
        int read = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        if (read < buffer.Length)
        {
            throw new InvalidDataException($"the file ends after {read} of {buffer.Length} bytes of its {what}.");
        }
    }

    /// <summary>The header's bytes, whose order shows in the first field: it holds the header's size.</summary>
    private sealed class Header
    {
        private readonly byte[] bytes;
        private readonly bool isBigEndian;

        public Header(byte[] bytes)
        {
            this.bytes = bytes;
            isBigEndian = BinaryPrimitives.ReadInt32BigEndian(bytes) == HeaderSize;
            if (!isBigEndian && BinaryPrimitives.ReadInt32LittleEndian(bytes) != HeaderSize)
            {
                throw new InvalidDataException($"it does not begin with the header size {HeaderSize}, so this is not NIfTI-1.");
            }
        }

        public ReadOnlySpan<byte> Bytes(int offset, int length) => bytes.AsSpan(offset, length);

        public short Int16(int offset) => isBigEndian
            ? BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(offset))
            : BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(offset));

        public float Single(int offset) => isBigEndian
            ? BinaryPrimitives.ReadSingleBigEndian(bytes.AsSpan(offset))
            : BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(offset));
    }
}
