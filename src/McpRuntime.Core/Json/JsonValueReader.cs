using System.Buffers;
using System.Text.Json;

namespace McpRuntime.Json;

/// <summary>
/// Reads the values of a JSON text one by one while it arrives: the items of a top-level array, the lines of JSON
/// Lines, or the one value that it is. Needs memory for one value, whatever their number.
/// </summary>
/// <param name="utf8">The text; not disposed here.</param>
/// <param name="isLines">Values follow each other (JSON Lines, NDJSON); an array among them is a value.</param>
public sealed class JsonValueReader(Stream utf8, bool isLines = false) : IDisposable
{
    private const int FirstSize = 64 * 1024;
    private const int SmallestRead = 16 * 1024;
    private const int MaxDepth = 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = MaxDepth, AllowMultipleValues = isLines });
    private int _filled;

    // Up to here the tokens were read; before a value's end more than once would be quadratic.
    private int _scanned;

    // The value that was begun or found; -1 for none.
    private int _start = -1;
    private int _end;
    private bool _hasBegun;
    private bool _isClosed;
    private bool _isAtEnd;

    /// <summary>
    /// The text is an array, and its items are the values. Known when the first value, or the end, was read.
    /// </summary>
    public bool IsList { get; private set; }

    /// <summary>The value's own text, until the next one is read.</summary>
    public ReadOnlyMemory<byte> Current { get; private set; }

    /// <summary>
    /// Reads the next value. Items of a list and lines are given as soon as they are complete; a single value when the
    /// text has ended, so that nothing is given of a text that breaks off.
    /// </summary>
    /// <returns>False at the end of the text.</returns>
    /// <exception cref="JsonException">It is not JSON. The values before were.</exception>
    /// <exception cref="EndOfStreamException">It ends within a value or a list.</exception>
    /// <exception cref="NotSupportedException">One value is longer than 2 GiB.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var isFound = Scan();
            if (isFound && (IsList || isLines))
                return Give();
            if (isFound)
                continue;
            if (_isAtEnd)
                return Give();
            MakeRoom();
            var read = await utf8.ReadAsync(_buffer.AsMemory(_filled), cancellationToken);
            _filled += read;
            _isAtEnd = read == 0;
            if (_isAtEnd && ((_start >= 0 && _end < 0) || (IsList && !_isClosed)))
                throw new EndOfStreamException(
                    IsList ? "The list ends before it is closed." : "The value ends before it is complete."
                );
        }
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, Current) = ([], default);
    }

    private bool Give()
    {
        if (_start < 0)
        {
            Current = default;
            return false;
        }
        Current = _buffer.AsMemory(_start, _end - _start);
        (_start, _end) = (-1, -1);
        return true;
    }

    private bool Scan()
    {
        if (_isAtEnd && !_hasBegun && isLines)
            return false;
        var reader = new Utf8JsonReader(_buffer.AsSpan(_scanned, _filled - _scanned), _isAtEnd, _state);
        var isFound = false;
        while (!isFound && reader.Read())
        {
            if (!_hasBegun)
            {
                _hasBegun = true;
                IsList = !isLines && reader.TokenType == JsonTokenType.StartArray;
            }
            isFound = IsEnd(ref reader);
        }
        _scanned += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
        return isFound;
    }

    // Whether a token ends a value; one that begins it is noted.
    private bool IsEnd(ref Utf8JsonReader reader)
    {
        if (IsList && reader.CurrentDepth == 0)
        {
            _isClosed = reader.TokenType == JsonTokenType.EndArray;
            return false;
        }
        if (reader.CurrentDepth != (IsList ? 1 : 0))
            return false;
        if (reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
            (_start, _end) = (_scanned + (int)reader.TokenStartIndex, -1);
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            return false;
        _end = _scanned + (int)reader.BytesConsumed;
        return true;
    }

    private void MakeRoom()
    {
        var kept = _start >= 0 ? _start : _scanned;
        if (kept > 0 && (kept == _filled || _buffer.Length - _filled < SmallestRead))
        {
            _buffer.AsSpan(kept, _filled - kept).CopyTo(_buffer);
            _filled -= kept;
            _scanned -= kept;
            if (_start >= 0)
                (_start, _end) = (0, _end < 0 ? -1 : _end - kept);
        }
        if (_filled < _buffer.Length)
            return;
        if (_buffer.Length == Array.MaxLength)
            throw new NotSupportedException("A value is longer than 2 GiB.");
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(_buffer.Length * 2L, Array.MaxLength));
        _buffer.AsSpan(0, _filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
