namespace McpRuntime.Validation;

/// <summary>Rule ids of findings about the content of a manifest; <c>docs/rules.md</c> explains each.</summary>
internal static class ValidationRules
{
    public const string ConnectorName = "connector-name";
    public const string ConnectorVersion = "connector-version";
    public const string CommandPrefix = "command-prefix";
    public const string ServerUrl = "server-url";
    public const string ServerVariable = "server-variable";
    public const string NoTools = "no-tools";

    public const string ToolName = "tool-name";
    public const string ToolNameLength = "tool-name-length";
    public const string DuplicateToolName = "duplicate-tool-name";
    public const string Endpoint = "endpoint";
    public const string LegacyEndpoint = "legacy-endpoint";
    public const string DuplicateEndpoint = "duplicate-endpoint";

    public const string ArgumentName = "argument-name";
    public const string ArgumentNotInSchema = "argument-not-in-schema";
    public const string ArgumentWithoutLocation = "argument-without-location";
    public const string ArgumentStyle = "argument-style";
    public const string DuplicateLocation = "duplicate-location";
    public const string PathArgumentMissing = "path-argument-missing";
    public const string PathArgumentUnknown = "path-argument-unknown";
    public const string PathArgumentOptional = "path-argument-optional";
    public const string BodyConflict = "body-conflict";
    public const string BodyMissing = "body-missing";
    public const string EncodingUnknown = "encoding-unknown";
    public const string HeaderName = "header-name";
    public const string FixedValue = "fixed-value";
    public const string MediaType = "media-type";

    public const string InputSchemaRoot = "input-schema-root";
    public const string InvalidSchema = "invalid-schema";
    public const string UnsatisfiableSchema = "unsatisfiable-schema";
    public const string SchemaReference = "schema-reference";

    public const string UnknownSecurityScheme = "unknown-security-scheme";
    public const string SecurityUrl = "security-url";
    public const string SecurityScheme = "security-scheme";
    public const string AccountTool = "account-tool";
    public const string LegacyAuth = "legacy-auth";

    public const string DescriptionInstructs = "description-instructs";
    public const string DescriptionMissing = "description-missing";
    public const string DescriptionShort = "description-short";
    public const string DescriptionIsName = "description-is-name";
    public const string DescriptionUnfinished = "description-unfinished";
    public const string ToolNameGeneric = "tool-name-generic";
    public const string EndpointConsistency = "endpoint-consistency";
}
