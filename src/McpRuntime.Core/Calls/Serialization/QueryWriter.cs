using System.Text;
using System.Text.Json;
using McpRuntime.Http;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Serialization;

/// <summary>
/// Query arguments, and the properties of form bodies, which are written the same way (OpenAPI 3.1.1, Style Examples):
/// form, the delimited styles, deepObject, and content parameters. Pairs are joined with <c>&amp;</c>.
/// </summary>
/// <param name="output">Where the pairs go.</param>
/// <param name="isForm">The pairs are a form body: its character set, and <c>+</c> for a space.</param>
internal readonly struct QueryWriter(StringBuilder output, bool isForm = false)
{
    private readonly StringBuilder _output = output;
    private readonly UrlSet _set = isForm ? UrlSet.Form : UrlSet.Unreserved;

    /// <summary>
    /// Appends an argument; nothing where it is null or an empty array or object, unless those are allowed empty.
    /// </summary>
    public void Append(PlannedArgument argument, JsonElement value)
    {
        if (argument.In == ArgumentLocation.QueryString)
        {
            AppendWhole(argument, value);
            return;
        }
        if (argument.ContentType is not null)
        {
            AppendPair(
                argument.WireName,
                MediaTypes.IsJson(argument.ContentType) ? ScalarText.Json(value) : ScalarText.Of(value),
                _set
            );
            return;
        }
        var set = argument.AllowReserved ? UrlSet.ReservedInQuery : _set;
        var written = value.ValueKind switch
        {
            JsonValueKind.Object or JsonValueKind.Array when argument.Style == ParameterStyle.DeepObject => AppendDeep(
                argument.WireName,
                value,
                set
            ),
            JsonValueKind.Object => AppendObject(argument, value, set),
            JsonValueKind.Array => AppendArray(argument, value, set),
            _ => AppendPair(argument.WireName, ScalarText.Of(value), set),
        };
        if (!written && argument.AllowEmpty)
            AppendPair(argument.WireName, "", set);
    }

    /// <summary>Appends <c>name=value</c>; false, and nothing is written, for a null.</summary>
    public bool AppendPair(string name, string? value, UrlSet set)
    {
        if (value is null)
            return false;
        Begin();
        UrlText.Append(_output, name, _set);
        _output.Append('=');
        UrlText.Append(_output, value, set);
        return true;
    }

    /// <summary>Begins the next pair.</summary>
    public void Begin()
    {
        if (_output.Length > 0)
            _output.Append('&');
    }

    private void AppendWhole(PlannedArgument argument, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return;
        if (argument.ContentType != MediaTypes.Form || value.ValueKind != JsonValueKind.Object)
        {
            var text =
                argument.ContentType is not null && MediaTypes.IsJson(argument.ContentType)
                    ? ScalarText.Json(value)
                    : ScalarText.Of(value);
            Begin();
            UrlText.Append(_output, text, argument.AllowReserved ? UrlSet.ReservedInQuery : UrlSet.Unreserved);
            return;
        }
        var form = new QueryWriter(_output, isForm: true);
        foreach (var property in value.EnumerateObject())
            form.Append(FormProperty(property.Name), property.Value);
    }

    internal static PlannedArgument FormProperty(string name) =>
        new()
        {
            Name = name,
            WireName = name,
            In = ArgumentLocation.Query,
            Style = ParameterStyle.Form,
            Explode = true,
        };

    private bool AppendArray(PlannedArgument argument, JsonElement array, UrlSet set)
    {
        var written = false;
        foreach (var item in array.EnumerateArray())
        {
            var start = _output.Length;
            if (!written || argument.Explode)
                AppendPair(argument.WireName, "", set);
            else
                _output.Append(Delimiters.Encoded(argument.Delimiter));
            if (ItemText.Append(_output, item, argument.Items, set))
                written = true;
            else
                _output.Length = start;
        }
        return written;
    }

    private bool AppendObject(PlannedArgument argument, JsonElement value, UrlSet set)
    {
        var delimiter = Delimiters.Encoded(argument.Delimiter);
        var written = false;
        foreach (var property in value.EnumerateObject())
        {
            if (argument.Explode && property.Value.ValueKind == JsonValueKind.Array)
            {
                // a=1&a=2 is what exploding an array means anywhere else in a query.
                written |= AppendArray(argument with { WireName = property.Name }, property.Value, set);
                continue;
            }
            if (ScalarText.Of(property.Value) is not { } text)
                continue;
            if (argument.Explode)
            {
                AppendPair(property.Name, text, set);
            }
            else
            {
                if (!written)
                    AppendPair(argument.WireName, "", set);
                else
                    _output.Append(delimiter);
                UrlText.Append(_output, property.Name, set);
                _output.Append(delimiter);
                UrlText.Append(_output, text, set);
            }
            written = true;
        }
        return written;
    }

    private bool AppendDeep(string name, JsonElement value, UrlSet set)
    {
        var written = false;
        foreach (var (path, text) in DeepObject.Flatten(name, value))
            written |= AppendPair(path, text, set);
        return written;
    }
}
