using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using McpRuntime.Diagnostics;
using McpRuntime.Json;

namespace McpRuntime.Validation;

/// <summary>Tells text that instructs a model, or that hides characters, from text that describes.</summary>
internal static partial class InstructionText
{
    /// <summary>
    /// A word of each alternative of <see cref="Order"/>: texts without any of them, most texts, cost one fast search.
    /// </summary>
    private static readonly SearchValues<string> Hints = SearchValues.Create(
        [
            "ignore",
            "disregard",
            "forget",
            "override",
            "user",
            "must",
            "should",
            "shall",
            "has",
            "needs",
            "tool",
            "function",
            "prompt",
            "important",
            "system",
            "instruction",
            "secret",
            "conversation",
            "chat",
            ".ssh",
            "id_rsa",
            "id_ed25519",
            ".aws",
            ".env",
            ".netrc",
            "mcp.json",
            "/etc/passwd",
        ],
        StringComparison.OrdinalIgnoreCase
    );

    // The first of a pair in the tag block, direction overrides and isolates, and what has no width.
    private static readonly SearchValues<char> HiddenHints = SearchValues.Create(
        "\uDB40\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069"
            + "\u200B\u200C\u200D\u2060\u2061\u2062\u2063\u2064\uFEFF"
    );

    /// <summary>The text gives orders to a model, or hides something from those who read it.</summary>
    public static bool Instructs(string? text) => Reason(text) is not null;

    private static bool MayInstruct(ReadOnlySpan<char> text) =>
        text.ContainsAny(Hints) || text.ContainsAny(HiddenHints);

    /// <summary>
    /// False for a schema none of whose texts does; most are such, and one look at the whole is enough for them.
    /// </summary>
    public static bool MayInstruct(JsonText schema)
    {
        var utf8 = schema.Utf8.Span;
        var text = ArrayPool<char>.Shared.Rent(utf8.Length);
        try
        {
            var span = text.AsSpan(0, Encoding.UTF8.GetChars(utf8, text));
            return (span.ContainsAny(Hints) && Order().IsMatch(span))
                || (span.ContainsAny(HiddenHints) && Hidden().IsMatch(span))
                || span.Contains(@"\u", StringComparison.Ordinal);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(text);
        }
    }

    /// <summary>
    /// What is wrong with a text, as the end of a sentence that begins with it; null for a text that describes.
    /// </summary>
    public static string? Reason(string? text)
    {
        if (text is null || !MayInstruct(text))
            return null;
        if (Order().Match(text) is { Success: true } order)
            return $"says '{UntrustedText.ForTerminal(order.Value)}', which instructs a model instead of describing "
                + "the API";
        return Hidden().Match(text) is { Success: true } hidden
            ? $"has hidden characters ({UntrustedText.ForTerminal(hidden.Value)}), which a model reads and a reviewer "
                + "does not see"
            : null;
    }

    // White space, also as the line breaks and tabs of JSON text that is not unescaped yet.
    private const string S = @"(\s|\\[nrt])+";

    // The start of a word, also after such a line break, whose last letter would be part of the word.
    private const string B = @"(\b|(?<=\\[nrt]))";

    private const string IgnoreOthers =
        $@"{B}(ignore|disregard|forget|override){S}((all|any|the|your|of|every){S}){{0,3}}"
        + $"(previous|prior|above|earlier|preceding|other|system){S}"
        + "(instruction|prompt|message|rule|guideline|tool|context)";

    private const string HideFromUser =
        $@"{B}(do{S}not|don['’]t|never|without){S}"
        + "(tell|telling|inform|informing|mention|mentioning|reveal|revealing|"
        + $"notify|notifying|ask|asking|show|showing){S}"
        + $"((this|it|that|anything){S})?((to|the){S}){{0,2}}user";

    private const string YouMust =
        $@"{B}you{S}must{S}((always|first|also|now|immediately){S})?(call|invoke|run|execute)\b";

    private const string ModelMust =
        $@"{B}(assistant|model|agent|ai|llm){S}(must|should|has{S}to|needs{S}to|shall){S}"
        + $"((always|first|also|now|immediately){S})?"
        + @"(call|invoke|use|run|execute|read|send|include|pass|append)\b";

    private const string CallFirst =
        $@"{B}(always|first|immediately){S}(call|invoke|run|execute){S}(this|the){S}(tool|function)";

    private const string BeforeOthers =
        $@"{B}before{S}(using|calling|invoking){S}(any|this|the|other|another){S}((other|another){S})?(tool|function)";

    private const string SystemText = $@"{B}system{S}prompt\b|<\s*/?\s*(important|system|instructions?|secret)\s*>";

    private const string NotOthers =
        $@"{B}(instead{S}of|rather{S}than|never|not|don['’]t|stop){S}((use|using|call|calling){S})?"
        + $@"((any|all|the){S}){{0,2}}(other|previous){S}tools?\b";

    private const string FollowElsewhere =
        $@"{B}(fetch|download|retrieve|load|read|follow|obey|execute){S}"
        + $@"((the|these|those|further|more|additional|all|any|latest){S}){{0,3}}(instructions?|prompts?){S}"
        + $@"(\w+{S}){{0,3}}https?:";

    private const string ReadSecretFile =
        $@"{B}(read|open|cat|load|include|send|pass|attach|append|copy){S}([\w'’]+{S}){{0,5}}\S{{0,40}}"
        + @"(\.ssh\b|id_rsa\b|id_ed25519\b|\.aws\b|\.env\b|\.netrc\b|\bmcp\.json\b|/etc/passwd\b)";

    private const string SendConversation =
        $@"{B}(include|pass|send|append|attach|copy|paste|put){S}((the|a|of|copy|summary){S}){{0,3}}"
        + $@"(your|this|entire|whole|full|complete){S}(conversation|chat)\b";

    private const string Others = $"{NotOthers}|{FollowElsewhere}|{ReadSecretFile}|{SendConversation}";

    [GeneratedRegex(
        $"{IgnoreOthers}|{HideFromUser}|{YouMust}|{ModelMust}|{CallFirst}|{BeforeOthers}|{SystemText}|{Others}",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Order();

    // Tags that are not those of a flag (Unicode TR51), which smuggle ASCII to a model, changes of direction
    // (CVE-2021-42574), and runs without a width, which can spell bits.
    [GeneratedRegex(
        @"(?<![\uDFF4\uDC20-\uDC7E])\uDB40[\uDC00-\uDC7F]+|[\u202A-\u202E\u2066-\u2069]+"
            + @"|[\u200B-\u200D\u2060-\u2064\uFEFF]{3,}",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Hidden();
}
