using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Paging;

/// <summary>A query parameter that may ask for a page.</summary>
/// <param name="Argument">The tool's argument.</param>
/// <param name="Plain">The wire name without anything but letters and digits.</param>
/// <param name="Schema">Behind its references; default where there is none.</param>
/// <param name="Words">What the document says about it, in lower case.</param>
internal sealed record PageParameter(string Argument, string Plain, JsonElement Schema, string Words)
{
    public bool IsNumber => SchemaPeek.Is(Schema, "integer") || SchemaPeek.Is(Schema, "number");

    public bool IsText => SchemaPeek.Is(Schema, "string");

    /// <summary>A whole number that the schema gives for a keyword, also as a text.</summary>
    public long? Number(ReadOnlySpan<byte> keyword) =>
        JsonRead.TryGet(Schema, keyword, out var value)
        && decimal.TryParse(JsonRead.Scalar(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && number == Math.Floor(number)
        && Math.Abs(number) < int.MaxValue
            ? (long)number
            : null;
}

/// <summary>The query parameters of an operation that may ask for pages.</summary>
internal sealed partial class PageParameters
{
    private readonly List<PageParameter> _all = [];

    /// <param name="parameters">Of the operation.</param>
    /// <param name="arguments">The tool's arguments and where they go.</param>
    /// <param name="peek">Follows references.</param>
    public PageParameters(
        IReadOnlyList<Parameter> parameters,
        IEnumerable<KeyValuePair<string, ArgumentBinding>> arguments,
        SchemaPeek peek
    )
    {
        foreach (var (argument, binding) in arguments)
        {
            if (binding.In != ArgumentLocation.Query || binding.Name is not { } wire)
                continue;
            foreach (var parameter in parameters)
            {
                if (parameter.Name != wire || parameter.Binding.In != ArgumentLocation.Query)
                    continue;
                var schema =
                    parameter.Schema is { } node && peek.Follow(node) is { } followed ? followed.Element : default;
                var words = $"{parameter.Description} {JsonRead.Text(schema, "description"u8)}".ToLowerInvariant();
                _all.Add(new PageParameter(argument, PagingWords.Plain(wire), schema, words));
                break;
            }
        }
    }

    public IReadOnlyList<PageParameter> All => _all;

    public IEnumerable<PageParameter> Cursors => _all.Where(each => PagingWords.Cursors.Contains(each.Plain));

    /// <summary>The number of a page.</summary>
    public IEnumerable<PageParameter> Pages =>
        _all.Where(each => PagingWords.Pages.Contains(each.Plain) && IsNumeric(each));

    /// <summary>The number of items to leave out.</summary>
    public IEnumerable<PageParameter> Offsets =>
        _all.Where(each => PagingWords.Offsets.Contains(each.Plain) && IsNumeric(each) && !IsTime(each));

    /// <summary>The number of items of a page; null for none, or several.</summary>
    public PageParameter? Size
    {
        get
        {
            PageParameter? size = null;
            foreach (var each in _all)
            {
                if (!PagingWords.Sizes.Contains(each.Plain) || !IsNumeric(each))
                    continue;
                // Of two, the one that names the page: 'limit' may be a bound over all pages.
                if (size is not null && size.Plain.Contains("page", StringComparison.Ordinal))
                    continue;
                size = each;
            }
            return size;
        }
    }

    /// <summary>The largest size of a page: the schema's, or what the description calls the maximum.</summary>
    public static long? MaximumOf(PageParameter size)
    {
        var most = size.Number("maximum"u8);
        if (most is null && Most().Match(size.Words) is { Success: true } match)
            most = long.Parse(
                match.Groups["most"].ValueSpan,
                NumberStyles.AllowThousands,
                CultureInfo.InvariantCulture
            );
        // A smaller one than what is used anyway was something else.
        return most is { } number && number >= Math.Max(2, size.Number("default"u8) ?? 2) && number <= 100_000
            ? number
            : null;
    }

    // What has an end next to it is a time, or a range of something else.
    private bool IsTime(PageParameter each) =>
        each.Plain is "start" or "from" && _all.Exists(other => other.Plain is "end" or "to" or "until" or "duration");

    // Documents of OpenAPI 2.0 often say 'string' of numbers.
    private static bool IsNumeric(PageParameter each) =>
        each.IsNumber
        || each.Schema.ValueKind == JsonValueKind.Undefined
        || !JsonRead.TryGet(each.Schema, "type"u8, out _)
        || (
            each.IsText
            && ((each.Number("default"u8) ?? each.Number("example"u8)) is not null || CountedFrom.Of(each) is not null)
        );

    [GeneratedRegex(
        @"(?:\bmax(?:imum)?\b[^.;\d]{0,24}?|\bbetween (?:0|1) and |\bexceed |\brange is (?:\d+) ?(?:-|to) ?)\b"
            + @"(?<most>\d{1,3}(?:,\d{3})+|\d{1,6})\b",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Most();
}
