using System.Globalization;
using System.IO;
using System.Linq;

namespace SoftDice.Samples.RealLabels;

/// <summary>The names of the labels.</summary>
internal static class AalNames
{
    /// <summary>Reads lines of label, name and AAL code, such as "1 Precentral_L 2001". Label 0 has no line.</summary>
    /// <param name="path">The file.</param>
    /// <returns>A name for each label, from 0.</returns>
    /// <exception cref="InvalidDataException">A line is not like that, or its label is not the next one.</exception>
    public static string[] Read(string path)
    {
        string[] lines = [.. File.ReadLines(path).Where(line => !string.IsNullOrWhiteSpace(line))];
        string[] names = new string[lines.Length + 1];
        names[0] = "(outside)";
        for (int label = 1; label < names.Length; label++)
        {
            string line = lines[label - 1];
            if (line.Split(' ') is not [string number, string name, string _]
                || number != label.ToString(CultureInfo.InvariantCulture))
            {
                throw new InvalidDataException($"{path}: \"{line}\" is not the name of label {label}.");
            }

            names[label] = name;
        }

        return names;
    }
}
