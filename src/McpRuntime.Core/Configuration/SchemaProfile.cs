namespace McpRuntime.Configuration;

/// <summary>
/// In which dialect <c>tools/list</c> has input schemas. Calls are checked by the full schema in any case.
/// </summary>
public enum SchemaProfile
{
    /// <summary>JSON Schema 2020-12.</summary>
    Full,

    /// <summary>What OpenAI's function calling takes: no references, one type each, closed objects.</summary>
    Plain,

    /// <summary>What Gemini's function declarations take: a subset of the Schema Object of OpenAPI 3.0.</summary>
    Gemini,
}
