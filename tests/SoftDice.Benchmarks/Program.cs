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
Console.WriteLine($"Byte labels, one thread, {width}-bit lanes, {RuntimeInformation.FrameworkDescription}. Medians, measured in turn.");
Console.WriteLine("The limit is reading the same bytes once; with a gradient, reading them twice and writing it once.");
Console.WriteLine();
Console.WriteLine("| case | limit, ms | loss, ms | limit / loss | bytes allocated |");
Console.WriteLine("|---|---|---|---|---|");

const string Probabilities = "forward, probabilities";
BenchmarkCase.Forward<Loss2, Loss2.Sums>(Probabilities, 2, 1024, 512).Measure();
BenchmarkCase.Forward<Loss3, Loss3.Sums>(Probabilities, 1, 224, 224).Measure();
BenchmarkCase.Forward<Loss3, Loss3.Sums>(Probabilities, 2, 1024, 512).Measure();
BenchmarkCase.Forward<Loss3, Loss3.Sums>(Probabilities, 8, 1024, 1024).Measure();
BenchmarkCase.Forward<Loss19, Loss19.Sums>(Probabilities, 1, 224, 224).Measure();
BenchmarkCase.Forward<Loss19, Loss19.Sums>(Probabilities, 2, 1024, 512).Measure();
BenchmarkCase.Forward<Loss150, Loss150.Sums>(Probabilities, 1, 512, 512).Measure();

const string Logits = "forward, softmax";
BenchmarkCase.Forward<Softmax3, Softmax3.Sums>(Logits, 2, 1024, 512).Measure();
BenchmarkCase.Forward<Softmax19, Softmax19.Sums>(Logits, 2, 1024, 512).Measure();
BenchmarkCase.Forward<Softmax150, Softmax150.Sums>(Logits, 1, 512, 512).Measure();

const string Training = "forward and backward, softmax";
BenchmarkCase.ForwardBackward<Softmax3, Softmax3.Sums>(Training, 2, 1024, 512).Measure();
BenchmarkCase.ForwardBackward<Softmax19, Softmax19.Sums>(Training, 2, 1024, 512).Measure();
BenchmarkCase.ForwardBackward<Softmax150, Softmax150.Sums>(Training, 1, 512, 512).Measure();
return 0;
