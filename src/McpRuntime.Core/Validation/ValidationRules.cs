namespace McpRuntime.Validation;

/// <summary>
/// Rule ids of findings about the content of a manifest. The page of rules is made from these comments.
/// </summary>
/// <section order="5" title="Content of a manifest"/>
internal static class ValidationRules
{
    /// <summary>The name does not match its pattern, or cannot be a file name.</summary>
    /// <severity>error</severity>
    /// <fix>See <see href="docs/manifest.md">the manifest</see>.</fix>
    public const string ConnectorName = "connector-name";

    /// <summary>Not SemVer 2.0; a warning in version 1.</summary>
    /// <severity>error</severity>
    /// <fix><c>MAJOR.MINOR.PATCH</c>.</fix>
    public const string ConnectorVersion = "connector-version";

    /// <summary><c>command_prefix</c> does not match <c>^[A-Z][A-Za-z0-9]{0,19}$</c>.</summary>
    /// <severity>error</severity>
    /// <fix>Correct it, e.g. <c>Gh</c>.</fix>
    public const string CommandPrefix = "command-prefix";

    /// <summary>
    /// <c>base_url</c> or <c>server</c> is not an absolute http(s) URL, or has a query, fragment or user.
    /// </summary>
    /// <severity>error</severity>
    /// <fix>Correct it.</fix>
    public const string ServerUrl = "server-url";

    /// <summary>An undefined variable, or a default that is not one of its values.</summary>
    /// <severity>error</severity>
    /// <fix>Define it in <c>server_variables</c>.</fix>
    public const string ServerVariable = "server-variable";

    /// <summary>A connector without tools.</summary>
    /// <severity>error</severity>
    /// <fix>Add one, or remove the file.</fix>
    public const string NoTools = "no-tools";

    /// <summary>Not <c>^[a-z][a-z0-9_]*$</c>, or longer than 64 characters (100 in version 1).</summary>
    /// <severity>error</severity>
    /// <fix>Rename the tool.</fix>
    public const string ToolName = "tool-name";

    /// <summary>Over 64 characters in version 1; the name is shortened for clients.</summary>
    /// <severity>warning</severity>
    /// <fix>Rename the tool.</fix>
    public const string ToolNameLength = "tool-name-length";

    /// <summary>Two tools with one name.</summary>
    /// <severity>error</severity>
    /// <fix>Rename one.</fix>
    public const string DuplicateToolName = "duplicate-tool-name";

    /// <summary>
    /// Not <c>METHOD /path</c>, unbalanced braces, spaces, or a method that is never sent. A lower-case method is a
    /// warning.
    /// </summary>
    /// <severity>error</severity>
    /// <fix>Correct it.</fix>
    public const string Endpoint = "endpoint";

    /// <summary>
    /// A dotted endpoint of version 1, which cannot be called. With <c>--strict</c> (<c>-Strict</c>) an error.
    /// </summary>
    /// <severity>warning</severity>
    /// <fix>Write <c>METHOD /path</c>.</fix>
    public const string LegacyEndpoint = "legacy-endpoint";

    /// <summary>Two tools with one endpoint.</summary>
    /// <severity>error</severity>
    /// <fix>Remove one, or distinguish them by <c>#word</c>.</fix>
    public const string DuplicateEndpoint = "duplicate-endpoint";

    /// <summary>Not <c>^[A-Za-z0-9_-]{1,64}$</c>, which clients require; a warning in version 1.</summary>
    /// <severity>error</severity>
    /// <fix>Rename it and give its wire name in <c>arguments</c>.</fix>
    public const string ArgumentName = "argument-name";

    /// <summary>A location for an argument that the input schema does not have.</summary>
    /// <severity>error</severity>
    /// <fix>Add the property, or remove the location.</fix>
    public const string ArgumentNotInSchema = "argument-not-in-schema";

    /// <summary>A property of the input schema without a location.</summary>
    /// <severity>error</severity>
    /// <fix>Add it to <c>arguments</c>.</fix>
    public const string ArgumentWithoutLocation = "argument-without-location";

    /// <summary>A style that the location does not have, or one combined with <c>content_type</c>.</summary>
    /// <severity>error</severity>
    /// <fix>Use one of those listed.</fix>
    public const string ArgumentStyle = "argument-style";

    /// <summary>Two values for one location of the request, or a value where a credential goes.</summary>
    /// <severity>error</severity>
    /// <fix>Give each its own wire name.</fix>
    public const string DuplicateLocation = "duplicate-location";

    /// <summary>A placeholder of the path without an argument.</summary>
    /// <severity>error</severity>
    /// <fix>Add the argument.</fix>
    public const string PathArgumentMissing = "path-argument-missing";

    /// <summary>An argument for a placeholder that the path does not have.</summary>
    /// <severity>error</severity>
    /// <fix>Correct the name.</fix>
    public const string PathArgumentUnknown = "path-argument-unknown";

    /// <summary>A path argument that is not required; a warning in version 1.</summary>
    /// <severity>error</severity>
    /// <fix>Add it to <c>required</c>, or give it a default.</fix>
    public const string PathArgumentOptional = "path-argument-optional";

    /// <summary>
    /// Both the whole body and a part of it, or parts of a body without properties (text, XML, bytes).
    /// </summary>
    /// <severity>error</severity>
    /// <fix>Choose one; name the argument that is the whole body in <c>body.argument</c>.</fix>
    public const string BodyConflict = "body-conflict";

    /// <summary>An argument goes to the body, but there is no <c>body</c>.</summary>
    /// <severity>error</severity>
    /// <fix>Add <c>body</c>.</fix>
    public const string BodyMissing = "body-missing";

    /// <summary>An encoding for something that is not a property of the body.</summary>
    /// <severity>warning</severity>
    /// <fix>Remove it.</fix>
    public const string EncodingUnknown = "encoding-unknown";

    /// <summary>Not a valid header or cookie name, or a header that a manifest may not set.</summary>
    /// <severity>error</severity>
    /// <fix>Rename or remove it.</fix>
    public const string HeaderName = "header-name";

    /// <summary>A fixed header with a control character.</summary>
    /// <severity>error</severity>
    /// <fix>Remove the character.</fix>
    public const string FixedValue = "fixed-value";

    /// <inheritdoc cref="OpenApi.Model.ImportRules.MediaType"/>
    public const string MediaType = "media-type";

    /// <summary>
    /// The root of an input schema is not a plain <c>type: object</c>, which clients require; a warning in version 1.
    /// </summary>
    /// <severity>error</severity>
    /// <fix>Write the arguments as <c>properties</c>.</fix>
    public const string InputSchemaRoot = "input-schema-root";

    /// <summary>Not valid JSON Schema 2020-12. A pattern that only some validators accept is a warning.</summary>
    /// <severity>error</severity>
    /// <fix>Correct it.</fix>
    public const string InvalidSchema = "invalid-schema";

    /// <summary>
    /// An input that no value matches, so that the tool cannot be called or an argument cannot be given: types that
    /// exclude each other, bounds without overlap, a required property that is forbidden, endless recursion. With
    /// <c>--strict</c> (<c>-Strict</c>) an error.
    /// </summary>
    /// <severity>warning</severity>
    /// <fix>Correct the contradiction.</fix>
    public const string UnsatisfiableSchema = "unsatisfiable-schema";

    /// <summary>A <c>$ref</c> that cannot be resolved.</summary>
    /// <severity>error</severity>
    /// <fix>Define the schema in <c>definitions</c>, or correct the name.</fix>
    public const string SchemaReference = "schema-reference";

    /// <summary><c>security</c> names a scheme that is not defined. A warning at import, where it is ignored.</summary>
    /// <severity>error</severity>
    /// <fix>Define it, or correct the name.</fix>
    public const string UnknownSecurityScheme = "unknown-security-scheme";

    /// <summary>A URL of a scheme is missing or not an absolute http(s) URL.</summary>
    /// <severity>error</severity>
    /// <fix>Correct it.</fix>
    public const string SecurityUrl = "security-url";

    /// <summary>
    /// A header, cookie or scheme name that HTTP does not allow. A warning for HTTP authentication that is not
    /// supported, such as <c>digest</c>; at import, information about a flow that is not needed.
    /// </summary>
    /// <severity>error</severity>
    /// <fix>Correct it, or use another scheme.</fix>
    public const string SecurityScheme = "security-scheme";

    /// <summary>
    /// The tool that is to tell whose account a credential is does not exist, needs arguments, or is not a GET that
    /// only reads.
    /// </summary>
    /// <severity>error</severity>
    /// <fix>Name another under <c>credentials</c>.</fix>
    public const string AccountTool = "account-tool";

    /// <summary><c>auth</c> in a tool of version 2.</summary>
    /// <severity>error</severity>
    /// <fix>Use <c>security</c>.</fix>
    public const string LegacyAuth = "legacy-auth";

    /// <summary>
    /// Text that instructs a model ("ignore previous instructions", "do not tell the user", instructions at a URL,
    /// files with secrets, the conversation) instead of describing the API, or that hides characters from a reviewer.
    /// </summary>
    /// <severity>warning</severity>
    /// <fix>Review it; remove it unless you trust its author.</fix>
    public const string DescriptionInstructs = "description-instructs";

    /// <summary>A tool without a description.</summary>
    /// <severity>warning, strict</severity>
    /// <fix>Say what it does and when to use it.</fix>
    public const string DescriptionMissing = "description-missing";

    /// <summary>A description of less than 20 characters; one of Chinese, Japanese or Korean counts as three.</summary>
    /// <severity>warning, strict</severity>
    /// <fix>Say what it does and when to use it.</fix>
    public const string DescriptionShort = "description-short";

    /// <summary>A description that only repeats the name.</summary>
    /// <severity>warning, strict</severity>
    /// <fix>Say what it does and when to use it.</fix>
    public const string DescriptionIsName = "description-is-name";

    /// <summary>A description that ends in the middle or contains TODO.</summary>
    /// <severity>warning, strict</severity>
    /// <fix>Complete it.</fix>
    public const string DescriptionUnfinished = "description-unfinished";

    /// <summary>A name such as <c>get</c> or <c>data</c>, which is too generic for a model to choose.</summary>
    /// <severity>warning, strict</severity>
    /// <fix>Use a verb and a noun.</fix>
    public const string ToolNameGeneric = "tool-name-generic";

    /// <summary>One path in different spellings (case, trailing slash, placeholder names, <c>//</c>).</summary>
    /// <severity>warning, strict</severity>
    /// <fix>Use one spelling.</fix>
    public const string EndpointConsistency = "endpoint-consistency";
}
