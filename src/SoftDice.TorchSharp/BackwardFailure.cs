using System;

using static TorchSharp.torch;

namespace SoftDice.Torch;

/// <summary>
/// How a backward pass fails. TorchSharp calls it from native code, through which no exception of .NET gets: it would end the process.
/// </summary>
internal static class BackwardFailure
{
    /// <summary>
    /// Writes what is wrong to the standard error stream, and gives a gradient of a shape that the engine refuses, so that <c>backward()</c> throws.
    /// </summary>
    public static Tensor Report(Exception exception)
    {
        Console.Error.WriteLine($"The gradient of a soft Dice loss failed, and autograd gets one that it refuses: {FirstLine(exception.Message)}");
        using IDisposable guard = no_grad();
        return HandedOver.Keep(empty([0], ScalarType.Float32, CPU));
    }

    // What follows is the stack of libtorch.
    private static string FirstLine(string message) => message.Split('\n', 2)[0];
}
