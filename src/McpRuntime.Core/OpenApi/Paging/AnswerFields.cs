using System.Text.Json;
using McpRuntime.Json;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Paging;

/// <summary>A property of an answer.</summary>
/// <param name="Name">As the document has it.</param>
/// <param name="Plain">The name without anything but letters and digits.</param>
/// <param name="Pointer">Its place in the answer.</param>
/// <param name="Schema">Behind its references.</param>
/// <param name="Depth">0 for a property of the answer itself.</param>
internal sealed record AnswerField(string Name, string Plain, string Pointer, Node Schema, int Depth)
{
    /// <summary>The plain name of the object that it is in; empty for the answer itself.</summary>
    public string Container { get; init; } = "";

    public bool Is(string type) => SchemaPeek.Is(Schema.Element, type);
}

/// <summary>
/// The properties of an answer that may say something about its pages, those of its containers included.
/// </summary>
internal sealed class AnswerFields
{
    // Answers have a dozen properties; a document that describes thousands is not worth the time.
    private const int MostFields = 400;
    private const int Deepest = 3;

    private readonly SchemaPeek _peek;
    private readonly List<AnswerField> _fields = [];

    private AnswerFields(SchemaPeek peek) => _peek = peek;

    /// <summary>The answer is a list itself.</summary>
    public bool IsList { get; private set; }

    /// <summary>Its schema, behind its references.</summary>
    public Node Root { get; private set; }

    public IReadOnlyList<AnswerField> All => _fields;

    public static AnswerFields Of(Node schema, ReferenceResolver resolver)
    {
        var fields = new AnswerFields(new SchemaPeek(resolver));
        if (fields._peek.Follow(schema) is not { } root)
            return fields;
        fields.Root = root;
        fields.IsList = SchemaPeek.Is(root.Element, "array");
        if (!fields.IsList)
            fields.Read(root, "", "", 0);
        return fields;
    }

    /// <summary>The names of the properties of a list's items; none where they are not objects.</summary>
    public IReadOnlyList<AnswerField> OfItem(Node list)
    {
        if (list.Child("items") is not { } items || _peek.Follow(items) is not { } item)
            return [];
        var inner = new AnswerFields(_peek);
        inner.Read(item, "", "", Deepest);
        return inner._fields;
    }

    /// <summary>The items of a list are objects.</summary>
    public bool HasObjects(Node list) =>
        list.Child("items") is { } items
        && _peek.Follow(items) is { } item
        && (SchemaPeek.Is(item.Element, "object") || _peek.Properties(item).Count > 0);

    private void Read(Node schema, string pointer, string container, int depth)
    {
        foreach (var (name, property) in _peek.Properties(schema))
        {
            if (_fields.Count == MostFields)
                return;
            if (_peek.Follow(property) is not { } followed)
                continue;
            var field = new AnswerField(
                name,
                PagingWords.Plain(name),
                JsonPointer.Append(pointer, name),
                followed,
                depth
            )
            {
                Container = container,
            };
            if (_fields.Exists(known => known.Pointer == field.Pointer))
                continue;
            _fields.Add(field);
            if (
                depth < Deepest
                && !field.Is("array")
                && (
                    PagingWords.Containers.Contains(field.Plain)
                    || (depth == 0 && PagingWords.Wrappers.Contains(field.Plain))
                )
            )
                Read(followed, field.Pointer, field.Plain, depth + 1);
        }
    }
}
