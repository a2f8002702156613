using System.CommandLine;
using System.CommandLine.Completions;
using McpRuntime.Connectors.Registry;
using McpRuntime.Http.Access;
using McpRuntime.ShellCompletion;

namespace McpRuntime.Http.Hosting;

/// <summary><c>completion SHELL</c>, and the names that Tab completes without asking the database.</summary>
internal static class CompletionCommand
{
    public static Command Build()
    {
        var command = new Command(
            "completion",
            "Prints a script that completes commands, options, roles and connectors in a shell, where mcp-runtime-http "
                + "is on the PATH."
        );
        ShellArgument.AddTo(command, "mcp-runtime-http", () => Console.Out);
        return command;
    }

    /// <summary>Names of roles.</summary>
    public static Func<CompletionContext, IEnumerable<CompletionItem>> Roles(Func<GatewayParts> parts) =>
        _ => RoleBook.Of(parts().Gateway.RolesFile).Names.Select(name => new CompletionItem(name));

    /// <summary>Names of the folder's connectors.</summary>
    public static Func<CompletionContext, IEnumerable<CompletionItem>> Connectors(Func<string?, GatewayParts> parts) =>
        context =>
            ConnectorFolder
                .LoadAsync(parts(context.ParseResult.GetValue<string>("--connectors")).Runtime, CancellationToken.None)
                .GetAwaiter()
                .GetResult()
                .Connectors.Select(loaded => new CompletionItem(
                    loaded.Manifest.Name,
                    detail: loaded.Manifest.Description
                ));
}
