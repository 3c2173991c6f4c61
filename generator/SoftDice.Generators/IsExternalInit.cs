namespace System.Runtime.CompilerServices;

/// <summary>What the compiler wants of a framework before it lets a record have init-only properties.</summary>
internal static class IsExternalInit;
