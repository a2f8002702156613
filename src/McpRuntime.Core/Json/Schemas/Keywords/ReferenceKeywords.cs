using System.Text.Json;

namespace McpRuntime.Json.Schemas.Keywords;

/// <summary><c>$ref</c> and <c>$dynamicRef</c>. The target is found when the keyword is first used.</summary>
internal sealed class ReferenceKeyword(SchemaNode owner, string name, string reference) : Keyword(owner, name)
{
    private readonly bool _isDynamic = name == "$dynamicRef";
    private volatile Target? _target;

    public override bool Evaluate(JsonElement instance, Evaluation evaluation, EvaluatedSet? evaluated)
    {
        var target = _target ??= Resolve();
        if (target.Node is not { } node)
        {
            if (evaluation.Ignores(KeywordKinds.Other))
                return true;
            if (evaluation.IsCollecting)
                evaluation.Add(
                    this,
                    $"cannot be checked: the schema refers to {Preview.Of(reference)}, which does not exist"
                );
            return false;
        }

        if (target.DynamicAnchor is { } anchor && _isDynamic)
            node = Outermost(anchor, evaluation.Scope) ?? node;
        if (!evaluation.TryEnterReference(node))
            return true;
        var isValid = node.Evaluate(instance, evaluation, evaluated);
        evaluation.LeaveReference();
        return isValid;
    }

    /// <summary>
    /// JSON Schema core, section 8.2.3.2: the outermost resource of the dynamic scope with that anchor.
    /// </summary>
    private static SchemaNode? Outermost(string anchor, ResourceScope? scope)
    {
        SchemaResource? found = null;
        for (; scope is not null; scope = scope.Outer)
        {
            if (scope.Resource.DynamicAnchors.ContainsKey(anchor))
                found = scope.Resource;
        }

        return found is null ? null : SchemaRegistry.NodeAt(found, found.DynamicAnchors[anchor]);
    }

    private Target Resolve()
    {
        var found = Owner.Resource.Document.Registry.Resolve(Owner.Resource, reference);
        return new Target(found?.Node, found?.DynamicAnchor);
    }

    private sealed record Target(SchemaNode? Node, string? DynamicAnchor);
}
