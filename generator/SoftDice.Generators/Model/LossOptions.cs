namespace SoftDice.Generators.Model;

/// <summary>What the attribute asks for, every value valid.</summary>
internal sealed record LossOptions(int NumClasses, double Epsilon)
{
    public const int MaxNumClasses = 4096;
    public const double DefaultEpsilon = 1e-5;
}
