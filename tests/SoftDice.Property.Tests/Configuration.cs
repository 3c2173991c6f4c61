using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace SoftDice.PropertyTests;

/// <summary>An argument of the attribute.</summary>
internal sealed record Argument(string Name, string Value)
{
    public override string ToString() => $"{Name} = {Value}";
}

/// <summary>A loss and the data that it is tried with.</summary>
internal sealed record Configuration(ImmutableArray<Argument> Arguments, Recipe Recipe)
{
    /// <summary>The arguments as they are written.</summary>
    public string Text => string.Join(", ", Arguments);

    public int NumClasses => int.Parse(Arguments[0].Value, CultureInfo.InvariantCulture);

    public bool IsOneHot => Has("Labels");

    public bool IgnoresPixels => Has("IgnoreIndex") || HasMask;

    public bool HasMask => Has("Mask");

    public bool IsHalf => Arguments.Any(argument => argument.Value == "SoftDiceElementType.Half");

    public bool HasActivation => Has("Activation");

    /// <summary>From arguments as they are written. No value has « = » in it, and commas only in brackets.</summary>
    public static Configuration Parse(string text, Recipe recipe)
    {
        // What follows a name and « = » up to the next one.
        MatchCollection matches = Regex.Matches(text, @"(\w+) = (.*?)(?=, \w+ = |$)");
        return new Configuration([.. matches.Select(match => new Argument(match.Groups[1].Value, match.Groups[2].Value))], recipe);
    }

    public Configuration Without(Argument argument)
    {
        Configuration without = this with { Arguments = Arguments.Remove(argument) };

        // Labels change their kind with the option.
        return argument.Name == "Labels" ? without with { Recipe = Recipe with { Labels = LabelDraw.Uniform } } : without;
    }

    /// <summary>The same with fewer classes: what is said of the others goes with them.</summary>
    public Configuration WithClasses(int numClasses) => this with
    {
        Arguments =
        [
            .. Arguments.Select(argument => argument.Name switch
            {
                "NumClasses" => argument with { Value = numClasses.ToString(CultureInfo.InvariantCulture) },
                "ClassWeights" or "CrossEntropyClassWeights" or "CrossEntropyPositiveWeights" or "FocalClassWeights" => argument with { Value = $"[{string.Join(", ", Items(argument).Take(numClasses))}]" },
                "ExcludedClasses" => argument with
                {
                    Value = $"[{string.Join(", ", Items(argument).Where(item => int.Parse(item, CultureInfo.InvariantCulture) < numClasses))}]",
                },
                _ => argument,
            }).Where(argument => argument.Value != "[]"),
        ],
    };

    public override string ToString() => $"[SoftDiceLoss({Text})]\n{Recipe}";

    private static string[] Items(Argument array) => array.Value.Trim('[', ']').Split(", ");

    private bool Has(string name) => Arguments.Any(argument => argument.Name == name);
}
