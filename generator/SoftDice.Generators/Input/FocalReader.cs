using System.Globalization;
using System.Linq;

using SoftDice.Generators.Diagnostics;
using SoftDice.Generators.Model;

namespace SoftDice.Generators.Input;

/// <summary>Reads the focal term, and finds what does not go with it.</summary>
internal static class FocalReader
{
    private const double MostGamma = 100;

    /// <summary>Options that say something about the focal term alone.</summary>
    private static readonly string[] OfFocal = [AttributeNames.FocalGamma, AttributeNames.FocalClassWeights, AttributeNames.FocalAlpha];

    public static Focal Read(
        AttributeArguments arguments,
        int numClasses,
        Activation activation,
        LabelKind labels,
        Aggregation aggregation,
        bool ignoresPixels,
        bool hasMask)
    {
        double factor = arguments.GetNumber(AttributeNames.Focal, 0);
        double gamma = ReadNumber(arguments, AttributeNames.FocalGamma, 2, asked => asked is >= 0 and <= MostGamma, "0 to 100");
        double alpha = ReadNumber(arguments, AttributeNames.FocalAlpha, 0.5, asked => asked is > 0 and < 1, "above 0 and below 1");
        double[] weights = CompoundReader.ReadWeights(arguments, AttributeNames.FocalClassWeights, "pixel", numClasses);
        if (factor == 0)
        {
            foreach (string name in OfFocal.Where(arguments.Has))
            {
                arguments.Report(
                    new OptionProblem(
                        Descriptors.TermMissing, name, name, "is about the focal term, and there is none; give Focal a weight above 0 or remove it")
                    {
                        Missing = "Focal = 1",
                    });
            }

            return new Focal();
        }

        string? why = CompoundReader.WhyNot(AttributeNames.Focal, activation, numClasses, aggregation) ??
            (labels == LabelKind.OneHot && activation == Activation.Softmax ? "is not supported with Labels = OneHot yet; pass class indices, or remove it" : null) ??
            (ignoresPixels && activation == Activation.Sigmoid ? "is not supported with Sigmoid and IgnoreIndex yet; remove one of the three" : null) ??
            (aggregation.IsPerSample ? WhyNotOfImages(arguments, aggregation, ignoresPixels) : null) ??
            (hasMask ? "is not supported with Mask yet; remove one of the two" : null);
        if (why is string reason)
        {
            arguments.Report(new OptionProblem(Descriptors.TermNotComputed, AttributeNames.Focal, AttributeNames.Focal, reason)
            {
                Missing = CompoundReader.MissingActivation(activation),
            });
            return new Focal();
        }

        bool hasAlpha = arguments.Has(AttributeNames.FocalAlpha);
        if (hasAlpha && activation == Activation.Softmax)
        {
            arguments.Report(
                Descriptors.TermMissing,
                AttributeNames.FocalAlpha,
                AttributeNames.FocalAlpha,
                "weighs what belongs to a class against what does not, each class by itself, and through a softmax they depend on each other; " +
                "write FocalClassWeights, or Activation = SoftDiceActivation.Sigmoid, or remove it");
            hasAlpha = false;
        }

        return new Focal(factor, gamma, new EquatableArray<double>(weights), hasAlpha ? alpha : null);
    }

    // The mean over the images is that over the batch where all images have the same number of pixels, and terms no other divisor.
    private static string? WhyNotOfImages(AttributeArguments arguments, Aggregation aggregation, bool ignoresPixels)
    {
        string? with = aggregation.Reduction != Reduction.Mean ? "Reduction = Sum"
            : ignoresPixels ? "IgnoreIndex"
            : arguments.Get(AttributeNames.CrossEntropy, 0.0) > 0 ? "CrossEntropy"
            : null;
        return with is null ? null : $"is not supported with SumsOver = Sample and {with} yet; write SoftDiceSumsOver.Batch, or remove one of the three";
    }

    private static double ReadNumber(AttributeArguments arguments, string name, double otherwise, System.Func<double, bool> isRight, string rule)
    {
        if (!arguments.TryGet(name, out double asked) || isRight(asked))
        {
            return arguments.Get(name, otherwise);
        }

        arguments.Report(Descriptors.NumberOutOfRange, name, name, asked.ToString(CultureInfo.InvariantCulture), rule);
        return otherwise;
    }
}
