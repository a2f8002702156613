namespace McpRuntime.Documents;

/// <summary>Rule ids of findings about reading a document; <c>docs/rules.md</c> explains each.</summary>
public static class DocumentRules
{
    public const string Scheme = "document-scheme";
    public const string NotFound = "document-not-found";
    public const string IsDirectory = "document-is-directory";
    public const string Unreadable = "document-unreadable";
    public const string TooLarge = "document-too-large";
    public const string Empty = "document-empty";
    public const string NotText = "document-not-text";
    public const string NotStructured = "document-not-structured";
    public const string Unreachable = "document-unreachable";
    public const string Timeout = "document-timeout";
    public const string Redirects = "document-redirects";
    public const string JsonSyntax = "json-syntax";
    public const string JsonDepth = "json-depth";
    public const string DuplicateKey = "duplicate-key";
    public const string YamlSyntax = "yaml-syntax";
    public const string YamlDepth = "yaml-depth";
    public const string YamlAliases = "yaml-aliases";
    public const string YamlDocuments = "yaml-documents";
    public const string YamlKey = "yaml-key";
    public const string YamlMerge = "yaml-merge";
    public const string YamlTag = "yaml-tag";
    public const string YamlNumber = "yaml-number";
}
