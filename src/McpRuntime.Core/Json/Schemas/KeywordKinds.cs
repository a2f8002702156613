namespace McpRuntime.Json.Schemas;

/// <summary>What a keyword asserts, so that an evaluation can leave out what is not certain of a document.</summary>
[Flags]
internal enum KeywordKinds : byte
{
    /// <summary>Nothing by itself: it only applies other schemas.</summary>
    None = 0,

    /// <summary>The JSON type.</summary>
    Type = 1,

    /// <summary>The value itself: <c>enum</c>, <c>const</c>.</summary>
    Value = 2,

    /// <summary><c>pattern</c>.</summary>
    Pattern = 4,

    /// <summary>Everything else.</summary>
    Other = 8,

    All = Type | Value | Pattern | Other,
}
