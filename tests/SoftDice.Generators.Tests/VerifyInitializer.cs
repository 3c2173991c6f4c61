using System.Runtime.CompilerServices;

using VerifyTests;

namespace SoftDice.Generators.Tests;

internal static class VerifyInitializer
{
    [ModuleInitializer]
    public static void Initialize() => VerifySourceGenerators.Initialize();
}
