using System.Threading.Tasks;

using Xunit;

namespace SoftDice.CodeFixes.Tests;

/// <summary>«partial» is added to types and to what is around them.</summary>
public sealed class MakePartialTests
{
    [Theory]
    [InlineData("public class", "public partial class")]
    [InlineData("class", "partial class")]
    [InlineData("internal static class", "internal static partial class")]
    [InlineData("public readonly record struct", "public readonly partial record struct")]
    [InlineData("sealed record", "sealed partial record")]
    [InlineData("ref struct", "ref partial struct")]
    public Task A_type_becomes_partial(string wrong, string right) => FixTest<MakePartialFix>.Run(
        $$"""
        using SoftDice;

        /// <summary>A loss.</summary>
        [SoftDiceLoss(NumClasses = 3)]
        {{wrong}} {|SDG001:TissueLoss|}
        {
        }
        """,
        $$"""
        using SoftDice;

        /// <summary>A loss.</summary>
        [SoftDiceLoss(NumClasses = 3)]
        {{right}} TissueLoss
        {
        }
        """,
        "Make 'TissueLoss' partial");

    [Fact]
    public Task A_container_becomes_partial() => FixTest<MakePartialFix>.Run(
        """
        using SoftDice;

        class {|SDG002:Model|}
        {
            [SoftDiceLoss(NumClasses = 3)]
            partial class TissueLoss;
        }
        """,
        """
        using SoftDice;

        partial class Model
        {
            [SoftDiceLoss(NumClasses = 3)]
            partial class TissueLoss;
        }
        """,
        "Make 'Model' partial");

    // What stands before the keyword stays before the type.
    [Fact]
    public Task All_containers_become_partial_once() => FixTest<MakePartialFix>.Run(
        """
        using SoftDice;

        // Two losses in one model.
        class {|SDG002:{|SDG002:Model|}|}
        {
            interface {|SDG002:{|SDG002:IInner|}|}
            {
                [SoftDiceLoss(NumClasses = 3)]
                class {|SDG001:First|};

                [SoftDiceLoss(NumClasses = 3)] public struct {|SDG001:Second|};
            }
        }
        """,
        """
        using SoftDice;

        // Two losses in one model.
        partial class Model
        {
            partial interface IInner
            {
                [SoftDiceLoss(NumClasses = 3)]
                partial class First;

                [SoftDiceLoss(NumClasses = 3)] public partial struct Second;
            }
        }
        """);
}
