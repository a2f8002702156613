using System.Text.Json;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Projection;

/// <summary>
/// The output of a tool: what the success responses promise as JSON; nothing where they promise nothing.
/// </summary>
internal static class ResponseProjector
{
    internal static OutputShape Project(IReadOnlyList<Response> responses)
    {
        var successes = Successes(responses);
        return new OutputShape(Schemas(successes), Headers(successes), Accept(successes));
    }

    private static string? Accept(List<Response> successes)
    {
        MediaType? best = null;
        foreach (var response in successes)
        {
            if (
                MediaTypeChoice.Best(response.Content) is { } type
                && (best is null || MediaTypeChoice.Best([best, type]) == type)
            )
                best = type;
        }
        return best is null || best.Name.Contains('*', StringComparison.Ordinal) ? null : best.Name;
    }

    private static List<string> Headers(List<Response> successes)
    {
        var names = new List<string>();
        foreach (var response in successes)
        {
            foreach (var name in response.Headers)
            {
                if (!names.Exists(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)))
                    names.Add(name);
            }
        }
        return names;
    }

    // One schema for all: a caller does not know which of them it will be.
    private static List<Node> Schemas(List<Response> successes)
    {
        var schemas = new List<Node>();
        foreach (var response in successes)
        {
            foreach (var type in response.Content)
            {
                if (type.Schema is not { } schema || !MediaTypeChoice.IsJson(type.Name))
                    continue;
                if (!IsOpen(schema.Element) && !schemas.Exists(known => IsSame(known, schema)))
                    schemas.Add(schema);
                break;
            }
        }
        return schemas;
    }

    // The default response is the error of most documents; it counts where nothing else says what success is.
    private static List<Response> Successes(IReadOnlyList<Response> responses)
    {
        var successes = new List<Response>(responses.Count);
        Response? other = null;
        foreach (var response in responses)
        {
            if (response.Status == ResponseStatus.Default)
                other = response;
            else
                successes.Add(response);
        }
        successes.Sort((left, right) => string.CompareOrdinal(left.Status, right.Status));
        if (successes.Count == 0 && other is not null)
            successes.Add(other);
        return successes;
    }

    private static bool IsSame(Node left, Node right) =>
        left.Resource == right.Resource && JsonElement.DeepEquals(left.Element, right.Element);

    private static bool IsOpen(JsonElement schema) =>
        schema.ValueKind != JsonValueKind.Object || schema.GetPropertyCount() == 0;
}
