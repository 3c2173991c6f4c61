using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

using Xunit;

namespace SoftDice.PackageTests;

/// <summary>A user's program with a module of the second package.</summary>
public sealed class TorchTests(Workplace workplace)
{
    // Those of build/LibTorch.props.
    private static string? LibTorch => (RuntimeInformation.OSArchitecture, OperatingSystem.IsLinux(), OperatingSystem.IsWindows(), OperatingSystem.IsMacOS()) switch
    {
        (Architecture.X64, true, _, _) => "libtorch-cpu-linux-x64",
        (Architecture.X64, _, true, _) => "libtorch-cpu-win-x64",
        (Architecture.Arm64, _, _, true) => "libtorch-cpu-osx-arm64",
        _ => null,
    };

    [Fact]
    public async Task It_builds_without_a_warning_and_trains()
    {
        string? libTorch = LibTorch;
        string[] native = libTorch is null ? [] : [$"-p:LibTorch={libTorch}", $"-p:LibTorchVersion={Workplace.VersionOf(libTorch)}"];
        Ending build = await workplace.Dotnet("torch", "build", "Torch/Torch.csproj", ["-p:Nullable=enable", "-p:CheckForOverflowUnderflow=true", .. native]);
        Assert.Contains("    0 Warning(s)", build.MustBeWell(), StringComparison.Ordinal);

        // The generator came with the package that the project references, not with the other.
        string generated = workplace.Folder("torch", "obj", "Torch");
        Assert.NotEmpty(Directory.EnumerateFiles(generated, "Consumer.TissueLoss.SoftDice.g.cs", SearchOption.AllDirectories));

        Assert.SkipWhen(libTorch is null, $"It was built, but there is no package of libtorch for {RuntimeInformation.RuntimeIdentifier} to run it with.");
        string program = Assert.Single(Directory.GetFiles(workplace.Folder("torch", "bin", "Torch"), "Torch.dll", SearchOption.AllDirectories));
        Ending run = await Tool.Run("dotnet", workplace.Folder(), Tool.SameEnvironment, program);
        Printed.MustBeRightOfModule(run.MustBeWell());
    }
}
