using McpRuntime.Http;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Serialization;

/// <summary>An argument and its place, with every default of the specification filled in.</summary>
internal sealed record PlannedArgument
{
    /// <summary>Name in the tool's arguments.</summary>
    public required string Name { get; init; }

    public required ArgumentLocation In { get; init; }

    /// <summary>Name on the wire; empty for a whole query string.</summary>
    public required string WireName { get; init; }

    public required ParameterStyle Style { get; init; }

    public required bool Explode { get; init; }

    public ArrayDelimiter Delimiter { get; init; }

    /// <summary>How arrays in an array are joined; null where they are sent as JSON.</summary>
    public ArrayItems? Items { get; init; }

    public bool AllowReserved { get; init; }

    /// <inheritdoc cref="ArgumentBinding.AllowSlash"/>
    public bool AllowSlash { get; init; }

    /// <summary>
    /// More than one segment's own characters are sent as they are, so its value is looked at more closely.
    /// </summary>
    public bool IsWide => AllowSlash || AllowReserved;

    public bool AllowEmpty { get; init; }

    /// <summary>Media type of a content parameter, lower-case without parameters; null for one with a style.</summary>
    public string? ContentType { get; init; }

    /// <summary>
    /// The OpenAPI defaults: simple in path and header, form in query and cookie; form and cookie explode.
    /// </summary>
    public static PlannedArgument From(string name, ArgumentBinding binding)
    {
        var style = binding.Style
            ?? (
                binding.In is ArgumentLocation.Path or ArgumentLocation.Header
                    ? ParameterStyle.Simple
                    : ParameterStyle.Form
            );
        return new PlannedArgument
        {
            Name = name,
            In = binding.In,
            WireName = binding.Name ?? (binding.In == ArgumentLocation.QueryString ? "" : name),
            Style = style,
            Explode = binding.Explode ?? style is ParameterStyle.Form or ParameterStyle.Cookie,
            Delimiter = binding.Delimiter,
            Items = binding.Items,
            AllowReserved = binding.AllowReserved,
            AllowSlash = binding.AllowSlash,
            AllowEmpty = binding.AllowEmpty,
            ContentType = binding.ContentType is null ? null : MediaTypes.Essence(binding.ContentType),
        };
    }
}
