using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

using Xunit;
using Xunit.v3;

namespace VerifyTests;

/// <summary>Class, method and arguments of a test, as they stand in the names of its snapshots.</summary>
internal sealed record TestName(string ClassName, string MethodName, string[] ParameterNames, object?[] Arguments)
{
    // Those of Windows, on every system, so that a repository can be checked out on every system.
    private static readonly HashSet<char> BadCharacters =
        [.. Enumerable.Range(0, 32).Select(code => (char)code), .. "\"<>|:*?\\/"];

    public static TestName OfRunningTest()
    {
        if (TestContext.Current is not { TestMethod: IXunitTestMethod method, Test: IXunitTest test })
        {
            throw new InvalidOperationException("There is no running test.");
        }

        Type type = method.TestClass.Class;
        int namespaceLength = type.Namespace is null ? 0 : type.Namespace.Length + 1;
        return new TestName(
            type.FullName![namespaceLength..].Replace('+', '.'),
            method.Method.Name,
            [.. method.Method.GetParameters().Select(parameter => parameter.Name!)],
            test.TestMethodArguments);
    }

    /// <summary>What all files of the test begin with: <c>Class.Method_first=value_second=value</c>.</summary>
    public string Prefix(object?[] parameters)
    {
        if (parameters.Length > ParameterNames.Length)
        {
            throw new InvalidOperationException(
                $"The number of passed in parameters ({parameters.Length}) must not exceed the number of parameters for the " +
                $"method ({ParameterNames.Length}).");
        }

        return $"{ClassName}.{MethodName}" +
            string.Concat(parameters.Select((value, index) => $"_{ParameterNames[index]}={InFileName(value)}"));
    }

    private static string InFileName(object? value)
    {
        string text = value is null ? "null" : Convert.ToString(value, CultureInfo.InvariantCulture)!;
        return string.Concat(text.Select(character => BadCharacters.Contains(character) ? '-' : character));
    }
}
