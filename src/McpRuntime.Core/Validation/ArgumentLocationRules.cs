using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Http;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Validation;

/// <summary>
/// Rules that every argument has exactly one location. They hold for version 2; of version 1 only the path is
/// known, the rest is decided when a call is made.
/// </summary>
internal static class ArgumentLocationRules
{
    private const int LongestName = 64;

    /// <param name="findings">Receives what is found.</param>
    /// <param name="context">The tool.</param>
    /// <param name="input">Its input schema; null where that is unusable, which has been reported.</param>
    public static void Check(FindingList findings, ToolContext context, JsonElement? input)
    {
        var properties = Properties(input);
        CheckNames(findings, context, properties);
        WireLocationRules.Check(findings, context);
        CheckPath(findings, context, input, properties);
        if (context.Tool.IsOlderForm || input is null)
            return;
        CheckBody(findings, context);
        CheckBindings(findings, context, properties);
    }

    private static HashSet<string> Properties(JsonElement? input)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (
            input?.TryGetProperty("properties", out var properties) == true
            && properties.ValueKind == JsonValueKind.Object
        )
        {
            foreach (var property in properties.EnumerateObject())
                names.Add(property.Name);
        }
        return names;
    }

    // Narrower than JSON: this is what model APIs take as a name of an argument.
    private static void CheckNames(FindingList findings, ToolContext context, HashSet<string> properties)
    {
        foreach (var name in properties)
        {
            if (name.Length is > 0 and <= LongestName && IsPlain(name))
                continue;
            findings.Add(
                ValidationRules.ArgumentName,
                context.SeverityByForm,
                context.At("input_schema", "properties", name),
                $"{context.Label} has the argument '{name}'; clients take 1 to {LongestName} letters, digits, "
                    + $"'_' and '-'. Rename it and give the wire name in 'arguments'."
            );
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

    private static void CheckPath(
        FindingList findings,
        ToolContext context,
        JsonElement? input,
        HashSet<string> properties
    )
    {
        if (context.Endpoint is not { } endpoint)
            return;
        var inPath = new HashSet<string>(endpoint.PathNames(), StringComparer.Ordinal);
        var tool = context.Tool;
        var bound = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (argument, wireName) in PathArguments(tool, properties, inPath))
        {
            bound.Add(wireName);
            if (!inPath.Contains(wireName))
            {
                findings.Error(
                    ValidationRules.PathArgumentUnknown,
                    context.At("arguments", argument),
                    $"{context.Label} sends the argument '{argument}' to '{{{wireName}}}' in the path, which "
                        + $"'{tool.Endpoint}' does not have.{NearNames.DidYouMean(wireName, inPath)}"
                );
            }
            else if (input is { } schema && properties.Contains(argument) && !IsSure(schema, argument))
            {
                findings.Add(
                    ValidationRules.PathArgumentOptional,
                    context.SeverityByForm,
                    context.At("input_schema", "properties", argument),
                    $"{context.Label} needs the argument '{argument}' for its path; add it to 'required'."
                );
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
                ValidationRules.PathArgumentMissing,
                context.At("endpoint"),
                tool.IsOlderForm
                    ? $"{context.Label} has '{{{name}}}' in its path, but its input schema has no property "
                        + $"'{name}'; add it."
                    : $"{context.Label} has '{{{name}}}' in its path, but no argument with 'in: path, name: "
                        + $"{name}'; add it."
            );
        }
    }

    private static IEnumerable<(string Argument, string WireName)> PathArguments(
        ToolManifest tool,
        HashSet<string> properties,
        HashSet<string> inPath
    )
    {
        if (tool.IsOlderForm)
            return inPath.Where(properties.Contains).Select(name => (name, name));
        return (tool.Arguments ?? System.Collections.ObjectModel.ReadOnlyDictionary<string, ArgumentBinding>.Empty)
            .Where(entry => entry.Value.In == ArgumentLocation.Path)
            .Select(entry => (entry.Key, entry.Value.Name ?? ""));
    }

    // Required, or with a default that is sent instead.
    private static bool IsSure(JsonElement schema, string argument)
    {
        if (
            schema.GetProperty("properties").GetProperty(argument) is { ValueKind: JsonValueKind.Object } property
            && property.TryGetProperty("default", out _)
        )
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

    private static void CheckBody(FindingList findings, ToolContext context)
    {
        var tool = context.Tool;
        var flattened = tool.Arguments?.Where(entry => entry.Value.In == ArgumentLocation.Body).ToList() ?? [];
        if (tool.Body?.Argument is { } whole && flattened.Count > 0)
        {
            findings.Error(
                ValidationRules.BodyConflict,
                context.At("body", "argument"),
                $"{context.Label} takes the argument '{whole}' as the whole body and '{flattened[0].Key}' as "
                    + $"a part of it; choose one of the two."
            );
        }
        if (tool.Body is null && flattened.Count > 0)
        {
            findings.Error(
                ValidationRules.BodyMissing,
                context.At("arguments", flattened[0].Key),
                $"{context.Label} sends '{flattened[0].Key}' in a body but has none; add 'body: {{ "
                    + $"content_type: application/json }}'."
            );
        }
        CheckFixedParts(findings, context);
        if (
            tool.Body is { Argument: null, ContentType.Length: > 0 } spread
            && flattened.Count > 0
            && !MediaTypes.HasProperties(MediaTypes.Essence(spread.ContentType))
        )
        {
            findings.Error(
                ValidationRules.BodyConflict,
                context.At("body", "content_type"),
                $"{context.Label} sends parts of a body of type '{spread.ContentType}'; only JSON, form and "
                    + $"multipart bodies have properties. Name the argument that is the whole body in 'body.argument'."
            );
        }
        if (tool.Body is not { Argument: null } body)
            return;
        var names = flattened
            .Select(entry => entry.Value.Name)
            .Concat(tool.Fixed.Where(value => value.In == ArgumentLocation.Body).Select(value => value.Name))
            .ToHashSet();
        foreach (var name in body.Encoding.Keys)
        {
            if (!names.Contains(name))
                findings.Warning(
                    ValidationRules.EncodingUnknown,
                    context.At("body", "encoding", name),
                    $"{context.Label} has an encoding for '{name}', which is not a property of its body; remove it."
                );
        }
    }

    private static void CheckFixedParts(FindingList findings, ToolContext context)
    {
        var tool = context.Tool;
        for (var i = 0; i < tool.Fixed.Count; i++)
        {
            if (tool.Fixed[i].In != ArgumentLocation.Body || tool.Body is { Argument: null })
                continue;
            findings.Error(
                tool.Body is null ? ValidationRules.BodyMissing : ValidationRules.BodyConflict,
                JsonPointer.Append(context.At("fixed"), i),
                tool.Body is null
                    ? $"{context.Label} has a fixed value for '{tool.Fixed[i].Name}' in a body but has none; "
                        + $"add 'body: {{ content_type: application/json }}'."
                    : $"{context.Label} takes the argument '{tool.Body.Argument}' as the whole body, and a "
                        + $"fixed value for its part '{tool.Fixed[i].Name}'; choose one of the two."
            );
        }
    }

    private static void CheckBindings(FindingList findings, ToolContext context, HashSet<string> properties)
    {
        var tool = context.Tool;
        foreach (var name in properties)
        {
            var isBound = tool.Arguments?.ContainsKey(name) == true;
            var isBody = tool.Body?.Argument == name;
            if (isBound && isBody)
            {
                findings.Error(
                    ValidationRules.BodyConflict,
                    context.At("arguments", name),
                    $"{context.Label} gives the argument '{name}' two locations, in 'arguments' and as the "
                        + $"whole body; remove one."
                );
            }
            else if (!isBound && !isBody)
            {
                findings.Error(
                    ValidationRules.ArgumentWithoutLocation,
                    context.At("input_schema", "properties", name),
                    $"{context.Label} has the argument '{name}' without a location; add it to 'arguments'."
                );
            }
        }
        foreach (var name in tool.Arguments?.Keys ?? [])
        {
            if (!properties.Contains(name))
            {
                findings.Error(
                    ValidationRules.ArgumentNotInSchema,
                    context.At("arguments", name),
                    $"{context.Label} has a location for '{name}', which its input schema does not have; add "
                        + $"the property or remove the location.{NearNames.DidYouMean(name, properties)}"
                );
            }
        }
        if (tool.Body?.Argument is { } whole && !properties.Contains(whole))
        {
            findings.Error(
                ValidationRules.ArgumentNotInSchema,
                context.At("body", "argument"),
                $"{context.Label} takes the argument '{whole}' as its body, which its input schema does not "
                    + $"have; add the property.{NearNames.DidYouMean(whole, properties)}"
            );
        }
    }
}
