using McpRuntime.Configuration;
using McpRuntime.Http.Access;
using McpRuntime.Http.Audit;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.Projects;

/// <summary>What <c>PATCH</c> changes of a connector.</summary>
internal static class ConnectorSettings
{
    private const int MostTools = 200;

    /// <summary>The change that the body asks for.</summary>
    /// <exception cref="ProblemException">It is not valid, or the caller lacks the right 'network'.</exception>
    public static async Task<Func<ProjectConnector, ProjectConnector>> ReadAsync(HttpContext context, Project project)
    {
        var body = await context.Request.ReadObjectAsync();
        body.AllowOnly("enabled", "tools", "readOnly", "privateNetworks", "privateHosts");
        var tools = body.Texts("tools");
        if (
            tools is not null
            && (tools.Count > MostTools || tools.Any(glob => glob.Length is 0 or > 128 || glob.Any(char.IsWhiteSpace)))
        )
            throw new ProblemException(Problem.Invalid($"'tools' takes up to {MostTools} globs without white space."));
        var (networks, hosts) = (body.Flag("privateNetworks"), body.Texts("privateHosts"));
        if ((networks ?? hosts as object) is not null && !Caller.Of(context).Holds(Rights.Network, project.Name))
            throw new ProblemException(
                Problem.InsufficientScope(
                    "The right 'network' is needed for this project to change "
                        + $"'{(networks is null ? "privateHosts" : "privateNetworks")}'."
                )
            );
        if (hosts is not null)
            hosts = InternalHosts.Read(context.RequestServices.GetRequiredService<RuntimeSettings>(), hosts);
        var (enabled, readOnly) = (body.Flag("enabled"), body.Flag("readOnly"));
        return connector =>
            connector with
            {
                Enabled = enabled ?? connector.Enabled,
                ReadOnly = readOnly ?? connector.ReadOnly,
                PrivateNetworks = networks ?? connector.PrivateNetworks,
                PrivateHosts = hosts ?? connector.PrivateHosts,
                Tools = tools ?? connector.Tools,
            };
    }

    /// <summary>What changed, for the audit.</summary>
    public static string Describe(ProjectConnector before, ProjectConnector after) =>
        Change.Of(
            Change.Value("enabled", before.Enabled, after.Enabled),
            Change.Value("readOnly", before.ReadOnly, after.ReadOnly),
            Change.Value("privateNetworks", before.PrivateNetworks, after.PrivateNetworks),
            Change.List("privateHosts", before.PrivateHosts, after.PrivateHosts),
            Change.List("tools", before.Tools, after.Tools)
        );
}
