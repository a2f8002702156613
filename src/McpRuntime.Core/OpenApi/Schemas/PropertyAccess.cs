using System.Text.Json;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>The directions that a property does not take part in.</summary>
[Flags]
internal enum HiddenIn
{
    None = 0,

    /// <summary><c>readOnly</c>: the upstream sets it.</summary>
    Input = 1,

    /// <summary><c>writeOnly</c>: the upstream never tells it.</summary>
    Output = 2,
}

/// <summary>
/// Reads <c>readOnly</c> and <c>writeOnly</c>, which may be in the property's schema, in the schema it refers to,
/// or in a member of its <c>allOf</c> (JSON Schema 2020-12 validation section 9.4 collects them as annotations).
/// </summary>
internal sealed class PropertyAccess(ReferenceResolver resolver)
{
    private const int MaxHops = 16;

    private readonly Dictionary<ReferenceTarget, HiddenIn> _known = [];

    internal ReferenceResolver Resolver => resolver;

    /// <summary>False where no schema of the document can forbid properties.</summary>
    internal bool MayClose(SpecDocument document) => resolver.HasOtherDocuments || document.SaysClosed;

    /// <summary>
    /// False where no schema of the document can have a direction; then nothing needs to be looked at.
    /// </summary>
    internal bool MayHide(SpecDocument document) =>
        // What it refers to in other documents may.
        resolver.HasOtherDocuments || document.SaysDirection;

    internal HiddenIn Of(JsonElement schema, SpecResource resource) => Of(schema, resource, MaxHops);

    /// <summary>Adds the properties that a composed object hides, those of its members included.</summary>
    internal void Collect(JsonElement schema, SpecResource resource, Dictionary<string, HiddenIn> hidden) =>
        Collect(schema, resource, hidden, MaxHops);

    internal static HiddenIn Flag(SchemaDirection direction) =>
        direction == SchemaDirection.Input ? HiddenIn.Input : HiddenIn.Output;

    private HiddenIn Of(JsonElement schema, SpecResource resource, int hops)
    {
        if (schema.ValueKind != JsonValueKind.Object || hops == 0)
            return HiddenIn.None;
        var hidden = HiddenIn.None;
        foreach (var property in schema.EnumerateObject())
        {
            switch (SchemaKeywords.Of(property))
            {
                case SchemaKeyword.ReadOnly when property.Value.ValueKind == JsonValueKind.True:
                    hidden |= HiddenIn.Input;
                    break;
                case SchemaKeyword.WriteOnly when property.Value.ValueKind == JsonValueKind.True:
                    hidden |= HiddenIn.Output;
                    break;
                case SchemaKeyword.Ref when JsonRead.Text(property.Value) is { } reference:
                    hidden |= OfTarget(resolver.Resolve(resource, reference).Target, hops);
                    break;
                case SchemaKeyword.AllOf when property.Value.ValueKind == JsonValueKind.Array:
                    foreach (var member in property.Value.EnumerateArray())
                        hidden |= Of(member, resource, hops - 1);
                    break;
            }
        }
        return hidden;
    }

    private HiddenIn OfTarget(ReferenceTarget? target, int hops)
    {
        if (target is null)
            return HiddenIn.None;
        if (_known.TryGetValue(target, out var known))
            return known;
        _known[target] = HiddenIn.None;
        return _known[target] = Of(target.Element, target.Resource, hops - 1);
    }

    private void Collect(JsonElement schema, SpecResource resource, Dictionary<string, HiddenIn> hidden, int hops)
    {
        if (schema.ValueKind != JsonValueKind.Object || hops == 0)
            return;
        foreach (var property in schema.EnumerateObject())
        {
            switch (SchemaKeywords.Of(property))
            {
                case SchemaKeyword.Properties when property.Value.ValueKind == JsonValueKind.Object:
                    foreach (var member in property.Value.EnumerateObject())
                    {
                        if (Of(member.Value, resource) is var own && own != HiddenIn.None)
                            hidden[JsonRead.Name(member)] = hidden.GetValueOrDefault(JsonRead.Name(member)) | own;
                    }
                    break;
                case SchemaKeyword.Ref when JsonRead.Text(property.Value) is { } reference:
                    if (resolver.Resolve(resource, reference).Target is { } target)
                        Collect(target.Element, target.Resource, hidden, hops - 1);
                    break;
                case SchemaKeyword.AllOf when property.Value.ValueKind == JsonValueKind.Array:
                    foreach (var member in property.Value.EnumerateArray())
                        Collect(member, resource, hidden, hops - 1);
                    break;
            }
        }
    }
}
