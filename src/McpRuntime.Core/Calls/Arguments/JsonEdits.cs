using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Calls.Arguments;

/// <summary>
/// Changes of single values of a JSON document, made all at once; everything else keeps its very text.
/// </summary>
internal sealed class JsonEdits
{
    private readonly Node _root = new();

    public bool IsEmpty { get; private set; } = true;

    /// <summary>Another value in the place of the one at a JSON pointer.</summary>
    public void Replace(string pointer, JsonElement value)
    {
        At(pointer).Value = value;
        IsEmpty = false;
    }

    /// <summary>Leaves out the member of an object at a JSON pointer.</summary>
    public void Remove(string pointer)
    {
        At(pointer).IsRemoved = true;
        IsEmpty = false;
    }

    /// <summary>The document with the changes.</summary>
    public JsonElement ApplyTo(JsonElement document)
    {
        if (IsEmpty)
            return document;
        var output = new ArrayBufferWriter<byte>(256);
        Write(document, _root, output);
        return JsonElement.Parse(output.WrittenSpan);
    }

    private Node At(string pointer)
    {
        var node = _root;
        foreach (var token in JsonPointer.Tokens(pointer))
        {
            node.Children ??= new Dictionary<string, Node>(StringComparer.Ordinal);
            if (!node.Children.TryGetValue(token, out var child))
                node.Children.Add(token, child = new Node());
            node = child;
        }
        return node;
    }

    private static void Write(JsonElement element, Node? node, ArrayBufferWriter<byte> output)
    {
        if (node?.Value is { } value)
            output.Write(JsonMarshal.GetRawUtf8Value(value));
        else if (node?.Children is { } members && element.ValueKind == JsonValueKind.Object)
            WriteObject(element, members, output);
        else if (node?.Children is { } items && element.ValueKind == JsonValueKind.Array)
            WriteArray(element, items, output);
        else
            output.Write(JsonMarshal.GetRawUtf8Value(element));
    }

    private static void WriteObject(
        JsonElement element,
        Dictionary<string, Node> members,
        ArrayBufferWriter<byte> output
    )
    {
        var separator = "{\""u8;
        var isEmpty = true;
        foreach (var property in element.EnumerateObject())
        {
            var node = members.GetValueOrDefault(property.Name);
            if (node is { IsRemoved: true })
                continue;
            output.Write(isEmpty ? separator : ",\""u8);
            output.Write(JsonMarshal.GetRawUtf8PropertyName(property));
            output.Write("\":"u8);
            Write(property.Value, node, output);
            isEmpty = false;
        }
        output.Write(isEmpty ? "{}"u8 : "}"u8);
    }

    private static void WriteArray(JsonElement element, Dictionary<string, Node> items, ArrayBufferWriter<byte> output)
    {
        output.Write("["u8);
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            if (index > 0)
                output.Write(","u8);
            Write(item, items.GetValueOrDefault(index.ToString(CultureInfo.InvariantCulture)), output);
            index++;
        }
        output.Write("]"u8);
    }

    private sealed class Node
    {
        public Dictionary<string, Node>? Children { get; set; }

        public JsonElement? Value { get; set; }

        public bool IsRemoved { get; set; }
    }
}
