using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Calls.Answers.Shortening;

/// <summary>
/// JSON in fewer bytes: whole items from the start of lists, whole members of objects, and nothing that is not in the
/// answer. Texts of values are copied as they are.
/// </summary>
internal sealed class ShortJson
{
    // An empty list, or an empty object.
    private const int LeastOfContainer = 2;

    private readonly JsonBuffer _output;
    private readonly ResultWindow _window;
    private readonly IReadOnlyList<string>? _way;

    private ShortJson(JsonElement answer, int most, ResultWindow window)
    {
        _window = window;
        _way = window == ResultWindow.Whole ? null : MainList.Find(answer);
        _output = new JsonBuffer(Math.Min(most, MainList.Length(answer)));
        Write(answer, most, "", _way is null ? -1 : 0);
        Json = new JsonText(_output.Written);
    }

    /// <summary>Valid JSON that fits every schema of the answer in which nothing is required.</summary>
    public JsonText Json { get; }

    public List<ShownPart> Shown { get; } = [];

    public List<OmittedPart> Omitted { get; } = [];

    /// <summary>It is a list, or has one, so that a window means something.</summary>
    public bool HasList => _way is not null;

    /// <param name="answer">At most 64 levels deep.</param>
    /// <param name="most">Bytes; a single value of more than these stays as it is.</param>
    /// <param name="window">Of the main list; all of it by default.</param>
    public static ShortJson Of(JsonElement answer, int most, ResultWindow? window = null) =>
        new(answer, most, window ?? ResultWindow.Whole);

    // depth: how much of the way to the main list led here; -1 for what is not on it.
    private void Write(JsonElement value, int most, string path, int depth)
    {
        if (depth < 0 && MainList.Length(value) <= most)
            _output.Raw(JsonMarshal.GetRawUtf8Value(value));
        else if (value.ValueKind == JsonValueKind.Array)
            WriteItems(value, most, path, depth == _way?.Count ? _window : ResultWindow.Whole);
        else if (value.ValueKind != JsonValueKind.Object)
            _output.Raw(JsonMarshal.GetRawUtf8Value(value));
        else if (depth == _way?.Count || MainList.IsList(value))
            WriteMap(value, most, path, depth == _way?.Count ? _window : ResultWindow.Whole);
        else
            WriteMembers(value, most, path, depth);
    }

    private void WriteItems(JsonElement list, int most, string path, ResultWindow window)
    {
        var run = new ItemRun(window, most - LeastOfContainer);
        _output.Raw((byte)'[');
        foreach (var item in list.EnumerateArray())
        {
            if (!run.Takes(item, nameLength: 0))
                continue;
            if (run.Shown > 1)
                _output.Raw((byte)',');
            _output.Raw(JsonMarshal.GetRawUtf8Value(item));
        }
        _output.Raw((byte)']');
        Note(run, path, "items");
    }

    private void WriteMap(JsonElement map, int most, string path, ResultWindow window)
    {
        var run = new ItemRun(window, most - LeastOfContainer);
        _output.Raw((byte)'{');
        foreach (var member in map.EnumerateObject())
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(member);
            if (!run.Takes(member.Value, name.Length + 3))
                continue;
            if (run.Shown > 1)
                _output.Raw((byte)',');
            WriteName(name);
            _output.Raw(JsonMarshal.GetRawUtf8Value(member.Value));
        }
        _output.Raw((byte)'}');
        Note(run, path, "members");
    }

    private void Note(ItemRun run, string path, string kind)
    {
        if (run.Shown < run.Total)
            Shown.Add(new ShownPart(path, kind, run.First, run.Shown, run.Next, run.Total, run.Matches, run.TooLong));
    }

    private void WriteMembers(JsonElement value, int most, string path, int depth)
    {
        var members = value.EnumerateObject().ToArray();
        var on = depth < 0 ? -1 : Array.FindIndex(members, member => member.NameEquals(_way![depth]));
        var allowed = Share(members, most - LeastOfContainer, on);
        _output.Raw((byte)'{');
        var isFirst = true;
        for (var i = 0; i < members.Length; i++)
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(members[i]);
            var below = path.Length == 0 ? members[i].Name : $"{path}.{members[i].Name}";
            if (allowed[i] == 0)
            {
                Omitted.Add(new OmittedPart(below, MainList.Length(members[i].Value)));
                continue;
            }
            if (!isFirst)
                _output.Raw((byte)',');
            isFirst = false;
            WriteName(name);
            Write(members[i].Value, allowed[i] - name.Length - 4, below, i == on ? depth + 1 : -1);
        }
        _output.Raw((byte)'}');
    }

    // Small ones whole; those that are too long share what is left evenly, and the main list comes last.
    private static int[] Share(JsonProperty[] members, int most, int last)
    {
        var allowed = new int[members.Length];
        var lengths = Array.ConvertAll(members, member =>
            JsonMarshal.GetRawUtf8PropertyName(member).Length + 4 + MainList.Length(member.Value)
        );
        var left = members.Length;
        foreach (var i in Enumerable.Range(0, members.Length).OrderBy(i => i == last ? int.MaxValue : lengths[i]))
        {
            var share = most / left--;
            if (lengths[i] <= share || i == last)
                allowed[i] = Math.Min(lengths[i], Math.Max(share, 0));
            else if (
                members[i].Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object
                && share >= lengths[i] - MainList.Length(members[i].Value) + LeastOfContainer
            )
                allowed[i] = share;
            most -= allowed[i];
        }
        return allowed;
    }

    private void WriteName(ReadOnlySpan<byte> name)
    {
        _output.Raw((byte)'"');
        _output.Raw(name);
        _output.Raw("\":"u8);
    }
}
