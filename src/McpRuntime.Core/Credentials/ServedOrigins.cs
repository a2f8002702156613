using McpRuntime.Manifests;
using McpRuntime.Network;

namespace McpRuntime.Credentials;

/// <summary>Where the calls of a connector go.</summary>
public static class ServedOrigins
{
    /// <summary>The origins of its tools' servers, each once; without those that no setting names yet.</summary>
    /// <param name="connector">Its name is the one by which the settings of its server variables are found.</param>
    /// <param name="environment">Reads a setting.</param>
    public static IReadOnlyList<Origin> Of(ConnectorManifest connector, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(connector);
        var origins = new List<Origin>();
        foreach (var tool in connector.Tools.DistinctBy(tool => tool.Server))
        {
            try
            {
                if (
                    Origin.TryParse(ServerUrl.Resolve(connector, tool, environment), out var origin)
                    && !origins.Contains(origin)
                )
                    origins.Add(origin);
            }
            catch (CallException)
            {
                // Its calls say what is missing.
            }
        }
        return origins;
    }
}
