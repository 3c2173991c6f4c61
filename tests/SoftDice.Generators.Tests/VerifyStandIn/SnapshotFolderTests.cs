using System;
using System.IO;
using System.Text;

using Xunit;

namespace VerifyTests;

/// <summary>The stand-in compares, accepts and cleans up as Verify does.</summary>
public sealed class SnapshotFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Accepting_writes_a_byte_order_mark_and_the_text_as_it_is()
    {
        Check([new SnapshotFile("a.g", "cs", "é\n\n"), new SnapshotFile(string.Empty, "txt", "{}")], accept: true);

        Assert.Equal(["P#a.g.verified.cs", "P.verified.txt"], folder.Names());
        Assert.Equal([0xEF, 0xBB, 0xBF, 0xC3, 0xA9, 0x0A, 0x0A], File.ReadAllBytes(folder.FileIn("P#a.g.verified.cs")));
        Assert.Equal([0xEF, 0xBB, 0xBF, 0x7B, 0x7D], File.ReadAllBytes(folder.FileIn("P.verified.txt")));
    }

    [Fact]
    public void A_missing_file_fails_and_is_received()
    {
        SnapshotException thrown = Assert.Throws<SnapshotException>(() => Check([new SnapshotFile("a.g", "cs", "new\n")]));

        Assert.Contains("New: " + folder.FileIn("P#a.g.verified.cs"), thrown.Message, StringComparison.Ordinal);
        Assert.Equal(["P#a.g.received.cs"], folder.Names());
        Assert.Equal([0xEF, 0xBB, 0xBF, .. "new\n"u8], File.ReadAllBytes(folder.FileIn("P#a.g.received.cs")));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("text\n\n")]
    [InlineData("text\r\n")]
    [InlineData("other\n")]
    public void A_different_file_fails_and_stays_as_it_was(string accepted)
    {
        string verified = folder.FileIn("P#a.g.verified.cs");
        File.WriteAllText(verified, accepted);

        SnapshotException thrown = Assert.Throws<SnapshotException>(() => Check([new SnapshotFile("a.g", "cs", "text\n")]));

        Assert.Contains("NotEqual: " + verified, thrown.Message, StringComparison.Ordinal);
        Assert.Equal(accepted, File.ReadAllText(verified));
        Assert.Equal(["P#a.g.received.cs", "P#a.g.verified.cs"], folder.Names());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_same_text_passes_with_and_without_a_byte_order_mark(bool withMark)
    {
        File.WriteAllText(folder.FileIn("P#a.g.verified.cs"), "text\n", new UTF8Encoding(withMark));

        Check([new SnapshotFile("a.g", "cs", "text\n")]);

        Assert.Equal(["P#a.g.verified.cs"], folder.Names());
    }

    [Fact]
    public void A_file_that_is_no_longer_produced_fails_and_accepting_deletes_it()
    {
        File.WriteAllText(folder.FileIn("P#old.g.verified.cs"), "text\n");
        File.WriteAllText(folder.FileIn("P.verified.txt"), "text\n");
        File.WriteAllText(folder.FileIn("P9#of-another-test.verified.cs"), "text\n");

        SnapshotException thrown = Assert.Throws<SnapshotException>(() => Check([]));
        Assert.Contains("Delete: " + folder.FileIn("P#old.g.verified.cs"), thrown.Message, StringComparison.Ordinal);
        Assert.Contains("Delete: " + folder.FileIn("P.verified.txt"), thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("P9", thrown.Message, StringComparison.Ordinal);

        Check([], accept: true);
        Assert.Equal(["P9#of-another-test.verified.cs"], folder.Names());
    }

    [Fact]
    public void What_an_earlier_failure_left_is_deleted()
    {
        SnapshotFile file = new("a.g", "cs", "text\n");
        Assert.Throws<SnapshotException>(() => Check([file]));

        Check([file], accept: true);

        Assert.Equal(["P#a.g.verified.cs"], folder.Names());
    }

    public void Dispose() => folder.Dispose();

    private void Check(SnapshotFile[] files, bool accept = false) => new SnapshotFolder(folder.Path).Check("P", files, accept);
}
