using System.Text.Json;
using McpRuntime.Diagnostics;

namespace McpRuntime.Json.Schemas.Keywords;

/// <summary><c>enum</c> and <c>const</c>.</summary>
internal sealed class EnumKeyword : AssertionKeyword
{
    private readonly JsonElement[] _values;
    private readonly NameTable? _strings;

    public EnumKeyword(SchemaNode owner, string name, JsonElement[] values)
        : base(owner, name, KeywordKinds.Value)
    {
        _values = values;
        var strings = new List<string>(values.Length);
        foreach (var value in values)
        {
            if (value.ValueKind == JsonValueKind.String)
                strings.Add(value.GetString()!);
        }

        if (strings.Count > 0)
            _strings = new NameTable(strings);
    }

    public IReadOnlyList<JsonElement> Values => _values;

    /// <summary><c>must be one of "a" or "b", is "c"</c>, with the nearest value where one is near.</summary>
    public static string Describe(IReadOnlyList<JsonElement> values, JsonElement instance, string shown)
    {
        if (values.Count == 1)
            return $"must be {Preview.Of(values[0])}, is {shown}";
        var words = new List<string>(values.Count);
        foreach (var value in values)
            words.Add(Preview.Of(value));
        var nearest =
            words.Count > 3 && instance.ValueKind == JsonValueKind.String
                ? NearNames.Nearest(Preview.Of(instance), words)
                : null;
        return $"must be one of {Preview.List(words)}, is "
            + $"{shown}{(nearest is null ? "" : $"; did you mean {nearest}?")}";
    }

    protected override bool IsValid(JsonElement instance, Evaluation evaluation)
    {
        if (instance.ValueKind == JsonValueKind.String)
            return _strings is not null && _strings.FindString(instance) >= 0;
        foreach (var value in _values)
        {
            if (JsonEquality.Instance.Equals(value, instance))
                return true;
            evaluation.Spend(1);
        }

        return false;
    }

    protected override string Describe(JsonElement instance) => Describe(_values, instance, Show(instance));
}
