using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Cmdlets.Commands.Model;
using McpRuntime.Cmdlets.Parameters;
using McpRuntime.Cmdlets.Parameters.Examples;
using McpRuntime.Cmdlets.Tools;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Commands.Help;

/// <summary>What a user reads about a command; the texts of its document are cleaned and bounded.</summary>
internal sealed class CommandText(CommandModel command)
{
    private const int MaxSynopsis = 300;
    private const int MaxDescription = 1500;
    private const int MaxParameter = 300;
    private const int MaxExamples = 2;

    /// <summary>One line: what its parameter sets do, the default one first.</summary>
    public string Synopsis() =>
        UntrustedText.Shorten(
            string.Join(
                " | ",
                command.Sets.Select(set => Summary(set.Tool)).Distinct(StringComparer.OrdinalIgnoreCase)
            ),
            MaxSynopsis
        );

    private static string Summary(McpTool tool)
    {
        var words = tool.Title ?? UntrustedText.Clean(tool.Description?.Split("\n\n", 2)[0]);
        return words.Length > 0 ? words : $"{tool.Endpoint ?? tool.Name}.";
    }

    /// <summary>For each parameter set what it calls, and what the document says about that.</summary>
    public IEnumerable<string> Description()
    {
        foreach (var set in command.Sets)
        {
            var called = set.Tool.Endpoint is { } endpoint
                ? $"{endpoint} (tool {set.Tool.Name})"
                : $"Tool {set.Tool.Name}";
            yield return command.Sets.Count == 1 ? $"{called}." : $"Parameter set {set.Name}: {called}.";
            foreach (var paragraph in UntrustedText.Shorten(set.Tool.Description ?? "", MaxDescription).Split("\n\n"))
            {
                if (paragraph.Length > 0)
                    yield return paragraph;
            }
        }
        yield return $"Parameters that all commands have: {SharedParameters.Names}. Get-Help about_McpCommands "
            + "explains them.";
    }

    public string Of(CommandParameter parameter)
    {
        var words = command
            .Sets.Select(set => ArgumentOf(set.Tool, parameter)?.Description)
            .FirstOrDefault(text => !string.IsNullOrEmpty(text));
        var text = UntrustedText.Shorten(words ?? parameter.HelpMessage, MaxParameter);
        if (parameter.Choices.Count == 0)
            return text;
        var choices = $"{(parameter.IsClosed ? "Values" : "Known values")}: {string.Join(", ", parameter.Choices)}.";
        return text.Length > 0 ? $"{text}\n\n{UntrustedText.Clean(choices)}" : UntrustedText.Clean(choices);
    }

    /// <summary>Calls that run as they are, with the name of their parameter set.</summary>
    public IEnumerable<(string Set, string Code)> Examples()
    {
        foreach (var set in command.Sets)
        {
            var layout = ParameterLayout.Of(set.Tool);
            yield return (
                set.Name,
                ExampleCall.OfCommand(command.Name, set.Tool.Arguments, argument => layout.Find(argument.Name)?.Name)
            );
            foreach (var values in OfDocument(set.Tool))
                yield return (
                    set.Name,
                    ExampleCall.OfCommand(
                        command.Name,
                        set.Tool.Arguments,
                        argument => layout.Find(argument.Name)?.Name,
                        values
                    )
                );
        }
    }

    // Arguments that the document has as examples of requests.
    private static IEnumerable<JsonObject> OfDocument(McpTool tool) =>
        tool.Arguments.Schema.TryGetProperty("examples", out var examples) && examples.ValueKind == JsonValueKind.Array
            ? examples
                .EnumerateArray()
                .Where(example => example.ValueKind == JsonValueKind.Object)
                .Take(MaxExamples)
                .Select(example => JsonObject.Create(example)!)
            : [];

    private static OfferedArgument? ArgumentOf(McpTool tool, CommandParameter parameter) =>
        ParameterLayout
            .Of(tool)
            .All.FirstOrDefault(own => own.Name.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase))
            ?.Argument;
}
