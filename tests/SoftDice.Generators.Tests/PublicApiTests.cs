using System.Linq;
using System.Threading.Tasks;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

using VerifyXunit;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>Whatever changes for users of the libraries shows in a diff.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public async Task The_public_api_is_as_accepted()
    {
        IAssemblySymbol library = Find(GeneratorHarness.Compile(), "SoftDice");

        await Verifier.Verify(PublicApiText.Write(library)).UseDirectory("Snapshots").UseFileName("PublicApi");
    }

    [Fact]
    public async Task The_public_api_of_the_modules_is_as_accepted()
    {
        CSharpCompilation compilation = GeneratorHarness.Compile().AddReferences(
            MetadataReference.CreateFromFile(typeof(SoftDiceLossModule<,>).Assembly.Location),
            MetadataReference.CreateFromFile(typeof(TorchSharp.torch).Assembly.Location));
        IAssemblySymbol modules = Find(compilation, "SoftDice.TorchSharp");

        await Verifier.Verify(PublicApiText.Write(modules)).UseDirectory("Snapshots").UseFileName("PublicApiOfModules");
    }

    private static IAssemblySymbol Find(CSharpCompilation compilation, string name) =>
        compilation.SourceModule.ReferencedAssemblySymbols.Single(assembly => assembly.Name == name);
}
