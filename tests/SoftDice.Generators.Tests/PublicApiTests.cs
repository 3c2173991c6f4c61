using System.Linq;
using System.Threading.Tasks;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

using VerifyXunit;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>Whatever changes for users of the library shows in a diff.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public async Task The_public_api_is_as_accepted()
    {
        CSharpCompilation compilation = GeneratorHarness.Compile();
        IAssemblySymbol library = compilation.SourceModule.ReferencedAssemblySymbols.Single(assembly => assembly.Name == "SoftDice");

        await Verifier.Verify(PublicApiText.Write(library)).UseDirectory("Snapshots").UseFileName("PublicApi");
    }
}
