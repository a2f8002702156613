using System.Text.Json;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;
using McpRuntime.Http.Access;
using McpRuntime.Http.Audit;
using McpRuntime.Http.Calls;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.Logging;
using McpRuntime.Http.Mcp;
using McpRuntime.Http.Problems;
using McpRuntime.Http.Replicas;
using McpRuntime.Server;

namespace McpRuntime.Http.RuntimeControl;

/// <summary><c>/v1/runtime</c>: status, reload, switches, drain, stop and the recent log.</summary>
internal static class RuntimeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var runtime = routes.MapGroup("/v1/runtime");
        runtime.MapGet("", StatusAsync).Require(Rights.Runtime, Reach.Any);
        runtime.MapPost("/reload", ReloadAsync).Require(Rights.Runtime, Reach.Gateway);
        runtime.MapPost("/drain", DrainAsync).Require(Rights.Runtime, Reach.Gateway);
        runtime.MapPost("/stop", StopAsync).Require(Rights.Runtime, Reach.Gateway);
        runtime.MapGet("/log", LogAsync).Require(Rights.Runtime, Reach.Gateway);
        var lifetime = routes.ServiceProvider.GetRequiredService<IHostApplicationLifetime>();
        var own = routes.ServiceProvider.GetRequiredService<Replica>().Id;
        routes
            .ServiceProvider.GetRequiredService<ReplicaMessages>()
            .On(ReplicaTopics.Stop, (replica, _) =>
            {
                if (replica == own)
                    lifetime.StopApplication();
                return Task.CompletedTask;
            });
        runtime.MapPatch("/connectors/{**connector}", SwitchAsync).Require(Rights.Connectors, Reach.Gateway);
    }

    private static T Get<T>(HttpContext context)
        where T : notnull => context.RequestServices.GetRequiredService<T>();

    private static Task StatusAsync(HttpContext context)
    {
        var state = Get<GatewayState>(context);
        var folder = Get<FolderConnectors>(context);
        return context.Response.WriteJsonAsync(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("version"u8, ServerIdentity.Version);
            writer.WriteString("started"u8, state.Started);
            writer.WriteBoolean("draining"u8, state.IsDraining);
            writer.WriteString("replica"u8, Get<Replica>(context).Id);
            if (Caller.Of(context).Reaches(project: null))
            {
                writer.WriteNumber("sessions"u8, Get<SessionTable>(context).Count);
                writer.WriteNumber("runningCalls"u8, Get<CallMetrics>(context).Active);
                WriteReplicas(writer, Get<ReplicaBeat>(context).All);
                WriteConnectors(writer, folder);
                WriteBroken(writer, folder);
            }
            writer.WriteEndObject();
        });
    }

    private static async Task ReloadAsync(HttpContext context)
    {
        var folder = Get<FolderConnectors>(context);
        var only = context.Request.Query["connector"].ToString();
        if (only.Length > 0 && !Manifests.ConnectorName.IsValid(only))
            throw new ProblemException(Problem.Invalid("'connector' in the query is not a connector name."));
        var before = Names(folder.Folder);
        var snapshot = await folder.ReloadAsync(context.RequestAborted);
        if (only.Length > 0 && snapshot.Connectors.All(connector => connector.Manifest.Name != only))
            throw new ProblemException(Problem.NotFound($"After the reload there is no connector '{only}'."));
        context.Audit(
            "runtime.reload",
            only.Length == 0 ? "*" : only,
            Change.Of(
                Change.List("connectors", before, Names(snapshot)),
                snapshot.Findings.Count == 0 ? null : CountText.Of(snapshot.Findings.Count, "finding")
            )
        );
        await context.Response.WriteJsonAsync(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("replica"u8, Get<Replica>(context).Id);
            WriteConnectors(writer, folder, only.Length == 0 ? null : only);
            writer.WriteStartArray("findings"u8);
            foreach (var finding in snapshot.Findings)
                writer.WriteStringValue(UntrustedText.Clean(finding.ToString()));
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static List<string> Names(ConnectorSnapshot snapshot) =>
        [.. snapshot.Connectors.Select(connector => $"{connector.Manifest.Name} {connector.Manifest.Version}")];

    // Without a replica in the query, the gateway as a whole.
    private static async Task DrainAsync(HttpContext context)
    {
        var body = await context.Request.ReadObjectAsync();
        body.AllowOnly("draining", "graceSeconds");
        var draining = body.Flag("draining") ?? true;
        var grace = TimeSpan.FromSeconds(body.Whole("graceSeconds", 0, 3600) ?? 0);
        var state = Get<GatewayState>(context);
        var replica = ReplicaOf(context);
        if (replica is null && grace > TimeSpan.Zero)
            throw new ProblemException(
                Problem.Invalid("'graceSeconds' is for the drain of one replica; name it in the query: ?replica=ID.")
            );
        if (replica is null)
            await state.DrainAllAsync(draining, context.RequestAborted);
        else
            await state.DrainAsync(new ReplicaCommand(replica, draining, grace), context.RequestAborted);
        context.Audit("runtime.drain", draining ? "on" : "off", replica is null ? "" : $"replica {replica}");
        await StatusAsync(context);
    }

    private static async Task StopAsync(HttpContext context)
    {
        var replica = ReplicaOf(context) ?? Get<Replica>(context).Id;
        context.Audit("runtime.stop", "gateway", $"replica {replica}");
        await context.Response.WriteJsonAsync(202, writer =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean("stopping"u8, true);
            writer.WriteString("replica"u8, replica);
            writer.WriteEndObject();
        });
        await context.Response.CompleteAsync();
        await Get<ReplicaMessages>(context).SendAsync(ReplicaTopics.Stop, replica, CancellationToken.None);
    }

    private static string? ReplicaOf(HttpContext context)
    {
        var replica = context.Request.Query["replica"].ToString();
        if (replica.Length == 0)
            return null;
        var all = Get<ReplicaBeat>(context).All;
        return all.Any(one => one.Id == replica)
            ? replica
            : throw new ProblemException(
                Problem.NotFound(
                    $"There is no replica '{UntrustedText.Clean(replica)}'; there are "
                        + $"{string.Join(", ", all.Select(one => one.Id))}."
                )
            );
    }

    private static async Task SwitchAsync(HttpContext context)
    {
        var name = (string)context.Request.RouteValues["connector"]!;
        var folder = Get<FolderConnectors>(context);
        await folder.Loaded.WaitAsync(context.RequestAborted);
        if (folder.Folder.Connectors.All(connector => connector.Manifest.Name != name))
            throw new ProblemException(Problem.NotFound($"There is no connector '{UntrustedText.Clean(name)}'."));
        var body = await context.Request.ReadObjectAsync();
        body.AllowOnly("enabled");
        var enabled = body.Flag("enabled") ?? throw new ProblemException(Problem.Invalid("'enabled' is missing."));
        var changed = await folder.SwitchAsync(name, enabled, context.RequestAborted);
        context.Audit(
            "connector.switch",
            name,
            Change.Of(changed ? Change.Value("enabled", !enabled, enabled) : "no change")
        );
        await StatusAsync(context);
    }

    private static Task LogAsync(HttpContext context)
    {
        var most = (int)context.Request.QueryNumber("limit", 100, 1, 500);
        var level = context.Request.Query["level"].ToString() is { Length: > 0 } text
            ? Enum.TryParse<LogLevel>(text, ignoreCase: true, out var parsed)
                ? parsed
                : throw new ProblemException(Problem.Invalid("'level' in the query is not a log level."))
            : LogLevel.Trace;
        return context.Response.WriteJsonAsync(200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("replica"u8, Get<Replica>(context).Id);
            writer.WriteStartArray("lines"u8);
            foreach (var entry in Get<LogBuffer>(context).Recent(level, most))
                LogJson.Write(writer, entry);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static void WriteReplicas(Utf8JsonWriter writer, IReadOnlyList<ReplicaState> replicas)
    {
        writer.WriteStartArray("replicas"u8);
        foreach (var replica in replicas)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, replica.Id);
            writer.WriteString("started"u8, replica.Started);
            writer.WriteString("seen"u8, replica.Seen);
            writer.WriteString("version"u8, replica.Version);
            writer.WriteBoolean("draining"u8, replica.IsDraining);
            writer.WriteNumber("sessions"u8, replica.Sessions);
            writer.WriteNumber("runningCalls"u8, replica.RunningCalls);
            writer.WriteNumber("connectors"u8, replica.Connectors);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    // What is not served has no connector that it could be shown with.
    private static void WriteBroken(Utf8JsonWriter writer, FolderConnectors folder)
    {
        writer.WriteStartArray("broken"u8);
        foreach (var broken in folder.Broken)
        {
            writer.WriteStartObject();
            writer.WriteString("file"u8, UntrustedText.Clean(broken.File));
            writer.WriteStartArray("findings"u8);
            foreach (var finding in broken.Findings)
                writer.WriteStringValue(UntrustedText.Clean((finding with { Source = broken.File }).ToString()));
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteConnectors(Utf8JsonWriter writer, FolderConnectors folder, string? only = null)
    {
        writer.WriteStartArray("connectors"u8);
        foreach (var connector in folder.Folder.Connectors)
        {
            if (only is not null && connector.Manifest.Name != only)
                continue;
            writer.WriteStartObject();
            writer.WriteString("name"u8, connector.Manifest.Name);
            writer.WriteString("version"u8, UntrustedText.Clean(connector.Manifest.Version));
            writer.WriteString("title"u8, UntrustedText.Clean(connector.Manifest.Title));
            writer.WriteNumber("tools"u8, connector.Manifest.Tools.Count);
            writer.WriteBoolean("enabled"u8, !folder.IsDisabled(connector.Manifest.Name));
            writer.WriteBoolean("outdated"u8, connector.IsOutdated);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
