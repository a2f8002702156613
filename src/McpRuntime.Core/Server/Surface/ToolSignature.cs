using System.Text;
using System.Text.Json;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;
using McpRuntime.Search;
using McpRuntime.Search.Indexing;

namespace McpRuntime.Server.Surface;

/// <summary>
/// A tool as a line: <c>issues_create(owner: string, title: string, body?: string) // write: Create an issue.</c>
/// </summary>
internal sealed class ToolSignature
{
    private const int MostOfLine = 260;
    private const int MostOfSentence = 120;

    private readonly ServedTool _tool;
    private readonly JsonElement _schema;
    private readonly ToolText _text;

    private ToolSignature(ServedTool tool)
    {
        _tool = tool;
        // Cleaned before Markdown is taken out: a sequence without its bracket would not be known as one.
        _text = ToolText.Of(
            SearchableTool.Of(tool) with
            {
                Title = UntrustedText.Clean(tool.Tool.Title),
                Description = UntrustedText.CleanMultiline(tool.Tool.Description),
            }
        );
        _schema = tool.Tool.InputSchema.ToElement();
        Types = new TypeText(_schema, tool.Connector.Definitions);
        var required = TypeText.Required(_schema);
        Arguments = TypeText.Member(_schema, "properties") is { ValueKind: JsonValueKind.Object } properties
            ?
            [
                .. properties
                    .EnumerateObject()
                    .Select(property => new Argument(property.Name, required.Contains(property.Name), property.Value))
                    .OrderByDescending(argument => argument.IsRequired),
            ]
            : [];
    }

    public TypeText Types { get; }

    /// <summary>Required ones first.</summary>
    public IReadOnlyList<Argument> Arguments { get; }

    public bool IsDeprecated => _text.IsDeprecated;

    public static ToolSignature Of(ServedTool tool) => new(tool);

    /// <summary>The line; optional arguments that do not fit are counted.</summary>
    public string Line()
    {
        var line = new StringBuilder(_tool.Name).Append('(');
        var written = 0;
        foreach (var argument in Arguments)
        {
            var text =
                $"{argument.Name}{(argument.IsRequired ? "" : "?")}: "
                + $"{Types.Of(argument.Schema, argument.IsRequired ? 1 : 0, 80)}";
            if (!argument.IsRequired && line.Length + text.Length > MostOfLine)
                break;
            line.Append(written++ > 0 ? ", " : "").Append(text);
        }
        if (written < Arguments.Count)
            line.Append(written > 0 ? ", " : "").Append($"…{Arguments.Count - written} more optional");
        return line.Append(") // ")
            .Append(WordOf(_tool.Access))
            .Append(IsDeprecated ? ", deprecated: " : ": ")
            .Append(Sentence())
            .ToString();
    }

    /// <summary>What the tool does, in one sentence.</summary>
    public string Sentence()
    {
        var sentence = _text.Title.Length > 0 ? _text.Title : _text.Sentence;
        return Shorten(sentence.Length > 0 ? sentence : _tool.Endpoint, MostOfSentence);
    }

    public static string WordOf(ToolAccess access) =>
        access switch
        {
            ToolAccess.Read => "read",
            ToolAccess.Write => "write",
            _ => "destructive",
        };

    public static string Shorten(string text, int most)
    {
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= most ? text : $"{text.AsSpan(0, most - 1).TrimEnd()}…";
    }

    internal sealed record Argument(string Name, bool IsRequired, JsonElement Schema);
}
