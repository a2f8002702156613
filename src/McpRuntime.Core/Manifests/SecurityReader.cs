using System.Text.Json;

namespace McpRuntime.Manifests;

/// <summary>Reads <c>security_schemes</c>, <c>security</c> and version 1's <c>auth</c>.</summary>
internal static class SecurityReader
{
    /// <summary>
    /// In the manifest's order; a scheme that cannot be read keeps its name, so that uses of it are not reported as
    /// well.
    /// </summary>
    public static OrderedDictionary<string, SecurityScheme> ReadSchemes(ManifestFields fields, JsonElement value)
    {
        var schemes = new OrderedDictionary<string, SecurityScheme>(StringComparer.Ordinal);
        if (value.ValueKind == JsonValueKind.Null || !fields.Enter(value, JsonValueKind.Object))
            return schemes;
        foreach (var property in value.EnumerateObject())
        {
            var name = fields.At(property);
            schemes[name] = SchemeReader.Read(fields, property.Value) ?? new MutualTlsScheme();
        }
        fields.Leave();
        return schemes;
    }

    public static IReadOnlyList<SecurityRequirement>? ReadRequirements(ManifestFields fields, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null || !fields.Enter(value, JsonValueKind.Array))
            return null;
        var requirements = new List<SecurityRequirement>(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
        {
            fields.At(requirements.Count);
            var schemes = new OrderedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
            if (fields.Enter(item, JsonValueKind.Object))
            {
                foreach (var property in item.EnumerateObject())
                    schemes[fields.At(property)] = fields.Texts(property.Value);
                fields.Leave();
            }
            requirements.Add(new SecurityRequirement(schemes));
        }
        fields.Leave();
        return requirements;
    }

    /// <summary>Null where there is none.</summary>
    public static LegacyAuth? ReadLegacyAuth(ManifestFields fields, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return null;
        if (
            value.ValueKind == JsonValueKind.Object
            && value.TryGetProperty("type", out var type)
            && type.ValueKind == JsonValueKind.String
            && type.ValueEquals("none")
        )
        {
            fields.Enter(value, JsonValueKind.Object);
            foreach (var property in value.EnumerateObject())
            {
                if (fields.At(property) is not ("type" or "description"))
                    fields.Unknown(property.Name, "'auth' of type none", ["type", "description"]);
            }
            fields.Leave();
            return new LegacyAuth(Scheme: null);
        }
        return SchemeReader.Read(fields, value, SchemeReader.LegacyTypes) is { } scheme ? new LegacyAuth(scheme) : null;
    }
}
