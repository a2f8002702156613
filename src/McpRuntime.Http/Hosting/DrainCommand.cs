using System.CommandLine;
using System.Data.Common;
using McpRuntime.Http.Replicas;
using McpRuntime.Http.Storage;

namespace McpRuntime.Http.Hosting;

/// <summary>
/// <c>drain</c>: lets the gateways of this machine drain and waits, for hooks that run before a stop and have no token.
/// They are told through the database, which only its owner can write.
/// </summary>
internal static class DrainCommand
{
    /// <param name="parts">Reads the settings; called when the command runs.</param>
    public static Command Build(Func<GatewayParts> parts)
    {
        var seconds = new Option<int>("--seconds")
        {
            Description = "How long they still take work, and the command waits, while balancers notice. Default: 10.",
            DefaultValueFactory = _ => 10,
        };
        seconds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 3600)
                result.AddError("--seconds takes a number from 0 to 3600.");
        });
        var command = new Command("drain", "Drains the gateways of this machine, with PostgreSQL, before they stop.")
        {
            seconds,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                DrainAsync(parts(), TimeSpan.FromSeconds(parsed.GetValue(seconds)), cancellationToken)
        );
        return command;
    }

    private static async Task<int> DrainAsync(GatewayParts parts, TimeSpan grace, CancellationToken cancellationToken)
    {
        await using var database = Database.Open(parts.Gateway.Database);
        if (!database.IsPostgres)
        {
            await Console.Error.WriteLineAsync(
                "Only gateways with PostgreSQL are told by this command; use POST /v1/runtime/drain."
            );
            return 1;
        }
        var told = await TryTellAsync(database, parts.Time, grace, cancellationToken);
        // Whoever could not be told is stopped next: its balancer is given the same time to notice.
        await Task.Delay(grace, parts.Time, cancellationToken);
        return told ? 0 : 1;
    }

    private static async Task<bool> TryTellAsync(
        Database database,
        TimeProvider time,
        TimeSpan grace,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var messages = new MessageTable(database, time);
            var here = (await new ReplicaTable(database).SeenAsync(cancellationToken))
                .Where(replica => Replica.IsHere(replica.Id))
                .ToList();
            foreach (var replica in here)
            {
                var command = new ReplicaCommand(replica.Id, Draining: true, grace);
                await messages.AddAsync("", ReplicaTopics.Drain, command.ToString(), cancellationToken);
                await Console.Error.WriteLineAsync($"{replica.Id} drains.");
            }
            if (here.Count == 0)
                await Console.Error.WriteLineAsync($"No gateway runs on {Replica.Host}.");
            return here.Count > 0;
        }
        catch (Exception exception) when (exception is DbException or IOException)
        {
            await Console.Error.WriteLineAsync($"The gateways could not be told: {exception.Message}");
            return false;
        }
    }
}
