namespace McpRuntime.OpenApi.Model;

/// <summary>
/// Rule ids of findings about an OpenAPI document that is imported. The page of rules is made from these comments.
/// </summary>
/// <section order="2" title="Import">
/// Rules about the content of an OpenAPI document. Ignored parts are not in the manifest; everything else is imported.
/// </section>
internal static class ImportRules
{
    /// <summary>No top-level <c>openapi</c> or <c>swagger</c> field, or an unsupported version.</summary>
    /// <severity>error</severity>
    /// <fix>Import an OpenAPI 2.0, 3.0, 3.1 or 3.2 document.</fix>
    public const string NotOpenApi = "not-openapi";

    /// <summary>No operation became a tool, because there is none or because none matches the filters.</summary>
    /// <severity>error</severity>
    /// <fix>Relax the filters.</fix>
    public const string NoOperations = "no-operations";

    /// <summary>A diagnostic of Microsoft.OpenApi; a warning where it could not finish.</summary>
    /// <severity>error, strict</severity>
    /// <fix>Correct the document.</fix>
    public const string Strict = "openapi-strict";

    /// <summary>A value of the wrong JSON type; it is ignored. An error for <c>paths</c>.</summary>
    /// <severity>warning</severity>
    /// <fix>Correct the document.</fix>
    public const string WrongType = "wrong-type";

    /// <summary>
    /// <c>x-mcp</c> is not true, false or an object, or its <c>cmdlet</c> is not an approved verb and a noun; it is
    /// ignored.
    /// </summary>
    /// <severity>warning</severity>
    /// <fix>Correct it.</fix>
    public const string McpExtension = "x-mcp";

    /// <summary>A <c>$ref</c> that cannot be resolved or may not be followed; any value is allowed.</summary>
    /// <severity>warning</severity>
    /// <fix>Correct it, or use <c>--allow-external</c> (<c>-AllowExternal</c>) for other folders and origins.</fix>
    public const string DanglingReference = "dangling-reference";

    /// <summary>
    /// A reference that leads back to itself without a property or item in between; the repetition is left out.
    /// </summary>
    /// <severity>warning</severity>
    /// <fix>Correct the document if the meaning changes.</fix>
    public const string ReferenceCycle = "reference-cycle";

    /// <summary>A path without a leading <c>/</c>; it is added.</summary>
    /// <severity>warning</severity>
    /// <fix>Correct the document.</fix>
    public const string PathSlash = "path-slash";

    /// <summary>A path parameter without a placeholder, or a placeholder without a parameter.</summary>
    /// <severity>warning</severity>
    /// <fix>Correct the document.</fix>
    public const string PathParameter = "path-parameter";

    /// <summary>A parameter that cannot be sent: no name, unknown location, or in conflict with another.</summary>
    /// <severity>warning</severity>
    /// <fix>Correct the document.</fix>
    public const string Parameter = "parameter";

    /// <summary>
    /// A <c>style</c> or <c>collectionFormat</c> that the location does not have; the default is used.
    /// </summary>
    /// <severity>warning</severity>
    /// <fix>Correct the document.</fix>
    public const string ParameterStyle = "parameter-style";

    /// <summary>A parameter that a security scheme sets is not an argument.</summary>
    /// <severity>information</severity>
    public const string CredentialParameter = "credential-parameter";

    /// <summary>A header that McpRuntime or the connection sets is not an argument.</summary>
    /// <severity>information</severity>
    public const string ReservedHeader = "reserved-header";

    /// <summary>
    /// The operation seems to have pages, but it is not clear where the list is or which argument asks for the next
    /// page. Its pages are not fetched.
    /// </summary>
    /// <severity>information</severity>
    /// <fix>Add <see href="docs/manifest.md#pages"><c>pagination</c></see> to the tool.</fix>
    public const string Pagination = "pagination";

    /// <summary>A request body without a media type; it is not sent.</summary>
    /// <severity>warning</severity>
    /// <fix>Add a media type.</fix>
    public const string RequestBody = "request-body";

    /// <summary>
    /// The body allows several media types; one is used. In manifests: an error for a value that is not
    /// <c>type/subtype</c>.
    /// </summary>
    /// <severity>information</severity>
    /// <fix>Change <c>body.content_type</c> if you need another; correct the value.</fix>
    public const string MediaType = "media-type";

    /// <summary>A key of <c>content</c> that is not a media type.</summary>
    /// <severity>warning</severity>
    /// <fix>Correct the document.</fix>
    public const string MediaTypeName = "media-type-name";

    /// <summary>
    /// A keyword with an invalid value, or a pattern that is not a regular expression of ECMA-262; ignored.
    /// </summary>
    /// <severity>warning</severity>
    /// <fix>Correct the document.</fix>
    public const string SchemaKeyword = "schema-keyword";

    /// <summary>
    /// A schema that contradicts itself; see <see href="docs/import.md#contradictions">Contradictions</see>.
    /// </summary>
    /// <severity>warning</severity>
    /// <fix>Check that the repaired schema is right.</fix>
    public const string SchemaRepair = "schema-repair";

    /// <summary>A request example of the document does not match the tool's input schema.</summary>
    /// <severity>information</severity>
    /// <fix>Correct the example or the schema.</fix>
    public const string ExampleMismatch = "example-mismatch";

    /// <summary>No usable server URL.</summary>
    /// <severity>error</severity>
    /// <fix>Give one with <c>--base-url</c> (<c>-BaseUrl</c>).</fix>
    public const string NoServer = "no-server";

    /// <summary>A server without a URL, with a query, or with an invalid default of a variable.</summary>
    /// <severity>warning</severity>
    /// <fix>Correct the document.</fix>
    public const string Server = "server";

    /// <summary>
    /// An operation's own server cannot be used, or has a query, which is ignored. Information if <c>--base-url</c>
    /// replaces it.
    /// </summary>
    /// <severity>warning</severity>
    /// <fix>Set <c>server</c> of the tool.</fix>
    public const string OperationServer = "operation-server";

    /// <summary>The server is at a private or loopback address, and calls are refused until it is approved.</summary>
    /// <severity>warning</severity>
    /// <fix>Import with <c>--base-url</c> or <c>--allow-private</c>.</fix>
    public const string PrivateServer = "private-server";

    /// <summary>The server is a placeholder such as <c>api.example.com</c>.</summary>
    /// <severity>warning</severity>
    /// <fix>Import with <c>--base-url</c> and the real URL.</fix>
    public const string PlaceholderServer = "placeholder-server";

    /// <inheritdoc cref="Validation.ValidationRules.SecurityScheme"/>
    public const string SecurityScheme = "security-scheme";

    /// <inheritdoc cref="Validation.ValidationRules.UnknownSecurityScheme"/>
    public const string UnknownSecurityScheme = "unknown-security-scheme";

    /// <summary>A tool of more than 4,000 tokens.</summary>
    /// <severity>warning</severity>
    /// <fix>Shorten its input schema, or leave the tool out.</fix>
    public const string LargeTool = "large-tool";

    /// <summary>More than 50 tools or 20,000 tokens.</summary>
    /// <severity>warning</severity>
    /// <fix>Import or serve fewer tools.</fix>
    public const string ManyTools = "many-tools";
}
