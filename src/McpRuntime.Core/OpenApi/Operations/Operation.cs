using System.Text.Json;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Reading;

namespace McpRuntime.OpenApi.Operations;

/// <summary>One operation in the terms that all versions of the specification share.</summary>
internal sealed record Operation
{
    internal required OperationHead Head { get; init; }

    internal string? Summary { get; init; }

    internal string? Description { get; init; }

    /// <summary>Path-level and operation-level parameters, the latter taking the place of the former.</summary>
    internal IReadOnlyList<Parameter> Parameters { get; init; } = [];

    internal RequestBody? Body { get; init; }

    internal IReadOnlyList<Response> Responses { get; init; } = [];

    /// <summary>Null where the operation has none of its own.</summary>
    internal IReadOnlyList<SecurityNeed>? Security { get; init; }

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

    internal string? Description { get; init; }

    internal bool IsDeprecated { get; init; }

    /// <summary>Null where the document has none, which allows any value.</summary>
    internal Node? Schema { get; init; }

    /// <summary><see cref="Schema"/> is the Parameter Object itself, as in OpenAPI 2.0.</summary>
    internal bool IsOwnSchema { get; init; }

    internal JsonElement Example { get; init; }

    internal required Node Node { get; init; }
}

/// <summary>A request body with all the media types that it is taken in.</summary>
internal sealed record RequestBody
{
    internal bool IsRequired { get; init; }

    internal string? Description { get; init; }

    internal required IReadOnlyList<MediaType> Content { get; init; }

    internal required Node Node { get; init; }
}

/// <summary>One way to spell a body.</summary>
internal sealed record MediaType
{
    /// <summary>As the document has it, parameters included.</summary>
    internal required string Name { get; init; }

    internal Node? Schema { get; init; }

    /// <summary>OpenAPI 3.2: each item of a sequence such as JSON Lines.</summary>
    internal Node? ItemSchema { get; init; }

    /// <summary>The map of Encoding Objects.</summary>
    internal Node? Encoding { get; init; }

    /// <summary>The <c>formData</c> parameters of OpenAPI 2.0, which take the place of a schema.</summary>
    internal IReadOnlyList<Parameter>? Fields { get; init; }

    internal JsonElement Example { get; init; }
}

/// <summary>A response by its status.</summary>
/// <param name="Status">Upper case: a code, a range such as <c>2XX</c>, or <c>DEFAULT</c>.</param>
/// <param name="Content">The media types of its body; empty where it has none.</param>
internal sealed record Response(string Status, IReadOnlyList<MediaType> Content);

/// <summary>Security schemes that are needed together.</summary>
/// <param name="Schemes">Names as the document has them, each with its scopes.</param>
/// <param name="Node">The Security Requirement Object.</param>
internal sealed record SecurityNeed(IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Schemes, Node Node);

/// <summary>A server as the document has it.</summary>
/// <param name="Url">May be relative to where the document came from and hold variables in braces.</param>
/// <param name="Description">Cleaned; null where there is none.</param>
/// <param name="Node">The Server Object, or what stands for it.</param>
internal sealed record ServerObject(string Url, string? Description, Node Node)
{
    internal IReadOnlyList<KeyValuePair<string, ServerVariable>> Variables { get; init; } = [];
}
