using System.Text.Json;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Reading;

/// <summary>Reads <c>security</c> and the schemes that it names, which are alike in all versions.</summary>
internal static class SecurityRequirementReader
{
    /// <summary>The requirements of a document or an operation; null where it has none itself.</summary>
    /// <param name="owner">The document or operation.</param>
    /// <param name="security">Its <c>security</c>; undefined where it has none.</param>
    /// <param name="findings">Told of what is not a requirement.</param>
    internal static SecurityNeeds? Read(Node owner, JsonElement security, ImportFindings findings)
    {
        if (security.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return null;
        var node = owner.Child("security", security);
        if (security.ValueKind == JsonValueKind.Array)
            return new SecurityNeeds(Needs(node, findings));
        findings.Warn(
            ImportRules.WrongType,
            node,
            $"'security' must be an array, not {JsonRead.Kind(security)}; ignored."
        );
        return null;
    }

    internal static IReadOnlyList<KeyValuePair<string, Node>> Schemes(Node? container, ReferenceFollower references)
    {
        if (container is not { } node)
            return [];
        var schemes = new List<KeyValuePair<string, Node>>();
        foreach (var property in node.Element.EnumerateObject())
        {
            var name = JsonRead.Name(property);
            if (!name.StartsWith("x-", StringComparison.Ordinal) || property.Value.ValueKind == JsonValueKind.Object)
            {
                if (references.Follow(node.Child(name, property.Value), "A security scheme") is { } scheme)
                    schemes.Add(new(name, scheme));
            }
        }
        return schemes;
    }

    private static List<SecurityNeed> Needs(Node list, ImportFindings findings)
    {
        var needs = new List<SecurityNeed>(list.Element.GetArrayLength());
        var index = 0;
        foreach (var item in list.Element.EnumerateArray())
        {
            var place = list.Child(index++, item);
            if (item.ValueKind != JsonValueKind.Object)
            {
                findings.Warn(
                    ImportRules.WrongType,
                    place,
                    $"A security requirement must be an object, not {JsonRead.Kind(item)}; ignored."
                );
                continue;
            }
            var schemes = new List<KeyValuePair<string, IReadOnlyList<string>>>();
            foreach (var scheme in item.EnumerateObject())
            {
                var name = JsonRead.Name(scheme);
                schemes.Add(new(name, JsonRead.Texts(item, System.Text.Encoding.UTF8.GetBytes(name))));
            }
            needs.Add(new SecurityNeed([.. schemes], place));
        }
        return needs;
    }
}
