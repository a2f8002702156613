using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Json.Schemas;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>Values in <c>enum</c>, <c>const</c> and <c>default</c> that the rest of the schema excludes.</summary>
internal sealed partial class SchemaRepair
{
    private void CheckValues(in SchemaShape shape)
    {
        if (shape.Has(SchemaKeyword.Const))
            CheckConst(shape);
        if (
            shape.Has(SchemaKeyword.Enum)
            && Value(SchemaKeyword.Enum) is { ValueKind: JsonValueKind.Array } values
            && values.GetArrayLength() > 0
            && !LeavesOut(SchemaKeyword.Enum)
        )
            CheckEnum(shape, values);
        if (shape.Has(SchemaKeyword.Default))
            CheckDefault(shape);
    }

    private void CheckConst(in SchemaShape shape)
    {
        var value = Value(SchemaKeyword.Const);
        if (!_types.Allows(value))
        {
            Const = TypedValue.Of(value, _types);
            if (Const is null)
                IgnoreType("const");
            else
                Messages.Add(
                    (
                        SchemaKeyword.Const,
                        $"The constant {Show(value)} is read as {Const}, a value of the schema's type."
                    )
                );
        }
        if (
            shape.Has(SchemaKeyword.Enum)
            && Value(SchemaKeyword.Enum) is { ValueKind: JsonValueKind.Array } values
            && !values.EnumerateArray().Any(other => JsonEquality.Instance.Equals(other, value))
        )
            LeaveOut(
                SchemaKeyword.Enum,
                "The enum does not contain the constant of the same schema; 'enum' is ignored."
            );
    }

    private void CheckEnum(in SchemaShape shape, JsonElement values)
    {
        if ((_types & ~JsonTypes.Null) == JsonTypes.Array && BelongsToItems(values))
        {
            MoveToItems(shape, values);
            return;
        }
        if (!Fit(values))
            Convert(values);
        var bounds = shape.HasBound && !values.EnumerateArray().Any(IsWithin);
        if (!bounds)
            return;
        foreach (var keyword in SchemaShape.ValueBounds)
        {
            if (shape.Has(keyword) && !LeavesOut(keyword))
                LeaveOut(keyword, "No value of the enum is within the bound; the bound is ignored.");
        }
    }

    private bool Fit(JsonElement values)
    {
        if (_types == JsonTypes.None)
            return true;
        foreach (var value in values.EnumerateArray())
        {
            if (!_types.Include(value))
                return false;
        }
        return true;
    }

    private void Convert(JsonElement values)
    {
        var (texts, seen) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        var (lost, hasNull) = (new List<string>(), false);
        foreach (var value in values.EnumerateArray())
        {
            if (value.ValueKind == JsonValueKind.Null && (_types & JsonTypes.Null) == 0)
                hasNull = true;
            else if (TypedValue.Of(value, _types) is not { } text)
                lost.Add(Show(value));
            else if (seen.Add(text))
                texts.Add(text);
        }
        if (texts.Count == 0 && lost.Count == 0)
        {
            LeaveOut(SchemaKeyword.Enum, "The enum has no value of the schema's type; 'enum' is ignored.");
            return;
        }
        if (texts.Count == 0)
        {
            IgnoreType("enum");
            return;
        }
        if (hasNull)
        {
            Type = (Type ?? new TypeMeaning(_types)) with { Types = _types | JsonTypes.Null };
            _types |= JsonTypes.Null;
            texts.Add("null");
        }
        Enum = texts;
        Messages.Add(
            (
                SchemaKeyword.Enum,
                lost.Count == 0
                    ? "Values of the enum are read as values of the schema's type"
                        + (hasNull ? ", and null is allowed, as one of them is." : ".")
                    : $"{string.Join(", ", lost.Take(10))} of the enum "
                        + $"{(lost.Count == 1 ? "is not a value" : "are not values")} of the schema's type; ignored."
            )
        );
    }

    // The values say more than a type that none of them has.
    private void IgnoreType(string keyword)
    {
        Type = null;
        LeaveOut(
            SchemaKeyword.Type,
            $"No value of '{keyword}' is of the schema's type, {Words(_types)}; 'type' is ignored."
        );
        _types = JsonTypes.None;
    }

    // One array of several values is a list of choices that was put in brackets twice.
    private static bool BelongsToItems(JsonElement values) =>
        values.EnumerateArray().Any(value => value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null))
        || (
            values.GetArrayLength() == 1 && values[0].ValueKind == JsonValueKind.Array && values[0].GetArrayLength() > 1
        );

    private void MoveToItems(in SchemaShape shape, JsonElement values)
    {
        LeaveOut(SchemaKeyword.Enum);
        var items = shape.Items;
        var isOwn = items.ValueKind == JsonValueKind.Object;
        if (
            items.ValueKind is JsonValueKind.Array or JsonValueKind.False
            || (isOwn && (items.TryGetProperty("enum"u8, out _) || items.TryGetProperty("const"u8, out _)))
        )
        {
            Messages.Add(
                (
                    SchemaKeyword.Enum,
                    "The enum of an array is about its items, which have their own; 'enum' is ignored."
                )
            );
            return;
        }
        var types = isOwn ? TypesOf(items) : Type?.Items ?? JsonTypes.None;
        var (texts, seen) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (
            var value in values
                .EnumerateArray()
                .SelectMany(value =>
                    value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : new[] { value }
                )
        )
        {
            if (value.ValueKind != JsonValueKind.Null && TypedValue.Of(value, types) is { } text && seen.Add(text))
                texts.Add(text);
        }
        if (texts.Count > 0)
            ItemEnum = texts;
        Messages.Add(
            (
                SchemaKeyword.Enum,
                texts.Count > 0
                    ? "The enum of an array is applied to its items."
                    : "No value of the enum is of the type of the array's items; 'enum' is ignored."
            )
        );
    }

    private void CheckDefault(in SchemaShape shape)
    {
        var value = Value(SchemaKeyword.Default);
        if (!_types.Allows(value))
        {
            Default =
                (_types & ~JsonTypes.Null) == JsonTypes.Array ? Wrapped(shape, value) : TypedValue.Of(value, _types);
            if (Default is null)
            {
                LeaveOut(
                    SchemaKeyword.Default,
                    $"The default {Show(value)} is not of the schema's type, {Words(_types)}; ignored."
                );
                return;
            }
            Messages.Add(
                (
                    SchemaKeyword.Default,
                    $"The default {Show(value)} is read as {UntrustedText.Shorten(Default, 60)}, a value of "
                        + $"the schema's type."
                )
            );
            value = JsonElement.Parse(Default);
        }
        if (!IsAllowed(value))
            LeaveOut(SchemaKeyword.Default, $"The default {Show(value)} is not a value of the enum; ignored.");
        else if (shape.HasBound && !IsWithin(value))
            LeaveOut(SchemaKeyword.Default, $"The default {Show(value)} is outside of the schema's bounds; ignored.");
    }

    // One value stands for an array of it; a text with commas may be several.
    private static string? Wrapped(in SchemaShape shape, JsonElement value)
    {
        if (
            value.ValueKind is JsonValueKind.Null or JsonValueKind.Object
            || (JsonRead.Text(value) is { } text && (text.Length == 0 || text.Contains(',', StringComparison.Ordinal)))
        )
            return null;
        var types = shape.Items.ValueKind == JsonValueKind.Object ? TypesOf(shape.Items) : JsonTypes.None;
        return TypedValue.Of(value, types) is { } item ? $"[{item}]" : null;
    }

    private bool IsAllowed(JsonElement value)
    {
        if (LeavesOut(SchemaKeyword.Enum) || (value.ValueKind == JsonValueKind.Null && _isNullable))
            return true;
        if (Enum is { } texts)
            return texts.Exists(text => JsonEquality.Instance.Equals(JsonElement.Parse(text), value));
        return Value(SchemaKeyword.Enum) is not { ValueKind: JsonValueKind.Array } values
            || values.GetArrayLength() == 0
            || values.EnumerateArray().Any(other => JsonEquality.Instance.Equals(other, value));
    }

    private static string Show(JsonElement value) => UntrustedText.Shorten(value.GetRawText(), 60);
}
