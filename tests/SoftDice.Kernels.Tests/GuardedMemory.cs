using System;
using System.Runtime.InteropServices;

namespace SoftDice.Kernels.Tests;

/// <summary>Memory that ends, or begins, at a page that cannot be touched: one element too far and the process dies.</summary>
internal sealed unsafe partial class GuardedMemory : IDisposable
{
    private readonly byte* start;
    private readonly nuint length;
    private readonly nuint page = (nuint)Environment.SystemPageSize;

    public GuardedMemory(nuint bytes)
    {
        nuint pages = ((bytes + page - 1) / page) + 2;
        length = pages * page;
        start = (byte*)(OperatingSystem.IsWindows()
            ? VirtualAlloc(0, length, AllocationType: 0x3000, Protect: 0x04)
            : Map(0, length, protection: 3, flags: OperatingSystem.IsLinux() ? 0x22 : 0x1002, file: -1, offset: 0));
        if (start is null || start == (byte*)-1)
        {
            throw new InvalidOperationException($"No memory with guard pages: error {Marshal.GetLastPInvokeError()}.");
        }

        Forbid(start);
        Forbid(start + length - page);
    }

    /// <summary>Elements that lie against the page after them.</summary>
    public Span<T> AtEnd<T>(int count)
        where T : unmanaged =>
        new(start + length - page - ((nuint)count * (nuint)sizeof(T)), count);

    /// <summary>Elements that lie against the page before them.</summary>
    public Span<T> AtStart<T>(int count)
        where T : unmanaged =>
        new(start + page, count);

    public void Dispose()
    {
        _ = OperatingSystem.IsWindows() ? VirtualFree(start, 0, FreeType: 0x8000) : Unmap(start, length);
    }

    private void Forbid(byte* where)
    {
        int result = OperatingSystem.IsWindows()
            ? VirtualProtect(where, page, NewProtect: 0x01, out _) - 1
            : Protect(where, page, protection: 0);
        if (result != 0)
        {
            throw new InvalidOperationException($"A guard page could not be made: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(byte* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(byte* address, nuint length);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial nint VirtualAlloc(nint Address, nuint Size, uint AllocationType, uint Protect);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial int VirtualProtect(byte* Address, nuint Size, uint NewProtect, out uint OldProtect);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial int VirtualFree(byte* Address, nuint Size, uint FreeType);
}
