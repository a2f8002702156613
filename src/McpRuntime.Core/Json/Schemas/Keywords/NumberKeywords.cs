using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace McpRuntime.Json.Schemas.Keywords;

/// <summary>
/// <c>minimum</c>, <c>exclusiveMinimum</c>, <c>maximum</c>, <c>exclusiveMaximum</c>; exact to the last digit.
/// </summary>
internal sealed class LimitKeyword : AssertionKeyword
{
    private readonly byte[] _limit;
    private readonly long? _whole;
    private readonly bool _isMinimum;
    private readonly bool _isExclusive;

    public LimitKeyword(SchemaNode owner, string name, JsonElement limit)
        : base(owner, name)
    {
        _limit = JsonMarshal.GetRawUtf8Value(limit).ToArray();
        _whole = limit.TryGetInt64(out var whole) ? whole : null;
        _isMinimum = name.EndsWith("inimum", StringComparison.Ordinal);
        _isExclusive = name.StartsWith("exclusive", StringComparison.Ordinal);
    }

    protected override bool IsValid(JsonElement instance, Evaluation evaluation)
    {
        if (instance.ValueKind != JsonValueKind.Number)
            return true;
        var order =
            _whole is { } limit && instance.TryGetInt64(out var value)
                ? value.CompareTo(limit)
                : DecimalText.Parse(JsonMarshal.GetRawUtf8Value(instance)).CompareTo(DecimalText.Parse(_limit));
        return (order == 0 && !_isExclusive) || (_isMinimum ? order > 0 : order < 0);
    }

    protected override string Describe(JsonElement instance)
    {
        var words = (_isMinimum, _isExclusive) switch
        {
            (true, false) => "at least",
            (true, true) => "greater than",
            (false, false) => "at most",
            _ => "less than",
        };
        return $"must be {words} {Preview.Of(Encoding.UTF8.GetString(_limit))}, is {Show(instance)}";
    }
}

/// <summary><c>multipleOf</c>; exact, so that 0.3 is a multiple of 0.1.</summary>
internal sealed class MultipleOfKeyword : AssertionKeyword
{
    private readonly byte[] _divisor;
    private readonly long? _whole;

    public MultipleOfKeyword(SchemaNode owner, JsonElement divisor)
        : base(owner, "multipleOf")
    {
        _divisor = JsonMarshal.GetRawUtf8Value(divisor).ToArray();
        _whole = divisor.TryGetInt64(out var whole) ? whole : null;
    }

    protected override bool IsValid(JsonElement instance, Evaluation evaluation)
    {
        if (instance.ValueKind != JsonValueKind.Number)
            return true;
        if (_whole is { } divisor && instance.TryGetInt64(out var value))
            return divisor == 1 || value % divisor == 0;
        var number = DecimalText.Parse(JsonMarshal.GetRawUtf8Value(instance));
        if (number.DigitCount > DecimalText.MaxDivisibleDigits)
            throw new EvaluationAborted(
                $"holds a number with more than {DecimalText.MaxDivisibleDigits} digits, too many to divide"
            );
        evaluation.Spend(1 + number.DigitCount);
        return number.IsMultipleOf(DecimalText.Parse(_divisor));
    }

    protected override string Describe(JsonElement instance) =>
        $"must be a multiple of {Encoding.UTF8.GetString(_divisor)}, is {Show(instance)}";
}
