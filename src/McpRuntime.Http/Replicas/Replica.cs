using System.Security.Cryptography;

namespace McpRuntime.Http.Replicas;

/// <summary>
/// This process among those that share a database. Its id begins with the name of the machine, which is the pod's in
/// Kubernetes, and is another after every start.
/// </summary>
internal sealed record Replica(string Id)
{
    private const int RandomBytes = 3;

    public static Replica New() =>
        new($"{Host}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes))}");

    /// <summary>The replica of this id runs on this machine.</summary>
    public static bool IsHere(string id) =>
        id.Length == Host.Length + 1 + (2 * RandomBytes) && id.StartsWith(Host + "-", StringComparison.Ordinal);

    /// <summary>The name of this machine, as ids begin with it.</summary>
    public static string Host { get; } = HostName();

    // What is shown, stored and sent as JSON must not hold what a machine's name may: the text of RFC 1123 alone.
    private static string HostName()
    {
        var name = new string([
            .. Environment.MachineName.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'),
        ]).Trim('-');
        return name.Length == 0 ? "gateway" : name[..Math.Min(name.Length, 63)];
    }
}
