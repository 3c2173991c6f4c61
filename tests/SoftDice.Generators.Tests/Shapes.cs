using System;
using System.Collections.Generic;
using System.Linq;

namespace SoftDice.Generators.Tests;

/// <summary>Every kind of type that can carry the attribute, by name; the user's code in each is free of warnings.</summary>
internal static class Shapes
{
    public static readonly IReadOnlyDictionary<string, string> Sources = new Dictionary<string, string>
    {
        ["class"] = InDemo("public partial class TissueLoss;"),
        ["sealed-class"] = InDemo("public sealed partial class TissueLoss;"),
        ["abstract-class"] = InDemo("public abstract partial class TissueLoss;"),
        ["static-class"] = InDemo("public static partial class TissueLoss;"),
        ["struct"] = InDemo("public partial struct TissueLoss;"),
        ["readonly-struct"] = InDemo("public readonly partial struct TissueLoss;"),
        ["ref-struct"] = InDemo("public ref partial struct TissueLoss;"),
        ["record"] = InDemo("public partial record TissueLoss;"),
        ["record-struct"] = InDemo("public partial record struct TissueLoss;"),
        ["readonly-record-struct"] = InDemo("public readonly partial record struct TissueLoss;"),
        ["generic"] =
            """
            using SoftDice;

            namespace Demo;

            /// <summary>A loss.</summary>
            /// <typeparam name="TKey">A key.</typeparam>
            /// <typeparam name="TValue">A value.</typeparam>
            [SoftDiceLoss(NumClasses = 3)]
            public partial class TissueLoss<TKey, TValue>
                where TKey : class?, System.IComparable<TKey>
                where TValue : struct;
            """,
        ["epsilon"] = InDemo("public partial class TissueLoss;", "NumClasses = 3, Epsilon = 0.25"),
        ["nested"] =
            """
            using SoftDice;

            namespace Demo;

            internal static partial class Outer
            {
                internal partial struct Middle
                {
                    [SoftDiceLoss(NumClasses = 3)]
                    internal partial class TissueLoss;
                }
            }
            """,
        ["nested-private"] =
            """
            using SoftDice;

            namespace Demo;

            internal partial record Outer
            {
                [SoftDiceLoss(NumClasses = 3)]
                private partial record struct TissueLoss;

                internal static int Classes => TissueLoss.NumClasses;
            }
            """,
        ["in-interface"] =
            """
            using SoftDice;

            namespace Demo;

            internal partial interface IModel
            {
                [SoftDiceLoss(NumClasses = 3)]
                partial class TissueLoss;
            }
            """,
        ["in-generic"] =
            """
            using SoftDice;

            namespace Demo;

            internal partial class Model<TInput, TOutput>
                where TInput : unmanaged, System.Numerics.INumber<TInput>
                where TOutput : notnull, new()
            {
                [SoftDiceLoss(NumClasses = 3)]
                internal partial class TissueLoss;
            }
            """,
        ["global-namespace"] =
            """
            /// <summary>A loss.</summary>
            [SoftDice.SoftDiceLoss(NumClasses = 3)]
            public partial class TissueLoss;
            """,
        ["keywords"] =
            """
            using SoftDice;

            namespace @namespace.@event;

            /// <summary>A loss.</summary>
            [SoftDiceLoss(NumClasses = 3)]
            public partial class @class<@in>;
            """,
    };

    /// <summary>All of them for one compilation: each in a namespace of its own.</summary>
    public static string[] Apart() =>
    [
        .. Sources.Values.Select((text, index) => text.Replace("namespace Demo;", $"namespace Demo{index};", StringComparison.Ordinal)),
    ];

    public static string InDemo(string declaration, string arguments = "NumClasses = 3") =>
        $$"""
        using SoftDice;

        namespace Demo;

        /// <summary>A loss.</summary>
        [SoftDiceLoss({{arguments}})]
        {{declaration}}
        """;
}
