using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// Writes schemas of OpenAPI 2.0, 3.0 and 3.1 and later as JSON Schema 2020-12. Older spellings are recognised by
/// their values and not by the document's version: authors mix them, and no spelling means two things.
/// </summary>
internal sealed partial class SchemaWriter : IDisposable
{
    private readonly FragmentWriter _output = new();

    // Of the schema that is written and of those around it.
    private readonly List<SchemaMember> _members = [];

    // Of one list of names, to write each once.
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly PatternSpelling _patterns = new();
    private readonly SchemaFinder _finder;
    private readonly PropertyAccess _access;
    private readonly ImportFindings _findings = new();
    private readonly Utf8JsonWriter _json;
    private readonly Func<string> _pointer;

    private SpecResource _resource = null!;
    private SchemaPath _path = new(DocumentPath.Root);
    private SchemaDirection _direction;
    private Composition? _composition;
    private SchemaWay _way;
    private DynamicScope _scope = DynamicScope.None;
    private IReadOnlyDictionary<SchemaDefinition, SchemaDetour>? _detours;

    // The schema that comes next is a branch of a choice.
    private bool _isAlternative;

    // How parts of the object that is written are closed, and which properties it may have; null where nothing changes.
    private ClosedComposition? _closing;
    private HashSet<string>? _known;

    internal SchemaWriter(ReferenceResolver resolver)
    {
        _finder = new SchemaFinder(resolver);
        _access = new PropertyAccess(resolver);
        _json = _output.Json;
        _pointer = () => _path.Pointer();
    }

    /// <summary>For the parts of a tool's schema that are no schema of the document.</summary>
    internal Utf8JsonWriter Json => _json;

    /// <summary>One whole schema of the document.</summary>
    /// <param name="definition">The schema.</param>
    /// <param name="direction">Which way its values go.</param>
    /// <param name="detours">Where references to the same value lead instead; null for nearly all.</param>
    internal Found<SchemaFragment> WriteDefinition(
        SchemaDefinition definition,
        SchemaDirection direction,
        IReadOnlyDictionary<SchemaDefinition, SchemaDetour>? detours
    )
    {
        _detours = detours;
        _scope = definition.Scope;
        Write(
            definition.Target.Node,
            direction,
            definition.IsBase || definition.IsOpen
                ? new SchemaOverlay { IsBase = definition.IsBase, IsOpen = definition.IsOpen }
                : SchemaOverlay.None
        );
        _detours = null;
        _scope = DynamicScope.None;
        return Complete();
    }

    /// <summary>Writes a schema where the output is.</summary>
    internal void Write(Node schema, SchemaDirection direction, SchemaOverlay overlay)
    {
        var outer = _scope;
        _scope = outer.Enter(schema.Resource);
        _resource = schema.Resource;
        _direction = direction;
        (_composition, _closing, _known) = (null, null, null);
        _way = SchemaWay.Whole;
        _path.Start(schema.Path);
        WriteSchema(schema.Element, overlay);
        _scope = outer;
    }

    /// <summary>Takes what was written as one fragment.</summary>
    internal Found<SchemaFragment> Complete() => _findings.With(_output.Complete());

    public void Dispose() => _output.Dispose();

    private void WriteSchema(JsonElement schema, SchemaOverlay overlay)
    {
        switch (schema.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(schema, overlay);
                break;
            case JsonValueKind.True or JsonValueKind.False when overlay.IsEmpty || overlay.IsOpen:
                _json.WriteBooleanValue(schema.GetBoolean());
                break;
            default:
                if (schema.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                    Report(
                        $"A schema must be an object or a boolean, not {JsonRead.Kind(schema)}; any value is "
                            + $"allowed there."
                    );
                _json.WriteStartObject();
                WriteAnnotations(default, overlay);
                WriteItemEnum(overlay);
                if (schema.ValueKind == JsonValueKind.False)
                {
                    _json.WriteStartObject("not"u8);
                    _json.WriteEndObject();
                }
                _json.WriteEndObject();
                break;
        }
    }

    private void WriteObject(JsonElement schema, SchemaOverlay overlay)
    {
        var first = _members.Count;
        var shape = SchemaShape.Of(schema, _members);
        var (resource, composition, scope, closing, known) = (_resource, _composition, _scope, _closing, _known);
        if (resource.Document.Embedded is { } embedded && schema.TryGetProperty("$id"u8, out _))
        {
            _resource = embedded.At(_path.Pointer()) ?? resource;
            _scope = scope.Enter(_resource);
        }
        if (shape.Has(SchemaKeyword.AllOf) && _access.MayHide(resource.Document))
            _composition = new Composition(schema, resource, _access);
        if (_access.MayClose(resource.Document))
            ReadClosing(schema, shape, overlay);
        var isAlternative = _isAlternative;
        _isAlternative = false;
        _json.WriteStartObject();
        if (shape.HasReference)
            WriteReferring(first, shape, overlay);
        else if (shape.IsNullable && shape.IsComposed)
            WriteNullable(first, shape, overlay);
        else
            WriteMembers(first, shape, overlay, isBranch: false, isNullType: isAlternative && IsNullType(shape));
        _json.WriteEndObject();
        (_resource, _composition, _scope, _closing, _known) = (resource, composition, scope, closing, known);
        CollectionsMarshal.SetCount(_members, first);
    }

    // Nothing in the members of a composition can be trusted to allow null, so null is next to all of them.
    private void WriteNullable(int first, in SchemaShape shape, SchemaOverlay overlay)
    {
        WriteAnnotations(shape, overlay);
        _json.WriteStartArray("anyOf"u8);
        _json.WriteStartObject();
        WriteMembers(first, shape, SchemaOverlay.None, isBranch: true);
        EndOrNull();
    }

    /// <summary>Ends the first branch of an <c>anyOf</c>, and the <c>anyOf</c> with null as its second.</summary>
    private void EndOrNull()
    {
        _json.WriteEndObject();
        _json.WriteStartObject();
        _json.WriteString("type"u8, "null"u8);
        _json.WriteEndObject();
        _json.WriteEndArray();
    }

    private void WriteAnnotations(in SchemaShape shape, SchemaOverlay overlay)
    {
        SchemaText.WriteDescription(_json, shape, overlay);
        if (overlay.IsDeprecated && !shape.Has(SchemaKeyword.Deprecated))
            _json.WriteBoolean("deprecated"u8, true);
        if (
            overlay.Example.ValueKind != JsonValueKind.Undefined
            && !shape.Has(SchemaKeyword.Example)
            && !shape.Has(SchemaKeyword.Examples)
            && !shape.Has(SchemaKeyword.XExample)
        )
            WriteExample(overlay.Example);
    }

    private void WriteMembers(
        int first,
        in SchemaShape shape,
        SchemaOverlay overlay,
        bool isBranch,
        bool isNullType = false
    )
    {
        if (!isBranch)
            WriteAnnotations(shape, overlay);
        var end = first + shape.Count;
        var repair = SchemaRepair.Of(_members, first, shape, isNullType);
        if (repair is not null)
            ReportRepairs(repair, first, end);
        for (var i = first; i < end; i++)
        {
            var (keyword, property) = _members[i];
            if (
                (overlay.IsParameter && keyword == SchemaKeyword.Required)
                || (overlay.IsBase && keyword is SchemaKeyword.OneOf or SchemaKeyword.AnyOf)
            )
                continue;
            if (_closing is { IsSilent: false } && IsOpened(keyword, property.Value))
                continue;
            if (
                repair is not null
                && (repair.LeavesOut(keyword) || WriteRepaired(repair, keyword, property, shape, isBranch))
            )
                continue;
            if (!WriteKeyword(first, keyword, property, shape, isBranch))
                Report(
                    $"'{UntrustedText.Clean(JsonRead.Name(property))}' cannot be {Describe(property.Value)}; "
                        + $"the keyword is left out.",
                    property
                );
        }
        if (repair is not null && !shape.Has(SchemaKeyword.Items))
            WriteMissingItems(repair);
        WriteItemEnum(overlay);
        WriteClosing();
    }

    // In OpenAPI 3.1 a branch that says nothing but `type: null` means the type, as YAML makes it of a forgotten quote.
    private bool IsNullType(in SchemaShape shape) =>
        shape.Count - shape.CountOfAnnotations == 1 && _resource.Document.Line == SpecLine.V31;

    private void WriteItemEnum(SchemaOverlay overlay)
    {
        if (overlay.Enum is { } texts)
            ValueKeywords.WriteEnum(_json, texts, nullable: false);
    }

    private void WriteRef(JsonElement reference, bool isDynamic)
    {
        if (Meant(reference, isDynamic) is not { } definition)
            return;
        _json.WritePropertyName("$ref"u8);
        _output.WriteReference(definition, _way);
    }

    private SchemaDefinition? Meant(JsonElement reference, bool isDynamic) =>
        reference.ValueKind == JsonValueKind.String && Find(reference, isDynamic) is { } definition
            ? Detour(_closing is { OpensReference: true } ? _finder.Opened(definition) : definition)
            : null;

    private SchemaDefinition? Find(JsonElement reference, bool isDynamic)
    {
        var found = _finder.Find(_resource, reference, _scope, isDynamic);
        _findings.AddAll(found.Findings);
        if (found.Problem is { } problem)
            _findings.Add(
                ImportRules.DanglingReference,
                FindingSeverity.Warning,
                _resource.Document,
                _path.Pointer(),
                problem
            );
        return found.Definition;
    }

    // Where a reference to the same value leads; null where it is left out.
    private SchemaDefinition? Detour(SchemaDefinition definition) =>
        _detours is not null && _way != SchemaWay.Part && _detours.TryGetValue(definition, out var detour)
            ? detour.Instead
            : definition;

    // True for a subschema that is nothing but a reference that is left out: without it, the subschema would allow
    // anything.
    private bool IsLeftOut(JsonElement schema, bool isOpened) =>
        _detours is not null
        && schema.ValueKind == JsonValueKind.Object
        && schema.TryGetProperty("$ref"u8, out var reference)
        && reference.ValueKind == JsonValueKind.String
        && Find(reference, isDynamic: false) is { } definition
        && Detour(isOpened ? _finder.Opened(definition) : definition) is null;

    private void WriteExample(JsonElement example)
    {
        _json.WriteStartArray("examples"u8);
        example.WriteTo(_json);
        _json.WriteEndArray();
    }

    private void Report(string message, JsonProperty? at = null, string rule = ImportRules.SchemaKeyword)
    {
        if (at is { } property)
            _path.Push(property);
        _findings.Add(rule, FindingSeverity.Warning, _resource.Document, _path.Pointer(), message);
        if (at is not null)
            _path.Pop();
    }

    private static string Describe(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => "null",
            JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False =>
                UntrustedText.Shorten(value.GetRawText(), 60),
            JsonValueKind.Array when value.GetArrayLength() == 0 => "an empty array",
            _ => $"{JsonRead.Kind(value)} such as this",
        };

    private void WriteName(JsonProperty property)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(property);
        if (raw.IndexOf((byte)'\\') < 0)
            _json.WritePropertyName(raw);
        else
            _json.WritePropertyName(JsonRead.Name(property));
    }
}
