using McpRuntime.Http.Audit;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.Storage;
using McpRuntime.Http.Tokens;
using McpRuntime.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpRuntime.Http.Tests.Storage;

/// <summary>The same tests on both databases.</summary>
public class StorageTests(PostgresServer postgres)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_is_kept_by_its_hash_alone(bool isPostgres)
    {
        await using var place = await PlaceAsync(isPostgres);
        var store = new TokenStore(place.Database, TimeProvider.System);

        var (token, text) = await store.CreateAsync("ci", ["reader", "user"], TimeSpan.FromDays(1), Cancelled);

        var found = (await store.FindAsync([token.Id], Cancelled)).Single();
        Assert.Equal(("ci", token.Hash, token.Id), (found.Name, found.Hash, TokenSecret.IdOf(text)));
        Assert.Equal(["reader", "user"], found.Roles);
        Assert.True(TokenSecret.Matches(text, found.Hash));
        Assert.False(TokenSecret.Matches(text[..^1] + (text[^1] == 'A' ? 'B' : 'A'), found.Hash));
        Assert.DoesNotContain(text[^20..], found.Hash);
        Assert.True(found.IsValidAt(DateTimeOffset.UtcNow));
        Assert.False(found.IsValidAt(DateTimeOffset.UtcNow.AddDays(2)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_is_revoked_once(bool isPostgres)
    {
        await using var place = await PlaceAsync(isPostgres);
        var store = new TokenStore(place.Database, TimeProvider.System);
        var (token, _) = await store.CreateAsync("ci", ["reader"], null, Cancelled);

        Assert.Null(await store.CreateFirstAsync("first", "admin", Cancelled));
        Assert.True(await store.RevokeAsync(token.Id, Cancelled));
        Assert.False(await store.RevokeAsync(token.Id, Cancelled));
        Assert.NotNull(await store.CreateFirstAsync("first", "admin", Cancelled));
        Assert.False(
            (await store.ListAsync(Cancelled)).Single(listed => listed.Id == token.Id).IsValidAt(DateTimeOffset.UtcNow)
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_audit_is_read_newest_first_and_page_by_page(bool isPostgres)
    {
        await using var place = await PlaceAsync(isPostgres);
        var store = new AuditStore(place.Database);
        using var audit = new AuditLog(
            store,
            new GatewaySettings { Database = place.Target },
            TimeProvider.System,
            NullLogger<AuditLog>.Instance
        );
        await audit.StartAsync(Cancelled);
        for (var i = 0; i < 450; i++)
            audit.Add(
                new AuditEntry(
                    DateTimeOffset.UtcNow,
                    "token:x",
                    "tool.call",
                    $"t{i}",
                    "200",
                    TimeSpan.FromMilliseconds(i),
                    "id",
                    "127.0.0.1"
                )
            );
        await audit.StopAsync(Cancelled);

        var first = await store.ReadAsync(long.MaxValue, 2, AuditFilter.Everything, Cancelled);
        var second = await store.ReadAsync(first[^1].Id, 1000, AuditFilter.Everything, Cancelled);

        Assert.Equal(["t449", "t448"], first.Select(found => found.Entry.Target));
        Assert.Equal(448, second.Count);
        Assert.Equal(("t447", TimeSpan.FromMilliseconds(447)), (second[0].Entry.Target, second[0].Entry.Duration));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_entry_that_the_database_does_not_take_keeps_no_other_from_it(bool isPostgres)
    {
        await using var place = await PlaceAsync(isPostgres);
        await place.Database.ExecuteAsync(
            isPostgres
                ? "ALTER TABLE gateway_audit ADD CONSTRAINT good CHECK (target NOT LIKE 'bad%')"
                : "CREATE TRIGGER good BEFORE INSERT ON gateway_audit WHEN NEW.target LIKE 'bad%' BEGIN SELECT RAISE(ABORT, 'bad'); END",
            Cancelled
        );
        var store = new AuditStore(place.Database);
        using var audit = new AuditLog(
            store,
            new GatewaySettings { Database = place.Target },
            TimeProvider.System,
            NullLogger<AuditLog>.Instance
        );
        for (var i = 0; i < 100; i++)
            audit.Add(Entry(i is 17 or 18 or 99 ? $"bad{i}" : $"t{i}"));
        await audit.StartAsync(Cancelled);
        await audit.StopAsync(Cancelled);

        Assert.Equal(97, (await store.ReadAsync(long.MaxValue, 1000, AuditFilter.Everything, Cancelled)).Count);
        Assert.Equal((3, 0), (audit.Lost, audit.Waiting));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_no_database_can_keep_is_replaced_in_the_audit(bool isPostgres)
    {
        await using var place = await PlaceAsync(isPostgres);
        var store = new AuditStore(place.Database);
        using var audit = new AuditLog(
            store,
            new GatewaySettings { Database = place.Target },
            TimeProvider.System,
            NullLogger<AuditLog>.Instance
        );
        audit.Add(Entry("a\0b\ud800c😀") with { Detail = new string('x', 5000) });
        await audit.StartAsync(Cancelled);
        await audit.StopAsync(Cancelled);

        var (_, entry) = Assert.Single(await store.ReadAsync(long.MaxValue, 10, AuditFilter.Everything, Cancelled));
        Assert.Equal(("a\ufffdb\ufffdc😀", 1000), (entry.Target, entry.Detail.Length));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Old_entries_of_the_audit_go(bool isPostgres)
    {
        await using var place = await PlaceAsync(isPostgres);
        var store = new AuditStore(place.Database);
        using var audit = new AuditLog(
            store,
            new GatewaySettings { Database = place.Target, AuditDays = 1 },
            TimeProvider.System,
            NullLogger<AuditLog>.Instance
        );
        audit.Add(new AuditEntry(DateTimeOffset.UtcNow.AddDays(-2), "c", "a", "old", "ok", default, "", ""));
        audit.Add(new AuditEntry(DateTimeOffset.UtcNow, "c", "a", "new", "ok", default, "", ""));
        await audit.StartAsync(Cancelled);
        await audit.StopAsync(Cancelled);

        Assert.Equal(
            ["new"],
            (await store.ReadAsync(long.MaxValue, 10, AuditFilter.Everything, Cancelled)).Select(found =>
                found.Entry.Target
            )
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Migrations_are_applied_once_however_many_start(bool isPostgres)
    {
        await using var place = await PlaceAsync(isPostgres);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Migrations.ApplyAsync(place.Database, Cancelled)));

        Assert.Equal(
            Enumerable.Range(1, Migrations.Latest).Select(step => (long)step),
            await place.Database.QueryAsync(
                "SELECT step FROM gateway_migration ORDER BY step",
                row => Convert.ToInt64(row.GetValue(0)),
                Cancelled
            )
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_database_of_a_later_version_is_not_called(bool isPostgres)
    {
        await using var place = await PlaceAsync(isPostgres);
        await place.Database.ExecuteAsync(
            $"INSERT INTO gateway_migration (step) VALUES ({Migrations.Latest + 1})",
            Cancelled
        );

        var refused = await Assert.ThrowsAsync<McpRuntimeException>(() =>
            Migrations.ApplyAsync(place.Database, Cancelled)
        );

        Assert.Contains("a later version", refused.Message);
    }

    [Fact]
    public async Task The_files_of_the_database_are_of_their_owner_alone_also_those_of_an_earlier_version()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix file modes.");
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var place = await PlaceAsync(isPostgres: false);
        var files = Directory.GetFiles(Path.GetDirectoryName(place.Target.ToString())!);
        Assert.Equal(3, files.Length);
        foreach (var file in files)
        {
            Assert.Equal(Private, File.GetUnixFileMode(file));
            File.SetUnixFileMode(file, Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
        await using var again = Database.Open(place.Target);

        foreach (var file in files)
            Assert.Equal(Private, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task The_file_is_in_a_folder_of_its_owner()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix file modes.");
        if (OperatingSystem.IsWindows())
            return;
        await using var place = await PlaceAsync(isPostgres: false);

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.GetDirectoryName(place.Target.ToString())!)
        );
    }

    private static AuditEntry Entry(string target) =>
        new(DateTimeOffset.UtcNow, "c", "a", target, "ok", default, "", "");

    private async Task<Place> PlaceAsync(bool isPostgres)
    {
        var folder = new TemporaryFolder();
        DatabaseTarget target = isPostgres
            ? DatabaseTarget.Postgres.TryParse(await postgres.CreateDatabaseAsync())!
            : new DatabaseTarget.Sqlite(folder.PathOf("gateway", "gateway.db"));
        var place = new Place(target, Database.Open(target), folder);
        await Migrations.ApplyAsync(place.Database, Cancelled);
        return place;
    }

    private sealed record Place(DatabaseTarget Target, Database Database, TemporaryFolder Folder) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Database.DisposeAsync();
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Folder.Dispose();
        }
    }
}
