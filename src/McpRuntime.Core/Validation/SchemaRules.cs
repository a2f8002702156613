using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Json;
using McpRuntime.Json.Schemas;
using McpRuntime.Json.Schemas.Compilation;
using McpRuntime.Manifests;

namespace McpRuntime.Validation;

/// <summary>
/// Rules about schemas: valid JSON Schema 2020-12, references that lead somewhere, a plain object as input.
/// </summary>
internal sealed class SchemaRules : IDisposable
{
    private const string SharedPrefix = "#/definitions/";

    // Clients refuse tools whose input schema is a choice or a reference at its root.
    private static readonly string[] NotAtRoot = ["$ref", "allOf", "anyOf", "oneOf", "not", "if", "enum", "const"];

    private readonly FindingList _findings;
    private readonly ConnectorManifest _manifest;
    private readonly JsonDocument _shared;
    private readonly ImpossibleSchemas _impossible;
    private readonly FindingSeverity _severity;

    /// <param name="findings">Receives what is wrong.</param>
    /// <param name="manifest">Has the schemas.</param>
    /// <param name="strict">A tool that cannot be called is an error.</param>
    public SchemaRules(FindingList findings, ConnectorManifest manifest, bool strict)
    {
        _severity = strict ? FindingSeverity.Error : FindingSeverity.Warning;
        _findings = findings;
        _manifest = manifest;
        _shared = JsonDocument.Parse(Together(manifest.Definitions), new JsonDocumentOptions { MaxDepth = 512 });
        _impossible = new ImpossibleSchemas(_shared.RootElement.GetProperty("definitions"u8));
    }

    /// <summary>Checks the shared schemas as one document, so that references between them are followed.</summary>
    public void CheckDefinitions()
    {
        if (_manifest.Definitions.Count > 0)
            Report(
                JsonSchema.Check(_shared.RootElement),
                "/connector",
                _shared.RootElement,
                "The connector's definitions"
            );
    }

    /// <summary>
    /// Checks a tool's schemas; gives its input schema, which the caller disposes, or null where it is unusable.
    /// </summary>
    public JsonDocument? CheckTool(ToolContext context)
    {
        if (context.Tool.OutputSchema is { } output)
            CheckSchema(context, "output_schema", output)?.Dispose();
        var known = _findings.Items.Count;
        var input = CheckSchema(context, "input_schema", context.Tool.InputSchema);
        if (input?.RootElement.ValueKind != JsonValueKind.Object)
        {
            input?.Dispose();
            return null;
        }
        // Of a schema that is none, nothing more can be said.
        if (_findings.Items.Count == known)
        {
            foreach (var problem in Satisfiability.Of(_impossible, input.RootElement))
                _findings.Add(
                    ValidationRules.UnsatisfiableSchema,
                    _severity,
                    context.At("input_schema") + problem.Pointer,
                    $"{context.Label} {problem.Message}."
                );
        }
        CheckRoot(context, input.RootElement);
        return input;
    }

    public void Dispose() => _shared.Dispose();

    private JsonDocument? CheckSchema(ToolContext context, string key, JsonText schema)
    {
        // A schema that is null was not there or was no schema at all, which has been reported.
        if (schema == default)
            return null;
        var document = JsonDocument.Parse(schema.Utf8, new JsonDocumentOptions { MaxDepth = 512 });
        Report(JsonSchema.Check(document.RootElement), context.At(key), document.RootElement, context.Label);
        return document;
    }

    private void CheckRoot(ToolContext context, JsonElement schema)
    {
        if (
            !schema.TryGetProperty("type", out var type)
            || type.ValueKind != JsonValueKind.String
            || !type.ValueEquals("object"u8)
        )
        {
            _findings.Add(
                ValidationRules.InputSchemaRoot,
                context.SeverityByForm,
                context.At("input_schema"),
                $"{context.Label} has an input schema that is not 'type: object' at its root, which clients "
                    + $"require; write 'type: object' and the arguments as 'properties'."
            );
        }
        foreach (var keyword in NotAtRoot)
        {
            if (!schema.TryGetProperty(keyword, out _))
                continue;
            _findings.Add(
                ValidationRules.InputSchemaRoot,
                context.SeverityByForm,
                context.At("input_schema", keyword),
                $"{context.Label} has '{keyword}' at the root of its input schema, which clients refuse; "
                    + $"write the arguments as 'properties'."
            );
        }
    }

    private void Report(IReadOnlyList<SchemaProblem> problems, string pointer, JsonElement schema, string label)
    {
        foreach (var problem in problems)
        {
            if (!IsReference(schema, problem.Pointer, out var reference))
            {
                _findings.Add(
                    ValidationRules.InvalidSchema,
                    problem.Severity,
                    pointer + problem.Pointer,
                    $"{label}: the schema at '{problem.Pointer}' {problem.Message}."
                );
            }
            else if (!IsShared(reference))
            {
                var names = _manifest.Definitions.Keys;
                var hint = reference.StartsWith(SharedPrefix, StringComparison.Ordinal)
                    ? NearNames.DidYouMean(reference[SharedPrefix.Length..], names)
                    : $" Shared schemas are referred to as '{SharedPrefix}NAME'.";
                _findings.Error(
                    ValidationRules.SchemaReference,
                    pointer + problem.Pointer,
                    $"{label}: the schema at '{problem.Pointer}' {problem.Message}.{hint}"
                );
            }
        }
    }

    private bool IsShared(string reference) =>
        reference.StartsWith(SharedPrefix, StringComparison.Ordinal)
        && Find(_shared.RootElement, Uri.UnescapeDataString(reference[1..])) is not null;

    private static bool IsReference(JsonElement schema, string pointer, out string reference)
    {
        reference = "";
        if (
            !pointer.EndsWith("/$ref", StringComparison.Ordinal)
            && !pointer.EndsWith("/$dynamicRef", StringComparison.Ordinal)
        )
            return false;
        if (Find(schema, pointer) is not { ValueKind: JsonValueKind.String } found)
            return false;
        reference = found.GetString()!;
        return true;
    }

    private static JsonElement? Find(JsonElement element, string pointer)
    {
        foreach (var token in JsonPointer.Tokens(pointer))
        {
            if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty(token, out var member))
                element = member;
            else if (
                element.ValueKind == JsonValueKind.Array
                && int.TryParse(token, out var index)
                && index >= 0
                && index < element.GetArrayLength()
            )
                element = element[index];
            else
                return null;
        }
        return element;
    }

    private static ReadOnlyMemory<byte> Together(IReadOnlyDictionary<string, JsonText> definitions)
    {
        var json = new JsonBuffer(1024);
        json.Raw("{\"definitions\":{"u8);
        var isFirst = true;
        foreach (var (name, schema) in definitions)
        {
            if (!isFirst)
                json.Raw((byte)',');
            isFirst = false;
            json.String(name);
            json.Raw((byte)':');
            json.Raw(schema.Utf8.Span);
        }
        json.Raw("}}"u8);
        return json.Written;
    }
}
