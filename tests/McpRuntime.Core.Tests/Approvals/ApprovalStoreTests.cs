using McpRuntime.Approvals;
using McpRuntime.Network;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Approvals;

public sealed class ApprovalStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private string DataFolder => _folder.PathOf("data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_approved_is_read_by_another_process()
    {
        await new ApprovalStore(DataFolder).ApproveAsync(
            "pets",
            [Of("https://api.example/v1")],
            ["LocalHost", "[::1]"],
            CancellationToken
        );
        var approvals = new ApprovalStore(DataFolder).For("pets");
        Assert.True(approvals.Allows(Of("https://api.example")));
        Assert.False(approvals.Allows(Of("http://api.example")));
        Assert.False(approvals.Allows(Of("https://api.example:8443")));
        Assert.Equal(["localhost", "::1"], approvals.PrivateHosts.Select(entry => entry.Host));
        Assert.Same(ConnectorApprovals.None, new ApprovalStore(DataFolder).For("other"));
    }

    [Fact]
    public async Task Second_approval_adds_and_keeps_the_first_time()
    {
        var store = new ApprovalStore(DataFolder);
        await store.ApproveAsync("pets", [Of("https://a.example")], [], CancellationToken);
        var first = store.For("pets").Origins.Single().ApprovedAt;
        await store.ApproveAsync("pets", [Of("https://a.example"), Of("https://b.example")], [], CancellationToken);
        Assert.Equal(
            ["https://a.example", "https://b.example"],
            store.For("pets").Origins.Select(entry => entry.Origin.ToString())
        );
        Assert.Equal(first, store.For("pets").Origins[0].ApprovedAt);
        await store.ForgetAsync("pets", CancellationToken);
        Assert.Empty(store.For("pets").Origins);
    }

    [Fact]
    public async Task What_another_store_of_the_process_approves_counts_at_once_and_another_process_soon()
    {
        var time = new Calls.ManualTime();
        var store = new ApprovalStore(DataFolder, time);
        Assert.Empty(store.For("pets").Origins);
        await new ApprovalStore(DataFolder).ApproveAsync("pets", [Of("https://a.example")], [], CancellationToken);
        Assert.Single(store.For("pets").Origins);
        File.Delete(Path.Combine(DataFolder, ApprovalStore.FileName));
        Assert.Empty(store.Now("pets").Origins);
        await new ApprovalStore(DataFolder).ApproveAsync("pets", [Of("https://a.example")], [], CancellationToken);
        Assert.Single(store.For("pets").Origins);
        File.Delete(Path.Combine(DataFolder, ApprovalStore.FileName));
        time.Advance(TimeSpan.FromSeconds(0.3));
        Assert.Empty(store.For("pets").Origins);
    }

    [Fact]
    public async Task Concurrent_writers_lose_nothing_and_leave_nothing()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(i =>
                    Task.Run(
                        () =>
                            new ApprovalStore(DataFolder).ApproveAsync(
                                $"c{i}",
                                [Of($"https://c{i}.example")],
                                [],
                                CancellationToken
                            ),
                        CancellationToken
                    )
                )
        );
        var store = new ApprovalStore(DataFolder);
        Assert.All(Enumerable.Range(0, 12), i => Assert.True(store.For($"c{i}").Allows(Of($"https://c{i}.example"))));
        Assert.Equal(["data/approvals.json", "data/approvals.lock"], _folder.Files());
    }

    [Fact]
    public async Task Only_the_owner_may_read_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows protects the user's profile folder instead.");
            return;
        }
        await new ApprovalStore(DataFolder).ApproveAsync("pets", [], ["localhost"], CancellationToken);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Path.Combine(DataFolder, "approvals.json"))
        );
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(DataFolder)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData(
        """{"connectors": {"pets": {"origins": {"api.example": "2026-01-01T00:00:00Z"}, "private_hosts": {}}}}"""
    )]
    public void Damaged_file_is_named_and_approves_nothing(string text)
    {
        var path = _folder.Write("data/approvals.json", text);
        var error = Assert.Throws<McpRuntimeException>(() => new ApprovalStore(DataFolder).For("pets"));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    private static Origin Of(string url) => Origin.Of(new Uri(url));
}
