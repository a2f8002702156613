using McpRuntime.Calls;
using McpRuntime.Calls.Plan;
using McpRuntime.Connectors;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.SignIns.Connecting;
using McpRuntime.Server;

namespace McpRuntime.Http.Calls;

/// <summary>What calls of every set of connectors share.</summary>
internal sealed record CallParts(ToolCaller Caller, CallAudit Audit, ConnectLinks Links, TimeProvider Time)
{
    /// <summary>Calls the tools of one set of connectors.</summary>
    public IToolInvoker InvokerOf(IConnectorSet set) =>
        new LinkingInvoker(new UpstreamInvoker(Caller, tool => PlanOf(set, tool)), Links, set.Project);

    /// <summary>What records name a tool of a set.</summary>
    public static ToolLabel LabelOf(IConnectorSet set, ServedTool tool) =>
        new(set.Project, tool.Connector.Name, tool.ManifestName, tool.Name);

    private static CallPlan PlanOf(IConnectorSet set, ServedTool tool) =>
        CallPlan.Create(
            set.Project is { } project
                ? tool.Connector with
                {
                    Name = CredentialTargets.IdentityOf(project, tool.Connector.Name),
                }
                : tool.Connector,
            tool.Tool,
            addresses: set.AddressesOf(tool.Connector),
            label: LabelOf(set, tool)
        );
}
