namespace McpRuntime.OpenApi.Model;

/// <summary>An operation as far as it must be known to choose and to name it.</summary>
internal sealed record OperationHead
{
    /// <summary>As it is sent.</summary>
    internal required string Method { get; init; }

    /// <summary>Path template with a leading slash.</summary>
    internal required string Path { get; init; }

    /// <summary>The Operation Object.</summary>
    internal required Node Node { get; init; }

    /// <summary>The Path Item Objects that it is in: its own and those referred to, nearest first.</summary>
    internal required IReadOnlyList<Node> PathItems { get; init; }

    internal string? OperationId { get; init; }

    /// <summary>Read when they are asked for: only a choice by tags does.</summary>
    internal IReadOnlyList<string> Tags => JsonRead.Texts(Node.Element, "tags"u8);

    internal bool IsDeprecated { get; init; }

    internal required McpExtension Extension { get; init; }
}
