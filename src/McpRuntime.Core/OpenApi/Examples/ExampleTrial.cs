using System.Text.Json;
using McpRuntime.Calls.Arguments;
using McpRuntime.Concurrency;
using McpRuntime.Http;
using McpRuntime.Json.Schemas;
using McpRuntime.Json.Schemas.Compilation;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Projection;

namespace McpRuntime.OpenApi.Examples;

/// <summary>
/// Tries the document's own request examples on the tools that were made of it. An example is what a caller will send
/// first: where it does not fit, the document contradicts itself, or the import misread it.
/// </summary>
internal static class ExampleTrial
{
    internal const string Rule = ImportRules.ExampleMismatch;

    /// <summary>Tries all examples of the tools.</summary>
    /// <param name="tools">The tools.</param>
    /// <param name="schema">All input schemas, as <see cref="InputSchemas"/> puts them together; asked for where there
    /// is an example.</param>
    /// <param name="examples">Finds the examples.</param>
    internal static Found<ExampleCounts> Run(
        IReadOnlyList<ToolShape> tools,
        Lazy<JsonSchema> schema,
        RequestExamples examples
    )
    {
        var subjects = ExampleSubject.Of(tools, schema, examples);
        using var workers = new WorkerPool<object>(() => examples);
        var mismatches = workers.Map(subjects, static (_, subject) => Mismatches(subject));
        var findings = new ImportFindings();
        var (tried, mismatched) = (0, 0);
        for (var i = 0; i < subjects.Count; i++)
        {
            for (var j = 0; j < mismatches[i].Length; j++)
            {
                tried++;
                if (mismatches[i][j] is not { } mismatch)
                    continue;
                mismatched++;
                findings.Inform(Rule, subjects[i].Examples[j].Node, $"The example {mismatch}.");
            }
        }
        return findings.With(new ExampleCounts(tried, mismatched));
    }

    private static string?[] Mismatches(ExampleSubject subject) =>
        [
            .. subject.Examples.Select(example =>
                example.Argument is { } argument
                    ? subject.Mismatch(argument, example.Node.Element)
                    : MismatchOfProperties(subject, example.Node.Element)
            ),
        ];

    private static string? MismatchOfProperties(ExampleSubject subject, JsonElement value)
    {
        var tool = subject.Tool;
        // Authors also give the text of the body.
        if (value.ValueKind == JsonValueKind.String && ValueConversion.Parse(JsonRead.Text(value) ?? "") is { } parsed)
            value = parsed;
        if (value.ValueKind != JsonValueKind.Object)
            return $"is {JsonRead.Kind(value)}, but the body is an object";
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            var name = JsonRead.Name(property);
            given.Add(name);
            if (tool.Fixed.Any(only => only.In == Manifests.ArgumentLocation.Body && only.Name == name))
                continue;
            var argument = Array.FindIndex(tool.Bindings, binding =>
                binding.Value.In == Manifests.ArgumentLocation.Body && binding.Value.Name == name
            );
            if (argument < 0)
                return $"has the property '{name}', which the request body does not have";
            if (subject.Mismatch(tool.NameOf(argument), property.Value) is { } mismatch)
                return $"has at '{name}' a value that {mismatch}";
        }
        for (var i = 0; i < tool.Bindings.Length; i++)
        {
            if (
                tool.Arguments[i].IsRequired
                && tool.Bindings[i].Value is { In: Manifests.ArgumentLocation.Body, Name: { } name }
                && !given.Contains(name)
            )
                return $"does not have the property '{name}', which is required";
        }
        return null;
    }
}
