using System.Data.Common;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.Projects;

/// <summary>
/// Accounts that callers connected for connectors of a project. They end with the connector: one that is made again
/// with its name, perhaps by someone else, must not find them.
/// </summary>
internal static class AccountsOfConnectors
{
    /// <summary>Ends them; the gateway ends them at their providers afterwards.</summary>
    /// <param name="transaction">That removes the connector or the project.</param>
    /// <param name="project">Name of the project.</param>
    /// <param name="connector">Name of the connector; null for all of the project.</param>
    /// <param name="now">Milliseconds since 1970.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task EndAsync(
        DbTransaction transaction,
        string project,
        string? connector,
        long now,
        CancellationToken cancellationToken
    )
    {
        var name = $"{project}/{connector}";
        // As text and not by LIKE, whose signs names may have.
        var isMeant = connector is null ? "substr(connector, 1, @length) = @name" : "connector = @name";
        return transaction.ExecuteAsync(
            $"UPDATE gateway_sign_in SET ended = @now, why = 'Its connector was removed.' WHERE {isMeant} "
                + "AND ended IS NULL AND @length > 0",
            cancellationToken,
            ("now", now),
            ("name", name),
            ("length", name.Length)
        );
    }
}
