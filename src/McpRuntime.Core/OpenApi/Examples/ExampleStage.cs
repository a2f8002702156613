using System.Globalization;
using System.Text;
using System.Text.Json;
using McpRuntime.Concurrency;
using McpRuntime.Json;
using McpRuntime.Json.Schemas;
using McpRuntime.Json.Schemas.Compilation;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Projection;

namespace McpRuntime.OpenApi.Examples;

/// <summary>
/// Gives tools the examples of their request bodies, as <c>examples</c> at the root of their input schema: what a model
/// that fills in nested arguments follows best. Only examples that fit the schema, and none that looks like a secret.
/// </summary>
internal static class ExampleStage
{
    private const int MostExamples = 2;

    /// <summary>The connector with examples.</summary>
    /// <param name="manifest">The connector.</param>
    /// <param name="written">What its tools were made of, in their order.</param>
    /// <param name="schema">All input schemas, as <see cref="InputSchemas"/> puts them together; asked for where there
    /// is an example.</param>
    internal static ConnectorManifest Add(
        ConnectorManifest manifest,
        IReadOnlyList<WrittenTool> written,
        Lazy<JsonSchema> schema
    )
    {
        var candidates = new List<Candidate>();
        for (var i = 0; i < written.Count; i++)
        {
            if (written[i].Examples.Count > 0)
                candidates.Add(new Candidate(i, manifest.Tools[i], written[i].Examples));
        }
        if (candidates.Count == 0)
            return manifest;
        using var workers = new WorkerPool<JsonSchema>(() => schema.Value);
        var changed = workers.Map(candidates, static (schemas, candidate) => candidate.WithFitting(schemas));
        var tools = new ToolManifest[written.Count];
        for (var i = 0; i < tools.Length; i++)
            tools[i] = manifest.Tools[i];
        for (var i = 0; i < changed.Length; i++)
            tools[candidates[i].Position] = changed[i];
        return manifest with { Tools = tools };
    }

    private sealed class Candidate(int position, ToolManifest tool, IReadOnlyList<string> examples)
    {
        internal int Position => position;

        internal ToolManifest WithFitting(JsonSchema schemas)
        {
            var place = InputSchemas.Tools + position.ToString(CultureInfo.InvariantCulture);
            var schema = schemas.At(place, SchemaSubject.Arguments)!;
            var (fitting, shapes) = (new List<string>(MostExamples), new List<string>(MostExamples));
            foreach (var text in examples)
            {
                var arguments = JsonElement.Parse(text);
                // Two with the same properties say the same.
                var names = NamesOf(arguments);
                if (SecretNames.AreIn(arguments) || shapes.Contains(names) || !schema.IsValid(arguments))
                    continue;
                shapes.Add(names);
                fitting.Add(text);
                if (fitting.Count == MostExamples)
                    break;
            }
            return fitting.Count == 0 ? tool : With(fitting);
        }

        private ToolManifest With(List<string> fitting)
        {
            // The text is an object that is not empty (InputSchemaText).
            var text = tool.InputSchema.Utf8.Span[..^1];
            var end = Encoding.UTF8.GetBytes($",\"examples\":[{string.Join(',', fitting)}]}}");
            var schema = new JsonText((byte[])[.. text, .. end]);
            return tool with
            {
                InputSchema = schema,
                ImportedSchema = SchemaFingerprint.WithExamples(tool.ImportedSchema!, schema),
            };
        }

        private static string NamesOf(JsonElement value)
        {
            var names = new StringBuilder();
            foreach (var property in value.EnumerateObject())
                names.Append(JsonRead.Name(property)).Append(',');
            return names.ToString();
        }
    }
}
