using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

using SoftDice.Generators.Tests;

namespace SoftDice.PropertyTests.ComingFrom;

/// <summary>The rows of docs/coming-from.md.</summary>
internal static partial class Page
{
    /// <summary>The arguments of the attribute of each row, by its name.</summary>
    public static readonly IReadOnlyDictionary<string, string> Rows =
        Row().Matches(Text).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["arguments"].Value);

    /// <summary>How often the page shows an attribute: in rows, and nowhere else.</summary>
    public static int Attributes => Attribute().Count(Text);

    private static string Text => Repository.Read("docs/coming-from.md");

    [GeneratedRegex(@"^\| (?<name>[^|]+) \| [^|]+ \| `\[SoftDiceLoss\((?<arguments>[^|`]+)\)\]` \|[^|]*\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\[SoftDiceLoss\(")]
    private static partial Regex Attribute();
}
