using System.Buffers;
using System.Text.Json;

namespace McpRuntime.Manifests;

/// <summary>
/// JSON as YAML: block style, but a mapping or a list that holds only scalars (a mapping also lists of them) is on
/// one line where it fits. Such a line is tried first and taken back when it does not fit, which costs at most the
/// width of a line for each container.
/// </summary>
internal ref struct YamlEmitter
{
    /// <summary>Columns that a mapping or list on one line may reach.</summary>
    private const int FlowWidth = 120;

    /// <summary>The document and the connector itself are always blocks.</summary>
    private const int BlockLevels = 2;

    private const int DeepestNesting = 1000;

    private readonly YamlBuffer _output;
    private Utf8JsonReader _json;
    private int _level;

    private YamlEmitter(ReadOnlySpan<byte> json, YamlBuffer output, int level)
    {
        _json = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DeepestNesting });
        _output = output;
        _level = level;
    }

    /// <summary>Writes the members of a JSON object, or the items of an array, a line each at least.</summary>
    /// <param name="json">The object or array.</param>
    /// <param name="output">Is at the beginning of a line, before and after.</param>
    /// <param name="indent">Columns before each.</param>
    /// <param name="level">How many objects and arrays are around it.</param>
    public static void Write(ReadOnlySpan<byte> json, YamlBuffer output, int indent = 0, int level = 0)
    {
        var emitter = new YamlEmitter(json, output, level);
        emitter._json.Read();
        emitter.Container(indent, isOnNewLine: true);
    }

    /// <summary>The value after <c>key:</c> or <c>-</c>; ends its last line.</summary>
    private void Value(int indent, bool isInMapping)
    {
        switch (_json.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                if (_level >= BlockLevels ? TryFlow() : TryEmpty())
                {
                    _output.NewLine();
                    break;
                }

                // A list is at its key's own column, as is usual; in a list, the first line follows the dash.
                var isArray = _json.TokenType == JsonTokenType.StartArray;
                if (isInMapping)
                    _output.NewLine();
                else
                    _output.Byte((byte)' ');
                Container(isInMapping && isArray ? indent : indent + 2, isInMapping);
                break;
            case JsonTokenType.String:
                _output.Byte((byte)' ');
                var text = _output.Text(ref _json);
                if (!YamlText.TryLiteral(_output, text, indent + 2))
                {
                    YamlText.Write(_output, text, isInFlow: false);
                    _output.NewLine();
                }
                break;
            default:
                _output.Byte((byte)' ');
                _output.Bytes(_json.ValueSpan);
                _output.NewLine();
                break;
        }
    }

    private void Container(int indent, bool isOnNewLine)
    {
        _level++;
        var isObject = _json.TokenType == JsonTokenType.StartObject;
        while (_json.Read() && _json.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            if (isOnNewLine)
                _output.Indent(indent);
            isOnNewLine = true;
            if (isObject)
            {
                Key(indent);
                _json.Read();
            }
            else
            {
                _output.Byte((byte)'-');
            }
            Value(indent, isObject);
            _output.FlushIfLarge();
        }
        _level--;
    }

    private void Key(int indent)
    {
        var key = _output.Text(ref _json);

        // YAML 1.2.2, section 7.4.2: a key before a colon has at most 1024 characters; a longer one is marked by '?'.
        if (key.Length > YamlText.LongestImplicitKey)
        {
            _output.Bytes("? "u8);
            YamlText.Write(_output, key, isInFlow: false);
            _output.NewLine();
            _output.Indent(indent);
        }
        else
        {
            YamlText.Write(_output, key, isInFlow: false);
        }
        _output.Byte((byte)':');
    }

    private bool TryEmpty()
    {
        var ahead = _json;
        ahead.Read();
        if (ahead.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
            return false;
        _json = ahead;
        _output.Bytes(ahead.TokenType == JsonTokenType.EndObject ? " {}"u8 : " []"u8);
        return true;
    }

    /// <summary>
    /// Writes the container on this line if that fits; otherwise nothing is written and the reader stays.
    /// </summary>
    private bool TryFlow()
    {
        if (TryEmpty())
            return true;
        var before = _json;
        var mark = _output.Mark();
        _output.Byte((byte)' ');
        if (Flow(isInMapping: false))
            return true;
        _json = before;
        _output.Reset(mark);
        return false;
    }

    private bool Flow(bool isInMapping)
    {
        var isObject = _json.TokenType == JsonTokenType.StartObject;
        if (isInMapping && isObject)
            return false;
        _output.Bytes(isObject ? "{ "u8 : "["u8);
        var isFirst = true;
        while (_json.Read() && _json.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            if (!isFirst)
                _output.Bytes(", "u8);
            isFirst = false;
            if (isObject)
            {
                if (_json.ValueSpan.Length > FlowWidth)
                    return false;
                YamlText.Write(_output, _output.Text(ref _json), isInFlow: true);
                _output.Bytes(": "u8);
                _json.Read();
            }
            if (!FlowValue(isObject) || _output.Column > FlowWidth)
                return false;
        }
        _output.Bytes(isObject ? " }"u8 : "]"u8);
        return _output.Column <= FlowWidth;
    }

    private bool FlowValue(bool isInMapping)
    {
        switch (_json.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                return isInMapping && Flow(isInMapping: true);
            case JsonTokenType.String:
                if (_json.ValueSpan.Length > FlowWidth)
                    return false;
                var text = _output.Text(ref _json);
                if (text.Contains((byte)'\n'))
                    return false;
                YamlText.Write(_output, text, isInFlow: true);
                return true;
            default:
                _output.Bytes(_json.ValueSpan);
                return true;
        }
    }
}
