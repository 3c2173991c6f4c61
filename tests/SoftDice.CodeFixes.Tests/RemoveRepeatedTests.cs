using System.Threading.Tasks;

using Xunit;

namespace SoftDice.CodeFixes.Tests;

/// <summary>An attribute that is there already goes, and nothing else does.</summary>
public sealed class RemoveRepeatedTests
{
    [Fact]
    public Task All_but_the_first_are_removed() => FixTest<RemoveRepeatedFix>.Run(
        """
        using System;
        using SoftDice;

        /// <summary>A loss.</summary>
        [SoftDiceLoss(NumClasses = 3)]
        [{|SDG008:SoftDiceLoss(NumClasses = 4)|}]
        [Serializable, {|SDG008:SoftDiceLoss(NumClasses = 5)|}]
        public partial class TissueLoss;
        """,
        """
        using System;
        using SoftDice;

        /// <summary>A loss.</summary>
        [SoftDiceLoss(NumClasses = 3)]
        [Serializable]
        public partial class TissueLoss;
        """,
        "Remove this attribute");

    [Fact]
    public Task The_documentation_of_a_part_stays() => FixTest<RemoveRepeatedFix>.Run(
        """
        using SoftDice;

        [SoftDiceLoss(NumClasses = 3)]
        public partial class TissueLoss
        {
        }

        /// <summary>A loss.</summary>
        [{|SDG008:SoftDiceLoss(NumClasses = 3)|}]
        public partial class TissueLoss
        {
        }
        """,
        """
        using SoftDice;

        [SoftDiceLoss(NumClasses = 3)]
        public partial class TissueLoss
        {
        }

        /// <summary>A loss.</summary>
        public partial class TissueLoss
        {
        }
        """);
}
