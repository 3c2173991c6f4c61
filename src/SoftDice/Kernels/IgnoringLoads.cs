using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels;

/// <summary>
/// Labels as <see cref="LabelLoads"/> widens them, with <see cref="IgnoredPixels.Label"/> for the one that is ignored and for no other.
/// </summary>
/// <remarks>
/// The ignored label is a constant to the JIT wherever a kernel loads labels, so that of the tests of it and of the type one branch is left.
/// </remarks>
internal static class IgnoringLoads
{
    // Any negative number but the one that stands for ignored pixels.
    private const int NoClass = -1;

    /// <summary>Whether a label of this type can be the ignored one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool CanBe<TLabel>(long ignored)
    {
        if (ignored != (int)ignored) return false;
        if (typeof(TLabel) == typeof(uint)) return ignored >= 0;
        if (typeof(TLabel) == typeof(float)) return (long)(float)ignored == ignored;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LoadOne<TLabel>(ref readonly TLabel source, nuint offset, long ignored)
        where TLabel : unmanaged
    {
        int label = LabelLoads.LoadOne(in source, offset);
        bool isIgnored = CanBe<TLabel>(ignored) && label == (int)ignored;
        if (!AreExact<TLabel>(ignored))
        {
            TLabel asItIs = Unsafe.Add(ref Unsafe.AsRef(in source), offset);
            isIgnored = CanBe<TLabel>(ignored) && (typeof(TLabel) == typeof(long)
                ? Unsafe.BitCast<TLabel, long>(asItIs) == ignored
                : Unsafe.BitCast<TLabel, float>(asItIs) == ignored);
        }

        return isIgnored ? IgnoredPixels.Label : Math.Max(label, NoClass);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load128<TLabel>(ref readonly TLabel source, nuint offset, long ignored)
        where TLabel : unmanaged
    {
        Vector128<int> labels = LabelLoads.Load128(in source, offset);
        Vector128<int> isIgnored = Vector128.Equals(labels, Vector128.Create((int)ignored));
        if (!AreExact<TLabel>(ignored))
        {
            isIgnored = typeof(TLabel) == typeof(long)
                ? Vector128.Narrow(EqualLongs(in source, offset, ignored), EqualLongs(in source, offset + 2, ignored))
                : Vector128.Equals(Vector128.LoadUnsafe(in As<TLabel, float>(in source), offset), Vector128.Create((float)ignored)).AsInt32();
        }

        labels = CanBeNegative<TLabel>() ? Vector128.Max(labels, Vector128.Create(NoClass)) : labels;
        return CanBe<TLabel>(ignored) ? Vector128.ConditionalSelect(isIgnored, Vector128.Create(IgnoredPixels.Label), labels) : labels;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load256<TLabel>(ref readonly TLabel source, nuint offset, long ignored)
        where TLabel : unmanaged
    {
        if (!AreExact<TLabel>(ignored))
        {
            return Vector256.Create(Load128(in source, offset, ignored), Load128(in source, offset + 4, ignored));
        }

        Vector256<int> labels = LabelLoads.Load256(in source, offset);
        Vector256<int> isIgnored = Vector256.Equals(labels, Vector256.Create((int)ignored));
        labels = CanBeNegative<TLabel>() ? Vector256.Max(labels, Vector256.Create(NoClass)) : labels;
        return CanBe<TLabel>(ignored) ? Vector256.ConditionalSelect(isIgnored, Vector256.Create(IgnoredPixels.Label), labels) : labels;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load512<TLabel>(ref readonly TLabel source, nuint offset, long ignored)
        where TLabel : unmanaged
    {
        if (!AreExact<TLabel>(ignored))
        {
            return Vector512.Create(Load256(in source, offset, ignored), Load256(in source, offset + 8, ignored));
        }

        Vector512<int> labels = LabelLoads.Load512(in source, offset);
        Vector512<int> isIgnored = Vector512.Equals(labels, Vector512.Create((int)ignored));
        labels = CanBeNegative<TLabel>() ? Vector512.Max(labels, Vector512.Create(NoClass)) : labels;
        return CanBe<TLabel>(ignored) ? Vector512.ConditionalSelect(isIgnored, Vector512.Create(IgnoredPixels.Label), labels) : labels;
    }

    // Whether the ignored label alone becomes that integer: of these types, others become negative too.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreExact<TLabel>(long ignored) =>
        ignored >= 0 || !CanBe<TLabel>(ignored) || (typeof(TLabel) != typeof(long) && typeof(TLabel) != typeof(float));

    // Of 8 and 16 bits none is as low as the number that stands for ignored pixels.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool CanBeNegative<TLabel>() =>
        typeof(TLabel) == typeof(int) || typeof(TLabel) == typeof(uint) || typeof(TLabel) == typeof(long) || typeof(TLabel) == typeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<long> EqualLongs<TLabel>(ref readonly TLabel source, nuint offset, long ignored) =>
        Vector128.Equals(Vector128.LoadUnsafe(in As<TLabel, long>(in source), offset), Vector128.Create(ignored));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref readonly TTo As<TFrom, TTo>(ref readonly TFrom source) => ref Unsafe.As<TFrom, TTo>(ref Unsafe.AsRef(in source));
}
