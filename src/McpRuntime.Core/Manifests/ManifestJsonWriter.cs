using System.Globalization;
using McpRuntime.Json;

namespace McpRuntime.Manifests;

/// <summary>Writes JSON objects member by member; what is null or a default is left out.</summary>
internal sealed class ManifestJsonWriter(int capacity)
{
    private readonly JsonBuffer _output = new(capacity);
    private bool _needsComma;

    public ReadOnlyMemory<byte> Written => _output.Written;

    /// <summary>Begins another text.</summary>
    public void Clear()
    {
        _output.Clear();
        _needsComma = false;
    }

    public void BeginObject() => Begin((byte)'{');

    public void EndObject() => End((byte)'}');

    public void BeginArray() => Begin((byte)'[');

    public void EndArray() => End((byte)']');

    public void Key(string name)
    {
        Separate();
        _output.String(name);
        _output.Raw((byte)':');
        _needsComma = false;
    }

    public void Value(string value)
    {
        Separate();
        _output.String(value);
    }

    public void Value(JsonText value)
    {
        Separate();
        _output.Raw(value.Utf8.Span);
    }

    public void Member(string name, string? value)
    {
        if (value is null)
            return;
        Key(name);
        Value(value);
    }

    public void Member(string name, bool? value)
    {
        if (value is null)
            return;
        Key(name);
        Separate();
        _output.Raw(value.Value ? "true"u8 : "false"u8);
    }

    /// <summary>Only where true.</summary>
    public void Flag(string name, bool value) => Member(name, value ? true : null);

    public void Member(string name, long? value)
    {
        if (value is not null)
            Number(name, value.Value.ToString(CultureInfo.InvariantCulture));
    }

    public void Member(string name, double? value)
    {
        if (value is not null)
            Number(name, value.Value.ToString("R", CultureInfo.InvariantCulture));
    }

    public void Member(string name, JsonText? value)
    {
        if (value is null)
            return;
        Key(name);
        Value(value);
    }

    /// <summary>Only where there is an item.</summary>
    public void Member(string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
            return;
        Key(name);
        Strings(values);
    }

    /// <summary>Only where there is an entry.</summary>
    public void Member(string name, IReadOnlyDictionary<string, string> values)
    {
        if (values.Count == 0)
            return;
        Key(name);
        BeginObject();
        foreach (var (key, value) in values)
            Member(key, value);
        EndObject();
    }

    public void Strings(IReadOnlyList<string> values)
    {
        BeginArray();
        foreach (var value in values)
            Value(value);
        EndArray();
    }

    private void Number(string name, string text)
    {
        Key(name);
        Separate();
        _output.Raw(text);
    }

    private void Begin(byte bracket)
    {
        Separate();
        _output.Raw(bracket);
        _needsComma = false;
    }

    private void End(byte bracket)
    {
        _output.Raw(bracket);
        _needsComma = true;
    }

    private void Separate()
    {
        if (_needsComma)
            _output.Raw((byte)',');
        _needsComma = true;
    }
}
