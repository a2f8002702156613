namespace McpRuntime.Import.Comparison;

/// <summary>Rule ids of how a document differs from its manifest, from which the page of rules is made.</summary>
/// <section order="6" title="Drift">
/// How the document of an API differs from the manifest: <c>import --check</c>, <c>Import-McpConnector -Check</c> and
/// <c>Update-McpConnector</c>; see <see href="docs/drift.md">Drift</see>. An <c>error</c> breaks agents or callers, or
/// should not reach a model before a review; a <c>warning</c> should be reviewed; <c>information</c> is a note.
/// Importing again applies all of them.
/// </section>
internal static class DriftRules
{
    /// <summary>The document no longer has the operation.</summary>
    /// <severity>error</severity>
    /// <fix>Import again, and tell those whose prompts or scripts name the tool.</fix>
    public const string ToolRemoved = "drift-tool-removed";

    /// <summary>The document has an operation that the manifest has not.</summary>
    /// <severity>information</severity>
    /// <fix>Import again if you want it.</fix>
    public const string ToolAdded = "drift-tool-added";

    /// <summary>A tool has another name.</summary>
    /// <severity>error</severity>
    /// <fix>Change prompts and scripts that name it.</fix>
    public const string ToolRenamed = "drift-tool-renamed";

    /// <summary>The HTTP method changed.</summary>
    /// <severity>error</severity>
    /// <fix>Review what the call does now, then import again.</fix>
    public const string Method = "drift-method";

    /// <summary>The path changed, or the path of the server.</summary>
    /// <severity>warning</severity>
    /// <fix>Import again.</fix>
    public const string Path = "drift-path";

    /// <summary>The API is at another origin.</summary>
    /// <severity>error</severity>
    /// <fix>Check that it is the API's own, import again, and approve it for the credentials.</fix>
    public const string Origin = "drift-origin";

    /// <summary>An argument, or a property within one, is new and required, or is required now.</summary>
    /// <severity>error</severity>
    /// <fix>Import again; agents have to give it.</fix>
    public const string ArgumentRequired = "drift-argument-required";

    /// <summary>An argument is no longer required.</summary>
    /// <severity>information</severity>
    public const string ArgumentOptional = "drift-argument-optional";

    /// <summary>An argument is new and optional.</summary>
    /// <severity>information</severity>
    /// <fix>Import again to offer it.</fix>
    public const string ArgumentAdded = "drift-argument-added";

    /// <summary>An argument, or a property within one, is gone.</summary>
    /// <severity>error</severity>
    /// <fix>Import again; it is no longer sent.</fix>
    public const string ArgumentRemoved = "drift-argument-removed";

    /// <summary>An argument has another JSON type.</summary>
    /// <severity>error</severity>
    /// <fix>Import again; agents have to give the new type.</fix>
    public const string ArgumentType = "drift-argument-type";

    /// <summary>
    /// Values that were valid may no longer be: fewer values of an enum, narrower limits, another pattern.
    /// </summary>
    /// <severity>error</severity>
    /// <fix>Import again; the message names the values or limits.</fix>
    public const string ArgumentNarrowed = "drift-argument-narrowed";

    /// <summary>More values are valid than before.</summary>
    /// <severity>information</severity>
    /// <fix>Import again to allow them.</fix>
    public const string ArgumentWidened = "drift-argument-widened";

    /// <summary>
    /// The document's input schema changed, and the manifest has one that was edited by hand and stays.
    /// </summary>
    /// <severity>error</severity>
    /// <fix>Compare the two; delete the tool from the manifest to use the document's.</fix>
    public const string SchemaKept = "drift-schema-kept";

    /// <summary>The response has other types or lacks what it had.</summary>
    /// <severity>error</severity>
    /// <fix>Check what reads it, also <c>select</c> and <c>answer</c>.</fix>
    public const string OutputChanged = "drift-output-changed";

    /// <summary>The response is described, or promises more.</summary>
    /// <severity>information</severity>
    public const string OutputAdded = "drift-output-added";

    /// <summary>The response is no longer described.</summary>
    /// <severity>error</severity>
    /// <fix>Check what reads it.</fix>
    public const string OutputRemoved = "drift-output-removed";

    /// <summary>A tool that was read-only writes, or one may destroy something.</summary>
    /// <severity>error</severity>
    /// <fix>Review what clients may call without asking.</fix>
    public const string Access = "drift-access";

    /// <summary>Other annotations changed.</summary>
    /// <severity>information</severity>
    public const string Annotations = "drift-annotations";

    /// <summary>A tool or the API needs scopes that it did not need.</summary>
    /// <severity>error</severity>
    /// <fix>Sign in again with them, if they are justified.</fix>
    public const string Scope = "drift-scope";

    /// <summary>The security requirements or a scheme changed.</summary>
    /// <severity>error</severity>
    /// <fix>Check where and how credentials are sent now.</fix>
    public const string Security = "drift-security";

    /// <summary>A security scheme is new.</summary>
    /// <severity>information</severity>
    public const string SchemeAdded = "drift-scheme-added";

    /// <summary>The request is built differently: places of arguments, fixed values, encodings, headers.</summary>
    /// <severity>warning</severity>
    /// <fix>Review the difference of the manifest.</fix>
    public const string Request = "drift-request";

    /// <summary>Pages are asked for differently.</summary>
    /// <severity>information</severity>
    public const string Pagination = "drift-pagination";

    /// <summary>The PowerShell command has another name; information where it had none.</summary>
    /// <severity>error</severity>
    /// <fix>Change scripts that name it.</fix>
    public const string Command = "drift-command";

    /// <summary>A title or description changed.</summary>
    /// <severity>information</severity>
    /// <fix>Read it: a model does.</fix>
    public const string Text = "drift-text";

    /// <summary>
    /// A title, description, enum or example newly has text that instructs a model or hides characters
    /// (<c>description-instructs</c>).
    /// </summary>
    /// <severity>error</severity>
    /// <fix>Do not import it before you know why it is there.</fix>
    public const string Instructs = "drift-instructs";
}
