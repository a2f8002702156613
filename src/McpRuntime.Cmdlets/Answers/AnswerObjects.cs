using McpRuntime.Cmdlets.Shell;
using McpRuntime.Http;

namespace McpRuntime.Cmdlets.Answers;

/// <summary>Writes values of JSON to the pipeline: as they are. Others give them types.</summary>
internal class AnswerObjects
{
    public static AnswerObjects Plain { get; } = new();

    /// <summary>Writes one value of an answer: the whole, an item of its list, or a line.</summary>
    /// <param name="cmdlet">Writes it.</param>
    /// <param name="json">The value.</param>
    /// <param name="asHashtable">Objects become ordered hashtables.</param>
    public virtual void Write(McpCmdlet cmdlet, ReadOnlySpan<byte> json, bool asHashtable) =>
        WriteItem(cmdlet, json, asHashtable);

    /// <summary>Writes an item of a page.</summary>
    /// <inheritdoc cref="Write"/>
    public virtual void WriteItem(McpCmdlet cmdlet, ReadOnlySpan<byte> json, bool asHashtable) =>
        cmdlet.WriteObject(JsonObjects.From(json, asHashtable), enumerateCollection: false);

    /// <summary>All of an answer is written.</summary>
    /// <param name="cmdlet">Gets what is left to say.</param>
    /// <param name="headers">Of the answer.</param>
    public virtual void Finish(McpCmdlet cmdlet, IReadOnlyList<AnswerHeader> headers) { }
}
