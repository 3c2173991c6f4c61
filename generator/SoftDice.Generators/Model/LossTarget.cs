using System.Linq;

namespace SoftDice.Generators.Model;

/// <summary>Where the loss goes: the annotated type, by name.</summary>
/// <param name="Namespace">The namespace, empty for the global one.</param>
/// <param name="Types">From the outermost container to the annotated type.</param>
/// <param name="CanBeTypeArgument">Whether the type can implement the interface: it is neither static nor a ref struct.</param>
/// <param name="HintName">The name of the generated file, without the ending that all of them have.</param>
internal sealed record LossTarget(string Namespace, EquatableArray<TypePart> Types, bool CanBeTypeArgument, string HintName)
{
    /// <summary>The annotated type itself.</summary>
    public TypePart Type => Types[Types.Count - 1];

    /// <summary>The fully qualified name, as generated code writes it.</summary>
    public string FullName =>
        "global::" + (Namespace.Length == 0 ? string.Empty : Namespace + ".") +
        string.Join(".", Types.Select(part => part.NameWithTypeParameters));

    /// <summary>A type parameter name that hides none of the user's.</summary>
    public string FreeTypeParameter(string wish)
    {
        while (Types.Any(part => part.TypeParameters.Contains(wish)))
        {
            wish += "_";
        }

        return wish;
    }
}
