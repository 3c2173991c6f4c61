using System.Reflection;

namespace SoftDice.Kernels.Tests;

/// <summary>The options of an annotated loss, read from its attribute, so that a table of losses states each once.</summary>
internal static class AttributeOptions
{
    // A loss that stands for another has that as its first type argument.
    public static SoftDiceOptions Of<TLoss>() => SoftDiceOptions.Of(
        typeof(TLoss).IsDefined(typeof(SoftDiceLossAttribute)) ? typeof(TLoss) : typeof(TLoss).GetGenericArguments()[0]);
}
