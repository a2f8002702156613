using System.Text;
using McpRuntime.Configuration;
using McpRuntime.Http.Access;
using McpRuntime.Http.Audit;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.Tokens;

/// <summary>
/// The admin token that a gateway makes for itself when it starts and no one has one. It is an ordinary token of the
/// database, valid until it is revoked; its text is kept in a file that only the gateway's user can read, who can read
/// and change the database, too.
/// </summary>
internal sealed class FirstToken(TokenStore tokens, AuditLog audit, TimeProvider time, RuntimeSettings settings)
{
    private const string Name = "first start";

    /// <summary>Full path of the file.</summary>
    public string File { get; } = Path.Combine(settings.DataFolder, "gateway", "admin-token");

    /// <summary>
    /// Makes the token and writes its text to <see cref="File"/>; false where someone has a token. Replicas that start
    /// together make one.
    /// </summary>
    /// <exception cref="McpRuntimeException">The file cannot be written; there is no token then.</exception>
    public async Task<bool> CreateAsync(CancellationToken cancellationToken)
    {
        string? made = null;
        try
        {
            if (await tokens.CreateFirstAsync(Name, Role.AdminName, cancellationToken) is not var (token, text))
                return false;
            made = token.Id;
            PrivateFolder.Create(Path.GetDirectoryName(File)!);
            PrivateFolder.WriteFile(File, Encoding.ASCII.GetBytes(text + "\n"));
            audit.Add(
                new AuditEntry(time.GetUtcNow(), "first start", "token.create", token.Id, "ok", TimeSpan.Zero, "", "")
                {
                    Detail = token.Summary,
                }
            );
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A token that no one has would keep the next start from making one.
            if (made is not null)
                await tokens.RevokeAsync(made, CancellationToken.None);
            throw new McpRuntimeException(
                $"The first admin token cannot be written to {File}: {exception.Message} Make the folder writable, "
                    + "set MCP_RUNTIME_DATA_DIR to a writable folder, or create a token with 'mcp-runtime-http "
                    + "token create' before the start.",
                exception
            );
        }
    }

    /// <summary>The file of an earlier start holds a token that is still valid. One that does not is deleted.</summary>
    /// <param name="verifier">Knows which tokens are valid.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<bool> IsKeptAsync(TokenVerifier verifier, CancellationToken cancellationToken)
    {
        try
        {
            var text = (await System.IO.File.ReadAllTextAsync(File, cancellationToken)).Trim();
            if (await verifier.VerifyAsync(text, cancellationToken) is not null)
                return true;
            System.IO.File.Delete(File);
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
