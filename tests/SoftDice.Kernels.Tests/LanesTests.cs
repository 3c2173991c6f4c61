using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>What lanes do with floats, classes and counts, against the same in plain C#, lane by lane and from every place of some arrays on.</summary>
/// <typeparam name="TLanes">The lanes.</typeparam>
public abstract class LanesTests<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    private const int Class = 2, Elements = 96;

    private static readonly float[] Left = Floats(1), Right = Floats(2), Third = Floats(3);
    private static readonly int[] Labels = [.. Enumerable.Range(0, Elements).Select(i => (i * i % 7 % 4) - (i % 11 == 0 ? 9 : 0))];
    private static readonly int[] Classes = [.. Enumerable.Range(0, Elements).Select(i => i * 5 % 3)];

    [Fact]
    public void Arithmetic_is_that_of_floats() => FromEveryPlace(at =>
    {
        TLanes left = FloatsAt(Left, at), right = FloatsAt(Right, at), third = FloatsAt(Third, at);
        AssertFloats(left + right, i => Left[at + i] + Right[at + i]);
        AssertFloats(left - right, i => Left[at + i] - Right[at + i]);
        AssertFloats(left * right, i => Left[at + i] * Right[at + i]);
        AssertFloats(left / right, i => Left[at + i] / Right[at + i]);
        AssertFloats(TLanes.MultiplyAdd(left, right, third), i => float.MultiplyAddEstimate(Left[at + i], Right[at + i], Third[at + i]));
    });

    [Fact]
    public void Floats_are_compared_as_numbers_or_as_bits() => FromEveryPlace(at =>
    {
        TLanes left = FloatsAt(Left, at), right = FloatsAt(Right, at), third = FloatsAt(Third, at);
        AssertFloats(TLanes.AtLeast(left, TLanes.Broadcast(0.25f)), i => Left[at + i] < 0.25f ? 0.25f : Left[at + i]);
        AssertBits(TLanes.NegativeMagnitude(left), i => Bits(Left[at + i]) | 0x80000000);
        AssertBits(TLanes.SelectBySign(left, right, third), i => (int)Bits(Left[at + i]) < 0 ? Bits(Right[at + i]) : Bits(Third[at + i]));
        AssertBits(TLanes.SelectWhereLarger(left, right, third, left), i => Bits(Left[at + i] > Right[at + i] ? Third[at + i] : Left[at + i]));
        AssertBits(TLanes.LargerBits(left, right), i => Math.Max(Bits(Left[at + i]), Bits(Right[at + i])));
    });

    /// <summary>One lane that is out of the range is enough, wherever it is.</summary>
    [Fact]
    public void A_range_has_its_last_number_and_not_its_first()
    {
        for (int lane = 0; lane < TLanes.Count; lane++)
        {
            foreach ((float value, bool isWithin, bool isAtMost) in new[]
            {
                (2f, true, true), (1.5f, true, true), (float.BitIncrement(1f), true, true), (1f, false, true), (0f, false, true), (float.BitIncrement(2f), false, false),
                (-1.5f, false, false), (-0f, false, false), (float.NaN, false, false), (float.PositiveInfinity, false, false),
            })
            {
                float[] values = [.. Enumerable.Range(0, TLanes.Count).Select(i => i == lane ? value : 1.25f)];
                Assert.Equal(isWithin, TLanes.AreWithin(TLanes.Load(in values[0], 0), 1, 2));
                Assert.Equal(isAtMost, TLanes.AreBitsAtMost(TLanes.Load(in values[0], 0), 2));
            }
        }
    }

    /// <summary>All whole powers, and the largest and smallest of the floats that are to be multiplied.</summary>
    [Fact]
    public void Powers_of_two_are_taken_out_and_multiplied_with()
    {
        float[] powers = [.. Enumerable.Range(-150, 238).Select(power => (float)power)];
        float[] values = [.. powers.Select((_, i) => i % 3 == 0 ? 0.5f : i % 3 == 1 ? 2f : 1 + (i / 256f))];
        float[] biased = [.. powers.Select(power => power + PowerOfTwo.IntoLowBits)];
        float[] normal = [.. powers.Select((power, i) => (float)Math.ScaleB(i % 4 == 0 ? 1.5 : i % 4 == 1 ? 1.4999999 : i % 4 == 2 ? 1 : 1.9, Math.Max((int)power, -126)))];
        for (int at = 0; at + TLanes.Count <= powers.Length; at++)
        {
            TLanes scaled = TLanes.TimesPowerOfTwo(
                FloatsAt(values, at), FloatsAt(powers, at), FloatsAt(biased, at));
            AssertFloats(scaled, i => (float)Math.ScaleB((double)values[at + i], (int)powers[at + i]));
            AssertFloats(TLanes.Exponents(FloatsAt(normal, at)), i => (float)Math.Floor(Math.Log2(normal[at + i] / 0.75)));
        }
    }

    /// <summary>All numbers of eighths that an exponential has.</summary>
    [Fact]
    public void Eighths_are_found_and_their_whole_powers_multiplied_with()
    {
        float[] powers = [.. Enumerable.Range(-152 * 8, (152 + 93) * 8).Select(eighths => eighths / 8f)];
        float[] values = [.. powers.Select((_, i) => i % 3 == 0 ? 1f : i % 3 == 1 ? 3f : 1 + (i / 2048f))];
        float[] biased = [.. powers.Select(power => power + PowerOfTwo.EighthsIntoLowBits)];
        for (int at = 0; at + TLanes.Count <= powers.Length; at++)
        {
            TLanes scaled = TLanes.TimesWholePower(FloatsAt(values, at), FloatsAt(powers, at), FloatsAt(biased, at));
            AssertFloats(scaled, i => (float)Math.ScaleB((double)values[at + i], (int)Math.Floor(powers[at + i])));
            AssertFloats(TLanes.EighthPowers(FloatsAt(biased, at)), i => (float)(1.29351830804 * Math.Pow(2, powers[at + i] - Math.Floor(powers[at + i]))));
        }
    }

    [Fact]
    public void Powers_are_kept_to_those_that_can_be_multiplied_with() => FromEveryPlace(at =>
    {
        bool takesAny = typeof(TLanes) == typeof(Lanes512) && Avx512F.IsSupported;
        AssertFloats(
            TLanes.WithinPowers(FloatsAt(Left, at), -1.5f, 2.5f),
            i => takesAny || float.IsNaN(Left[at + i]) ? Left[at + i] : Math.Clamp(Left[at + i], -1.5f, 2.5f));
    });

    /// <summary>Where a lane is left as it is, it is whatever the value beside it is.</summary>
    [Fact]
    public void Labels_choose_lanes() => FromEveryPlace(at =>
    {
        TLanes own = FloatsAt(Left, at), other = FloatsAt(Right, at), labels = LabelsAt(Labels, at);
        TLanes sum = TLanes.Broadcast(3);
        AssertBits(TLanes.SelectWhere(labels, Class, own, other), i => Bits(Labels[at + i] == Class ? Left[at + i] : Right[at + i]));
        AssertFloats(TLanes.AddWhere(sum, own, labels, Class), i => Labels[at + i] == Class ? 3 + Left[at + i] : 3);
        AssertFloats(TLanes.AddUnless(sum, own, labels, Class), i => Labels[at + i] == Class ? 3 : 3 + Left[at + i]);
        AssertFloats(TLanes.Miss(own, labels, Class), i => Labels[at + i] == Class ? 1 - Left[at + i] : Left[at + i]);
        AssertBits(TLanes.ClearWhere(own, labels, Class), i => Labels[at + i] == Class ? 0 : Bits(Left[at + i]));

        TLanes classes = LabelsAt(Classes, at);
        AssertBits(TLanes.SelectWhere(labels, classes, own, other), i => Bits(Labels[at + i] == Classes[at + i] ? Left[at + i] : Right[at + i]));
        AssertFloats(TLanes.AddWhere(sum, own, labels, classes), i => Labels[at + i] == Classes[at + i] ? 3 + Left[at + i] : 3);
        AssertFloats(TLanes.AddUnless(sum, own, labels, classes), i => Labels[at + i] == Classes[at + i] ? 3 : 3 + Left[at + i]);
        AssertFloats(TLanes.Miss(own, labels, classes), i => Labels[at + i] == Classes[at + i] ? 1 - Left[at + i] : Left[at + i]);
    });

    [Fact]
    public void Labels_are_counted() => FromEveryPlace(at =>
    {
        TLanes labels = LabelsAt(Labels, at), classes = LabelsAt(Classes, at);
        int[] here = Labels.AsSpan(at, TLanes.Count).ToArray(), theirs = Classes.AsSpan(at, TLanes.Count).ToArray();
        AssertBits(TLanes.CountWhere(labels, labels, Class), i => (uint)(here[i] + (here[i] == Class ? 1 : 0)));
        AssertBits(TLanes.CountWhere(labels, labels, classes), i => (uint)(here[i] + (here[i] == theirs[i] ? 1 : 0)));
        Assert.Equal(here.Count(label => label != Class), TLanes.NumberUnless(labels, Class));
        Assert.Equal(here.Select((label, i) => label == Class ? 1u << i : 0).Aggregate((one, next) => one | next), TLanes.LanesWhere(labels, Class));
        Assert.Equal(theirs.Sum(count => (long)count), TLanes.Total(classes));
    });

    [Fact]
    public void Counts_of_all_lanes_do_not_overflow() =>
        Assert.Equal(TLanes.Count * (long)int.MaxValue, TLanes.Total(TLanes.BroadcastLabel(int.MaxValue)));

    // Next to 2^24 each of these is lost in float, and none in double.
    [Fact]
    public void Floats_are_added_up_in_double()
    {
        float[] values = [.. Enumerable.Range(0, TLanes.Count).Select(lane => lane == 0 ? 16777216 : lane + 0.5f)];
        Assert.Equal(values.Sum(value => (double)value), Vector256.Sum(TLanes.ToDouble(FloatsAt(values, 0))));
    }

    [Fact]
    public void One_number_goes_to_all_lanes() => FromEveryPlace(at =>
    {
        AssertFloats(TLanes.Broadcast(1.75f), _ => 1.75f);
        AssertBits(TLanes.Broadcast(in Left[0], (nuint)at), _ => Bits(Left[at]));
        AssertBits(TLanes.BroadcastLabel(7), _ => 7);
        AssertBits(TLanes.RelativeTo(LabelsAt(Labels, at), 3), i => (uint)(Labels[at + i] - 3));
        AssertBits(TLanes.RelativeTo(TLanes.BroadcastLabel(int.MinValue), 1), _ => int.MaxValue);
    });

    [Fact]
    public void A_mask_makes_pixels_ignored_where_its_byte_is_0() => FromEveryPlace(at =>
    {
        byte[] bytes = [.. Enumerable.Range(0, Elements).Select(i => (byte)(i % 3 == 0 ? 0 : i % 3 == 1 ? 1 : 128))];
        ref bool mask = ref Unsafe.As<byte, bool>(ref bytes[0]);
        AssertBits(
            TLanes.Masked(LabelsAt(Labels, at), in mask, (nuint)at),
            i => (uint)(bytes[at + i] == 0 ? IgnoredPixels.Label : Labels[at + i]));
    });

    [Fact]
    public void Classes_that_lie_side_by_side_are_taken_apart() => FromEveryPlace(at =>
    {
        TLanes first = FloatsAt(Left, at), second = FloatsAt(Right, at);
        TLanes third = FloatsAt(Third, at), fourth = LabelsAt(Labels, at);
        uint[] all = [.. new[] { first, second, third, fourth }.SelectMany(ToBits)];

        (TLanes a, TLanes b) = TLanes.TakeApart(first, second);
        AssertClasses(all, a, b);
        (a, b, TLanes c) = TLanes.TakeApart(first, second, third);
        AssertClasses(all, a, b, c);
        (a, b, c, TLanes d) = TLanes.TakeApart(first, second, third, fourth);
        AssertClasses(all, a, b, c, d);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16)]
    public void Classes_that_lie_side_by_side_are_loaded_and_stored(int at)
    {
        nuint offset = (nuint)at;
        uint[] all = [.. Left.Skip(at).Select(Bits)];
        (TLanes a, TLanes b) = TLanes.LoadTwoClasses(in Left[0], offset);
        AssertClasses(all, a, b);
        AssertStored(2, at, bypassCache => TLanes.StoreTwoClasses(a, b, ref Memory(), offset, bypassCache));
        (a, b, TLanes c) = TLanes.LoadThreeClasses(in Left[0], offset);
        AssertClasses(all, a, b, c);
        AssertStored(3, at, bypassCache => TLanes.StoreThreeClasses(a, b, c, ref Memory(), offset, bypassCache));
        (a, b, c, TLanes d) = TLanes.LoadFourClasses(in Left[0], offset);
        AssertClasses(all, a, b, c, d);
        AssertStored(4, at, bypassCache => TLanes.StoreFourClasses(a, b, c, d, ref Memory(), offset, bypassCache));
        AssertStored(1, at, bypassCache => TLanes.Store(FloatsAt(Left, at), ref Memory(), offset, bypassCache));
        AssertStored(1, at, _ => TLanes.Store(FloatsAt(Left, at), ref Memory(), offset));
    }

    [Fact]
    public void Lanes_know_their_pixels_and_classes()
    {
        for (int numClasses = 1; numClasses <= 4; numClasses++)
        {
            for (int vector = 0; vector < numClasses; vector++)
            {
                (int n, int first) = (numClasses, vector * TLanes.Count);
                TLanes pixels = TLanes.PixelsOfLanes(n, vector);
                AssertBits(pixels, i => (uint)((first + i) / n));
                AssertBits(TLanes.ClassesOfLanes(n, vector), i => (uint)((first + i) % n));
                AssertBits(TLanes.Spread(LabelsAt(Labels, 1), pixels), i => (uint)Labels[1 + ((first + i) / n)]);
            }
        }
    }

    private static float[] Floats(int seed)
    {
        Random random = new(seed);
        float[] special = [0, -0f, 1, -1, float.NaN, float.PositiveInfinity, float.Epsilon];
        return [.. Enumerable.Range(0, 4 * Elements).Select(i => i % (5 + seed) == 0 ? special[random.Next(special.Length)] : (random.NextSingle() * 8) - 4)];
    }

    private static void FromEveryPlace(Action<int> check)
    {
        for (int at = 0; at + TLanes.Count <= Elements; at++)
        {
            check(at);
        }
    }

    private static TLanes FloatsAt(float[] floats, int at) => TLanes.Load(in floats[0], (nuint)at);

    private static TLanes LabelsAt(int[] labels, int at) => TLanes.LoadLabels(in labels[0], (nuint)at);

    private static uint Bits(float value) => BitConverter.SingleToUInt32Bits(value);

    private static uint[] ToBits(TLanes lanes)
    {
        float[] floats = new float[TLanes.Count];
        TLanes.Store(lanes, ref floats[0], 0);
        return [.. floats.Select(Bits)];
    }

    // Of zeros the sign does not matter, and of NaN nothing does.
    private static void AssertFloats(TLanes actual, Func<int, float> expected) => Assert.Equal(
        [.. Enumerable.Range(0, TLanes.Count).Select(expected)], ToBits(actual).Select(BitConverter.UInt32BitsToSingle).ToArray());

    private static void AssertBits(TLanes actual, Func<int, uint> expected) =>
        Assert.Equal([.. Enumerable.Range(0, TLanes.Count).Select(expected)], ToBits(actual));

    private static void AssertClasses(uint[] elements, params TLanes[] classes)
    {
        for (int c = 0; c < classes.Length; c++)
        {
            AssertBits(classes[c], i => elements[(i * classes.Length) + c]);
        }
    }

    // From a line of the cache on; from the next element on, nothing can be written past the cache.
    private static ref float Memory() => ref Scratch.Floats(6 * 16)[0];

    private static void AssertStored(int vectors, int at, Action<bool> store)
    {
        foreach (bool bypassCache in new[] { false, true })
        {
            Scratch.Floats(6 * 16).Fill(-7);
            store(bypassCache);
            Assert.Equal(
                [.. Enumerable.Range(0, 6 * 16).Select(i => i >= at && i < at + (vectors * TLanes.Count) ? Bits(Left[i]) : Bits(-7))],
                Scratch.Floats(6 * 16).ToArray().Select(Bits).ToArray());
        }
    }
}

/// <summary>Sixteen lanes.</summary>
public sealed class Lanes512Tests : LanesTests<Lanes512>;

/// <summary>Eight lanes.</summary>
public sealed class Lanes256Tests : LanesTests<Lanes256>;

/// <summary>Four lanes.</summary>
public sealed class Lanes128Tests : LanesTests<Lanes128>;

/// <summary>One lane.</summary>
public sealed class ScalarLaneTests : LanesTests<ScalarLane>;
