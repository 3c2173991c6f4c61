using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

using SoftDice.Benchmarks;

if (args is not ["ratios"])
{
    Console.Error.WriteLine("Usage: dotnet run -c Release --project tests/SoftDice.Benchmarks -- ratios");
    return 2;
}

int width = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 32;
Console.WriteLine($"Forward from probabilities, byte labels, one thread, {width}-bit lanes, {RuntimeInformation.FrameworkDescription}.");
Console.WriteLine("The ratio is the time of reading the same bytes to the time of the loss: 1 is the speed of memory.");
Console.WriteLine();
Console.WriteLine($"{"case",-22} {"read the same bytes",24}   {"forward",24}   ratio   allocated");
ForwardCase.For<Loss2, Loss2.Sums>(2, 1024, 512).Measure();
ForwardCase.For<Loss3, Loss3.Sums>(1, 224, 224).Measure();
ForwardCase.For<Loss3, Loss3.Sums>(2, 1024, 512).Measure();
ForwardCase.For<Loss3, Loss3.Sums>(8, 1024, 1024).Measure();
ForwardCase.For<Loss19, Loss19.Sums>(1, 224, 224).Measure();
ForwardCase.For<Loss19, Loss19.Sums>(2, 1024, 512).Measure();
ForwardCase.For<Loss150, Loss150.Sums>(1, 512, 512).Measure();
return 0;
