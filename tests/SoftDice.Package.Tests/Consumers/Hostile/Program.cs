#pragma warning disable CA1720, CA1724, CA1812, CA1052, CA1716 // Names of types, of keywords and of namespaces are the point; most of the types are never used.
#pragma warning disable CA1050 // And some are in no namespace.

using global::Shared;

internal sealed class Single;

internal sealed class Span;

internal sealed class ReadOnlySpan;

internal sealed class Vector256;

internal sealed class MemoryMarshal;

internal sealed class @float;

namespace Hospital.System.Runtime
{
    internal sealed class Unsafe;
}

namespace Hospital.SoftDice
{
    internal sealed class SoftDiceLossAttribute;

    internal sealed class Kernels;

    internal sealed class ISoftDiceLoss;

    [global::SoftDice.SoftDiceLoss(NumClasses = 3)]
    internal sealed partial class SoftDice;

    [global::SoftDice.SoftDiceLoss(NumClasses = 3)]
    internal sealed partial class Vector256<@double>;
}

namespace SoftDice
{
    // In the library's own namespace.
    [SoftDiceLoss(NumClasses = 3)]
    internal sealed partial class TissueLoss;

    internal static class System
    {
        public static void Show(double loss) =>
            global::System.Console.WriteLine(string.Create(global::System.Globalization.CultureInfo.InvariantCulture, $"loss {loss:R}"));
    }
}

namespace Hospital
{
    internal static class Program
    {
        private static void Main()
        {
            global::SoftDice.System.Show(SoftDice.SoftDice.Forward(Batch.Predictions, Batch.Labels, Batch.Size));
            global::SoftDice.System.Show(SoftDice.Vector256<int>.Forward(Batch.Predictions, Batch.Labels, Batch.Size));
            global::SoftDice.System.Show(global::SoftDice.TissueLoss.Forward(Batch.Predictions, Batch.Labels, Batch.Size));
        }
    }
}
