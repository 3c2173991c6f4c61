namespace SoftDice.Generators;

/// <summary>Names of the generator's steps, shared with the tests of its caching.</summary>
internal static class TrackingNames
{
    public const string Specs = nameof(Specs);
    public const string AmbiguousHintNames = nameof(AmbiguousHintNames);
    public const string NamedSpecs = nameof(NamedSpecs);
}
