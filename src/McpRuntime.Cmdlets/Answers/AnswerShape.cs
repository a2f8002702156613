namespace McpRuntime.Cmdlets.Answers;

/// <summary>How an answer is given to the pipeline.</summary>
internal enum AnswerShape
{
    /// <summary>JSON as objects, one a list item; text as a string; bytes with their media type.</summary>
    Objects,

    /// <summary>As <see cref="Objects"/>, with dictionaries in the place of objects.</summary>
    Hashtables,

    /// <summary>The text exactly as it came.</summary>
    Raw,

    /// <summary>The JSON exactly as it came; other text as a JSON string.</summary>
    Json,
}
