using System.Threading.Tasks;

using Xunit;

namespace SoftDice.CodeFixes.Tests;

/// <summary>Options are brought into their range, removed, or given the one that they need.</summary>
public sealed class OptionTests
{
    [Theory]
    [InlineData("{|SDG005:NumClasses = 0|}", "NumClasses = 1", "Write NumClasses = 1")]
    [InlineData("{|SDG005:NumClasses = -3|}", "NumClasses = 1", "Write NumClasses = 1")]
    [InlineData("{|SDG005:NumClasses = int.MaxValue|}", "NumClasses = 4096", "Write NumClasses = 4096")]
    [InlineData("NumClasses = 3, {|SDG014:DenominatorFloor = -1|}", "NumClasses = 3, DenominatorFloor = 0", "Write DenominatorFloor = 0")]
    public Task An_option_is_clamped(string wrong, string right, string title) =>
        FixTest<ClampOptionFix>.Run(Annotated(wrong), Annotated(right), title);

    [Fact]
    public Task All_options_are_clamped() => FixTest<ClampOptionFix>.Run(
        Annotated("NumClasses = 3, {|SDG014:CrossEntropy = -1|}, {|SDG014:Focal = -0.5|}, {|SDG014:DenominatorFloor = double.NegativeInfinity|}"),
        Annotated("NumClasses = 3, CrossEntropy = 0, Focal = 0, DenominatorFloor = 0"));

    [Theory]
    [InlineData("NumClasses = 3, {|SDG006:Epsilon = -1|}", "Remove Epsilon")]
    [InlineData("NumClasses = 3, {|SDG011:Activation = (SoftDiceActivation)7|}", "Remove Activation")]
    [InlineData("NumClasses = 3, {|SDG012:Labels = (SoftDiceLabels)7|}", "Remove Labels")]
    [InlineData("NumClasses = 3, {|SDG013:Form = (SoftDiceForm)7|}", "Remove Form")]
    [InlineData("NumClasses = 3, {|SDG014:Gamma = 0|}", "Remove Gamma")]
    [InlineData("{|SDG018:Alpha = 0.3|}, NumClasses = 3", "Remove Alpha")]
    [InlineData("NumClasses = 3, {|SDG030:CrossEntropy = 1|}", "Remove CrossEntropy")]
    [InlineData("NumClasses = 3, {|SDG031:FocalGamma = 2|}", "Remove FocalGamma")]
    [InlineData("NumClasses = 3, {|SDG033:LabelSmoothing = 1|}, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1", "Remove LabelSmoothing",
        "NumClasses = 3, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1")]
    public Task An_option_is_removed(string wrong, string title, string right = "NumClasses = 3") =>
        FixTest<RemoveOptionFix>.Run(Annotated(wrong), Annotated(right), title);

    [Fact]
    public Task All_options_are_removed() => FixTest<RemoveOptionFix>.Run(
        Annotated("NumClasses = 3, {|SDG018:Alpha = 0.3|}, {|SDG018:Beta = 0.7|}, {|SDG031:FocalGamma = 2|}"),
        Annotated("NumClasses = 3"));

    [Theory]
    [InlineData("NumClasses = 3, {|SDG018:Beta = 0.7|}", "NumClasses = 3, Beta = 0.7, Overlap = SoftDiceOverlap.Tversky", "Write Overlap = SoftDiceOverlap.Tversky")]
    [InlineData("NumClasses = 3, {|SDG018:Gamma = 2|}, Form = SoftDiceForm.Negative", "NumClasses = 3, Gamma = 2, Form = SoftDiceForm.OneMinus",
        "Write Form = SoftDiceForm.OneMinus")]
    [InlineData("NumClasses = 3, {|SDG018:Intersection = SoftDiceIntersection.Minimum|}",
        "NumClasses = 3, Intersection = SoftDiceIntersection.Minimum, Labels = SoftDiceLabels.OneHot", "Write Labels = SoftDiceLabels.OneHot")]
    [InlineData("NumClasses = 3, {|SDG030:CrossEntropy = 1|}", "NumClasses = 3, CrossEntropy = 1, Activation = SoftDiceActivation.Softmax",
        "Write Activation = SoftDiceActivation.Softmax")]
    [InlineData("NumClasses = 3, {|SDG030:Focal = 1|}", "NumClasses = 3, Focal = 1, Activation = SoftDiceActivation.Softmax",
        "Write Activation = SoftDiceActivation.Softmax")]
    [InlineData("NumClasses = 3, Activation = SoftDiceActivation.Softmax, {|SDG031:FocalGamma = 2|}",
        "NumClasses = 3, Activation = SoftDiceActivation.Softmax, FocalGamma = 2, Focal = 1", "Write Focal = 1")]
    [InlineData("NumClasses = 3, Activation = SoftDiceActivation.Softmax, CrossEntropy = 0, {|SDG031:LabelSmoothing = 0.1|}",
        "NumClasses = 3, Activation = SoftDiceActivation.Softmax, CrossEntropy = 1, LabelSmoothing = 0.1", "Write CrossEntropy = 1")]
    public Task A_missing_option_is_added(string wrong, string right, string title) =>
        FixTest<AddOptionFix>.Run(Annotated(wrong), Annotated(right), title);

    // Two options may need the same one, which is then added once.
    [Fact]
    public Task All_missing_options_are_added() => FixTest<AddOptionFix>.Run(
        Annotated("NumClasses = 3, {|SDG018:Alpha = 0.3|}, {|SDG018:Beta = 0.7|}, {|SDG018:Gamma = 2|}"),
        Annotated("NumClasses = 3, Alpha = 0.3, Beta = 0.7, Gamma = 2, Overlap = SoftDiceOverlap.Tversky, Form = SoftDiceForm.OneMinus"));

    [Theory]
    [InlineData("[{|SDG004:SoftDiceLoss|}]")]
    [InlineData("[{|SDG004:SoftDiceLoss()|}]")]
    public Task The_number_of_classes_is_asked_for(string attribute) => FixTest<AddOptionFix>.Run(
        Program(attribute), Program("[SoftDiceLoss(NumClasses = 2)]"), "Write NumClasses = 2, to be made the number of your classes");

    // Names are as short as the file allows.
    [Fact]
    public Task A_value_is_qualified_where_the_namespace_is_not_imported() => FixTest<AddOptionFix>.Run(
        "[SoftDice.SoftDiceLoss(NumClasses = 3, {|SDG018:Alpha = 0.3|})] partial class TissueLoss;",
        "[SoftDice.SoftDiceLoss(NumClasses = 3, Alpha = 0.3, Overlap = SoftDice.SoftDiceOverlap.Tversky)] partial class TissueLoss;");

    private static string Annotated(string arguments) => Program($"[SoftDiceLoss({arguments})]");

    private static string Program(string attribute) =>
        $"""
        using SoftDice;

        /// <summary>A loss.</summary>
        {attribute}
        public partial class TissueLoss;
        """;
}
