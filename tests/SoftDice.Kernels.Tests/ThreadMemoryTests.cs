using System;

using Xunit;

namespace SoftDice.Kernels.Tests;

/// <summary>What all threads together allocate.</summary>
[Collection(Alone.Name)]
public sealed class ThreadMemoryTests
{
    public static TheoryData<string> All => ThreadTable.Names;

    /// <summary>The least of several calls: a thread of the pool that is new keeps a block of working memory from its first one on.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void No_thread_allocates_anything(string name)
    {
        ThreadedBatch batch = ThreadTable.Find(name);
        foreach (int degree in new[] { 1, 2, 7 })
        {
            long least = long.MaxValue;
            for (int call = 0; call < 12 && least > 0; call++)
            {
                long start = GC.GetTotalAllocatedBytes(precise: true);
                batch.Run(degree);
                least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - start);
            }

            Assert.True(least == 0, $"{name}, {degree} threads: {least} bytes");
        }
    }
}
