using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SoftDice.Kernels;

/// <summary>
/// Labels of any supported type, widened to 32-bit integers on their way from memory. What cannot be a class (a fraction, NaN,
/// a number that does not fit) comes out negative, so that it is no class there either.
/// </summary>
/// <remarks>
/// The comparisons of <c>typeof</c> are constants to the JIT, so that each instantiation keeps one branch. Where the hardware
/// has no instruction for a width, two loads of half of it do the same.
/// </remarks>
internal static class LabelLoads
{
    /// <summary>Whether labels can be of this type.</summary>
    public static bool Supports<TLabel>(SoftDiceLabels kind) => kind == SoftDiceLabels.OneHot
        ? typeof(TLabel) == typeof(byte) || typeof(TLabel) == typeof(float)
        : IsClassIndexType<TLabel>();

    private static bool IsClassIndexType<TLabel>() =>
        typeof(TLabel) == typeof(byte) || typeof(TLabel) == typeof(sbyte) ||
        typeof(TLabel) == typeof(short) || typeof(TLabel) == typeof(ushort) ||
        typeof(TLabel) == typeof(int) || typeof(TLabel) == typeof(uint) ||
        typeof(TLabel) == typeof(long) || typeof(TLabel) == typeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LoadOne<TLabel>(ref readonly TLabel source, nuint offset)
        where TLabel : unmanaged
    {
        ref TLabel label = ref Unsafe.Add(ref Unsafe.AsRef(in source), offset);
        if (typeof(TLabel) == typeof(byte)) return As<TLabel, byte>(in label);
        if (typeof(TLabel) == typeof(sbyte)) return As<TLabel, sbyte>(in label);
        if (typeof(TLabel) == typeof(short)) return As<TLabel, short>(in label);
        if (typeof(TLabel) == typeof(ushort)) return As<TLabel, ushort>(in label);
        if (typeof(TLabel) == typeof(int) || typeof(TLabel) == typeof(uint)) return As<TLabel, int>(in label);
        if (typeof(TLabel) == typeof(long)) return As<TLabel, long>(in label) is >= 0 and <= int.MaxValue and long fits ? (int)fits : -1;
        if (typeof(TLabel) == typeof(float)) return WholeOrMinusOne(As<TLabel, float>(in label));
        throw Unsupported<TLabel>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load128<TLabel>(ref readonly TLabel source, nuint offset)
        where TLabel : unmanaged
    {
        if (typeof(TLabel) == typeof(byte))
        {
            return Vector128.WidenLower(Vector128.WidenLower(FourBytes(in source, offset))).AsInt32();
        }

        if (typeof(TLabel) == typeof(sbyte))
        {
            return Vector128.WidenLower(Vector128.WidenLower(FourBytes(in source, offset).AsSByte()));
        }

        if (typeof(TLabel) == typeof(short))
        {
            return Vector128.WidenLower(EightBytes(in source, offset).AsInt16());
        }

        if (typeof(TLabel) == typeof(ushort))
        {
            return Vector128.WidenLower(EightBytes(in source, offset).AsUInt16()).AsInt32();
        }

        if (typeof(TLabel) == typeof(int) || typeof(TLabel) == typeof(uint))
        {
            return Vector128.LoadUnsafe(in As<TLabel, int>(in source), offset);
        }

        if (typeof(TLabel) == typeof(long))
        {
            ref readonly long longs = ref As<TLabel, long>(in source);
            Vector128<long> first = Vector128.LoadUnsafe(in longs, offset);
            Vector128<long> second = Vector128.LoadUnsafe(in longs, offset + 2);
            Vector128<int> high = Vector128.Narrow(first >>> 32, second >>> 32);
            return Vector128.Narrow(first, second) | ~Vector128.Equals(high, Vector128<int>.Zero);
        }

        if (typeof(TLabel) == typeof(float))
        {
            Vector128<float> floats = Vector128.LoadUnsafe(in As<TLabel, float>(in source), offset);
            Vector128<int> whole = Vector128.ConvertToInt32Native(floats);
            Vector128<int> isBroken = ~Vector128.Equals(Vector128.ConvertToSingle(whole), floats).AsInt32();
            if (!Sse2.IsSupported)
            {
                // Elsewhere 2³¹ becomes the largest integer, which becomes 2³¹ again.
                isBroken |= Vector128.Equals(whole, Vector128.Create(int.MaxValue));
            }

            return whole | isBroken;
        }

        throw Unsupported<TLabel>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load256<TLabel>(ref readonly TLabel source, nuint offset)
        where TLabel : unmanaged
    {
        if (Avx2.IsSupported)
        {
            if (typeof(TLabel) == typeof(byte)) return Avx2.ConvertToVector256Int32(EightBytes(in source, offset));
            if (typeof(TLabel) == typeof(sbyte)) return Avx2.ConvertToVector256Int32(EightBytes(in source, offset).AsSByte());
            if (typeof(TLabel) == typeof(short)) return Avx2.ConvertToVector256Int32(SixteenBytes(in source, offset).AsInt16());
            if (typeof(TLabel) == typeof(ushort)) return Avx2.ConvertToVector256Int32(SixteenBytes(in source, offset).AsUInt16());
        }

        return Vector256.Create(Load128(in source, offset), Load128(in source, offset + 4));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load512<TLabel>(ref readonly TLabel source, nuint offset)
        where TLabel : unmanaged
    {
        if (Avx512F.IsSupported)
        {
            if (typeof(TLabel) == typeof(byte)) return Avx512F.ConvertToVector512Int32(SixteenBytes(in source, offset));
            if (typeof(TLabel) == typeof(sbyte)) return Avx512F.ConvertToVector512Int32(SixteenBytes(in source, offset).AsSByte());
        }

        return Vector512.Create(Load256(in source, offset), Load256(in source, offset + 8));
    }

    /// <summary>A mask as what it is in memory: a bool from elsewhere may be any byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref readonly byte Bytes(ref readonly bool mask) => ref As<bool, byte>(in mask);

    /// <summary>One target, as a float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LoadTarget<TLabel>(ref readonly TLabel source, nuint offset)
        where TLabel : unmanaged =>
        typeof(TLabel) == typeof(float)
            ? As<TLabel, float>(in Unsafe.Add(ref Unsafe.AsRef(in source), offset))
            : LoadOne(in source, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadTargets128<TLabel>(ref readonly TLabel source, nuint offset)
        where TLabel : unmanaged =>
        typeof(TLabel) == typeof(float)
            ? Vector128.LoadUnsafe(in As<TLabel, float>(in source), offset)
            : Vector128.ConvertToSingle(Load128(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadTargets256<TLabel>(ref readonly TLabel source, nuint offset)
        where TLabel : unmanaged =>
        typeof(TLabel) == typeof(float)
            ? Vector256.LoadUnsafe(in As<TLabel, float>(in source), offset)
            : Vector256.ConvertToSingle(Load256(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadTargets512<TLabel>(ref readonly TLabel source, nuint offset)
        where TLabel : unmanaged =>
        typeof(TLabel) == typeof(float)
            ? Vector512.LoadUnsafe(in As<TLabel, float>(in source), offset)
            : Vector512.ConvertToSingle(Load512(in source, offset));

    /// <summary>An exception for a label type that no kernel reads.</summary>
    public static NotSupportedException Unsupported<TLabel>(SoftDiceLabels kind = SoftDiceLabels.ClassIndex) =>
        new(kind == SoftDiceLabels.OneHot
            ? $"Targets of type {typeof(TLabel)} are not supported. With Labels = OneHot, use byte or float."
            : $"Labels of type {typeof(TLabel)} are not supported. Use byte, sbyte, short, ushort, int, uint, long or float; " +
            "byte is the fastest.");

    private static int WholeOrMinusOne(float label)
    {
        int whole = float.ConvertToIntegerNative<int>(label);
        return whole == label && whole != int.MaxValue ? whole : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref readonly TTo As<TFrom, TTo>(ref readonly TFrom source) =>
        ref Unsafe.As<TFrom, TTo>(ref Unsafe.AsRef(in source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> FourBytes<TLabel>(ref readonly TLabel source, nuint offset) =>
        Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(in FirstByte(in source, offset))).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> EightBytes<TLabel>(ref readonly TLabel source, nuint offset) =>
        Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(in FirstByte(in source, offset))).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> SixteenBytes<TLabel>(ref readonly TLabel source, nuint offset) =>
        Unsafe.ReadUnaligned<Vector128<byte>>(in FirstByte(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref readonly byte FirstByte<TLabel>(ref readonly TLabel source, nuint offset) =>
        ref As<TLabel, byte>(in Unsafe.Add(ref Unsafe.AsRef(in source), offset));
}
