namespace McpRuntime.Documents;

/// <summary>Rule ids of findings about reading a document. The page of rules is made from these comments.</summary>
/// <section order="1" title="Reading documents">
/// YAML is read by the 1.2 core schema: <c>no</c>, <c>yes</c>, <c>on</c> and dates are strings, quoted values stay
/// strings, <c>1.10</c> keeps its digits. A number with leading zeros such as <c>007</c> is a string, because parsers
/// disagree on its value.
/// </section>
public static class DocumentRules
{
    /// <summary>The address is not http or https, or contains a user name or password.</summary>
    /// <severity>error</severity>
    /// <fix>Use an http(s) address, or download the document and give the file.</fix>
    public const string Scheme = "document-scheme";

    /// <summary>The file does not exist.</summary>
    /// <severity>error</severity>
    /// <fix>Check the path; the message names the folder.</fix>
    public const string NotFound = "document-not-found";

    /// <summary>The path is a folder.</summary>
    /// <severity>error</severity>
    /// <fix>Name a file in it.</fix>
    public const string IsDirectory = "document-is-directory";

    /// <summary>The file exists but cannot be read.</summary>
    /// <severity>error</severity>
    /// <fix>Change its permissions, or copy it.</fix>
    public const string Unreadable = "document-unreadable";

    /// <summary>More bytes than <c>MCP_RUNTIME_MAX_DOCUMENT_BYTES</c> (64 MiB).</summary>
    /// <severity>error</severity>
    /// <fix>Raise the setting if you trust the document.</fix>
    public const string TooLarge = "document-too-large";

    /// <summary>Empty, or only whitespace and comments.</summary>
    /// <severity>error</severity>
    /// <fix>Check the source.</fix>
    public const string Empty = "document-empty";

    /// <summary>Binary, compressed, or not UTF-8. UTF-16 is read if it has a byte order mark.</summary>
    /// <severity>error</severity>
    /// <fix>Use JSON or YAML in UTF-8.</fix>
    public const string NotText = "document-not-text";

    /// <summary>Text that is neither an object nor a list, usually a web page instead of the document.</summary>
    /// <severity>error</severity>
    /// <fix>Use the address of the document itself.</fix>
    public const string NotStructured = "document-not-structured";

    /// <summary>No connection, or a status other than 200.</summary>
    /// <severity>error</severity>
    /// <fix>Check address, network and proxy.</fix>
    public const string Unreachable = "document-unreachable";

    /// <summary>The response was not complete within 30 seconds.</summary>
    /// <severity>error</severity>
    /// <fix>Try again, or download the document.</fix>
    public const string Timeout = "document-timeout";

    /// <summary>A redirect loop, more than five redirects, or one from https to http.</summary>
    /// <severity>error</severity>
    /// <fix>Use the final address.</fix>
    public const string Redirects = "document-redirects";

    /// <summary>Not valid JSON. Comments and trailing commas are not JSON.</summary>
    /// <severity>error</severity>
    /// <fix>Correct the location that the message names.</fix>
    public const string JsonSyntax = "json-syntax";

    /// <summary>More than 256 levels deep.</summary>
    /// <severity>error</severity>
    /// <fix>Flatten the document.</fix>
    public const string JsonDepth = "json-depth";

    /// <summary>A key occurs twice in one object; the last one is used. An error in manifests.</summary>
    /// <severity>warning</severity>
    /// <fix>Remove or rename one.</fix>
    public const string DuplicateKey = "duplicate-key";

    /// <summary>Not valid YAML.</summary>
    /// <severity>error</severity>
    /// <fix>Check indentation, quotes and colons.</fix>
    public const string YamlSyntax = "yaml-syntax";

    /// <summary>More than 256 levels deep, including aliases.</summary>
    /// <severity>error</severity>
    /// <fix>Flatten the document.</fix>
    public const string YamlDepth = "yaml-depth";

    /// <summary>An alias without an anchor, or aliases that expand beyond the limit.</summary>
    /// <severity>error</severity>
    /// <fix>Write the document without so much repetition.</fix>
    public const string YamlAliases = "yaml-aliases";

    /// <summary>More than one YAML document in the file.</summary>
    /// <severity>error</severity>
    /// <fix>Split the file at <c>---</c>.</fix>
    public const string YamlDocuments = "yaml-documents";

    /// <summary>A key that is null, a list or a mapping.</summary>
    /// <severity>error</severity>
    /// <fix>Give it a name; quote <c>null</c> if that is the name.</fix>
    public const string YamlKey = "yaml-key";

    /// <summary><c>&lt;&lt;</c> with something other than mappings.</summary>
    /// <severity>error</severity>
    /// <fix>Use an alias of a mapping; quote <c>"&lt;&lt;"</c> if it is an ordinary key.</fix>
    public const string YamlMerge = "yaml-merge";

    /// <summary>An unknown tag; it is ignored.</summary>
    /// <severity>warning</severity>
    /// <fix>Remove it.</fix>
    public const string YamlTag = "yaml-tag";

    /// <summary><c>.inf</c> or <c>.nan</c>, which JSON cannot represent; read as text.</summary>
    /// <severity>warning</severity>
    /// <fix>Quote it, or use a number.</fix>
    public const string YamlNumber = "yaml-number";
}
