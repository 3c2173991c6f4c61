using System.Collections.Generic;
using System.Linq;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

using SoftDice.Generators.Input;
using SoftDice.Generators.Model;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>Types in, names and kinds out: nothing is generated.</summary>
public sealed class TypeReadingTests
{
    private const string Spans = "System.ReadOnlySpan<float> p, System.ReadOnlySpan<T> l";
    private const string Mask = ", System.ReadOnlySpan<bool> m";
    private const string Tensors = "in System.Numerics.Tensors.ReadOnlyTensorSpan<float> p, in System.Numerics.Tensors.ReadOnlyTensorSpan<T> l";
    private const string TensorMask = ", in System.Numerics.Tensors.ReadOnlyTensorSpan<bool> m";
    private const string Gradient = ", in System.Numerics.Tensors.TensorSpan<float> g";
    private const string Factors = ", System.ReadOnlySpan<double> f";
    private const string Losses = ", System.Span<double> o";
    private const string Unreduced = ", Reduction = SoftDice.SoftDiceReduction.None";
    private const string Last = ", int d, System.Threading.CancellationToken c";

    [Theory]
    [InlineData("internal partial class Loss;", "Loss")]
    [InlineData("namespace Demo.Losses { partial struct Outer<T> { partial record Middle { internal partial class Loss<A, B>; } } }", "Demo.Losses.Outer-1.Middle.Loss-2")]
    [InlineData("namespace azAZ09_ { internal partial class Loss; }", "azAZ09_.Loss")]
    [InlineData("namespace Größe { internal partial class Loss; }", "Gr-u00F6-u00DFe.Loss")]
    [InlineData("namespace @class { internal partial class Loss; }", "class.Loss")]
    public void A_file_has_the_metadata_name_in_plain_letters(string source, string name) => Assert.Equal(name, HintNames.Of(Find(source)));

    [Fact]
    public void A_file_of_a_long_name_has_its_beginning_and_a_hash()
    {
        Assert.Equal(new string('A', 180), HintNames.Of(Find($"class {new string('A', 180)};", new string('A', 180))));
        Assert.Equal(new string('A', 180) + "-D850F7F8", HintNames.Of(Find($"class {new string('A', 181)};", new string('A', 181))));
    }

    [Fact]
    public void Names_that_one_folder_cannot_hold_are_told_by_a_hash()
    {
        Assert.Equal(new EquatableArray<string>("B", "C", "b", "c"), HintNames.Ambiguous(["c", "b", "a", "B", "C", "c"]));
        LossTarget target = new("Demo", new(new TypePart("class", "Outer", new()), new TypePart("struct", "Loss", new())), true, "Demo.Outer.Loss");
        Assert.Equal("Demo.Outer.Loss-0C01F7CD", HintNames.Unmistakable(target));
    }

    [Theory]
    [InlineData("partial class Loss;", "class Loss", true)]
    [InlineData("static partial class Loss;", "class Loss", false)]
    [InlineData("partial struct Loss;", "struct Loss", true)]
    [InlineData("ref partial struct Loss;", "struct Loss", false)]
    [InlineData("partial record Loss;", "record Loss", true)]
    [InlineData("partial record struct Loss<T, item, @class>;", "record struct Loss<T, @item, @class>", true)]
    [InlineData("partial interface IOuter { partial class @az { partial class foo1 { partial class Loss; } } }", "interface IOuter/class @az/class foo1/class Loss", true)]
    [InlineData("partial class aZ { partial struct @int { partial class Loss; } }", "class aZ/struct @int/class Loss", true)]
    public void Types_are_opened_again_as_they_were_declared(string source, string parts, bool canBeTypeArgument)
    {
        LossTarget target = TypeReader.Read(Find(source));

        Assert.Equal(parts, string.Join('/', target.Types.Select(part => $"{part.Keyword} {part.NameWithTypeParameters}")));
        Assert.Equal(canBeTypeArgument, target.CanBeTypeArgument);
        Assert.Empty(target.Namespace);
        Assert.Equal("Demo.@class", TypeReader.Read(Find($"namespace Demo.@class {{ {source} }}")).Namespace);
    }

    [Theory]
    [InlineData("class Loss;", true)]
    [InlineData("struct Loss;", true)]
    [InlineData("record Loss;", true)]
    [InlineData("interface Loss;", false)]
    [InlineData("enum Loss { }", false)]
    public void Losses_go_into_classes_structs_and_records(string source, bool isReadable) =>
        Assert.Equal(isReadable, TypeReader.IsReadable(((CompilationUnitSyntax)SyntaxFactory.ParseCompilationUnit(source)).Members.Single()));

    [Theory]
    [InlineData("partial class Loss;", true)]
    [InlineData("namespace Demo { partial class Loss<T, U>; }", true)]
    [InlineData("namespace { partial class Loss; }", false)]
    [InlineData("namespace Demo. { partial class Loss; }", false)]
    [InlineData("namespace Demo { partial class { partial class Loss; } }", false)]
    [InlineData("partial class Loss<T, >;", false)]
    [InlineData("partial class Outer<> { partial class Loss; }", false)]
    public void What_has_no_name_yet_is_not_read(string source, bool isNamed) => Assert.Equal(isNamed, TypeReader.IsNamed(Find(source)));

    [Theory]
    [InlineData(LanguageVersion.CSharp11, true)]
    [InlineData(LanguageVersion.CSharp12, false)]
    [InlineData(LanguageVersion.CSharp13, false)]
    public void An_old_language_is_in_the_way_where_it_cannot_read_what_is_generated(LanguageVersion language, bool isInTheWay)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(
            GeneratorHarness.ParseOptions.WithLanguageVersion(language), ("Source.cs", "partial class Loss { }"));
        INamedTypeSymbol type = compilation.GetTypeByMetadataName("Loss")!;

        Assert.Equal(isInTheWay, Assert.Single(TypeReader.FindProblems(type, TestContext.Current.CancellationToken)).IsInTheWay);
        Assert.Throws<System.OperationCanceledException>(() => TypeReader.FindProblems(type, new System.Threading.CancellationToken(true)).ToArray());
    }

    [Fact]
    public void A_type_that_is_not_partial_is_in_the_way_and_one_without_the_attribute_has_none()
    {
        INamedTypeSymbol type = Find("class Loss;");

        Assert.True(Assert.Single(TypeReader.FindProblems(type, TestContext.Current.CancellationToken)).IsInTheWay);
        Assert.Null(AttributeNames.FirstOf(type));
    }

    [Theory]
    [InlineData("", "internal class Sums;")]
    [InlineData("", "internal const int NumClasses = 1;")]
    [InlineData("", "internal static double Epsilon => 1;")]
    [InlineData("", "internal static void LossKernel() { }")]
    [InlineData("", "internal const int Accumulate = 1;")]
    [InlineData("", "internal const int Forward = 1;")]
    [InlineData("", "internal const int ForwardBackward = 1;")]
    [InlineData("", "internal const int Backward = 1;")]
    [InlineData("", $"static void Accumulate<T>(ref Sums s, {Spans}, int b{Last}) {{ }}")]
    [InlineData("", $"static void Accumulate<L, T>(ref Sums s, {Spans}, int b{Last}) {{ }}")]
    [InlineData("", $"static void Accumulate<T>(ref Sums s, {Tensors}{Last}) {{ }}")]
    [InlineData("", $"static void Forward<T>({Spans}, int b{Last}) {{ }}")]
    [InlineData("", $"static void ForwardBackward<T>({Spans}, System.Span<float> g, int b, double u{Last}) {{ }}")]
    [InlineData("", $"static void Backward<T>(in Sums s, {Spans}, System.Span<float> g, int b, double u{Last}) {{ }}")]
    [InlineData("", $"static void Backward<L, T>(in Sums s, {Spans}, System.Span<float> g, int b, double u{Last}) {{ }}")]
    [InlineData("", $"static void Forward<T>({Tensors}{Last}) {{ }}")]
    [InlineData("", $"static void ForwardBackward<T>({Tensors}{Gradient}, double u{Last}) {{ }}")]
    [InlineData("", $"static void Backward<T>(in Sums s, {Tensors}{Gradient}, double u{Last}) {{ }}")]
    [InlineData(", Mask = true", $"static void Forward<T>({Spans}{Mask}, int b{Last}) {{ }}")]
    [InlineData(", Mask = true", $"static void Forward<T>({Tensors}{TensorMask}{Last}) {{ }}")]
    [InlineData(Unreduced, $"static void Forward<T>({Spans}{Losses}, int b{Last}) {{ }}")]
    [InlineData(Unreduced, $"static void ForwardBackward<T>({Spans}, System.Span<float> g{Losses}{Factors}, int b{Last}) {{ }}")]
    [InlineData(Unreduced, $"static void Backward<T>(in Sums s, {Spans}, System.Span<float> g{Factors}, int b{Last}) {{ }}")]
    [InlineData(Unreduced, $"static void Backward<L, T>(in Sums s, {Spans}, System.Span<float> g{Factors}, int b{Last}) {{ }}")]
    [InlineData(Unreduced, $"static void Forward<T>({Tensors}{Losses}{Last}) {{ }}")]
    [InlineData(Unreduced, $"static void ForwardBackward<T>({Tensors}{Gradient}{Losses}{Factors}{Last}) {{ }}")]
    [InlineData(Unreduced, $"static void Backward<T>(in Sums s, {Tensors}{Gradient}{Factors}{Last}) {{ }}")]
    public void A_member_that_is_generated_is_taken(string options, string member) =>
        Assert.Equal(MemberName(member), Assert.Single(Clashes(options, member)).Name);

    [Theory]
    [InlineData("", "internal class Sums<T>;")]
    [InlineData("", "internal static void Epsilon2() { }")]
    [InlineData("", $"static void Forward<T>({Spans}{Mask}, int b{Last}) {{ }}")]
    [InlineData("", $"static void Forward({Spans}, int b{Last}) {{ }}")]
    [InlineData("", $"static void Forward<T>(in {Spans}, int b{Last}) {{ }}")]
    [InlineData("", $"static void Forward<T>(System.ReadOnlySpan<double> p, System.ReadOnlySpan<T> l, int b{Last}) {{ }}")]
    [InlineData(", Mask = true", $"static void Forward<T>({Spans}, int b{Last}) {{ }}")]
    [InlineData(", Mask = true", $"static void Forward<T>({Tensors}{Last}) {{ }}")]
    [InlineData(Unreduced, $"static void Forward<T>({Spans}, int b{Last}) {{ }}")]
    public void A_member_that_is_not_generated_is_the_users(string options, string member) => Assert.Empty(Clashes(options, member));

    [Fact]
    public void Names_of_the_type_and_of_its_type_parameters_are_members_too()
    {
        INamedTypeSymbol type = Find("[SoftDice.SoftDiceLoss(NumClasses = 2)] partial class Forward<Sums, T, LossKernel>;", "Forward");

        Assert.Equal(["Forward", "Sums", "LossKernel"], GeneratedMembers.FindClashes(type).Select(symbol => symbol.Name));
    }

    [Theory]
    [InlineData("Loss.SoftDice.g.cs")]
    [InlineData("Loss.SoftDice.Gradient.g.cs")]
    [InlineData("Loss.SoftDice.Sums.g.cs")]
    [InlineData("Loss.SoftDice.Tensors.g.cs")]
    public void Generated_files_are_told_by_their_endings(string path)
    {
        Assert.True(GeneratedMembers.IsGeneratedFile(path));
        Assert.False(GeneratedMembers.IsGeneratedFile(path + ".cs"));
    }

    [Fact]
    public void Tensors_are_those_of_the_package_that_are_no_experiment()
    {
        const string Filling = "namespace System.Numerics.Tensors { {0} public readonly ref struct ReadOnlyTensorSpan<T>; }";
        CSharpCompilation fills = GeneratorHarness.Compile(Filling.Replace("{0}", string.Empty, System.StringComparison.Ordinal));
        CSharpCompilation experiment = GeneratorHarness.Compile(
            Filling.Replace("{0}", "[System.Diagnostics.CodeAnalysis.Experimental(\"X\")] [System.Obsolete]", System.StringComparison.Ordinal));
        CSharpCompilation obsolete = GeneratorHarness.Compile(Filling.Replace("{0}", "[System.Obsolete]", System.StringComparison.Ordinal));

        Assert.True(Input.Tensors.AreKnown(GeneratorHarness.Compile().AddReferences(GeneratorHarness.Tensors)));
        Assert.False(Input.Tensors.AreKnown(GeneratorHarness.Compile()));
        Assert.False(Input.Tensors.AreKnown(fills));
        Assert.True(Input.Tensors.AreKnown(fills.WithAssemblyName("System.Numerics.Tensors")));
        Assert.False(Input.Tensors.AreKnown(experiment.WithAssemblyName("System.Numerics.Tensors")));
        Assert.True(Input.Tensors.AreKnown(obsolete.WithAssemblyName("System.Numerics.Tensors")));
    }

    [Theory]
    [InlineData("NumClasses = Unknown, Epsilon = 1")]
    [InlineData("NumClasses = 3, Epsilon = Unknown")]
    [InlineData("NumClasses = 3, ClassWeights = new[] { 1.0, Unknown, 1 }")]
    [InlineData("NumClasses = 3, Unknown = 1")]
    public void Arguments_without_a_value_are_no_options(string arguments) => Assert.False(OptionsReader.Read(InputTests.AttributeOf(arguments)).AreAsAsked);

    private static string MemberName(string member) => member.Split('(')[0].Split(" =")[0].Split('<')[0].TrimEnd(';').Split(' ').Last();

    private static IEnumerable<ISymbol> Clashes(string options, string member)
    {
        INamedTypeSymbol type = Find($"[SoftDice.SoftDiceLoss(NumClasses = 2{options})] partial class Loss {{ {member} }} struct Sums;");
        return GeneratedMembers.FindClashes(type);
    }

    private static INamedTypeSymbol Find(string source, string name = "Loss") => GeneratorHarness.Compile(source).AddReferences(GeneratorHarness.Tensors)
        .GetSymbolsWithName(name, SymbolFilter.Type, TestContext.Current.CancellationToken).OfType<INamedTypeSymbol>().Single();
}
