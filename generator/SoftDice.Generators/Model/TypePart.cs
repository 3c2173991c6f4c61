namespace SoftDice.Generators.Model;

/// <summary>One type in the chain from the outermost container to the annotated type, as it is re-opened.</summary>
/// <param name="Keyword">Such as <c>class</c> or <c>record struct</c>.</param>
/// <param name="Name">The name, with <c>@</c> where it is a keyword.</param>
/// <param name="TypeParameters">The names of the type parameters; constraints need not be repeated.</param>
internal sealed record TypePart(string Keyword, string Name, EquatableArray<string> TypeParameters)
{
    /// <summary>Name and type parameters, as in <c>Outer&lt;T&gt;</c>.</summary>
    public string NameWithTypeParameters =>
        TypeParameters.Count == 0 ? Name : $"{Name}<{string.Join(", ", TypeParameters)}>";
}
