using System.Globalization;

namespace SoftDice.Kernels;

/// <summary>Which labels are right.</summary>
/// <param name="Kind">What labels are.</param>
/// <param name="LabelValues">How many values a class index can have.</param>
/// <param name="Ignored">The label whose pixels take no part; <see cref="IgnoredPixels.None"/> if there is none.</param>
/// <param name="IsTurned">Whether targets of a pixel lie side by side, and not a plane a class.</param>
internal readonly record struct LabelRule(SoftDiceLabels Kind, int LabelValues, long Ignored, bool IsTurned)
{
    public bool IsOneHot => Kind == SoftDiceLabels.OneHot;

    public bool IgnoresLabel => Ignored != IgnoredPixels.None;

    /// <summary>What a class index is, for a message.</summary>
    public string InWords
    {
        get
        {
            string classes = string.Create(CultureInfo.InvariantCulture, $"0 to {LabelValues - 1}");
            string ignored = Ignored.ToString(CultureInfo.InvariantCulture);
            return !IgnoresLabel ? classes
                : Ignored >= 0 && Ignored < LabelValues ? $"{classes}, of which {ignored} is ignored"
                : $"{classes}, or {ignored}, which is ignored";
        }
    }
}
