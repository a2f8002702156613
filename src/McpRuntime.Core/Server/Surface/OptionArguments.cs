using System.Text.Json;
using McpRuntime.Calls.Options;
using McpRuntime.Connectors.Listing;
using McpRuntime.Json.Selecting;
using McpRuntime.Manifests;

namespace McpRuntime.Server.Surface;

/// <summary>
/// What a caller may ask besides the arguments of a tool (<see cref="AnswerOptions"/>). The call tools have it next to
/// <c>name</c> and <c>arguments</c>; a tool that is called directly has it among its arguments, with an underscore.
/// </summary>
internal static class OptionArguments
{
    private const string Prefix = AnswerOptionSchema.Prefix;

    /// <inheritdoc cref="AnswerOptionSchema.Names"/>
    public static IReadOnlyList<string> Names => AnswerOptionSchema.Names;

    /// <summary>Reads them; what is wrong is noted there.</summary>
    public static AnswerOptions Read(SurfaceArguments arguments, string prefix)
    {
        var select = ReadSelect(arguments, $"{prefix}select");
        var items = arguments.Whole($"{prefix}max_items", least: 1, most: 1_000_000);
        var wait = arguments.Whole($"{prefix}wait_seconds", least: 1, most: 3600);
        return select is null && items is null && wait is null
            ? AnswerOptions.None
            : new AnswerOptions
            {
                Select = select,
                MaxItems = items,
                Wait = wait is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            };
    }

    /// <summary>Takes them out of the arguments of a direct call.</summary>
    /// <param name="arguments">An object.</param>
    /// <param name="tool">An argument of its own that has such a name stays with it.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="fault">What is wrong with it; null for nothing.</param>
    /// <returns>The arguments of the tool.</returns>
    public static JsonElement TakeFrom(
        JsonElement arguments,
        ToolManifest tool,
        out AnswerOptions options,
        out string? fault
    )
    {
        (options, fault) = (AnswerOptions.None, null);
        if (!arguments.EnumerateObject().Any(argument => argument.Name.StartsWith(Prefix, StringComparison.Ordinal)))
            return arguments;
        string[] free = [.. Free(tool).Select(name => Prefix + name)];
        var given = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var rest = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var argument in arguments.EnumerateObject())
            (free.Contains(argument.Name) ? given : rest)[argument.Name] = argument.Value;
        var read = new SurfaceArguments(given, free);
        options = Read(read, Prefix);
        fault = read.Fault;
        return ToObject(rest);
    }

    // What the tool itself has no argument of, with the prefix.
    private static IEnumerable<string> Free(ToolManifest tool)
    {
        var schema = tool.InputSchema.ToElement();
        var hasOwn = schema.TryGetProperty("properties"u8, out var own) && own.ValueKind == JsonValueKind.Object;
        return Names.Where(name => !hasOwn || !own.TryGetProperty(Prefix + name, out _));
    }

    public static Selection? ReadSelect(SurfaceArguments arguments, string name)
    {
        if (arguments.Text(name) is not { } text)
            return null;
        if (Selection.Read(text, out var selection) is { } fault)
            arguments.Refuse(name, $"cannot be read: {fault}. Write it as items[].{{id,user.login}} or -body");
        return selection;
    }

    private static JsonElement ToObject(Dictionary<string, JsonElement> members)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer, MessageWriter.Options))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in members)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }
            writer.WriteEndObject();
        }
        return JsonElement.Parse(buffer.Span);
    }
}
