using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Json.Schemas.Keywords;
using McpRuntime.Json.Schemas.Patterns;

namespace McpRuntime.Json.Schemas.Compilation;

/// <summary>
/// Checks that a value is a usable JSON Schema 2020-12: each keyword has a value of its kind, patterns are regular
/// expressions, references lead somewhere within the schema and none of them goes round in a circle.
/// </summary>
internal sealed class SchemaChecker
{
    private const int MaxDepth = 256;

    private readonly List<SchemaProblem> _problems = [];
    private readonly SchemaDocument _document;
    private readonly ReferenceCycles _cycles;

    private SchemaChecker(JsonElement root)
    {
        _document = new SchemaDocument(new SchemaRegistry(external: null, KeywordCompiler.Compile), root, uri: null);
        _cycles = new ReferenceCycles(_problems);
    }

    public static IReadOnlyList<SchemaProblem> Check(JsonElement schema)
    {
        try
        {
            var checker = new SchemaChecker(schema);
            checker.Schema(schema, "", checker._document.Resource, depth: 0);
            return checker._problems;
        }
        catch (InvalidOperationException)
        {
            // What JsonElement throws for strings that are no Unicode text.
            return
            [
                new SchemaProblem("", "holds a string that is not Unicode text (a lone surrogate or invalid UTF-8)"),
            ];
        }
        catch (InsufficientExecutionStackException)
        {
            return [new SchemaProblem("", "is nested too deeply")];
        }
    }

    private void Schema(JsonElement schema, string pointer, SchemaResource resource, int depth)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return;
        if (schema.ValueKind != JsonValueKind.Object)
        {
            Add(pointer, $"must be a schema, which is an object, true or false; is {Preview.Kind(schema)}");
            return;
        }

        if (depth > MaxDepth)
        {
            Add(pointer, $"is nested more than {MaxDepth} schemas deep");
            return;
        }

        resource = _document.Node(schema, pointer, resource).Resource;
        foreach (var member in schema.EnumerateObject())
            Keyword(member.Name, member.Value, pointer, resource, depth + 1);
    }

    private void Keyword(string name, JsonElement value, string parent, SchemaResource resource, int depth)
    {
        var shape = KeywordShapes.Of(name);
        if (shape == KeywordShape.Any)
            return;
        var pointer = JsonPointer.Append(parent, name);
        switch (shape)
        {
            case KeywordShape.Schema:
                Schema(value, pointer, resource, depth);
                break;
            case KeywordShape.Schemas:
                Schemas(value, pointer, resource, depth);
                break;
            case KeywordShape.SchemaMap or KeywordShape.PatternMap:
                SchemaMap(value, pointer, resource, depth, isPattern: shape == KeywordShape.PatternMap);
                break;
            case KeywordShape.StringsMap:
                StringsMap(value, pointer);
                break;
            case KeywordShape.Strings:
                Strings(value, pointer);
                break;
            case KeywordShape.Types:
                Types(value, pointer);
                break;
            case KeywordShape.Pattern when value.ValueKind == JsonValueKind.String:
                Pattern(value.GetString()!, pointer);
                break;
            case KeywordShape.Reference when value.ValueKind == JsonValueKind.String:
                Reference(name, value.GetString()!, pointer, resource);
                break;
            default:
                if (!KeywordShapes.Fits(shape, value))
                    Add(pointer, $"must be {KeywordShapes.Describe(shape)}, is {Preview.Of(value)}");
                break;
        }
    }

    private void Schemas(JsonElement value, string pointer, SchemaResource resource, int depth)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            Add(pointer, $"must be an array of at least one schema, is {Preview.Of(value)}");
            return;
        }

        var index = 0;
        foreach (var schema in value.EnumerateArray())
            Schema(schema, JsonPointer.Append(pointer, index++), resource, depth);
    }

    private void SchemaMap(JsonElement value, string pointer, SchemaResource resource, int depth, bool isPattern)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Add(pointer, $"must be an object whose members are schemas, is {Preview.Of(value)}");
            return;
        }

        foreach (var member in value.EnumerateObject())
        {
            var place = JsonPointer.Append(pointer, member.Name);
            if (isPattern)
                Pattern(member.Name, place);
            Schema(member.Value, place, resource, depth);
        }
    }

    private void StringsMap(JsonElement value, string pointer)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Add(pointer, $"must be an object whose members are arrays of names, is {Preview.Of(value)}");
            return;
        }

        foreach (var member in value.EnumerateObject())
            Strings(member.Value, JsonPointer.Append(pointer, member.Name));
    }

    private void Strings(JsonElement value, string pointer)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            Add(pointer, $"must be an array of names, is {Preview.Of(value)}");
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var place = JsonPointer.Append(pointer, index++);
            if (item.ValueKind != JsonValueKind.String)
                Add(place, $"must be a name in quotes, is {Preview.Of(item)}");
            else if (!seen.Add(item.GetString()!))
                Add(place, $"names {Preview.Of(item)} a second time");
        }
    }

    private void Types(JsonElement value, string pointer)
    {
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0)
        {
            var seen = JsonTypes.None;
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                var place = JsonPointer.Append(pointer, index++);
                var type = Type(item, place);
                if (type != JsonTypes.None && (seen & type) != 0)
                    Add(place, $"names {Preview.Of(item)} a second time");
                seen |= type;
            }
        }
        else
        {
            Type(value, pointer);
        }
    }

    private JsonTypes Type(JsonElement value, string pointer)
    {
        var type =
            value.ValueKind == JsonValueKind.String ? JsonTypesExtensions.Parse(value.GetString()) : JsonTypes.None;
        if (type == JsonTypes.None)
            Add(pointer, $"must be array, boolean, integer, null, number, object or string, is {Preview.Of(value)}");
        return type;
    }

    private void Pattern(string pattern, string pointer)
    {
        if (SchemaPattern.Check(pattern, out var leniency) is { } problem)
            Add(pointer, $"is not a regular expression of ECMA-262: {problem}; is {Preview.Of(pattern)}");
        else if (leniency is not null)
            Warn(
                pointer,
                $"is a regular expression only without the \"u\" flag that validators use, because of {leniency}"
            );
    }

    private void Reference(string name, string reference, string pointer, SchemaResource resource)
    {
        if (_document.Registry.Resolve(resource, reference) is not { } target)
        {
            Add(
                pointer,
                reference.StartsWith('#')
                    ? $"refers to {Preview.Of(reference)}, which does not exist in the schema"
                    : $"refers to {Preview.Of(reference)}, which is outside of the schema; nothing is fetched"
            );
        }
        else if (name == "$ref")
        {
            _cycles.Follow(target.Node);
        }
    }

    private void Add(string pointer, string message) =>
        _problems.Add(new SchemaProblem(pointer, UntrustedText.Clean(message)));

    private void Warn(string pointer, string message) =>
        _problems.Add(new SchemaProblem(pointer, UntrustedText.Clean(message)) { Severity = FindingSeverity.Warning });
}
