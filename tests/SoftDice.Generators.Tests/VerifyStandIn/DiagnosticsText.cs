using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace VerifyTests;

/// <summary>Diagnostics in the relaxed JSON of Verify: names and values without quotes, two blanks a level.</summary>
internal static class DiagnosticsText
{
    public static string Write(IEnumerable<Diagnostic> diagnostics)
    {
        IEnumerable<string> items = diagnostics.Select(diagnostic => "    " + Object(4, Members(diagnostic)));
        return $"{{\n  Diagnostics: [\n{string.Join(",\n", items)}\n  ]\n}}";
    }

    private static IEnumerable<string> Members(Diagnostic diagnostic)
    {
        if (diagnostic.Location != Location.None)
        {
            yield return "Location: " + LocationText(diagnostic.Location);
        }

        yield return Member("Message", diagnostic.GetMessage(CultureInfo.InvariantCulture));
        yield return Member("Severity", diagnostic.Severity.ToString());
        if (diagnostic.WarningLevel != 0)
        {
            yield return Member("WarningLevel", diagnostic.WarningLevel.ToString(CultureInfo.InvariantCulture));
        }

        yield return "Descriptor: " + Object(6, Members(diagnostic.Descriptor));
    }

    private static IEnumerable<string> Members(DiagnosticDescriptor descriptor)
    {
        yield return Member("Id", descriptor.Id);
        yield return Member("Title", descriptor.Title.ToString(CultureInfo.InvariantCulture));
        string description = descriptor.Description.ToString(CultureInfo.InvariantCulture);
        if (!string.IsNullOrWhiteSpace(description))
        {
            yield return Member("Description", description);
        }

        if (!string.IsNullOrWhiteSpace(descriptor.HelpLinkUri))
        {
            yield return Member("HelpLink", descriptor.HelpLinkUri);
        }

        yield return Member("MessageFormat", descriptor.MessageFormat.ToString(CultureInfo.InvariantCulture));
        yield return Member("Category", descriptor.Category);
        yield return Member("DefaultSeverity", descriptor.DefaultSeverity.ToString());
        yield return Member("IsEnabledByDefault", descriptor.IsEnabledByDefault ? "true" : "false");
        if (descriptor.CustomTags.Any())
        {
            IEnumerable<string> tags = descriptor.CustomTags.Select(tag => new string(' ', 10) + tag);
            yield return $"CustomTags: [\n{string.Join(",\n", tags)}\n{new string(' ', 8)}]";
        }
    }

    private static string Object(int indent, IEnumerable<string> members)
    {
        string inner = new(' ', indent + 2);
        return $"{{\n{string.Join(",\n", members.Select(member => inner + member))}\n{new string(' ', indent)}}}";
    }

    // A text of several lines begins on a line of its own, at column 0.
    private static string Member(string name, string value)
    {
        string text = SnapshotFile.WithLineFeeds(value);
        return text.Contains('\n', StringComparison.Ordinal) ? $"{name}:\n{text}" : $"{name}: {text}";
    }

    private static string LocationText(Location location)
    {
        FileLinePositionSpan span = location.GetMappedLineSpan();
        string value = $"{span.Path.Replace('\\', '/')}: {span.Span}";
        return location.SourceTree is null ? value : $"/*\n{Excerpt(location)}*/\n {value}";
    }

    // The lines from one above to one below, with marks under those that the span touches.
    private static string Excerpt(Location location)
    {
        LinePositionSpan span = location.GetLineSpan().Span;
        TextLineCollection lines = location.SourceTree!.GetText().Lines;
        StringBuilder text = new();
        for (int i = Math.Max(span.Start.Line - 1, 0); i <= Math.Min(span.End.Line + 1, lines.Count - 1); i++)
        {
            string line = lines[i].ToString();
            text.Append(line).Append('\n');
            if (i >= span.Start.Line && i <= span.End.Line)
            {
                int start = i == span.Start.Line ? span.Start.Character : 0;
                int end = i == span.End.Line ? span.End.Character : line.Length;
                text.Append(' ', start).Append('^', end - start).Append('\n');
            }
        }

        return text.ToString();
    }
}
