using System.Text.Json;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// An object that an <c>allOf</c> puts together. What one member requires may be a property of another that exists in
/// one direction only; that is looked up when something is required, which is rare.
/// </summary>
internal sealed class Composition(JsonElement schema, SpecResource resource, PropertyAccess access)
{
    private Dictionary<string, HiddenIn>? _hidden;

    internal HiddenIn Hidden(string name)
    {
        if (_hidden is null)
        {
            _hidden = new Dictionary<string, HiddenIn>(StringComparer.Ordinal);
            access.Collect(schema, resource, _hidden);
        }
        return _hidden.GetValueOrDefault(name);
    }
}
