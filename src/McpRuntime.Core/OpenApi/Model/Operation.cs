using System.Text.Json;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.OpenApi.Model;

/// <summary>One operation in the terms that all versions of the specification share.</summary>
internal sealed record Operation
{
    internal required OperationHead Head { get; init; }

    internal string? Summary { get; init; }

    /// <summary>As the document has it; undefined where it has none.</summary>
    internal JsonElement Description { get; init; }

    /// <summary>Path-level and operation-level parameters, the latter taking the place of the former.</summary>
    internal IReadOnlyList<Parameter> Parameters { get; init; } = [];

    internal OperationBody? Body { get; init; }

    /// <summary>Those that may be a success, in the document's order.</summary>
    internal IReadOnlyList<Response> Responses { get; init; } = [];

    /// <summary>Null where the operation has none itself.</summary>
    internal SecurityNeeds? Security { get; init; }

    /// <summary>Servers of the operation or its path; empty where those of the document hold.</summary>
    internal IReadOnlyList<ServerObject> Servers { get; init; } = [];
}

/// <summary>A parameter and its place in the request.</summary>
internal sealed record Parameter
{
    /// <summary>The name on the wire.</summary>
    internal required string Name { get; init; }

    internal required ArgumentBinding Binding { get; init; }

    internal bool IsRequired { get; init; }

    /// <summary>Cleaned; null where there is none.</summary>
    internal string? Description { get; init; }

    internal bool IsDeprecated { get; init; }

    /// <summary>Null where the document has none, which allows any value. It is in <see cref="Origin"/>.</summary>
    internal Node? Schema { get; init; }

    /// <summary><see cref="Schema"/> is the Parameter Object itself, as in OpenAPI 2.0.</summary>
    internal bool IsOwnSchema { get; init; }

    internal JsonElement Example { get; init; }

    /// <summary>The Parameter Object; the operation where no object describes it.</summary>
    internal required Node Node { get; init; }

    /// <summary>The first Parameter Object with the same text.</summary>
    internal Node Origin { get; init; }

    /// <summary>No object describes it: only the path has its name.</summary>
    internal bool IsAssumed { get; init; }

    /// <summary>The same parameter in another place of the request, or under another name there.</summary>
    internal Parameter At(ArgumentBinding binding) => this with { Name = binding.Name ?? Name, Binding = binding };
}

/// <summary>A request body with all the media types that it is taken in.</summary>
internal sealed record OperationBody
{
    internal bool IsRequired { get; init; }

    internal string? Description { get; init; }

    internal required IReadOnlyList<MediaType> Content { get; init; }

    internal required Node Node { get; init; }
}

/// <summary>One way to spell a body. Most are never looked into, as a better one is next to them.</summary>
/// <param name="name">As the document has it, parameters included.</param>
/// <param name="node">The Media Type Object, or what holds the schema in OpenAPI 2.0; undefined where no one described
/// it.</param>
internal sealed class MediaType(string name, Node node)
{
    internal string Name { get; } = name;

    internal Node Node => node;

    /// <summary>An object or, from 3.1 on, a boolean; anything else is left for the writer to report.</summary>
    internal Node? Schema => node.Child("schema");

    /// <summary>OpenAPI 3.2: each item of a sequence such as JSON Lines.</summary>
    internal Node? ItemSchema => node.Object("itemSchema");

    /// <summary>The map of Encoding Objects.</summary>
    internal Node? Encoding => node.Object("encoding");

    internal JsonElement Example => JsonRead.TryGet(node.Element, "example"u8, out var example) ? example : default;

    /// <summary>The <c>formData</c> parameters of OpenAPI 2.0, which take the place of a schema.</summary>
    internal IReadOnlyList<Parameter>? Fields { get; init; }
}

/// <summary>A response by its status.</summary>
/// <param name="Status">Upper case: a code, a range such as <c>2XX</c>, or <c>DEFAULT</c>.</param>
/// <param name="Content">The media types of its body; empty where it has none.</param>
/// <param name="Headers">The headers that it declares and an answer may show.</param>
internal sealed record Response(string Status, IReadOnlyList<MediaType> Content, IReadOnlyList<string> Headers);

/// <summary>The requirements of a document or an operation, any one of which is enough.</summary>
internal sealed record SecurityNeeds(IReadOnlyList<SecurityNeed> Needs);

/// <summary>Security schemes that are needed together.</summary>
/// <param name="Schemes">Names as the document has them, each with its scopes.</param>
/// <param name="Node">The Security Requirement Object.</param>
internal sealed record SecurityNeed(KeyValuePair<string, IReadOnlyList<string>>[] Schemes, Node Node);

/// <summary>A server as the document has it.</summary>
/// <param name="Url">May be relative to where the document came from and hold variables in braces.</param>
/// <param name="Description">Cleaned; null where there is none.</param>
/// <param name="Node">The Server Object, or what stands for it.</param>
internal sealed record ServerObject(string Url, string? Description, Node Node)
{
    internal IReadOnlyList<KeyValuePair<string, ServerVariable>> Variables { get; init; } = [];
}
