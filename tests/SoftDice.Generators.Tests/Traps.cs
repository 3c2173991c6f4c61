using System;
using System.Collections.Generic;
using System.Linq;

namespace SoftDice.Generators.Tests;

/// <summary>Good code with names that generated code might trip over.</summary>
/// <param name="Source">The user's code, free of warnings.</param>
/// <param name="Loss">The annotated type, from the global namespace on.</param>
internal sealed record Trap(string Source, string Loss)
{
    private const string Attribute = "[global::SoftDice.SoftDiceLoss(NumClasses = 5)]";

    public static readonly IReadOnlyDictionary<string, Trap> All = new Dictionary<string, Trap>
    {
        ["siblings named like namespaces"] = Siblings("System", "SoftDice", "Runtime", "Intrinsics", "InteropServices", "Kernels"),
        ["siblings named like types of the framework"] = Siblings(
            "Vector128", "Vector256", "Vector512", "Unsafe", "MemoryMarshal", "Math", "Span<T>", "ReadOnlySpan<T>", "Double", "Single",
            "GeneratedCode", "GeneratedCodeAttribute", "MethodImpl", "MethodImplAttribute", "MethodImplOptions", "InlineArray",
            "InlineArrayAttribute", "Vector256<T>"),
        ["siblings named like types of the library"] = Siblings(
            "ILanes<T>", "Lanes128", "Lanes256", "Lanes512", "ScalarLane", "KernelGuard", "SumsMemory", "Chains", "ISoftDiceLoss<T>",
            "ISoftDiceSums<T>", "SoftDiceLoss", "SoftDiceLossAttribute"),
        ["siblings named like generated members"] = Siblings(
            "Sums", "Values", "Forward", "Accumulate", "AddTiles", "Add3Classes", "Add2Classes", "NumClasses", "Epsilon"),
        ["siblings named like type parameters"] = Siblings("TLanes", "TLabel", "TMemory", "TSums", "TSelf"),
        ["siblings named like keywords"] = Siblings(
            "@float", "@double", "@int", "@long", "@void", "@object", "@bool", "@byte", "@struct", "@default", "@sizeof"),
        ["a sibling named nint"] = Siblings("nint"),
        ["a sibling named var"] = Siblings("@var"),
        ["a sibling named dynamic"] = Siblings("dynamic"),
        ["a sibling named like an underscore"] = Siblings("_"),
        ["siblings named like locals"] = Siblings("sums", "labels", "pixel", "image", "batch", "tile", "label", "plane0", "c", "first"),

        ["members named like namespaces and types"] = Members(
            "internal class System;",
            "internal const int SoftDice = 1;",
            "internal static int Math => 1;",
            "internal static void Unsafe() { }",
            "internal delegate void Vector256();",
            "internal enum ReadOnlySpan { }",
            "internal interface ILanes<T>;"),
        ["members named like locals"] = Members(
            "internal const int sums = 1, labels = 1, pixel = 1, image = 1, batch = 1, tile = 1, label = 1, plane0 = 1, count0 = 1;",
            "internal const int predictions = 1, batchSize = 1, pixels = 1, planes = 1, start = 1, end = 1, firstLabel = 1, c = 1;"),
        ["members named like members of the sums"] = Members(
            "internal const int ClassCount = 1, ByteCount = 1, values = 1, first = 1;",
            "internal static double Dice(int classIndex) => classIndex;",
            "internal static void Add(int other) => System.Console.Write(other);",
            "internal struct Values;"),
        ["overloads of the entry points"] = Members(
            "internal static double Forward(float[] p, byte[] l, int n) => Forward<byte>(p, l, n);",
            "internal static double Forward(global::System.ReadOnlySpan<float> p, global::System.ReadOnlySpan<int> l, int n) => n;",
            "internal static void Accumulate(ref Sums sums, global::System.ReadOnlySpan<float> p, object l, int n) => throw null!;",
            "internal static void Accumulate<T>(ref Sums sums, T p, T l, int n) => throw null!;"),
        ["a container with members named like generated ones"] = new(
            $$"""
            namespace Traps;
            internal partial class Outer
            {
                internal struct Sums;
                internal const string NumClasses = "", Epsilon = "", Forward = "";
                internal static void Accumulate() { }
                {{Attribute}} internal partial class Loss;
            }
            """,
            "Traps.Outer.Loss"),
        ["an assembly that complies with the CLS"] = new(
            $$"""
            [assembly: System.CLSCompliant(true)]
            namespace Traps;
            /// <summary>Seen from outside, so that the compiler checks it.</summary>
            {{Attribute}} public partial class Loss;
            """,
            "Traps.Loss"),
        ["a generic type that is named like the sums"] = Members("internal class Sums<T>;"),
        ["a base type with members named like generated ones"] = new(
            $$"""
            namespace Traps;
            internal class Base
            {
                internal struct Sums;
                internal const string NumClasses = "", Epsilon = "", Forward = "";
                internal static void Accumulate() { }
            }
            {{Attribute}} internal partial class Loss : Base;
            """,
            "Traps.Loss"),
        ["a base type that is a loss itself"] = new(
            $$"""
            namespace Traps;
            [global::SoftDice.SoftDiceLoss(NumClasses = 2)] internal partial class Base;
            {{Attribute}} internal partial class Loss : Base;
            """,
            "Traps.Loss"),
        ["a loss in a loss"] = new(
            $$"""
            namespace Traps;
            [global::SoftDice.SoftDiceLoss(NumClasses = 2)] internal partial class Outer
            {
                {{Attribute}} internal partial class Loss;
            }
            """,
            "Traps.Outer.Loss"),
        ["a loss in a loss, named like its sums but for the case"] = new(
            $$"""
            #pragma warning disable CS8981 // Lower-case names may become keywords.
            namespace Traps;
            [global::SoftDice.SoftDiceLoss(NumClasses = 2)] internal partial class Outer
            {
                {{Attribute}} internal partial class sums;
            }
            """,
            "Traps.Outer.sums"),

        ["type parameters named like ours"] = Named("Loss<TLanes, TLabel, TLanes_, TLabel_>", "Loss<int, int, int, int>"),
        ["type parameters named like ours where planes are asked for ahead"] = Named("Loss<TMemory, TMemory_, TProbabilities>", "Loss<int, int, int>"),
        ["a type parameter named like a namespace"] = Named("Loss<System, SoftDice>", "Loss<int, int>"),
        ["a type parameter named like a local"] = Named("Loss<batchSize, vectorPixels, plane0, chainEnd>", "Loss<int, int, int, int>"),
        ["type parameters of containers named like ours"] = new(
            $$"""
            namespace Traps;
            internal partial class Outer<TLanes, Sums, NumClasses, Values>
            {
                internal partial struct Inner<TLabel, Epsilon>
                {
                    {{Attribute}} internal partial class Loss<TSums>;
                }
            }
            """,
            "Traps.Outer<int, int, int, int>.Inner<int, int>.Loss<int>"),

        ["namespace SoftDice"] = InNamespace("SoftDice"),
        ["namespace SoftDice.Kernels"] = InNamespace("SoftDice.Kernels"),
        ["namespace SoftDice within another"] = InNamespace("Demo.SoftDice.System.Kernels"),
        ["namespace System"] = InNamespace("System"),
        ["namespace System.Runtime.Intrinsics"] = InNamespace("System.Runtime.Intrinsics"),
        ["namespace global"] = InNamespace("@global"),
        ["namespace global within another"] = InNamespace("Demo.@global.SoftDice"),
        ["namespace of keywords"] = InNamespace("@namespace.@class.@partial.@file.@await"),

        ["named global"] = Named("@global"),
        ["named System"] = Named("System"),
        ["named SoftDice"] = Named("SoftDice"),
        ["named like its namespace"] = Named("Traps"),
        ["named ReadOnlySpan"] = Named("ReadOnlySpan<T>", "ReadOnlySpan<int>"),
        ["named partial"] = Named("@partial"),
        ["named record"] = Named("@record"),
        ["named where, in, out, ref"] = Named("@where<@in, @out, @ref>", "@where<int, int, int>"),
        ["named var"] = Named("@var"),
        ["named Values"] = Named("Values"),
        ["named like an underscore"] = Named("_"),
        ["named in German"] = Named("Größe"),
        ["named in Turkish"] = Named("İıIi"),
        ["named in Japanese"] = Named("損失"),
        ["named in Arabic"] = Named("خسارة"),
        ["named with a combining mark"] = Named("Re\u0301seau"),
        ["named with an escape"] = Named(@"\u0041bc", "Abc"),
        ["named with an invisible character"] = Named("Lo\u200Dss", "Loss"),
        ["named by 400 letters"] = Named(new string('A', 400)),

        // 1023 bytes are the most that a name can have in metadata.
        ["named by 200 letters of another script"] = Named(new string('損', 200)),
        ["a namespace of 400 letters"] = InNamespace("N" + new string('n', 399)),

        ["twenty containers"] = Nested(20, level => level % 2 == 0 ? $"class C{level}" : $"record struct C{level}"),
        ["twenty generic containers"] = Nested(20, level => $"class C{level}<T{level}>"),
    };

    private static Trap Siblings(params string[] names) => new(
        $"""
        #pragma warning disable CS8981 // Lower-case names may become keywords.
        namespace Traps;
        {string.Join('\n', names.Select(name => $"internal class {name};"))}
        {Attribute} internal partial class Loss;
        """,
        "Traps.Loss");

    private static Trap Members(params string[] members) => new(
        $$"""
        namespace Traps;
        {{Attribute}} internal partial class Loss
        {
            {{string.Join("\n    ", members)}}
        }
        """,
        "Traps.Loss");

    private static Trap Named(string declared, string? used = null) => new(
        $"""
        #pragma warning disable CS8981 // Lower-case names may become keywords.
        namespace Traps;
        {Attribute} internal partial class {declared};
        """,
        "Traps." + (used ?? declared));

    private static Trap InNamespace(string name) => new(
        $"namespace {name};\n{Attribute} internal partial class Loss;", name + ".Loss");

    private static Trap Nested(int depth, Func<int, string> declare)
    {
        string[] containers = [.. Enumerable.Range(0, depth).Select(declare)];
        string opened = string.Concat(containers.Select(container => $"internal partial {container} {{\n"));
        IEnumerable<string> used = containers.Select(container =>
            container[(container.LastIndexOf(' ') + 1)..].Split('<') is [string name, _] ? name + "<int>" : container.Split(' ')[^1]);
        return new Trap(
            $"namespace Traps;\n{opened}{Attribute} internal partial class Loss;\n{new string('}', depth)}",
            $"Traps.{string.Join('.', used)}.Loss");
    }
}
