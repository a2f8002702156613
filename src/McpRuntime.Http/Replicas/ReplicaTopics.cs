namespace McpRuntime.Http.Replicas;

/// <summary>What replicas tell each other.</summary>
internal static class ReplicaTopics
{
    /// <summary>An API token was revoked; its id.</summary>
    public const string Tokens = "tokens";

    /// <summary>An account was connected or disconnected; a number or a hash.</summary>
    public const string SignIns = "sign-ins";

    /// <summary>Connectors of a project were installed, changed or removed; the project.</summary>
    public const string Connectors = "connectors";

    /// <summary>Credentials of a connector were set or removed; the connector.</summary>
    public const string Credentials = "credentials";

    /// <summary>A connector of the folder was disabled or enabled; its name.</summary>
    public const string Switches = "switches";

    /// <summary>
    /// A drain began or ended: of the whole gateway where the key is <see cref="ReplicaMessages.Everything"/>, else of
    /// the replica that a <see cref="ReplicaCommand"/> names.
    /// </summary>
    public const string Drain = "drain";

    /// <summary>The connectors folder is to be read again; the id of the replica that was asked.</summary>
    public const string Reload = "reload";

    /// <summary>The first viewer came to a replica, or the last one left; its id.</summary>
    public const string Viewers = "viewers";

    /// <summary>The replica of this id stops.</summary>
    public const string Stop = "stop";
}
