using System.Text;
using System.Text.Json;
using McpRuntime.Concurrency;
using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.Documents.Json;
using McpRuntime.Documents.Yaml;

namespace McpRuntime.Documents;

/// <summary>Tells JSON from YAML by the text itself, names being a hint only, and parses either.</summary>
internal static class DocumentParser
{
    /// <param name="bytes">The text.</param>
    /// <param name="source">Its name.</param>
    /// <param name="limits">How deep it may be nested.</param>
    /// <exception cref="FindingsException">The text is neither.</exception>
    public static ParsedText Parse(ReadOnlyMemory<byte> bytes, string? source, DocumentLimits limits)
    {
        var text = DocumentText.ToUtf8(bytes, source);
        var start = text.Span.TrimStart(" \t\r\n"u8);
        if (start[0] is not ((byte)'{' or (byte)'['))
        {
            DocumentText.Check(text.Span, source);
            return ParseYaml(text, source, limits);
        }
        try
        {
            return ParseJson(text, source, limits);
        }
        catch (FindingsException failure)
            when (!Names(source, ".json") && failure.Findings[0].RuleId != DocumentRules.NotText)
        {
            // Flow style YAML starts like JSON.
            try
            {
                return ParseYaml(text, source, limits);
            }
            catch (FindingsException) when (!Names(source, ".yaml") && !Names(source, ".yml"))
            {
                // Neither: what starts like JSON was most likely meant as JSON, so its error is the one to show.
            }
            throw;
        }
    }

    private static ParsedText ParseJson(ReadOnlyMemory<byte> bytes, string? source, DocumentLimits limits)
    {
        DocumentText.Check(bytes.Span, source);
        var text = JsonSurrogates.Replace(bytes);
        try
        {
            var mayRepeatKeys = BackgroundScan.Start(text, static text => JsonKeyCheck.MayRepeatKeys(text.Span));
            var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = limits.MaxDepth });
            var findings = mayRepeatKeys.GetAwaiter().GetResult() ? JsonDuplicates.Find(text.Span, source) : [];
            return new ParsedText(text, IsYaml: false, text, json, findings);
        }
        catch (JsonException exception)
        {
            throw JsonSyntaxError.Explain(text, exception, source, limits);
        }
    }

    private static ParsedText ParseYaml(ReadOnlyMemory<byte> text, string? source, DocumentLimits limits)
    {
        ReadOnlyMemory<byte> json;
        IReadOnlyList<Finding> findings;
        try
        {
            (json, findings) = YamlToJson.Convert(text, source, limits);
        }
        catch (FindingsException failure)
            when (failure.Findings[0].RuleId == DocumentRules.YamlSyntax && YamlBlankLines.Empty(text) is { } emptied)
        {
            text = emptied;
            (json, findings) = YamlToJson.Convert(text, source, limits);
        }
        if (json.Span[0] is not ((byte)'{' or (byte)'['))
            throw NotStructured(text.Span, source);
        var options = new JsonDocumentOptions { MaxDepth = limits.MaxDepth };
        return new ParsedText(text, IsYaml: true, json, JsonDocument.Parse(json, options), findings);
    }

    // Any text is YAML, a single scalar; a web page in place of the document is the usual mistake.
    private static FindingsException NotStructured(ReadOnlySpan<byte> text, string? source)
    {
        var line = text.TrimStart(" \t\r\n"u8);
        var end = line.IndexOfAny((byte)'\r', (byte)'\n');
        var first = Encoding.UTF8.GetString(end < 0 ? line : line[..end]);
        if (first.Length > 60)
            first = first[..60] + "…";
        var page = first.StartsWith('<')
            ? " It looks like a web page or XML; give the address of the document itself."
            : "";
        return DocumentFailure.Because(
            DocumentRules.NotStructured,
            $"'{source ?? "The text"}' is neither a JSON nor a YAML document: it starts with '{first}'.{page}",
            source,
            1,
            1
        );
    }

    private static bool Names(string? source, string extension)
    {
        if (source is null)
            return false;
        var end = source.Contains("://", StringComparison.Ordinal) ? source.AsSpan().IndexOfAny('?', '#') : -1;
        return (end < 0 ? source : source.AsSpan(0, end)).EndsWith(extension, StringComparison.OrdinalIgnoreCase);
    }
}
