using System.Text;
using McpRuntime.Cmdlets.Processes;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace McpRuntime.Cmdlets.Clients;

/// <summary>Server entries in TOML: a table <c>[section.name]</c> each, with tables below it.</summary>
internal sealed class TomlEntries(ClientProfile profile) : IServerEntries
{
    private const string TokenKey = "bearer_token_env_var";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public bool? IsOurs(byte[] text, string name)
    {
        var parts = PartsOf(Parse(Decode(text, out _)), name);
        return parts.Count == 0 ? null : parts.Any(IsOurs);
    }

    public byte[] AddLocal(byte[] text, string name, LaunchCommand launch) =>
        Set(
            text,
            name,
            $"command = {Quoted(launch.Executable)}",
            $"args = [{string.Join(", ", launch.Arguments.Select(Quoted))}]"
        );

    public byte[] AddRemote(byte[] text, string name, Uri uri) =>
        Set(
            text,
            name,
            $"{profile.UrlKey} = {Quoted(uri.AbsoluteUri)}",
            $"{TokenKey} = {Quoted(profile.Reference(TokenVariable.Of(name)))}"
        );

    public byte[] Remove(byte[] text, string name)
    {
        var plain = Decode(text, out var mark);
        return Encode(Checked(Without(plain, PartsOf(Parse(plain), name), withBlankLine: true)), mark);
    }

    private byte[] Set(byte[] text, string name, params string[] lines)
    {
        var plain = Decode(text, out var mark);
        var parts = PartsOf(Parse(plain), name);
        var newLine = plain.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var entry = string.Concat([
            $"[{profile.Section}.{Key(name)}]",
            newLine,
            .. lines.SelectMany(line => new[] { line, newLine }),
        ]);
        if (parts.FirstOrDefault(part => part is TableSyntaxBase) is { } first)
        {
            var start = first.Span.Offset;
            var earlier = parts.Where(part => part.Span.Offset < start).ToList();
            var later = parts.Where(part => part.Span.Offset > start).ToList();
            var (before, after) = (plain[..start], plain[End(first)..]);
            plain = string.Concat(
                Without(before, earlier, withBlankLine: false),
                entry,
                Without(after, later, withBlankLine: true, offset: End(first))
            );
        }
        else
        {
            plain = Without(plain, parts, withBlankLine: false);
            if (plain.Length > 0)
                plain += plain.EndsWith('\n') ? newLine : newLine + newLine;
            plain += entry;
        }
        return Encode(Checked(plain), mark);
    }

    private DocumentSyntax Parse(string text)
    {
        var document = SyntaxParser.Parse(text, "", validate: true);
        if (document.Diagnostics.FirstOrDefault(finding => finding.Kind == DiagnosticMessageKind.Error) is { } error)
            throw new ClientTextException(
                "TOML",
                error.Span.Start.Line + 1,
                error.Span.Start.Column + 1,
                error.Message
            );
        var inline = document
            .KeyValues.Where(pair => PathOf(pair.Key!) is [var key] && key == profile.Section)
            .Cast<SyntaxNode>()
            .Concat(
                document
                    .Tables.OfType<TableArraySyntax>()
                    .Where(table => PathOf(table.Name!) is [var key] && key == profile.Section)
            );
        return inline.FirstOrDefault() is { } odd
            ? throw new ClientTextException(
                $"for this command: '{profile.Section}' is not a separate table",
                odd.Span.Start.Line + 1,
                odd.Span.Start.Column + 1,
                $"Write each server as a table [{profile.Section}.NAME]."
            )
            : document;
    }

    // What is written is read again: a file that the client cannot read any more would be worse than an error.
    private string Checked(string text)
    {
        Parse(text);
        return text;
    }

    /// <summary>The tables and pairs that make up an entry, in the order of the text.</summary>
    private List<SyntaxNode> PartsOf(DocumentSyntax document, string name)
    {
        string[] entry = [profile.Section, name];
        var parts = new List<SyntaxNode>(document.KeyValues.Where(pair => StartsWith(PathOf(pair.Key!), entry)));
        foreach (var table in document.Tables)
        {
            var path = PathOf(table.Name!);
            if (StartsWith(path, entry))
                parts.Add(table);
            else if (path is [var section] && section == profile.Section)
                parts.AddRange(table.Items.Where(pair => PathOf(pair.Key!)[0] == name));
        }
        return parts;
    }

    private static bool IsOurs(SyntaxNode part) =>
        part switch
        {
            TableSyntaxBase table => table.Items.Any(IsOurs),
            KeyValueSyntax { Value: InlineTableSyntax inline } => inline.Items.Any(item => IsOurs(item.KeyValue!)),
            KeyValueSyntax pair => PathOf(pair.Key!)[^1] switch
            {
                "args" => pair.Value is ArraySyntax { Items: var items }
                    && items.Any(item =>
                        item.Value is StringValueSyntax { Value: { } text }
                        && text.Contains(ServerEntry.Mark, StringComparison.OrdinalIgnoreCase)
                    ),
                TokenKey => pair.Value is StringValueSyntax { Value: { } variable }
                    && variable.StartsWith(TokenVariable.Prefix, StringComparison.Ordinal),
                _ => false,
            },
            _ => false,
        };

    private static string Without(string text, List<SyntaxNode> parts, bool withBlankLine, int offset = 0)
    {
        foreach (var part in Enumerable.Reverse(parts))
        {
            var (start, end) = (part.Span.Offset - offset, End(part) - offset);
            // The blank line before a table goes with it.
            if (withBlankLine && part is TableSyntaxBase && text.AsSpan(0, start) is var before)
            {
                if (before.EndsWith("\n\r\n"))
                    start -= 2;
                else if (before.EndsWith("\n\n") || before.Length == 1 && before[0] == '\n')
                    start--;
            }
            text = text.Remove(start, end - start);
        }
        return text;
    }

    // A node ends with its line.
    private static int End(SyntaxNode node) => node.Span.End.Offset + 1;

    private static List<string> PathOf(KeySyntax key) =>
        [NameOf(key.Key!), .. key.DotKeys.Select(dotted => NameOf(dotted.Key!))];

    private static string NameOf(BareKeyOrStringValueSyntax key) =>
        key is StringValueSyntax { Value: { } value } ? value : ((BareKeySyntax)key).Key!.Text!;

    private static bool StartsWith(List<string> path, string[] prefix) =>
        path.Count >= prefix.Length && path.Take(prefix.Length).SequenceEqual(prefix, StringComparer.Ordinal);

    private static string Key(string name) => BareKeySyntax.IsBareKey(name) ? name : Quoted(name);

    private static string Quoted(string text) => new StringValueSyntax(text).ToString();

    private static string Decode(byte[] text, out bool hasMark)
    {
        hasMark = text.AsSpan().StartsWith(Encoding.UTF8.Preamble);
        try
        {
            return Utf8.GetString(text.AsSpan(hasMark ? Encoding.UTF8.Preamble.Length : 0));
        }
        catch (DecoderFallbackException exception)
        {
            throw new ClientTextException("UTF-8", null, null, exception.Message);
        }
    }

    private static byte[] Encode(string text, bool withMark) =>
        [.. withMark ? Encoding.UTF8.Preamble : [], .. Utf8.GetBytes(text)];
}
