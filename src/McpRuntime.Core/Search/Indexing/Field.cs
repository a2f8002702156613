namespace McpRuntime.Search.Indexing;

/// <summary>The parts of a tool that words are looked for in.</summary>
internal enum Field
{
    Name,

    /// <summary>The last segment of the path that is not an argument: the resource, or what is done with it.</summary>
    Resource,

    /// <summary>The segments before it.</summary>
    Path,

    /// <summary>Names of arguments in the path.</summary>
    PathArguments,

    Tags,

    /// <summary>The title; without one, the first sentence.</summary>
    Title,

    /// <summary>The first sentence of the description, where it is not the title.</summary>
    Sentence,

    /// <summary>The rest of the description.</summary>
    Description,

    /// <summary>Names of the other arguments, and of properties in them.</summary>
    Arguments,

    /// <summary>The values that arguments may have.</summary>
    Choices,

    Connector,
}
