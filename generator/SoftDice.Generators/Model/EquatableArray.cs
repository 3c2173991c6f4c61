using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace SoftDice.Generators.Model;

/// <summary>An array that compares by content, so that a record holding one can be cached between edits.</summary>
internal readonly struct EquatableArray<T>(params T[] items) : IEquatable<EquatableArray<T>>, IReadOnlyList<T>
    where T : IEquatable<T>
{
    private readonly T[]? items = items;

    public int Count => Items.Length;

    private T[] Items => items ?? [];

    public T this[int index] => Items[index];

    public bool Equals(EquatableArray<T> other) => Items.AsSpan().SequenceEqual(other.Items);

    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    public override int GetHashCode() => Items.Aggregate(Items.Length, (hash, item) => unchecked((hash * 31) + item.GetHashCode()));

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
