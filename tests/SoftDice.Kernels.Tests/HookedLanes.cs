using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoftDice.Kernels.Tests;

/// <summary>
/// Lanes of the library that tell a test each time memory is read or written: so that something can be made to happen during a call,
/// on the thread that does the work.
/// </summary>
/// <remarks>One hook for the process: for the tests of <see cref="Alone"/>, which have it to themselves.</remarks>
internal readonly struct HookedLanes(Lanes128 lanes) : ILanes<HookedLanes>
{
    private readonly Lanes128 lanes = lanes;

    /// <summary>What is called, with the address of the first element.</summary>
    public static Action<nuint>? Hook { get; set; }

    public static int Count => Lanes128.Count;

    public static HookedLanes Load(ref readonly float source, nuint offset)
    {
        Tell(ref Unsafe.Add(ref Unsafe.AsRef(in source), offset));
        return new(Lanes128.Load(in source, offset));
    }

    public static (HookedLanes Class0, HookedLanes Class1) LoadTwoClasses(ref readonly float source, nuint offset)
    {
        Tell(ref Unsafe.Add(ref Unsafe.AsRef(in source), offset));
        (Lanes128 class0, Lanes128 class1) = Lanes128.LoadTwoClasses(in source, offset);
        return (new(class0), new(class1));
    }

    public static void StoreTwoClasses(HookedLanes class0, HookedLanes class1, ref float destination, nuint offset, bool bypassCache)
    {
        Tell(ref Unsafe.Add(ref destination, offset));
        Lanes128.StoreTwoClasses(class0.lanes, class1.lanes, ref destination, offset, bypassCache);
    }

    public static (HookedLanes Class0, HookedLanes Class1, HookedLanes Class2) LoadThreeClasses(ref readonly float source, nuint offset)
    {
        Tell(ref Unsafe.Add(ref Unsafe.AsRef(in source), offset));
        (Lanes128 class0, Lanes128 class1, Lanes128 class2) = Lanes128.LoadThreeClasses(in source, offset);
        return (new(class0), new(class1), new(class2));
    }

    public static void StoreThreeClasses(HookedLanes class0, HookedLanes class1, HookedLanes class2, ref float destination, nuint offset, bool bypassCache)
    {
        Tell(ref Unsafe.Add(ref destination, offset));
        Lanes128.StoreThreeClasses(class0.lanes, class1.lanes, class2.lanes, ref destination, offset, bypassCache);
    }

    public static (HookedLanes Class0, HookedLanes Class1, HookedLanes Class2, HookedLanes Class3) LoadFourClasses(ref readonly float source, nuint offset)
    {
        Tell(ref Unsafe.Add(ref Unsafe.AsRef(in source), offset));
        (Lanes128 class0, Lanes128 class1, Lanes128 class2, Lanes128 class3) = Lanes128.LoadFourClasses(in source, offset);
        return (new(class0), new(class1), new(class2), new(class3));
    }

    public static void StoreFourClasses(HookedLanes class0, HookedLanes class1, HookedLanes class2, HookedLanes class3, ref float destination, nuint offset, bool bypassCache)
    {
        Tell(ref Unsafe.Add(ref destination, offset));
        Lanes128.StoreFourClasses(class0.lanes, class1.lanes, class2.lanes, class3.lanes, ref destination, offset, bypassCache);
    }

    public static HookedLanes LoadLabels<TLabel>(ref readonly TLabel source, nuint offset)
        where TLabel : unmanaged => new(Lanes128.LoadLabels(in source, offset));

    public static HookedLanes LoadLabels<TLabel>(ref readonly TLabel source, nuint offset, long ignored)
        where TLabel : unmanaged => new(Lanes128.LoadLabels(in source, offset, ignored));

    public static HookedLanes Masked(HookedLanes labels, ref readonly bool mask, nuint offset) =>
        new(Lanes128.Masked(labels.lanes, in mask, offset));

    public static HookedLanes LoadTargets<TLabel>(ref readonly TLabel source, nuint offset)
        where TLabel : unmanaged => new(Lanes128.LoadTargets(in source, offset));

    public static void Store(HookedLanes values, ref float destination, nuint offset, bool bypassCache) =>
        Store(values, ref destination, offset);

    public static void Store(HookedLanes values, ref float destination, nuint offset)
    {
        Tell(ref Unsafe.Add(ref destination, offset));
        Lanes128.Store(values.lanes, ref destination, offset);
    }

    public static HookedLanes Broadcast(float value) => new(Lanes128.Broadcast(value));

    public static HookedLanes Broadcast(ref readonly float source, nuint offset) => new(Lanes128.Broadcast(in source, offset));

    public static HookedLanes RelativeTo(HookedLanes labels, int firstClass) => new(Lanes128.RelativeTo(labels.lanes, firstClass));

    public static HookedLanes operator +(HookedLanes left, HookedLanes right) => new(left.lanes + right.lanes);

    public static HookedLanes operator -(HookedLanes left, HookedLanes right) => new(left.lanes - right.lanes);

    public static HookedLanes operator *(HookedLanes left, HookedLanes right) => new(left.lanes * right.lanes);

    public static HookedLanes operator /(HookedLanes left, HookedLanes right) => new(left.lanes / right.lanes);

    public static HookedLanes MultiplyAdd(HookedLanes left, HookedLanes right, HookedLanes addend) =>
        new(Lanes128.MultiplyAdd(left.lanes, right.lanes, addend.lanes));

    public static HookedLanes AtLeast(HookedLanes value, HookedLanes bound) => new(Lanes128.AtLeast(value.lanes, bound.lanes));

    public static HookedLanes WithinPowers(HookedLanes values, float least, float most) =>
        new(Lanes128.WithinPowers(values.lanes, least, most));

    public static bool AreWithin(HookedLanes values, float tooSmall, float most) => Lanes128.AreWithin(values.lanes, tooSmall, most);

    public static HookedLanes NegativeMagnitude(HookedLanes values) => new(Lanes128.NegativeMagnitude(values.lanes));

    public static HookedLanes SelectBySign(HookedLanes signs, HookedLanes negative, HookedLanes positive) =>
        new(Lanes128.SelectBySign(signs.lanes, negative.lanes, positive.lanes));

    public static HookedLanes TimesPowerOfTwo(HookedLanes values, HookedLanes powers, HookedLanes biased) =>
        new(Lanes128.TimesPowerOfTwo(values.lanes, powers.lanes, biased.lanes));

    public static HookedLanes EighthPowers(HookedLanes biased) => new(Lanes128.EighthPowers(biased.lanes));

    public static HookedLanes TimesWholePower(HookedLanes values, HookedLanes powers, HookedLanes biased) =>
        new(Lanes128.TimesWholePower(values.lanes, powers.lanes, biased.lanes));

    public static HookedLanes Exponents(HookedLanes values) => new(Lanes128.Exponents(values.lanes));

    public static HookedLanes SelectWhereLarger(HookedLanes left, HookedLanes right, HookedLanes larger, HookedLanes other) =>
        new(Lanes128.SelectWhereLarger(left.lanes, right.lanes, larger.lanes, other.lanes));

    public static HookedLanes LargerBits(HookedLanes left, HookedLanes right) => new(Lanes128.LargerBits(left.lanes, right.lanes));

    public static bool AreBitsAtMost(HookedLanes values, float bound) => Lanes128.AreBitsAtMost(values.lanes, bound);

    public static HookedLanes SelectWhere(HookedLanes labels, int classIndex, HookedLanes own, HookedLanes other) =>
        new(Lanes128.SelectWhere(labels.lanes, classIndex, own.lanes, other.lanes));

    public static HookedLanes AddWhere(HookedLanes sum, HookedLanes values, HookedLanes labels, int classIndex) =>
        new(Lanes128.AddWhere(sum.lanes, values.lanes, labels.lanes, classIndex));

    public static HookedLanes BroadcastLabel(int label) => new(Lanes128.BroadcastLabel(label));

    public static HookedLanes AddUnless(HookedLanes sum, HookedLanes values, HookedLanes labels, HookedLanes classes) =>
        new(Lanes128.AddUnless(sum.lanes, values.lanes, labels.lanes, classes.lanes));

    public static HookedLanes AddUnless(HookedLanes sum, HookedLanes values, HookedLanes labels, int label) =>
        new(Lanes128.AddUnless(sum.lanes, values.lanes, labels.lanes, label));

    public static HookedLanes Miss(HookedLanes values, HookedLanes labels, int classIndex) =>
        new(Lanes128.Miss(values.lanes, labels.lanes, classIndex));

    public static HookedLanes ClearWhere(HookedLanes values, HookedLanes labels, int label) =>
        new(Lanes128.ClearWhere(values.lanes, labels.lanes, label));

    public static HookedLanes SelectWhere(HookedLanes labels, HookedLanes classes, HookedLanes own, HookedLanes other) =>
        new(Lanes128.SelectWhere(labels.lanes, classes.lanes, own.lanes, other.lanes));

    public static HookedLanes AddWhere(HookedLanes sum, HookedLanes values, HookedLanes labels, HookedLanes classes) =>
        new(Lanes128.AddWhere(sum.lanes, values.lanes, labels.lanes, classes.lanes));

    public static HookedLanes Miss(HookedLanes values, HookedLanes labels, HookedLanes classes) =>
        new(Lanes128.Miss(values.lanes, labels.lanes, classes.lanes));

    public static HookedLanes CountWhere(HookedLanes counts, HookedLanes labels, HookedLanes classes) =>
        new(Lanes128.CountWhere(counts.lanes, labels.lanes, classes.lanes));

    public static HookedLanes PixelsOfLanes(int numClasses, int vector) => new(Lanes128.PixelsOfLanes(numClasses, vector));

    public static HookedLanes ClassesOfLanes(int numClasses, int vector) => new(Lanes128.ClassesOfLanes(numClasses, vector));

    public static HookedLanes Spread(HookedLanes labels, HookedLanes pixels) => new(Lanes128.Spread(labels.lanes, pixels.lanes));

    public static (HookedLanes Class0, HookedLanes Class1) TakeApart(HookedLanes first, HookedLanes second)
    {
        (Lanes128 class0, Lanes128 class1) = Lanes128.TakeApart(first.lanes, second.lanes);
        return (new(class0), new(class1));
    }

    public static (HookedLanes Class0, HookedLanes Class1, HookedLanes Class2) TakeApart(HookedLanes first, HookedLanes second, HookedLanes third)
    {
        (Lanes128 class0, Lanes128 class1, Lanes128 class2) = Lanes128.TakeApart(first.lanes, second.lanes, third.lanes);
        return (new(class0), new(class1), new(class2));
    }

    public static (HookedLanes Class0, HookedLanes Class1, HookedLanes Class2, HookedLanes Class3) TakeApart(
        HookedLanes first, HookedLanes second, HookedLanes third, HookedLanes fourth)
    {
        (Lanes128 class0, Lanes128 class1, Lanes128 class2, Lanes128 class3) =
            Lanes128.TakeApart(first.lanes, second.lanes, third.lanes, fourth.lanes);
        return (new(class0), new(class1), new(class2), new(class3));
    }

    public static int NumberUnless(HookedLanes labels, int label) => Lanes128.NumberUnless(labels.lanes, label);

    public static uint LanesWhere(HookedLanes labels, int label) => Lanes128.LanesWhere(labels.lanes, label);

    public static HookedLanes CountWhere(HookedLanes counts, HookedLanes labels, int classIndex) =>
        new(Lanes128.CountWhere(counts.lanes, labels.lanes, classIndex));

    public static Vector256<double> ToDouble(HookedLanes values) => Lanes128.ToDouble(values.lanes);

    public static long Total(HookedLanes counts) => Lanes128.Total(counts.lanes);

    // Memory of a batch is pinned, so that its address stays what it is.
    private static unsafe void Tell(ref float element) => Hook?.Invoke((nuint)Unsafe.AsPointer(ref element));
}
