namespace McpRuntime.Json.Schemas;

/// <summary>What the instances of a schema are, for the words of messages.</summary>
public enum SchemaSubject
{
    /// <summary>Any JSON value.</summary>
    Value,

    /// <summary>
    /// The arguments of a tool: the members of the instance are called arguments, <c>oneOf</c> means at least one, and
    /// of a choice with a mapped discriminator only the schema that the value names is judged.
    /// </summary>
    Arguments,
}
