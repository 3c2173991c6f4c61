using System;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;

using SoftDice.FirstCall;

// Clocks of two processes on one machine agree: the first argument is when the other one started this.
long main = Stopwatch.GetTimestamp();
long start = long.Parse(args[0], CultureInfo.InvariantCulture);
LossCase small = new(args[1], 1, 16, 16);

long before = Stopwatch.GetTimestamp();
double loss = small.Run();
long after = Stopwatch.GetTimestamp();

double steady = new LossCase(args[1], 2, 1024, 512).MedianTime();
int bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
Console.Write(string.Create(
    CultureInfo.InvariantCulture,
    $"{Between(start, main)} {Between(before, after)} {Between(start, after)} {steady} {bits} {loss}"));

static double Between(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;
