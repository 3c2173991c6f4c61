namespace SoftDice.Generators.Tests.Pages;

/// <summary>What the comment before a block says of it.</summary>
internal enum BlockKind
{
    /// <summary>No comment: the block goes on where the one before it ends.</summary>
    Fragment,

    /// <summary>«context» and C#: no block itself, but hidden lines that begin another program.</summary>
    Context,

    /// <summary>«program»: a file of its own, with its top-level statements.</summary>
    Program,

    /// <summary>«reports SDG001»: a file of its own, in which this is wrong and nothing else.</summary>
    Reports,

    /// <summary>«compiled in FILE»: its lines are in that file, which is compiled.</summary>
    CompiledIn,

    /// <summary>«generated» or «from»: generated code, compared with it by other tests.</summary>
    Generated,
}

/// <summary>A block of C# on a page.</summary>
/// <param name="Kind">How it is tested.</param>
/// <param name="Argument">What the comment says after that.</param>
/// <param name="Text">The C#.</param>
/// <param name="Line">Where it begins, from 1.</param>
internal sealed record CodeBlock(BlockKind Kind, string Argument, string Text, int Line);
