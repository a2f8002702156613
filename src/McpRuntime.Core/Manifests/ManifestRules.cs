namespace McpRuntime.Manifests;

/// <summary>Rule ids of findings about the shape of a manifest; <c>docs/rules.md</c> explains each.</summary>
public static class ManifestRules
{
    public const string Root = "manifest-root";
    public const string Version = "manifest-version";
    public const string UnknownKey = "manifest-unknown-key";
    public const string MissingKey = "manifest-missing-key";
    public const string Type = "manifest-type";
    public const string Value = "manifest-value";
    public const string Range = "manifest-range";
    public const string CommandName = "command-name";
    public const string CommandConflict = "command-conflict";
    public const string CommandTaken = "command-taken";
    public const string CommandRenamed = "command-renamed";
    public const string DuplicateConnectorName = "duplicate-connector-name";
    public const string Unreadable = "unreadable-manifest";
    public const string FileExists = "manifest-exists";
    public const string NotFound = "manifest-not-found";
    public const string NoSource = "manifest-no-source";
    public const string NotSaved = "manifest-not-saved";
    public const string EditLost = "manifest-edit-lost";
}
