namespace McpRuntime.OpenApi.Projection;

/// <summary>Hosts that stand for one that the reader is to fill in.</summary>
internal static class PlaceholderHost
{
    // RFC 2606 sections 2 and 3, but `test`, which developers give to their own machines.
    private static readonly string[] Reserved = ["example", "invalid", "example.com", "example.net", "example.org"];

    // What no one names a product by, and what someone might.
    private static readonly string[] Nouns =
    [
        "company",
        "domain",
        "host",
        "hostname",
        "instance",
        "organization",
        "server",
        "subdomain",
        "tenant",
    ];
    private static readonly string[] Products =
    [
        "account",
        "api",
        "app",
        "name",
        "org",
        "project",
        "site",
        "store",
        "workspace",
    ];

    /// <summary>
    /// True for a host that no one can have, or that addresses its reader, such as <c>your-domain.example.com</c>.
    /// </summary>
    internal static bool Is(Uri uri)
    {
        var host = uri.Host.TrimEnd('.').ToLowerInvariant();
        return Array.Exists(Reserved, reserved =>
                host == reserved || host.EndsWith("." + reserved, StringComparison.Ordinal)
            ) || Array.Exists(host.Split('.'), IsPlaceholder);
    }

    // your-domain, yourdomain, your-app-name, mycompany, hostname
    private static bool IsPlaceholder(string label)
    {
        if (label is "your" or "hostname" or "localdomain")
            return true;
        if (label.StartsWith("my", StringComparison.Ordinal))
            return Nouns.Contains(label[2..].TrimStart('-', '_'));
        if (!label.StartsWith("your", StringComparison.Ordinal))
            return false;
        var rest = label[4..].Split(['-', '_'], StringSplitOptions.RemoveEmptyEntries);
        return rest.Any(Nouns.Contains) || rest.Any(Products.Contains);
    }
}
