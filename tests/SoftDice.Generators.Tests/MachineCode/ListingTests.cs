using Xunit;

namespace SoftDice.Generators.Tests.MachineCode;

/// <summary>That the tests of the machine code can fail: a listing in the JIT's format, with all that is not wanted in it.</summary>
public sealed class ListingTests
{
    private const string Text =
        """

        ; rbp based frame

        G_M000_IG01:                ;; offset=0x0000
               push     rbp
               xor      eax, eax
        						;; size=3 bbWeight=1 PerfScore 1.25

        G_M000_IG02:                ;; offset=0x0003
               xor      ecx, ecx
               align    [7 bytes for IG03]

        G_M000_IG03:                ;; offset=0x000C
               vaddps   zmm9 {k1}, zmm9, zmm16
               vmovups  zmmword ptr [rbp-0xC0], zmm9
               call     [Some:Method()]
               add      rcx, 16
               cmp      rcx, rdx
               jb       SHORT G_M000_IG03

        G_M000_IG04:                ;; offset=0x0040
               inc      eax
               jne      G_M000_IG02
               ret

        G_M000_IG05:                ;; offset=0x0048
               jmp      SHORT G_M000_IG04

        RWD00  	dd	3F000000h		;       0.5

        """;

    private readonly CompiledLoop loop = Assert.Single(CompiledMethod.Parse("M", Text).InnermostLoops);

    [Fact]
    public void The_innermost_loop_is_found() => Assert.Equal(
        [
            "vaddps   zmm9 {k1}, zmm9, zmm16",
            "vmovups  zmmword ptr [rbp-0xC0], zmm9",
            "call     [Some:Method()]",
            "add      rcx, 16",
            "cmp      rcx, rdx",
            "jb       SHORT G_M000_IG03",
        ],
        loop.Instructions);

    [Fact]
    public void What_is_not_wanted_is_named() => Assert.Equal(
        [
            "'vaddps +zmm' is there 1 times instead of 2",
            "'vscalefps' is there 0 times instead of 1",
            "it calls a method",
            "it has 6 instructions instead of 5",
            "it reads or writes the stack 1 times instead of 0",
            "it spills or reloads 1 vectors instead of 0",
        ],
        new WantedLoop([("vaddps +zmm", 2), ("add", 1), ("vscalefps", 1)], 5, 0, 0).Complaints(loop));

    [Fact]
    public void What_is_allowed_is_not() =>
        Assert.Equal(["it calls a method"], new WantedLoop([("vaddps +zmm", 1)], 6, 1, 1).Complaints(loop));
}
