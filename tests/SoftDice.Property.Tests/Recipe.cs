using System;
using System.Globalization;
using System.Linq;

namespace SoftDice.PropertyTests;

/// <summary>What predictions are like.</summary>
internal enum Values
{
    Uniform,
    NearEnds,
    Ends,
    Extreme,
    Right,
    Wrong,
    Equal,
}

/// <summary>What labels are like; from <see cref="Soft"/> on, of targets only.</summary>
internal enum LabelDraw
{
    Uniform,
    OneClass,
    Absent,
    Runs,
    Soft,
    Overlapping,
    Nothing,
}

/// <summary>Which pixels take no part, of a loss that ignores a label or has a mask; those of a class with that label do not in any case.</summary>
internal enum IgnoredDraw
{
    Nothing,
    Some,
    Runs,
    Everything,
}

internal enum LabelType
{
    Byte,
    SByte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    Single,
}

/// <summary>How data are made, and how the loss is called with them.</summary>
internal sealed record Recipe
{
    public LabelType LabelType { get; init; }

    public int BatchSize { get; init; } = 1;

    public int Pixels { get; init; } = 1;

    public Values Values { get; init; }

    public LabelDraw Labels { get; init; }

    public IgnoredDraw Ignored { get; init; }

    public int Seed { get; init; } = 1;

    public int Threads { get; init; } = 1;

    public double Scale { get; init; } = 1;

    /// <summary>As it is written in the table of cases that were found.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"new Recipe {{ LabelType = LabelType.{LabelType}, BatchSize = {BatchSize}, Pixels = {Pixels}, Values = Values.{Values}, " +
        $"Labels = LabelDraw.{Labels}, Ignored = IgnoredDraw.{Ignored}, Seed = {Seed}, Threads = {Threads}, Scale = {Scale} }}");

    public static Recipe Draw(Random random, Configuration loss)
    {
        int batchSize = random.Next(10) switch { < 5 => 1, < 8 => 2, _ => random.Next(3, 6) };
        LabelType[] types = loss.IsOneHot
            ? [LabelType.Byte, LabelType.Single, LabelType.Single]
            : [.. Enum.GetValues<LabelType>().Where(type => loss.NumClasses - 1 <= Largest(type))];
        LabelType type = types[random.Next(types.Length)];
        bool canBeSoft = loss.IsOneHot && type == LabelType.Single;
        LabelDraw last = canBeSoft ? LabelDraw.Nothing : LabelDraw.Runs;
        Values[] values = [.. Enum.GetValues<Values>().Where(kind => kind != Values.Extreme || loss.HasActivation)];
        return new Recipe
        {
            LabelType = type,
            BatchSize = batchSize,
            Pixels = DrawPixels(random, loss, batchSize),
            Values = random.Next(3) == 0 ? Values.Uniform : values[random.Next(values.Length)],
            Labels = canBeSoft && random.Next(2) == 0 ? LabelDraw.Soft : (LabelDraw)random.Next((int)last + 1),
            Seed = random.Next(1, 1_000_000),
            Threads = random.Next(10) < 6 ? 1 : random.Next(2, 8),
            Scale = random.Next(2) == 0 ? 1 : new[] { -0.5, 3, 1024, 1e-3 }[random.Next(4)],
            Ignored = loss.IgnoresPixels ? DrawIgnored(random) : IgnoredDraw.Nothing,
        };
    }

    private static IgnoredDraw DrawIgnored(Random random) => random.Next(10) switch
    {
        0 => IgnoredDraw.Nothing,
        < 5 => IgnoredDraw.Some,
        < 9 => IgnoredDraw.Runs,
        _ => IgnoredDraw.Everything,
    };

    // The largest label that a type has room for.
    private static int Largest(LabelType type) => type switch
    {
        LabelType.SByte => sbyte.MaxValue,
        LabelType.Byte => byte.MaxValue,
        LabelType.Int16 => short.MaxValue,
        LabelType.UInt16 => ushort.MaxValue,
        _ => int.MaxValue,
    };

    // Around vectors, around the tile that an activation takes, around the parts that threads take; no more than the definition does in a fraction
    // of a second: it goes through all classes for each probability of a softmax.
    private static int DrawPixels(Random random, Configuration loss, int batchSize)
    {
        int near = random.Next(-2, 19);
        int pixels = random.Next(20) switch
        {
            0 => 0,
            1 => 1,
            < 6 => random.Next(2, 20),
            < 11 => (16 * random.Next(1, 9)) + random.Next(-1, 2),
            < 13 => random.Next(20, 400),
            < 18 => (512 * random.Next(1, 4)) + near,
            18 => ((1 << 18) / loss.NumClasses / 512 * 512) + near,
            _ => 65536 + near,
        };
        long work = (long)batchSize * loss.NumClasses * (loss.Arguments.Any(a => a.Value == "SoftDiceActivation.Softmax") ? loss.NumClasses : 2);
        long most = (random.Next(20) == 0 ? 1_000_000 : 150_000) / work;
        return pixels <= most ? Math.Max(pixels, 0) : random.Next((int)Math.Min(most, 600) + 1);
    }
}
