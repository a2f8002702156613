namespace McpRuntime.Manifests;

/// <summary>
/// Rule ids of findings about the shape of a manifest. The page of rules is made from these comments.
/// </summary>
/// <section order="3" title="Shape of a manifest"/>
public static class ManifestRules
{
    /// <summary>The top-level key <c>connector</c> is missing.</summary>
    /// <severity>error</severity>
    /// <fix>Import the OpenAPI document first.</fix>
    public const string Root = "manifest-root";

    /// <summary>An unknown <c>manifest_version</c>, or one that is newer than this program.</summary>
    /// <severity>error</severity>
    /// <fix>Update McpRuntime, or import again.</fix>
    public const string Version = "manifest-version";

    /// <summary>An unknown key, usually a typo.</summary>
    /// <severity>error</severity>
    /// <fix>The message suggests the nearest known key.</fix>
    public const string UnknownKey = "manifest-unknown-key";

    /// <summary>A required key is missing or empty.</summary>
    /// <severity>error</severity>
    /// <fix>Add it.</fix>
    public const string MissingKey = "manifest-missing-key";

    /// <summary>A value of the wrong type.</summary>
    /// <severity>error</severity>
    /// <fix>The message names the expected type.</fix>
    public const string Type = "manifest-type";

    /// <summary>A value that is not one of the allowed words.</summary>
    /// <severity>error</severity>
    /// <fix>Use one of those listed.</fix>
    public const string Value = "manifest-value";

    /// <summary>A number outside its range.</summary>
    /// <severity>error</severity>
    /// <fix>Use one inside.</fix>
    public const string Range = "manifest-range";

    /// <summary>
    /// <c>command</c> is not an approved verb of PowerShell, a hyphen and a noun of ASCII letters and digits.
    /// </summary>
    /// <severity>error</severity>
    /// <fix><c>Get-Verb</c> lists the verbs; e.g. <c>Get-RepoIssue</c>.</fix>
    public const string CommandName = "command-name";

    /// <summary>
    /// Two tools have the same command, and their mandatory parameters do not distinguish them, or more than 15 tools
    /// have it; one is left out.
    /// </summary>
    /// <severity>warning</severity>
    /// <fix>Give one of them another <c>command</c>.</fix>
    public const string CommandConflict = "command-conflict";

    /// <summary>
    /// PowerShell or another installed module has a command of this name. A new one is left out; a recorded one stays.
    /// </summary>
    /// <severity>warning</severity>
    /// <fix>Give the tool another <c>command</c>, or import with another <c>-Prefix</c>.</fix>
    public const string CommandTaken = "command-taken";

    /// <summary>
    /// At import: the path alone did not distinguish a command from another; its name has words of the operationId, a
    /// version, <c>List</c>, <c>Collection</c>, <c>Current</c> or digits. Or an <c>x-mcp.cmdlet</c> that another
    /// operation has.
    /// </summary>
    /// <severity>information</severity>
    /// <fix>Give the tool another <c>command</c>, if you like.</fix>
    public const string CommandRenamed = "command-renamed";

    /// <summary>Two files of the connectors folder have the same connector name; the second is not served.</summary>
    /// <severity>error</severity>
    /// <fix>Rename or remove one.</fix>
    public const string DuplicateConnectorName = "duplicate-connector-name";

    /// <summary>A file of the connectors folder cannot be read.</summary>
    /// <severity>error</severity>
    /// <fix>Change its permissions.</fix>
    public const string Unreadable = "unreadable-manifest";

    /// <summary>The file to be written exists.</summary>
    /// <severity>error</severity>
    /// <fix><c>--force</c> (<c>-Force</c>) replaces it.</fix>
    public const string FileExists = "manifest-exists";

    /// <summary>There is no manifest to compare with.</summary>
    /// <severity>error</severity>
    /// <fix>Import the document first, or correct the name.</fix>
    public const string NotFound = "manifest-not-found";

    /// <summary>The manifest does not name the document it was imported from.</summary>
    /// <severity>error</severity>
    /// <fix>Name the document: <c>import SOURCE --check</c>.</fix>
    public const string NoSource = "manifest-no-source";

    /// <summary>The file cannot be written; nothing was changed.</summary>
    /// <severity>error</severity>
    /// <fix>Make the folder writable, or choose another.</fix>
    public const string NotSaved = "manifest-not-saved";

    /// <summary>
    /// An edit could not be kept: the document no longer has that shared schema, or the manifest was in version 1
    /// format.
    /// </summary>
    /// <severity>warning</severity>
    /// <fix>Compare with the earlier manifest and repeat the edit.</fix>
    public const string EditLost = "manifest-edit-lost";
}
