using System;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

using SoftDice.Disassembly;
using SoftDice.Kernels;

// Which lanes the hardware has is for this process to say: the one that starts it may have been told to do without some.
if (Vector512.IsHardwareAccelerated)
{
    Calls.All<Lanes512>();
    Console.WriteLine(nameof(Lanes512));
}
else if (Vector256.IsHardwareAccelerated)
{
    Calls.All<Lanes256>();
    Console.WriteLine(nameof(Lanes256));
}
else
{
    Calls.All<Lanes128>();
    Console.WriteLine($"{nameof(Lanes128)}, {(Avx.IsSupported ? "AVX" : "SSE")}");
}
