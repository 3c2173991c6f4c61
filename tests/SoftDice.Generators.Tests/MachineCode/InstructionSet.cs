namespace SoftDice.Generators.Tests.MachineCode;

/// <summary>What the JIT is allowed to use of an x64 processor: each is the best of a generation that a kernel has a width for.</summary>
public enum InstructionSet
{
    /// <summary>128 bits and two operands, as code compiled ahead of time for any x64 may use.</summary>
    Sse,

    /// <summary>128 bits and three operands.</summary>
    Avx,

    /// <summary>256 bits.</summary>
    Avx2,

    /// <summary>512 bits and mask registers.</summary>
    Avx512,
}
