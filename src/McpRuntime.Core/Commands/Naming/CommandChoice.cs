using McpRuntime.Commands.Words;

namespace McpRuntime.Commands.Naming;

/// <summary>The verb of an operation, and the resource that it acts on.</summary>
/// <param name="Verb">Approved, and one that the method may have.</param>
/// <param name="Resource">Names the resource; empty for the root.</param>
/// <param name="Suffix">An action without an approved verb, which the noun ends with: <c>Capture</c>.</param>
internal sealed record CommandChoice(string Verb, IReadOnlyList<PathSegment> Resource, string Suffix = "")
{
    internal static CommandChoice None { get; } = new("Get", []);

    /// <summary>
    /// The path's own word for what is done; empty where that is what the method does. Operations with different words
    /// never share a command.
    /// </summary>
    internal string Act
    {
        get;
        init => field = IsPlain(value) ? "" : value;
    } = "";

    /// <summary>Whether a word of a path says no more than a method does.</summary>
    internal static bool IsPlain(string word) =>
        word is "add" or "create" or "delete" or "get" or "list" or "remove" or "set" or "update";

    /// <summary>Equal for operations on one resource.</summary>
    // A copy would keep it: choices are made anew and not copied.
    internal string Key => field ??= NounTable.Join(Resource, Resource.Count);
}
