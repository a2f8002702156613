using System.Globalization;
using System.Net.Http.Headers;

namespace McpRuntime.Calls.Sending;

/// <summary>The fields of an answer that say whether and how long it may be used again (RFC 9111, RFC 9110).</summary>
internal sealed record ReuseFields
{
    // No tag of an API is that long; a longer one would take the place of answers.
    private const int LongestTag = 1024;

    // These differ with every request: the runtime adds them.
    private static readonly string[] OfEachCall = ["*", "X-Request-Id", "traceparent", "tracestate"];

    public string? CacheControl { get; init; }

    public string? Expires { get; init; }

    public DateTimeOffset? Date { get; init; }

    /// <summary>How old it was already when it left the last cache on its way.</summary>
    public TimeSpan Age { get; init; }

    public string? ETag { get; init; }

    public string? LastModified { get; init; }

    public string? Vary { get; init; }

    public bool SetsCookie { get; init; }

    /// <summary>The API can be asked whether the answer is still the same.</summary>
    public bool HasValidator => ETag is not null || LastModified is not null;

    /// <summary>It may not be used without asking; so also where Cache-Control cannot be read.</summary>
    public bool MustAsk => CacheControl is not null && (Control is not { } control || control.NoCache);

    private CacheControlHeaderValue? Control =>
        CacheControl is not null && CacheControlHeaderValue.TryParse(CacheControl, out var control) ? control : null;

    public static ReuseFields Of(HttpResponseMessage response)
    {
        var general = response.Headers.NonValidated;
        var content = response.Content.Headers.NonValidated;
        var tag = Text(general, "ETag");
        return new ReuseFields
        {
            CacheControl = Text(general, "Cache-Control"),
            Expires = Text(content, "Expires"),
            Date = HttpDate(Text(general, "Date")),
            Age = Seconds(Text(general, "Age")),
            ETag = tag?.Length > LongestTag ? null : tag,
            LastModified = HttpDate(Text(content, "Last-Modified")) is null ? null : Text(content, "Last-Modified"),
            Vary = Text(general, "Vary"),
            SetsCookie = general.Contains("Set-Cookie") || general.Contains("Set-Cookie2"),
        };
    }

    /// <summary>Whether it may be kept for its caller (RFC 9111 section 3; the cache is a private one).</summary>
    /// <param name="received">When it came.</param>
    public bool MayBeKept(DateTimeOffset received) =>
        !SetsCookie
        && CacheControl?.Contains("no-store", StringComparison.OrdinalIgnoreCase) != true
        && !VariesWithEachCall()
        && (HasValidator || (!MustAsk && Lifetime(received) > TimeSpan.Zero));

    /// <summary>How long it is fresh, from when the API made it (RFC 9111 section 4.2.1); never guessed.</summary>
    /// <param name="received">When it came; in the place of a Date that it lacks.</param>
    public TimeSpan Lifetime(DateTimeOffset received)
    {
        if (Control?.MaxAge is { } most)
            return most;
        // A date that cannot be read, such as 0, is in the past (section 5.3).
        return Expires is null || HttpDate(Expires) is not { } until ? TimeSpan.Zero : until - (Date ?? received);
    }

    /// <summary>The age at its arrival (RFC 9111 section 4.2.3).</summary>
    /// <param name="received">When it came.</param>
    /// <param name="delay">The time that it took.</param>
    public TimeSpan AgeAt(DateTimeOffset received, TimeSpan delay)
    {
        var apparent = Date is { } made && made < received ? received - made : TimeSpan.Zero;
        var told = Age + delay;
        return apparent > told ? apparent : told;
    }

    /// <summary>
    /// These with what a 304 says anew (RFC 9111 section 4.3.4); null where that is about another answer.
    /// </summary>
    public ReuseFields? Confirmed(ReuseFields by)
    {
        if (ETag is not null && by.ETag is not null && Opaque(ETag) != Opaque(by.ETag))
            return null;
        var saysHowLong = by.CacheControl is not null || by.Expires is not null;
        return this with
        {
            CacheControl = saysHowLong ? by.CacheControl : CacheControl,
            Expires = saysHowLong ? by.Expires : Expires,
            Date = by.Date,
            Age = by.Age,
            ETag = by.ETag ?? ETag,
            LastModified = by.LastModified ?? LastModified,
            Vary = by.Vary ?? Vary,
            SetsCookie = by.SetsCookie,
        };
    }

    private bool VariesWithEachCall() =>
        Vary?.Split(',', StringSplitOptions.TrimEntries)
            .Any(name => OfEachCall.Contains(name, StringComparer.OrdinalIgnoreCase)) == true;

    // RFC 9110 section 8.8.3.2: a weak comparison, as If-None-Match makes it.
    private static string Opaque(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;

    private static string? Text(HttpHeadersNonValidated fields, string name) =>
        fields.TryGetValues(name, out var values) && string.Join(", ", values) is { Length: > 0 } text ? text : null;

    private static DateTimeOffset? HttpDate(string? text) =>
        DateTimeOffset.TryParseExact(
            text,
            "r",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var date
        )
            ? date
            : null;

    // What is not a number is left out (section 5.1); more than a year is as good as a year.
    private static TimeSpan Seconds(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(Math.Min(seconds, 366 * 24 * 3600))
            : TimeSpan.Zero;
}
