using System.Text.Json;

namespace McpRuntime.OpenApi.Model;

/// <summary>A value of a document together with its place and the base of the references in it.</summary>
internal readonly record struct Node(SpecResource Resource, JsonElement Element, DocumentPath Path)
{
    internal SpecDocument Document => Resource.Document;

    /// <summary>The JSON pointer of the place.</summary>
    internal string Pointer => Path.ToString();

    internal Node Child(string name, JsonElement value) => new(Resource, value, Path.Child(name));

    internal Node Child(int index, JsonElement value) => new(Resource, value, Path.Child(index));

    /// <summary>A property; null where there is none.</summary>
    internal Node? Child(string name) =>
        Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(name, out var value)
            ? Child(name, value)
            : null;

    /// <summary>A property that is an object; null where there is none.</summary>
    internal Node? Object(string name) =>
        Child(name) is { Element.ValueKind: JsonValueKind.Object } child ? child : null;
}
