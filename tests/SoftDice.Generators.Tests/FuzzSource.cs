using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SoftDice.Generators.Tests;

/// <summary>Programs with annotated types that nobody would write, and then some of their tokens lost, doubled and in another order.</summary>
internal sealed class FuzzSource(int seed)
{
    private static readonly string[] Names =
    [
        "TissueLoss", "@class", "@in", "é", "Ω_損失", "_", "__", "record", "field", "@async", "var", "dynamic", "nint", "System", "SoftDice",
        "Sums", "T", "Forward", "@NumClasses", "Vector512", "\\u0041bc", "file", "required", "allows", "extension", "x1ª",
    ];

    private static readonly string[] Modifiers =
        ["public", "internal", "private", "protected", "static", "abstract", "sealed", "readonly", "ref", "file", "unsafe", "new"];

    private static readonly string[] Kinds = ["class", "class", "struct", "record", "record struct", "record class", "interface", "enum"];

    private static readonly string[] TypeParameters =
        ["", "", "", "<T>", "<T, U>", "<@in>", "<é>", "<T, T>", "<NumClasses>", "<TSums>", "<TLanes, TLabel>", "<in T>", "<>"];

    private static readonly string[] Constraints =
        ["", "", "", " where T : unmanaged", " where T : allows ref struct", " where T : class?, new()", " where U : T", " where T : T"];

    private static readonly string[] Members =
    [
        "", "", "", "public const int NumClasses = 3;", "public int Sums;", "void Forward() { }", "static double Forward<T>(T labels) => 0;",
        "const int Own = 2;",
        "partial void M();", "int this[int i] => i;", "struct LossKernel { }", "public enum Epsilon { A }", "static TissueLoss() { }", "fixed int f[3];",
        "class Sums<T>;",
    ];

    private static readonly string[] Bases = ["", "", "", "", " : System.IDisposable", " : Missing", " : System.Exception", " : TissueLoss"];

    private static readonly string[] Tokens =
    [
        "{", "}", "(", ")", "[", "]", "<", ">", ";", ",", ".", ":", "=", "?", "*",
        "partial", "class", "static", "namespace", "using", "3", "\"", "null", "@", "#if X", "/*", "'", "where",
    ];

    private readonly Random _random = new(seed);

    /// <summary>Every other program has no more than one thing wrong by chance, so that enough of them compile.</summary>
    private readonly bool _isCalm = seed % 2 == 0;

    /// <summary>What can be written behind the equal sign of each option: the limits of its type, and what is no value of it.</summary>
    public static IEnumerable<(string Option, string Value)> EveryValue() =>
        from property in typeof(SoftDiceLossAttribute).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where property.GetSetMethod() is not null
        from value in ValuesOf(property.PropertyType)
        select (property.Name, value);

    public string Write()
    {
        const string Using = "using SoftDice;\n";
        string text = Pick(Using, Using, Using, "", "using Loss = SoftDice.SoftDiceLossAttribute;\n" + Using, "global " + Using);
        int containers = _random.Next(3);
        text += Pick("", "namespace Demo;\n", $"namespace {Pick(Names)}.@event {{\n");
        string end = text.EndsWith("{\n", StringComparison.Ordinal) ? "}" : "";
        for (int i = 0; i < containers; i++)
        {
            text += $"{Modifier()}{Partial()}{Kind()} {Pick(Names)}{Rarely(TypeParameters)} {{\n";
            end += "}";
        }

        text += Attribute() + (_random.Next(_isCalm ? 40 : 12) == 0 ? Attribute() : "") + Declaration();
        text += (_random.Next(8) == 0 ? "\n" + Attribute() + Declaration() : "") + end;
        return _isCalm || _random.Next(3) == 0 ? text : Mutate(text);
    }

    private string Mutate(string text)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(text, GeneratorHarness.ParseOptions).GetRoot();
        List<string> tokens = [.. root.DescendantTokens(descendIntoTrivia: true).Select(token => token.ToFullString())];
        for (int left = _random.Next(1, 4); left > 0 && tokens.Count > 2; left--)
        {
            int at = _random.Next(tokens.Count);
            int other = _random.Next(tokens.Count);
            switch (_random.Next(6))
            {
                case 0: tokens.RemoveAt(at); break;
                case 1: tokens.Insert(at, tokens[at]); break;
                case 2: (tokens[at], tokens[other]) = (tokens[other], tokens[at]); break;
                case 3: tokens[at] = Pick(Tokens) + " "; break;
                case 4: tokens.Insert(at, Pick(Tokens) + " "); break;
                default: tokens.RemoveRange(Math.Min(at, other), Math.Min(4, Math.Abs(at - other))); break;
            }
        }

        return string.Concat(tokens);
    }

    private string Attribute()
    {
        (string Option, string Value)[] every = [.. EveryValue()];
        List<string> arguments = _random.Next(20) == 0
            ? []
            : ["NumClasses = " + (_isCalm ? "3" : Pick("1", "2", "3", "4", "7", "19", "4096", "0", "Own", "TissueLoss.NumClasses"))];
        for (int more = Math.Max(0, _random.Next(6) - (_isCalm ? 4 : 2)); more > 0; more--)
        {
            (string option, string value) = every[_random.Next(every.Length)];
            if (!_isCalm || option != "NumClasses")
            {
                arguments.Add($"{option} = {value}");
            }
        }

        string name = Pick(
            "SoftDiceLoss", "SoftDice.SoftDiceLoss", "global::SoftDice.SoftDiceLossAttribute", "type: SoftDiceLoss", _isCalm ? "SoftDiceLoss" : "Loss");
        return $"[{name}{(arguments.Count == 0 ? Pick("", "()") : $"({string.Join(", ", arguments)})")}]\n";
    }

    private string Declaration()
    {
        string parameters = Rarely(TypeParameters);
        string name = _random.Next(2) == 0 ? "TissueLoss" : Pick(Names);
        return $"{Modifier()}{Partial()}{Kind()} {name}{parameters}{Rarely(["", "(int x)"])}{Rarely(Bases)}" +
            $"{(parameters.Length == 0 ? "" : Rarely(Constraints))} {{ {Rarely(Members)} {Rarely(Members)} }}";
    }

    private string Kind() => _isCalm ? Pick("class", "struct", "record", "record struct") : Pick(Kinds);

    private string Modifier() => _isCalm || _random.Next(2) == 0 ? "internal " : Pick(Modifiers) + " " + (_random.Next(4) == 0 ? Pick(Modifiers) + " " : "");

    private string Partial() => _random.Next(_isCalm ? 40 : 12) == 0 ? "" : "partial ";

    private string Pick(params string[] items) => items[_random.Next(items.Length)];

    private string Rarely(string[] items) => _random.Next(_isCalm ? 5 : 2) > 0 ? items[0] : Pick(items);

    private static string[] ValuesOf(Type type) => type switch
    {
        { IsEnum: true } => [.. Enumerable.Range(-1, Enum.GetValues(type).Length + 2).Append(int.MaxValue).Append(int.MinValue)
            .Select(value => string.Create(CultureInfo.InvariantCulture, $"(SoftDice.{type.Name})({value})")), "null", "1.5"],
        { IsArray: true } when type.GetElementType() == typeof(int) =>
        [
            "null", "[]", "[0]", "[1, 1]", "[int.MinValue, int.MaxValue]", "new int[] { 2 }", $"[{string.Join(", ", Enumerable.Range(0, 5000))}]",
            "[null]", "new int[3]",
        ],
        { IsArray: true } =>
        [
            "null", "[]", "[1, 1, 1]", "[0, 0, 0]", "[double.NaN, 1, 1]", "[double.PositiveInfinity, 1, 1]", "[-1, 1, 1]",
            "[1e-320, double.MaxValue, 1]",
            "[0, 1, 2, 1, 0, 1, 2, 1, 0]", $"[{string.Join(", ", Enumerable.Repeat("0.5", 5000))}]", "[null, 1, 1]", "new double[] { 1, 2, 3 }",
            "[1, .. new double[2]]",
        ],
        _ when type == typeof(double) =>
        [
            "0", "-0.0", "1", "0.5", "double.NaN", "double.PositiveInfinity", "double.NegativeInfinity", "double.MaxValue", "double.MinValue",
            "double.Epsilon", "1e-300", "float.MaxValue", "long.MaxValue", "null", "1.0m",
        ],
        _ when type == typeof(int) =>
            ["0", "1", "3", "-1", "255", "4096", "4097", "int.MaxValue", "int.MinValue", "'a'", "1L", "null", "int.MaxValue + 1", "1 / 0"],
        _ when type == typeof(bool) => ["true", "false", "null", "1"],
        _ => ["null", "0"],
    };
}
