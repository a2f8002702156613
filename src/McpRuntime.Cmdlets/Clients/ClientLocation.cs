namespace McpRuntime.Cmdlets.Clients;

/// <summary>A configuration file of a client.</summary>
/// <param name="Path">The file.</param>
/// <param name="Client">The client whose words it uses.</param>
internal sealed record ClientLocation(string Path, McpClient Client)
{
    public ClientProfile Profile { get; } = ClientProfile.Of(Client);

    /// <summary>Reads and changes the server entries of the file's text.</summary>
    public IServerEntries Entries => Profile.IsToml ? new TomlEntries(Profile) : new JsonEntries(Profile);

    /// <summary>The user's own file.</summary>
    public static ClientLocation ForUser(McpClient client) => new(ClientProfile.Of(client).UserFile, client);

    /// <summary>The file of a workspace; null for a client that has none.</summary>
    public static ClientLocation? ForWorkspace(McpClient client, string folder) =>
        ClientProfile.Of(client).WorkspaceFile is { } file
            ? new ClientLocation(System.IO.Path.Combine(folder, file), client)
            : null;
}
