using System.Threading.Tasks;

namespace SoftDice.PropertyTests;

/// <summary>What is said of a configuration that fails.</summary>
internal static class Report
{
    public static async Task<(string Text, Configuration Smallest)> Make(Configuration failing, string fault, Shrinker shrinker)
    {
        (Configuration smallest, string itsFault) = await shrinker.Shrink(failing, fault);
        string text =
            $"""
            A random configuration fails:
            {failing}
            {fault}

            The smallest that still fails, after {shrinker.Tries} tries:
            {smallest}
            {itsFault}

            To keep it as a test, add this line to FoundTests:
            ("{smallest.Text}", {smallest.Recipe}),
            """;
        return (text, smallest);
    }
}
