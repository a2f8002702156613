using System.CommandLine;
using System.Text;
using McpRuntime.Connectors.Registry;
using McpRuntime.Diagnostics;
using McpRuntime.Stdio.Completion;
using McpRuntime.Stdio.Skills;

namespace McpRuntime.Stdio.Commands;

/// <summary><c>skill</c>: a SKILL.md for agents that have a shell.</summary>
internal static class SkillCommand
{
    private const string Examples = """
        mcp-runtime skill petstore
        mcp-runtime skill petstore --output ./petstore/SKILL.md
        mcp-runtime skill --output ./SKILL.md --force
        """;

    public static Command Create(Terminal terminal)
    {
        var connector = new Argument<string?>("CONNECTOR")
        {
            Description = "The connector that it is about. Default: all.",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "CONNECTOR",
            CompletionSources = { KnownNames.Connectors },
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "File to write. Default: standard output.",
            HelpName = "FILE",
        };
        var force = new Option<bool>("--force", "-f") { Description = "Replaces an existing file." };
        var connectors = CommonOptions.Connectors();
        var command = new DocumentedCommand(
            "skill",
            "Writes a SKILL.md that tells agents with a shell how to find and call tools by this console.",
            Examples
        )
        {
            connector,
            output,
            force,
            connectors,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(force) && result.GetResult(output) is null)
                result.AddError("--force is for --output.");
        });
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var file = parsed.GetValue(output);
                if (file is not null && File.Exists(file) && !parsed.GetValue(force))
                    throw new McpRuntimeException($"'{file}' already exists. Use --force to replace it.");
                var snapshot = await ConnectorFolder.LoadAsync(
                    CommonOptions.Settings(parsed, connectors),
                    cancellationToken
                );
                await FindingsText.WriteAsync(terminal, snapshot.Findings);
                var catalog = ToolsCommand.Choose(snapshot, parsed.GetValue(connector));
                if (catalog.Tools.Count == 0)
                    throw new McpRuntimeException("There is no tool to write about. Import an API first.");
                var folder = parsed.GetValue(connectors) is { } named ? Path.GetFullPath(named) : null;
                var text = new SkillDocument(catalog, folder).Write();
                if (file is null)
                    await terminal.Out.WriteAsync(text.AsMemory(), cancellationToken);
                else
                    await SaveAsync(Path.GetFullPath(file), text, parsed.GetValue(force), cancellationToken);
                return snapshot.Findings.Any(finding => finding.Severity == FindingSeverity.Error)
                    ? ExitCode.Failed
                    : ExitCode.Good;
            }
        );
        return command;
    }

    // A reader never sees half a file, and a file that came meanwhile is not replaced.
    private static async Task SaveAsync(string path, string text, bool overwrite, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await File.WriteAllTextAsync(temporary, text, new UTF8Encoding(false), cancellationToken);
            File.Move(temporary, path, overwrite);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
