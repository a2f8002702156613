using System.Globalization;

namespace McpRuntime.Http.Replicas;

/// <summary>What one replica is told to do, as the key of a message: <c>ID on SECONDS</c> or <c>ID off</c>.</summary>
/// <param name="Replica">Its id.</param>
/// <param name="Draining">It drains from now on, or not any more.</param>
/// <param name="Grace">How long it takes new work nevertheless, while balancers notice.</param>
internal sealed record ReplicaCommand(string Replica, bool Draining, TimeSpan Grace)
{
    public override string ToString() =>
        Draining
            ? string.Create(CultureInfo.InvariantCulture, $"{Replica} on {(int)Grace.TotalSeconds}")
            : $"{Replica} off";

    /// <summary>Null for anything else.</summary>
    public static ReplicaCommand? Parse(string key) =>
        key.Split(' ') switch
        {
            [var replica, "off"] => new ReplicaCommand(replica, false, TimeSpan.Zero),
            [var replica, "on", var seconds]
                when int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var grace)
                    && grace <= 3600 => new ReplicaCommand(replica, true, TimeSpan.FromSeconds(grace)),
            _ => null,
        };
}
