using System.CommandLine;
using System.Text;
using McpRuntime.Connectors.Registry;
using McpRuntime.Diagnostics;
using McpRuntime.Http.Audit;
using McpRuntime.Http.Projects;
using McpRuntime.Http.Storage;
using McpRuntime.Locks;
using McpRuntime.Manifests;
using McpRuntime.Validation;

namespace McpRuntime.Http.Hosting;

/// <summary>
/// <c>lock</c>: shows how the tools of the folder and of all projects differ from what was reviewed, and keeps them as
/// reviewed now. A command of the machine and not a request: those who may change connectors over HTTP must not be able
/// to approve them there.
/// </summary>
internal static class GatewayLockCommand
{
    /// <param name="parts">Reads the settings, with a connectors folder; called when the command runs.</param>
    public static Command Build(Func<string?, GatewayParts> parts)
    {
        var file = new Argument<string?>("FILE")
        {
            Description = "The lock; it is made if it does not exist. Default: MCP_RUNTIME_LOCK.",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "FILE",
        };
        var connectors = new Option<string?>("--connectors")
        {
            Description = "Folder of the manifests. Default: MCP_RUNTIME_CONNECTORS_DIR.",
            HelpName = "DIR",
        };
        var connector = new Option<string?>("--connector")
        {
            Description =
                "Reviews only this connector, e.g. petstore of the folder or support/petstore of a project; the "
                + "others stay as they are in the lock.",
            HelpName = "NAME",
            CompletionSources = { CompletionCommand.Connectors(parts) },
        };
        var check = new Option<bool>("--check")
        {
            Description = "Changes nothing; exit code 1 if something is not as it was reviewed.",
        };
        var yes = new Option<bool>("--yes") { Description = "Does not ask before it replaces what was reviewed." };
        var command = new Command("lock", "Keeps what was reviewed of the tools of the folder and of all projects.")
        {
            file,
            connectors,
            connector,
            check,
            yes,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(
                    parts(parsed.GetValue(connectors)),
                    parsed.GetValue(file),
                    parsed.GetValue(connector),
                    parsed.GetValue(check),
                    parsed.GetValue(yes),
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        GatewayParts parts,
        string? file,
        string? connector,
        bool onlyChecks,
        bool isConfirmed,
        CancellationToken cancellationToken
    )
    {
        if ((file ?? parts.Runtime.LockFile) is not { Length: > 0 } path)
            throw new McpRuntimeException("There is no lock: name its file, or set MCP_RUNTIME_LOCK.");
        await using var database = Database.Open(parts.Gateway.Database);
        await Migrations.ApplyAsync(database, cancellationToken);
        var projects = await ProjectsAsync(database, parts.Time, cancellationToken);
        var update = await LockUpdate.PrepareAsync(parts.Runtime, path, connector, projects, cancellationToken);
        if (update.Differences.Count == 0)
        {
            await Console.Out.WriteLineAsync("All is as it was reviewed.");
            if (!onlyChecks && update.StartFile is not null)
                update.Save();
            return 0;
        }
        if (!update.IsNew || onlyChecks)
        {
            foreach (var line in LockDifference.Describe(update.Differences))
                await Console.Out.WriteLineAsync(UntrustedText.ForTerminal(line));
        }
        if (onlyChecks || !(update.IsNew || isConfirmed || await AskAsync(cancellationToken)))
            return 1;
        update.Save();
        await AuditAsync(database, parts.Time, update, cancellationToken);
        await Console.Error.WriteLineAsync(
            $"Saved {CountText.Of(update.Now.ToolCount, "tool")} of "
                + $"{CountText.Of(update.Now.ConnectorCount, "connector")} as reviewed in "
                + $"{UntrustedText.ForTerminal(update.Now.Path)}."
        );
        return 0;
    }

    // Anyone who can run the command owns the lock, so the account is all there is to name.
    private static Task AuditAsync(
        Database database,
        TimeProvider time,
        LockUpdate update,
        CancellationToken cancellationToken
    )
    {
        var entry = new AuditEntry(
            time.GetUtcNow(),
            $"cli:{Environment.UserName}",
            "lock.update",
            Path.GetFileName(update.Now.Path),
            "ok",
            TimeSpan.Zero,
            "",
            ""
        )
        {
            Detail = string.Join(' ', LockDifference.Describe(update.Differences)),
        };
        return new AuditStore(database).InsertAsync([entry.Storable()], cancellationToken);
    }

    private static async Task<List<(string, ConnectorManifest)>> ProjectsAsync(
        Database database,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var connectors = new List<(string, ConnectorManifest)>();
        var errors = new List<Finding>();
        foreach (var row in await new ConnectorStore(database, time).ListAsync(null, cancellationToken))
        {
            var name = ToolLock.NameOf(row.Project, row.Name);
            var read = ManifestReader.Read(Encoding.UTF8.GetBytes(row.Manifest), name);
            if (read.Manifest is { } manifest)
                connectors.Add((row.Project, manifest));
            else
                errors.AddRange(read.Findings.Where(finding => finding.Severity == FindingSeverity.Error));
        }
        return errors.Count == 0 ? connectors : throw new FindingsException(errors);
    }

    private static async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        if (Console.IsInputRedirected)
        {
            await Console.Error.WriteLineAsync(
                "No one can be asked here; --yes keeps this as reviewed. Nothing was saved."
            );
            return false;
        }
        await Console.Error.WriteAsync("Keep this as reviewed? [y/N] ");
        var answer = await Task.Run(Console.ReadLine, cancellationToken).WaitAsync(cancellationToken);
        return answer?.Trim() is "y" or "Y" or "yes";
    }
}
