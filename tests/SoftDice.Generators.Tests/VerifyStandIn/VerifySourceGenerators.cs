using System;

namespace VerifyTests;

/// <summary>Stands in for the package Verify.SourceGenerators, which has to be switched on once.</summary>
public static class VerifySourceGenerators
{
    internal static bool IsInitialized { get; private set; }

    public static void Initialize()
    {
        if (IsInitialized)
        {
            throw new InvalidOperationException("Already Initialized");
        }

        IsInitialized = true;
    }
}
