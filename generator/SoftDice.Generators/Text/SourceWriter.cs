using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace SoftDice.Generators.Text;

/// <summary>Collects lines, indents them, and ends each with a line feed whatever the platform.</summary>
internal sealed class SourceWriter
{
    private const int SpacesPerLevel = 4;

    private readonly StringBuilder text = new();
    private int level;

    /// <summary>Writes one or several lines at the present indentation; an empty string is an empty line.</summary>
    public void Line(string lines = "")
    {
        foreach (string line in lines.Replace("\r", string.Empty).Split('\n'))
        {
            if (line.Length > 0)
            {
                text.Append(' ', level * SpacesPerLevel).Append(line);
            }

            text.Append('\n');
        }
    }

    /// <summary>Writes a line for each number from 0.</summary>
    public void Each(int count, Func<int, string> line) => Each(Enumerable.Range(0, count), line);

    /// <summary>A line for each of some numbers.</summary>
    public void Each(IEnumerable<int> numbers, Func<int, string> line)
    {
        foreach (int i in numbers)
        {
            Line(line(i));
        }
    }

    /// <summary>Opens a block under a heading line; disposing closes it.</summary>
    public Block Open(string heading)
    {
        Line(heading);
        Line("{");
        level++;
        return new Block(this);
    }

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    /// <summary>A number as C# writes it in every culture.</summary>
    public static string Literal(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number as C# reads it back to the same bits in every culture, and as people write it: 0.5, 1e-5.</summary>
    public static string Literal(double number)
    {
        // On .NET Framework, where Visual Studio may run this, "R" does not always come back to the same bits.
        string digits = number.ToString("R", CultureInfo.InvariantCulture);
        if (double.Parse(digits, CultureInfo.InvariantCulture) != number)
        {
            digits = number.ToString("G17", CultureInfo.InvariantCulture);
        }

        int exponent = digits.IndexOf('E');
        if (exponent >= 0)
        {
            int power = int.Parse(digits.Substring(exponent + 1), CultureInfo.InvariantCulture);
            return $"{digits.Substring(0, exponent)}e{Literal(power)}";
        }

        return digits.IndexOf('.') < 0 ? digits + ".0" : digits;
    }

    /// <summary>Lines further to the right, but for the first, which goes where the text is put in.</summary>
    public static string Indented(string lines, int levels)
    {
        string indentation = new(' ', SpacesPerLevel * levels);
        return string.Join("\n", lines.Split('\n').Select((line, index) => index == 0 || line.Length == 0 ? line : indentation + line));
    }

    /// <summary>An open block.</summary>
    public readonly struct Block(SourceWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer.level--;
            writer.Line("}");
        }
    }
}
