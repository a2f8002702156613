using System.Text;
using McpRuntime.Diagnostics;
using McpRuntime.OpenApi.Model;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace McpRuntime.Documents.Yaml;

/// <summary>YamlDotNet's events of a text, with its errors as findings.</summary>
internal sealed class YamlEvents
{
    private readonly string _text;
    private readonly Parser _parser;
    private readonly string? _source;

    public YamlEvents(ReadOnlySpan<byte> text, string? source)
    {
        _text = Encoding.UTF8.GetString(text);
        _parser = new Parser(new Scanner(new StringReader(_text), skipComments: true));
        _source = source;
    }

    /// <exception cref="FindingsException">The text is not YAML.</exception>
    public ParsingEvent Next()
    {
        try
        {
            if (_parser.MoveNext())
                return _parser.Current!;
        }
        catch (YamlException exception)
        {
            var (line, column) = Place(exception.Start);
            throw DocumentFailure.Because(DocumentRules.YamlSyntax, Explain(exception), _source, line, column);
        }
        // YamlDotNet throws this where a line inside of braces is less far in than what the braces belong to.
        catch (InvalidOperationException)
        {
            var (line, column) = Place(_parser.Current?.End ?? Mark.Empty);
            throw DocumentFailure.Because(
                DocumentRules.YamlSyntax,
                "The YAML cannot be read from here on. Indent the next line.",
                _source,
                line,
                column
            );
        }
        throw DocumentFailure.Because(DocumentRules.YamlSyntax, "The YAML ends unexpectedly.", _source);
    }

    /// <summary>Steps to the root node of the first document; null where there is none.</summary>
    public NodeEvent? Root()
    {
        while (true)
        {
            switch (Next())
            {
                case NodeEvent node:
                    return node;
                case StreamEnd:
                    return null;
            }
        }
    }

    // The scanner counts a line after the last one where the text ends without a line break.
    private (int Line, int Column) Place(Mark mark)
    {
        var lines = _text.AsSpan().Count('\n') + 1;
        return mark.Line <= lines
            ? ((int)mark.Line, (int)mark.Column)
            : (lines, _text.Length - _text.LastIndexOf('\n'));
    }

    private static string Explain(YamlException exception)
    {
        var reason = exception.Message.TrimEnd('.');
        var hint = reason.Contains("tab", StringComparison.OrdinalIgnoreCase) ? " YAML is indented with spaces." : "";
        return $"The YAML is not valid here: {reason}. Check indentation, quotes and colons.{hint}";
    }
}
