namespace SoftDice.Samples.QuickStart;

/// <summary>
/// MT19937 (Matsumoto and Nishimura, 1998), the generator behind PyTorch's CPU tensors and NumPy's legacy random functions:
/// the same seed gives the same numbers as there.
/// </summary>
internal sealed class MersenneTwister
{
    private const int StateSize = 624;
    private const int MiddleWord = 397;
    private const uint UpperBit = 0x8000_0000;
    private const uint LowerBits = 0x7fff_ffff;
    private const uint TwistMatrix = 0x9908_b0df;

    private readonly uint[] state = new uint[StateSize];
    private int next = StateSize;

    public MersenneTwister(uint seed)
    {
        // Initialisation of 2002: Knuth's linear congruential generator, with the index added so that zeros do not stay zeros.
        const uint Multiplier = 1_812_433_253;

        state[0] = seed;
        for (uint i = 1; i < StateSize; i++)
        {
            uint previous = state[i - 1];
            state[i] = unchecked((Multiplier * (previous ^ (previous >> 30))) + i);
        }
    }

    /// <summary>The next 32 random bits.</summary>
    public uint NextUInt32()
    {
        if (next == StateSize)
        {
            Twist();
            next = 0;
        }

        // Tempering spreads the linear recurrence over all bits of the word.
        uint word = state[next++];
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c_5680;
        word ^= (word << 15) & 0xefc6_0000;
        return word ^ (word >> 18);
    }

    /// <summary>
    /// A float in [0, 1) as PyTorch's <c>uniform_()</c> draws it on the CPU: the 24 low bits of one draw, as many as a float's
    /// significand holds, so that every value is exact.
    /// </summary>
    public float NextUniform()
    {
        const int SignificandBits = 24;
        const uint Mask = (1u << SignificandBits) - 1;

        return (NextUInt32() & Mask) * (1f / (1u << SignificandBits));
    }

    private void Twist()
    {
        for (int i = 0; i < StateSize; i++)
        {
            uint joined = (state[i] & UpperBit) | (state[(i + 1) % StateSize] & LowerBits);
            uint twisted = (joined >> 1) ^ ((joined & 1) == 0 ? 0 : TwistMatrix);
            state[i] = state[(i + MiddleWord) % StateSize] ^ twisted;
        }
    }
}
