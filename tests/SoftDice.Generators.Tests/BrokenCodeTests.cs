using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

using Microsoft.CodeAnalysis.CSharp;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>Code in the middle of being written: neither generator nor analyzers throw, and nothing wrong is generated.</summary>
public sealed class BrokenCodeTests
{
    private const string Attribute = "[SoftDice.SoftDiceLoss(NumClasses = 3)] ";

    private static readonly Dictionary<string, string> Sources = new()
    {
        ["nothing"] = string.Empty,
        ["missing brace"] = "namespace Demo { " + Attribute + "partial class A { void M() {",
        ["missing brace of a namespace"] = "namespace Demo { " + Attribute + "partial class A;",
        ["surplus brace"] = Attribute + "partial class A { } } }",
        ["attribute without a type"] = Attribute,
        ["attribute without a name of the type"] = Attribute + "partial class",
        ["attribute before a namespace"] = Attribute + "namespace Demo;",
        ["unclosed attribute"] = "[SoftDice.SoftDiceLoss(NumClasses = 3 partial class A;",
        ["attribute without a value"] = "[SoftDice.SoftDiceLoss(NumClasses = )] partial class A;",
        ["a value of another type"] = "[SoftDice.SoftDiceLoss(NumClasses = \"3\", Epsilon = null)] partial class A;",
        ["a value that is no constant"] = "[SoftDice.SoftDiceLoss(NumClasses = System.Environment.ProcessorCount)] partial class A;",
        ["a value that does not fit"] = "[SoftDice.SoftDiceLoss(NumClasses = 99999999999)] partial class A;",
        ["an option that does not exist"] = "[SoftDice.SoftDiceLoss(NumClasses = 3, Nonsense = 1)] partial class A;",
        ["an option twice"] = "[SoftDice.SoftDiceLoss(NumClasses = 3, NumClasses = 4)] partial class A;",
        ["a positional argument"] = "[SoftDice.SoftDiceLoss(3)] partial class A;",
        ["on an enum"] = Attribute + "enum A { }",
        ["on an interface"] = Attribute + "partial interface A { }",
        ["on a delegate"] = Attribute + "delegate void A();",
        ["on a generic delegate"] = Attribute + "delegate T A<T>();",
        ["on a method"] = "class A { " + Attribute + "void M() { } }",
        ["on a constructor"] = "class A { " + Attribute + "A() { } }",
        ["on a local function"] = "class A { void M() { N(); " + Attribute + "void N() { } } }",
        ["on a lambda"] = "class A { System.Action M() => " + Attribute + "() => { }; }",
        ["on a property"] = "class A { " + Attribute + "int P => 1; }",
        ["on an accessor"] = "class A { int P { " + Attribute + "get => 1; } }",
        ["on an event"] = "class A { " + Attribute + "event System.Action E { add { } remove { } } }",
        ["on a field"] = "class A { " + Attribute + "int f = 1, g = 2; }",
        ["on an enum member"] = "enum A { " + Attribute + "B }",
        ["on a parameter"] = "class A { void M(" + Attribute + "int p) { } }",
        ["on a type parameter"] = "class A<" + Attribute + "T> { }",
        ["on a return value"] = "class A { [return: SoftDice.SoftDiceLoss(NumClasses = 3)] int M() => 1; }",
        ["on an assembly"] = "[assembly: SoftDice.SoftDiceLoss(NumClasses = 3)]",
        ["on a module"] = "[module: SoftDice.SoftDiceLoss(NumClasses = 3)]",
        ["class and struct of one name"] = Attribute + "partial class A; " + Attribute + "partial struct A;",
        ["class and namespace of one name"] =
            "partial class A { " + Attribute + "partial class B; } namespace A { " + Attribute + "partial class B; }",
        ["two classes of one name"] = Attribute + "class A; " + Attribute + "class A;",
        ["another number of type parameters"] = Attribute + "partial class A<T>; " + Attribute + "partial class A<T, U>;",
        ["other names of type parameters"] = Attribute + "partial class A<T>; partial class A<U>;",
        ["its own base type"] = Attribute + "partial class A : A;",
        ["an unknown base type"] = Attribute + "partial class A : Unknown;",
        ["a type parameter without a name"] = Attribute + "partial class A<>;",
        ["a type parameter of a container without a name"] = "partial class A<T, > { " + Attribute + "partial class B; }",
        ["a namespace without a name"] = "namespace Demo. { " + Attribute + "partial class A; }",
        ["a type with a keyword for a name"] = Attribute + "partial class using;",
        ["an unknown container"] = "partial class { " + Attribute + "partial class A; }",
    };

    public static TheoryData<string> Names => [.. Sources.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Broken_code_breaks_nothing_of_ours(string name)
    {
        GeneratorRun run = GeneratorHarness.Run(Sources[name]);

        run.AssertDidNotFail();
        _ = await AnalyzerHarness.Analyze(run.Output);
        _ = await AnalyzerHarness.Analyze(run.Input);
    }

    /// <summary>Where the compiler rejects the attribute, or the type is not there as written, our code adds no error of its own.</summary>
    [Theory]
    [InlineData("a value of another type")]
    [InlineData("a value that is no constant")]
    [InlineData("an option that does not exist")]
    [InlineData("an option twice")]
    [InlineData("on an enum")]
    [InlineData("on an interface")]
    [InlineData("on a delegate")]
    [InlineData("on a generic delegate")]
    [InlineData("another number of type parameters")]
    [InlineData("an unknown base type")]
    public void A_rejected_attribute_brings_no_error_in_generated_code(string name) =>
        GeneratorHarness.Run(Sources[name]).AssertNoDiagnosticsInGeneratedCode();

    [Theory]
    [InlineData("attribute without a name of the type")]
    [InlineData("a type parameter without a name")]
    [InlineData("a type parameter of a container without a name")]
    [InlineData("a namespace without a name")]
    [InlineData("a type with a keyword for a name")]
    [InlineData("an unknown container")]
    public void Nothing_is_added_to_what_has_no_name(string name) => Assert.Empty(GeneratorHarness.Run(Sources[name]).Sources);

    [Theory]
    [InlineData("Other", "", "")]
    [InlineData("Other.SoftDice", "", "")]
    [InlineData("SoftDice", "<T>", "<int>")]
    public async Task Another_attribute_of_the_same_name_is_none_of_our_business(string space, string parameters, string arguments)
    {
        GeneratorRun run = GeneratorHarness.Run(
            $$"""
            namespace {{space}};
            internal class SoftDiceLossAttribute{{parameters}} : System.Attribute { public int NumClasses { get; set; } }
            [SoftDiceLoss{{arguments}}(NumClasses = 0)] internal class A;
            """);

        run.AssertDidNotFail();
        Assert.Empty(run.Sources);
        Assert.Empty(await AnalyzerHarness.Analyze(run.Output));
    }

    [Fact]
    public async Task Without_the_library_there_is_nothing_to_do()
    {
        CSharpCompilation compilation = GeneratorHarness.CompileWithoutLibrary("using SoftDice; [SoftDiceLoss(NumClasses = 0)] class A;");

        GeneratorRun run = GeneratorHarness.Run(compilation);

        run.AssertDidNotFail();
        Assert.Empty(run.Sources);
        Assert.Empty(await AnalyzerHarness.Analyze(run.Output));
        Assert.Contains("CS0246", run.CompilerDiagnosticIds());
    }

    [Fact]
    public void Two_attributed_parts_give_one_set_of_outputs_that_of_the_first()
    {
        GeneratorRun run = GeneratorHarness.Run(
            "[SoftDice.SoftDiceLoss(NumClasses = 3)] internal partial class TissueLoss;",
            "[SoftDice.SoftDiceLoss(NumClasses = 5)] internal partial class TissueLoss;",
            "[SoftDice.SoftDiceLoss(NumClasses = 2)] internal partial class OrganLoss;");

        run.AssertNoDiagnosticsInGeneratedCode();
        Assert.Equal(
            ["OrganLoss", "TissueLoss"],
            run.Sources.Keys.Select(hint => hint.Split('.')[0]).Distinct());
        Assert.Equal(2 * GeneratorRun.FilesPerLoss, run.Sources.Count);
        Assert.Contains("NumClasses = 3;", run.Sources["TissueLoss.SoftDice.g.cs"], StringComparison.Ordinal);
        Assert.Empty(run.CompilerDiagnosticIds());
    }
}
