using System;
using System.IO;
using System.Threading.Tasks;

using VerifyXunit;

using Xunit;

namespace VerifyTests;

/// <summary>The names of snapshots, and what the package refuses too.</summary>
public sealed class SettingsTaskTests
{
    [Theory]
    [InlineData("a/b", 0.5, true)]
    public void Arguments_of_a_theory_are_in_the_name_unless_others_are_given(string who, double eps, bool flag)
    {
        TestName name = TestName.OfRunningTest();

        Assert.Equal([who, eps, flag], name.Arguments);
        Assert.Equal($"{nameof(SettingsTaskTests)}.{name.MethodName}_who=a-b_eps=0.5_flag=True", name.Prefix(name.Arguments));
        Assert.Equal($"{nameof(SettingsTaskTests)}.{name.MethodName}_who=null", name.Prefix([null]));
        Assert.Throws<InvalidOperationException>(() => name.Prefix([1, 2, 3, 4]));
    }

    [Fact]
    public async Task A_prefix_cannot_be_used_twice()
    {
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(folder.FileIn("Twice.verified.txt"), "text", TestContext.Current.CancellationToken);

        await Verifier.Verify("text").UseDirectory(folder.Path).UseFileName("Twice");

        InvalidOperationException thrown = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Verifier.Verify("text").UseDirectory(folder.Path).UseFileName("Twice"));
        Assert.StartsWith("The prefix has already been used", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Switching_on_twice_is_refused() =>
        Assert.Equal("Already Initialized", Assert.Throws<InvalidOperationException>(VerifySourceGenerators.Initialize).Message);
}
