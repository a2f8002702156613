using System.Xml.Linq;
using McpRuntime.Http.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace McpRuntime.Http.KeyRings;

/// <summary>The keys of the ring in the gateway's database, each wrapped, and the revocations of some.</summary>
internal sealed class KeyTable(Database database) : IXmlRepository
{
    // The ring asks at start and once a day, on a thread of its own.
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. Wait(() => ListAsync(CancellationToken.None)).Select(row => row.Element)];

    public void StoreElement(XElement element, string friendlyName) =>
        Wait(() =>
            database.ExecuteAsync(
                "INSERT INTO gateway_key (id, element) VALUES (@id, @element)",
                CancellationToken.None,
                ("id", friendlyName),
                ("element", element.ToString(SaveOptions.DisableFormatting))
            )
        );

    public async Task<IReadOnlyList<(string Id, XElement Element)>> ListAsync(CancellationToken cancellationToken) =>
        await database.QueryAsync(
            "SELECT id, element FROM gateway_key ORDER BY id",
            row => (row.GetString(0), XElement.Parse(row.GetString(1))),
            cancellationToken
        );

    /// <summary>Writes a key that was wrapped anew in the place of what it was.</summary>
    public Task ReplaceAsync(string id, XElement element, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            "UPDATE gateway_key SET element = @element WHERE id = @id",
            cancellationToken,
            ("id", id),
            ("element", element.ToString(SaveOptions.DisableFormatting))
        );

    // Elsewhere than the caller, whose context might be one that the answer needs.
    private static T Wait<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();
}
