using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace SoftDice;

/// <summary>A copy of a list that compares by content, so that a record holding one does too.</summary>
internal sealed class EqualByItems<T>(IReadOnlyList<T> items) : IReadOnlyList<T>
{
    private readonly T[] items = [.. items];

    public int Count => items.Length;

    public T this[int index] => items[index];

    public override bool Equals(object? obj) => obj is EqualByItems<T> other && items.SequenceEqual(other.items);

    public override int GetHashCode() => items.Aggregate(items.Length, HashCode.Combine);

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
