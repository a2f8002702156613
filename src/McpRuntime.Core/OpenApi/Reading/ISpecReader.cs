using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Reading;

namespace McpRuntime.OpenApi.Reading;

/// <summary>
/// The seam between the versions of the specification: each reader brings its version to the same terms, so that
/// nothing after it asks for a version.
/// </summary>
internal interface ISpecReader
{
    /// <summary>What the document says for all of its operations.</summary>
    Found<DocumentDefaults> ReadDefaults();

    /// <summary>Reads the parts of an operation.</summary>
    Found<Operation> Read(OperationHead head);
}

/// <summary>What a document says for all of its operations.</summary>
/// <param name="Servers">In the document's order; empty where it names none.</param>
/// <param name="SecuritySchemes">By name, in the document's order; references are followed.</param>
/// <param name="Security">What operations need that say nothing themselves; null where that is nothing.</param>
internal sealed record DocumentDefaults(
    IReadOnlyList<ServerObject> Servers,
    IReadOnlyList<KeyValuePair<string, Node>> SecuritySchemes,
    SecurityNeeds? Security
);
