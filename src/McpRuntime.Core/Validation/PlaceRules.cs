using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Http;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Validation;

/// <summary>
/// Rules that every argument has exactly one place. They hold for the current form; of the older one only the path is
/// known, the rest is decided when a call is made.
/// </summary>
internal static class PlaceRules
{
    private const int LongestName = 64;

    /// <param name="findings">Receives what is found.</param>
    /// <param name="place">The tool.</param>
    /// <param name="input">Its input schema; null where that is unusable, which has been reported.</param>
    public static void Check(FindingList findings, ToolPlace place, JsonElement? input)
    {
        var properties = Properties(input);
        CheckNames(findings, place, properties);
        WirePlaceRules.Check(findings, place);
        CheckPath(findings, place, input, properties);
        if (place.Tool.IsOlderForm || input is null)
            return;
        CheckBody(findings, place);
        CheckBindings(findings, place, properties);
    }

    private static HashSet<string> Properties(JsonElement? input)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (input?.TryGetProperty("properties", out var properties) == true && properties.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in properties.EnumerateObject())
                names.Add(property.Name);
        }
        return names;
    }

    // Narrower than JSON: this is what model APIs take as a name of an argument.
    private static void CheckNames(FindingList findings, ToolPlace place, HashSet<string> properties)
    {
        foreach (var name in properties)
        {
            if (name.Length is > 0 and <= LongestName && IsPlain(name))
                continue;
            findings.Add(
                ValidationRules.ArgumentName, place.SeverityByForm, place.At("input_schema", "properties", name),
                $"{place.Label} has the argument '{name}'; clients take 1 to {LongestName} letters, digits, '_' and '-'. Rename it and give the wire name in 'arguments'.");
        }
    }

    private static bool IsPlain(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-'))
                return false;
        }
        return true;
    }

    private static void CheckPath(FindingList findings, ToolPlace place, JsonElement? input, HashSet<string> properties)
    {
        if (place.Endpoint is not { } endpoint)
            return;
        var inPath = new HashSet<string>(endpoint.PathNames(), StringComparer.Ordinal);
        var tool = place.Tool;
        var bound = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (argument, wireName) in PathArguments(tool, properties, inPath))
        {
            bound.Add(wireName);
            if (!inPath.Contains(wireName))
            {
                findings.Error(
                    ValidationRules.PathArgumentUnknown, place.At("arguments", argument),
                    $"{place.Label} sends the argument '{argument}' to '{{{wireName}}}' in the path, which '{tool.Endpoint}' does not have.{NearNames.DidYouMean(wireName, inPath)}");
            }
            else if (input is { } schema && properties.Contains(argument) && !IsSure(schema, argument))
            {
                findings.Add(
                    ValidationRules.PathArgumentOptional, place.SeverityByForm, place.At("input_schema", "properties", argument),
                    $"{place.Label} needs the argument '{argument}' for its path; add it to 'required'.");
            }
        }
        foreach (var value in tool.Fixed)
        {
            if (value.In == ArgumentLocation.Path)
                bound.Add(value.Name);
        }
        foreach (var name in inPath)
        {
            if (bound.Contains(name) || (tool.IsOlderForm && input is null))
                continue;
            findings.Error(
                ValidationRules.PathArgumentMissing, place.At("endpoint"),
                tool.IsOlderForm
                    ? $"{place.Label} has '{{{name}}}' in its path, but its input schema has no property '{name}'; add it."
                    : $"{place.Label} has '{{{name}}}' in its path, but no argument with 'in: path, name: {name}'; add it.");
        }
    }

    private static IEnumerable<(string Argument, string WireName)> PathArguments(
        ToolManifest tool, HashSet<string> properties, HashSet<string> inPath)
    {
        if (tool.IsOlderForm)
            return inPath.Where(properties.Contains).Select(name => (name, name));
        return (tool.Arguments ?? System.Collections.ObjectModel.ReadOnlyDictionary<string, ArgumentBinding>.Empty)
            .Where(entry => entry.Value.In == ArgumentLocation.Path)
            .Select(entry => (entry.Key, entry.Value.Name ?? ""));
    }

    // Required, or with a default that is sent in its place.
    private static bool IsSure(JsonElement schema, string argument)
    {
        if (schema.GetProperty("properties").GetProperty(argument) is { ValueKind: JsonValueKind.Object } property
            && property.TryGetProperty("default", out _))
            return true;
        if (!schema.TryGetProperty("required", out var required) || required.ValueKind != JsonValueKind.Array)
            return false;
        foreach (var item in required.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String && item.ValueEquals(argument))
                return true;
        }
        return false;
    }

    private static void CheckBody(FindingList findings, ToolPlace place)
    {
        var tool = place.Tool;
        var flattened = tool.Arguments?.Where(entry => entry.Value.In == ArgumentLocation.Body).ToList() ?? [];
        if (tool.Body?.Argument is { } whole && flattened.Count > 0)
        {
            findings.Error(
                ValidationRules.BodyConflict, place.At("body", "argument"),
                $"{place.Label} takes the argument '{whole}' as the whole body and '{flattened[0].Key}' as a part of it; choose one of the two.");
        }
        if (tool.Body is null && flattened.Count > 0)
        {
            findings.Error(
                ValidationRules.BodyMissing, place.At("arguments", flattened[0].Key),
                $"{place.Label} sends '{flattened[0].Key}' in a body but has none; add 'body: {{ content_type: application/json }}'.");
        }
        CheckFixedParts(findings, place);
        if (tool.Body is { Argument: null, ContentType.Length: > 0 } spread && flattened.Count > 0 && !MediaTypes.HasProperties(MediaTypes.Essence(spread.ContentType)))
        {
            findings.Error(
                ValidationRules.BodyConflict, place.At("body", "content_type"),
                $"{place.Label} sends parts of a body of type '{spread.ContentType}'; only JSON, form and multipart bodies have properties. Name the argument that is the whole body in 'body.argument'.");
        }
        if (tool.Body is not { Argument: null } body)
            return;
        var names = flattened.Select(entry => entry.Value.Name).Concat(
            tool.Fixed.Where(value => value.In == ArgumentLocation.Body).Select(value => value.Name)).ToHashSet();
        foreach (var name in body.Encoding.Keys)
        {
            if (!names.Contains(name))
                findings.Warning(ValidationRules.EncodingUnknown, place.At("body", "encoding", name), $"{place.Label} has an encoding for '{name}', which is not a property of its body; remove it.");
        }
    }

    private static void CheckFixedParts(FindingList findings, ToolPlace place)
    {
        var tool = place.Tool;
        for (var i = 0; i < tool.Fixed.Count; i++)
        {
            if (tool.Fixed[i].In != ArgumentLocation.Body || tool.Body is { Argument: null })
                continue;
            findings.Error(
                tool.Body is null ? ValidationRules.BodyMissing : ValidationRules.BodyConflict, JsonPointer.Append(place.At("fixed"), i),
                tool.Body is null
                    ? $"{place.Label} has a fixed value for '{tool.Fixed[i].Name}' in a body but has none; add 'body: {{ content_type: application/json }}'."
                    : $"{place.Label} takes the argument '{tool.Body.Argument}' as the whole body, and a fixed value for its part '{tool.Fixed[i].Name}'; choose one of the two.");
        }
    }

    private static void CheckBindings(FindingList findings, ToolPlace place, HashSet<string> properties)
    {
        var tool = place.Tool;
        foreach (var name in properties)
        {
            var isBound = tool.Arguments?.ContainsKey(name) == true;
            var isBody = tool.Body?.Argument == name;
            if (isBound && isBody)
            {
                findings.Error(
                    ValidationRules.BodyConflict, place.At("arguments", name),
                    $"{place.Label} gives the argument '{name}' two locations, in 'arguments' and as the whole body; remove one.");
            }
            else if (!isBound && !isBody)
            {
                findings.Error(
                    ValidationRules.ArgumentWithoutLocation, place.At("input_schema", "properties", name),
                    $"{place.Label} has the argument '{name}' without a location; add it to 'arguments'.");
            }
        }
        foreach (var name in tool.Arguments?.Keys ?? [])
        {
            if (!properties.Contains(name))
            {
                findings.Error(
                    ValidationRules.ArgumentNotInSchema, place.At("arguments", name),
                    $"{place.Label} has a location for '{name}', which its input schema does not have; add the property or remove the location.{NearNames.DidYouMean(name, properties)}");
            }
        }
        if (tool.Body?.Argument is { } whole && !properties.Contains(whole))
        {
            findings.Error(
                ValidationRules.ArgumentNotInSchema, place.At("body", "argument"),
                $"{place.Label} takes the argument '{whole}' as its body, which its input schema does not have; add the property.{NearNames.DidYouMean(whole, properties)}");
        }
    }
}
