using System.Text.Json;
using McpRuntime.Json.Schemas.Compilation;
using McpRuntime.Testing;

namespace McpRuntime.Release.Tests;

/// <summary>What a format asks of a file, from the folder Schemas.</summary>
internal static class SchemaFile
{
    /// <summary>Fails with every violation.</summary>
    public static void Fits(string schema, JsonElement file)
    {
        var path = RepositoryRoot.PathOf("tests", "McpRuntime.Release.Tests", "Schemas", schema);
        var element = JsonElement.Parse(File.ReadAllText(path));
        Assert.Empty(JsonSchema.Check(element));
        Assert.Empty(JsonSchema.Compile(element).Evaluate(file).Select(violation => violation.ToString()));
    }
}
