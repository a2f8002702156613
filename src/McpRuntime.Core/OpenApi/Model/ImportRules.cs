namespace McpRuntime.OpenApi.Model;

/// <summary>
/// Rule ids of findings about an OpenAPI document that is imported; <c>docs/rules.md</c> explains each.
/// </summary>
internal static class ImportRules
{
    public const string NotOpenApi = "not-openapi";
    public const string NoOperations = "no-operations";
    public const string Strict = "openapi-strict";
    public const string WrongType = "wrong-type";
    public const string McpExtension = "x-mcp";

    public const string DanglingReference = "dangling-reference";
    public const string ReferenceCycle = "reference-cycle";

    public const string PathSlash = "path-slash";
    public const string PathParameter = "path-parameter";
    public const string Parameter = "parameter";
    public const string ParameterStyle = "parameter-style";
    public const string CredentialParameter = "credential-parameter";
    public const string ReservedHeader = "reserved-header";

    public const string Pagination = "pagination";

    public const string RequestBody = "request-body";
    public const string MediaType = "media-type";
    public const string MediaTypeName = "media-type-name";
    public const string SchemaKeyword = "schema-keyword";
    public const string SchemaRepair = "schema-repair";
    public const string ExampleMismatch = "example-mismatch";

    public const string NoServer = "no-server";
    public const string Server = "server";
    public const string OperationServer = "operation-server";
    public const string PrivateServer = "private-server";
    public const string PlaceholderServer = "placeholder-server";

    public const string SecurityScheme = "security-scheme";
    public const string UnknownSecurityScheme = "unknown-security-scheme";

    public const string LargeTool = "large-tool";
    public const string ManyTools = "many-tools";
}
