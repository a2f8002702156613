using System.Text.Json;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>Lower bounds above their upper ones.</summary>
internal sealed partial class SchemaRepair
{
    private void CompareBounds(in SchemaShape shape)
    {
        if (!shape.HasBounds)
            return;
        Compare(shape, SchemaKeyword.MinLength, SchemaKeyword.MaxLength);
        Compare(shape, SchemaKeyword.MinItems, SchemaKeyword.MaxItems);
        Compare(shape, SchemaKeyword.MinProperties, SchemaKeyword.MaxProperties);
        Compare(shape, SchemaKeyword.MinContains, SchemaKeyword.MaxContains);
        var lower = Bound(SchemaKeyword.Minimum, SchemaKeyword.ExclusiveMinimum, isLower: true);
        var upper = Bound(SchemaKeyword.Maximum, SchemaKeyword.ExclusiveMaximum, isLower: false);
        if (lower is not var (least, isLeastExcluded) || upper is not var (most, isMostExcluded))
            return;
        if (least < most || (least == most && !isLeastExcluded && !isMostExcluded))
            return;
        var keyword = shape.Has(SchemaKeyword.Minimum) ? SchemaKeyword.Minimum : SchemaKeyword.ExclusiveMinimum;
        Messages.Add((keyword, $"No number is at least {least} and at most {most}; both bounds are ignored."));
        LeaveOut(SchemaKeyword.Minimum);
        LeaveOut(SchemaKeyword.Maximum);
        LeaveOut(SchemaKeyword.ExclusiveMinimum);
        LeaveOut(SchemaKeyword.ExclusiveMaximum);
    }

    private void Compare(in SchemaShape shape, SchemaKeyword least, SchemaKeyword most)
    {
        if (
            !shape.Has(least)
            || !shape.Has(most)
            || Number(least) is not { } low
            || Number(most) is not { } high
            || low <= high
        )
            return;
        LeaveOut(most);
        LeaveOut(least, $"The lower bound {low} is above the upper bound {high}; both are ignored.");
    }

    // The stricter of the two forms. A boolean is the form of drafts before 6, next to the bound.
    private (double Value, bool IsExcluded)? Bound(SchemaKeyword inclusive, SchemaKeyword exclusive, bool isLower)
    {
        var isExcluded = Value(exclusive).ValueKind == JsonValueKind.True;
        var (plain, strict) = (Number(inclusive), Number(exclusive));
        if (strict is { } own && (plain is not { } other || (isLower ? own >= other : own <= other)))
            return (own, true);
        return plain is { } value ? (value, isExcluded) : null;
    }

    private double? Number(SchemaKeyword keyword) =>
        Value(keyword) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number)
            ? number
            : null;

    // Whether a value is within the bounds that are written.
    private bool IsWithin(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number))
        {
            return !(Written(SchemaKeyword.Minimum) > number)
                && !(Written(SchemaKeyword.Maximum) < number)
                && !(Written(SchemaKeyword.ExclusiveMinimum) >= number)
                && !(Written(SchemaKeyword.ExclusiveMaximum) <= number);
        }
        return JsonRead.Text(value) is not { } text
            || (
                !(Written(SchemaKeyword.MinLength) > Length(text)) && !(Written(SchemaKeyword.MaxLength) < Length(text))
            );
    }

    private double? Written(SchemaKeyword keyword) => LeavesOut(keyword) ? null : Number(keyword);

    private static int Length(string text)
    {
        var length = 0;
        foreach (var _ in text.EnumerateRunes())
            length++;
        return length;
    }
}
