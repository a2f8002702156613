using System.Runtime.CompilerServices;
using System.Text.Json;
using McpRuntime.Diagnostics;

namespace McpRuntime.Json.Schemas.Compilation;

/// <summary>
/// Finds references that come back to where they started without going down into the value: <c>{"$ref": "#"}</c>, or
/// a base that lists its children, each of which includes the base. References that go down end with the value.
/// </summary>
internal sealed class ReferenceCycles(List<SchemaProblem> problems)
{
    private readonly Dictionary<SchemaNode, bool> _isDone = [];
    private readonly List<(SchemaNode Node, bool IsReference)> _path = [];

    /// <summary>Follows a reference, unless its target has been followed before.</summary>
    /// <param name="target">Where the reference leads.</param>
    public void Follow(SchemaNode target) => Visit(target, isReference: true);

    private void Visit(SchemaNode node, bool isReference)
    {
        if (_isDone.TryGetValue(node, out var isDone))
        {
            if (!isDone)
                Report(node, isReference);
            return;
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();
        _isDone[node] = false;
        _path.Add((node, isReference));
        if (node.Element.ValueKind == JsonValueKind.Object)
            VisitInPlace(node);
        _path.RemoveAt(_path.Count - 1);
        _isDone[node] = true;
    }

    /// <summary>The schemas that apply to the same value as <paramref name="node"/>.</summary>
    private void VisitInPlace(SchemaNode node)
    {
        foreach (var member in node.Element.EnumerateObject())
        {
            var value = member.Value;
            switch (member.Name)
            {
                case "$ref" when value.ValueKind == JsonValueKind.String:
                    if (node.Resource.Document.Registry.Resolve(node.Resource, value.GetString()!) is { } target)
                        Visit(target.Node, isReference: true);
                    break;
                case "allOf" or "anyOf" or "oneOf" when value.ValueKind == JsonValueKind.Array:
                    var pointer = JsonPointer.Append(node.Pointer, member.Name);
                    var index = 0;
                    foreach (var schema in value.EnumerateArray())
                        VisitPart(node, schema, JsonPointer.Append(pointer, index++));
                    break;
                case "not" or "if" or "then" or "else":
                    VisitPart(node, value, JsonPointer.Append(node.Pointer, member.Name));
                    break;
                case "dependentSchemas" when value.ValueKind == JsonValueKind.Object:
                    foreach (var schema in value.EnumerateObject())
                        VisitPart(
                            node,
                            schema.Value,
                            JsonPointer.Append(JsonPointer.Append(node.Pointer, member.Name), schema.Name)
                        );
                    break;
            }
        }
    }

    private void VisitPart(SchemaNode node, JsonElement schema, string pointer) =>
        Visit(node.Resource.Document.Node(schema, pointer, node.Resource), isReference: false);

    private void Report(SchemaNode node, bool isReference)
    {
        var onlyReferences = isReference;
        var start = _path.FindLastIndex(step => ReferenceEquals(step.Node, node));
        for (var i = start + 1; i < _path.Count; i++)
            onlyReferences &= _path[i].IsReference;
        problems.Add(
            new SchemaProblem(
                node.Pointer,
                onlyReferences
                    ? "refers only to itself, so it has no effect"
                    : "refers back to itself for the same value; the repetition is ignored"
            )
            {
                Severity = onlyReferences ? FindingSeverity.Error : FindingSeverity.Warning,
            }
        );
    }
}
