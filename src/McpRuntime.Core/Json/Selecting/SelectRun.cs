using System.Text.Json;

namespace McpRuntime.Json.Selecting;

/// <summary>One pass of a selection over an answer: texts of values and names are copied as they are.</summary>
internal sealed class SelectRun(Selection selection)
{
    private const int MostNames = 60;

    private readonly bool[] _found = new bool[selection.Count];
    private JsonBuffer _output = new(capacity: 0);
    private ReadOnlyMemory<byte> _json;
    private SelectNode? _watched;
    private List<string> _names = [];

    public SelectedJson Apply(ReadOnlyMemory<byte> json)
    {
        _json = json;
        _output = new JsonBuffer(Math.Min(json.Length, 64 * 1024));
        Pass();
        var kept = new JsonText(_output.Written);
        var missing = new List<MissingPart>();
        Collect(selection.Root, "", missing);
        var isEmpty = !selection.Root.KeepsOthers && !selection.Root.Members.Any(IsSomewhere);
        return new SelectedJson(kept, isEmpty, missing);
    }

    private bool IsSomewhere(SelectNode node) =>
        node.IsWanted && _found[node.Number] && (node.KeepsOthers || node.Members.Any(IsSomewhere));

    private void Collect(SelectNode node, string path, List<MissingPart> missing)
    {
        List<string>? names = null;
        foreach (var member in node.Members)
        {
            var name = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (_found[member.Number])
                Collect(member, name, missing);
            else if (member.IsWanted && !member.IsPattern)
                missing.Add(new MissingPart(name, names ??= NamesAt(node)));
        }
    }

    // A second pass, for what is missing only.
    private List<string> NamesAt(SelectNode node)
    {
        (_watched, _names, _output) = (node, [], new JsonBuffer(capacity: 0));
        Pass();
        return _names;
    }

    private void Pass()
    {
        var reader = new Utf8JsonReader(_json.Span);
        reader.Read();
        Write(ref reader, selection.Root);
    }

    private void Write(ref Utf8JsonReader reader, SelectNode node)
    {
        if (node.IsCopied || reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            Copy(ref reader);
        else if (reader.TokenType == JsonTokenType.StartArray)
            WriteItems(ref reader, node);
        else
            WriteMembers(ref reader, node);
    }

    private void WriteItems(ref Utf8JsonReader reader, SelectNode node)
    {
        _output.Raw((byte)'[');
        for (var isFirst = true; reader.Read() && reader.TokenType != JsonTokenType.EndArray; isFirst = false)
        {
            if (!isFirst)
                _output.Raw((byte)',');
            Write(ref reader, node);
        }
        _output.Raw((byte)']');
    }

    private void WriteMembers(ref Utf8JsonReader reader, SelectNode node)
    {
        _output.Raw((byte)'{');
        var isFirst = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (ReferenceEquals(node, _watched) && _names.Count < MostNames && reader.GetString() is { } name)
            {
                if (!_names.Contains(name))
                    _names.Add(name);
            }
            var member = node.Find(ref reader);
            if (member is not null)
                _found[member.Number] = true;
            if (!node.Keeps(member))
            {
                reader.Skip();
                continue;
            }
            if (!isFirst)
                _output.Raw((byte)',');
            isFirst = false;
            var start = (int)reader.TokenStartIndex;
            _output.Raw(_json.Span.Slice(start, reader.ValueSpan.Length + 2));
            _output.Raw((byte)':');
            reader.Read();
            if (member is null)
                Copy(ref reader);
            else
                Write(ref reader, member);
        }
        _output.Raw((byte)'}');
    }

    private void Copy(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        _output.Raw(_json.Span[start..(int)reader.BytesConsumed]);
    }
}
