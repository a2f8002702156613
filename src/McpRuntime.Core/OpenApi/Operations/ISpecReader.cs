using McpRuntime.OpenApi.Reading;

namespace McpRuntime.OpenApi.Operations;

/// <summary>
/// The seam between the versions of the specification: each reader brings its version to the same terms, so that
/// nothing after it asks for a version.
/// </summary>
internal interface ISpecReader
{
    /// <summary>Reads the parts of an operation.</summary>
    Operation Read(OperationHead head);

    /// <summary>The servers of the document, in its order; empty where it names none.</summary>
    IReadOnlyList<ServerObject> Servers { get; }

    /// <summary>The document's security schemes by name, in its order; references are followed.</summary>
    IReadOnlyList<KeyValuePair<string, Node>> SecuritySchemes { get; }

    /// <summary>What operations need that say nothing themselves.</summary>
    SecurityNeeds? Security { get; }
}
