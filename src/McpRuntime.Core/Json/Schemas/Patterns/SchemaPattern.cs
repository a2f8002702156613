using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace McpRuntime.Json.Schemas.Patterns;

/// <summary>
/// A pattern of a schema, compiled when it is first needed. The author of the schema is not trusted: a pattern that
/// could take exponential time and once does runs on the engine that cannot from then on, or, where that one lacks a
/// feature, against the clock. It is not that engine from the start, since the first one costs a process 40 ms.
/// </summary>
/// <param name="source">The pattern as it is in the schema.</param>
internal sealed class SchemaPattern(string source)
{
    private const int ShortText = 256;

    // Wall-clock time: on a busy machine even a short match can take a while, and must not count as a failed one.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    /// <summary>For a pattern that may take exponential time, on the engine that is ready at once.</summary>
    private static readonly TimeSpan Trial = TimeSpan.FromMilliseconds(50);

    /// <summary>Linear in the text, but a pattern may still have very many states.</summary>
    private static readonly TimeSpan LinearTimeout = TimeSpan.FromSeconds(3);

    private volatile Regex? _regex;

    public string Source => source;

    /// <summary>What is wrong with a pattern; null when nothing is.</summary>
    /// <param name="source">The pattern.</param>
    /// <param name="leniency">What only ECMA-262 without the <c>u</c> flag allows; null when nothing.</param>
    public static string? Check(string source, out string? leniency)
    {
        leniency = null;
        try
        {
            var pattern = EcmaPattern.Translate(source);
            leniency = pattern.Leniency;
            _ = new Regex(pattern.Translation, RegexOptions.CultureInvariant, Timeout);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
        catch (ArgumentException)
        {
            // What the translation lets pass and .NET does not, such as a quantifier beyond its bounds.
            return "it is not supported";
        }
    }

    /// <summary>Whether a string matches; a pattern that is not a pattern lets everything pass.</summary>
    public bool IsMatch(JsonElement text, Evaluation evaluation)
    {
        var raw = JsonMarshal.GetRawUtf8Value(text)[1..^1];
        if (raw.Length > ShortText || raw.Contains((byte)'\\'))
            return IsMatch(text.GetString(), evaluation);
        Span<char> characters = stackalloc char[ShortText];
        return IsMatch(characters[..Encoding.UTF8.GetChars(raw, characters)], evaluation);
    }

    /// <summary>Whether a text matches.</summary>
    public bool IsMatch(ReadOnlySpan<char> text, Evaluation evaluation)
    {
        var regex = _regex ??= Create(source);
        evaluation.Spend(1 + (text.Length >> 4));
        evaluation.SpendPatternTime();
        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException) when (regex.MatchTimeout == Trial)
        {
            return IsMatchInBoundedTime(regex.ToString(), text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw TooSlow();
        }
    }

    private bool IsMatchInBoundedTime(string translation, ReadOnlySpan<char> text)
    {
        var regex = _regex = CreateLinear(translation);
        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw TooSlow();
        }
    }

    private EvaluationAborted TooSlow() => new($"cannot be checked: the pattern {Preview.Of(source)} takes too long");

    private static Regex CreateLinear(string translation)
    {
        try
        {
            return new Regex(translation, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, LinearTimeout);
        }
        catch (NotSupportedException)
        {
            // Look-around and back-references need the other engine.
            return new Regex(translation, RegexOptions.CultureInvariant, Timeout);
        }
    }

    private static Regex Create(string source)
    {
        try
        {
            var pattern = EcmaPattern.Translate(source);
            return new Regex(pattern.Translation, RegexOptions.CultureInvariant, pattern.CanExplode ? Trial : Timeout);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return new Regex("", RegexOptions.None, Timeout);
        }
    }
}
