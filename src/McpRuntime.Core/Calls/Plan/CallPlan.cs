using System.Text.Json;
using McpRuntime.Calls.Arguments;
using McpRuntime.Calls.Bodies;
using McpRuntime.Calls.Serialization;
using McpRuntime.Credentials;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.Network;

namespace McpRuntime.Calls.Plan;

/// <summary>
/// A tool made ready to be called: everything that does not depend on the arguments is worked out once. Immutable, and
/// good for any number of concurrent calls.
/// </summary>
public sealed class CallPlan
{
    private static readonly Dictionary<string, SecurityScheme> NoSchemes = [];

    private readonly Lazy<InputContract> _contract;

    private CallPlan(ConnectorManifest connector, ToolManifest tool, ToolLabel? label)
    {
        Connector = connector;
        Tool = tool;
        Label = label ?? new ToolLabel(null, connector.Name, tool.Name, tool.Name);
        Limits = PlannedLimits.Of(connector, tool);
        _contract = new Lazy<InputContract>(() => new InputContract(Connector, Tool, Places()));
    }

    public ConnectorManifest Connector { get; }

    public ToolManifest Tool { get; }

    /// <summary>What records of its calls name it.</summary>
    public ToolLabel Label { get; }

    /// <summary>
    /// The HTTP method as the manifest writes it; empty when <see cref="Problem"/> says that there is none.
    /// </summary>
    public string Method { get; private init; } = "";

    /// <summary>True for GET, HEAD, OPTIONS and QUERY: authorization trusts the method, never an annotation.</summary>
    public bool IsReadOnly => Method is "GET" or "HEAD" or "OPTIONS" or "QUERY";

    /// <summary>Why the tool cannot be called, with what to do; null when it can. A call answers with it.</summary>
    public string? Problem { get; private init; }

    /// <summary>
    /// Scheme, host and port of every request; no argument changes it. Default when <see cref="Problem"/> is set.
    /// </summary>
    public Origin Origin { get; private init; } = null!;

    /// <summary>
    /// The addresses that its requests may connect to; null for those that the settings and the user's approvals allow.
    /// </summary>
    public AddressPolicy? Addresses { get; private init; }

    internal PlannedLimits Limits { get; }

    /// <summary>The server's URL with its variables filled in, without a slash at the end.</summary>
    internal string BaseUrl { get; private init; } = "";

    /// <summary>Path as literals and arguments in turn.</summary>
    internal IReadOnlyList<PathPiece> Path { get; private init; } = [];

    /// <summary>Query that every call sends, encoded; empty for none.</summary>
    internal string FixedQuery { get; private init; } = "";

    internal IReadOnlyList<KeyValuePair<string, string>> FixedHeaders { get; private init; } = [];

    /// <summary>Cookies that every call sends, as a Cookie field's text; empty for none.</summary>
    internal string FixedCookies { get; private init; } = "";

    /// <summary>All arguments by name.</summary>
    internal IReadOnlyDictionary<string, PlannedArgument> Arguments { get; private init; } =
        new Dictionary<string, PlannedArgument>();

    /// <summary>Arguments of query, header and cookie in the manifest's order.</summary>
    internal IReadOnlyList<PlannedArgument> Parameters { get; private init; } = [];

    internal BodyPlan? Body { get; private init; }

    /// <summary>Where an argument goes that the schema does not name; null where that is refused.</summary>
    internal ArgumentLocation? Unlisted { get; private init; }

    /// <summary>Null when <see cref="Problem"/> is set.</summary>
    internal CredentialNeeds? Needs { get; private init; }

    /// <summary>Requirements of which any one is enough; none means that no credential is needed.</summary>
    internal IReadOnlyList<SecurityRequirement> Security => Needs?.Security ?? [];

    internal IReadOnlyDictionary<string, SecurityScheme> Schemes => Needs?.Schemes ?? NoSchemes;

    /// <summary>The tool asks for a credential, even if it also works without.</summary>
    public bool NeedsCredential => Security.Any(requirement => requirement.Schemes.Count > 0);

    /// <summary>What the arguments must look like; compiled at the first call.</summary>
    internal InputContract Contract => _contract.Value;

    /// <summary>
    /// Compiles a tool. What is wrong with it is kept in <see cref="Problem"/>, so that the other tools are served.
    /// </summary>
    /// <param name="connector">The tool's connector.</param>
    /// <param name="tool">One of its tools.</param>
    /// <param name="environment">Reads the settings of server variables; the process's environment by default.</param>
    /// <param name="addresses">See <see cref="Addresses"/>.</param>
    /// <param name="label">See <see cref="Label"/>; the names of the manifest by default.</param>
    public static CallPlan Create(
        ConnectorManifest connector,
        ToolManifest tool,
        Func<string, string?>? environment = null,
        AddressPolicy? addresses = null,
        ToolLabel? label = null
    )
    {
        try
        {
            return Compile(connector, tool, environment ?? Environment.GetEnvironmentVariable, addresses, label);
        }
        catch (CallException problem)
        {
            return new CallPlan(connector, tool, label) { Problem = problem.Message };
        }
    }

    private ArgumentLocations Places() =>
        new(Method, Body?.Essence, Body?.Argument, Body?.Encoding, Arguments.GetValueOrDefault);

    private static CallPlan Compile(
        ConnectorManifest connector,
        ToolManifest tool,
        Func<string, string?> environment,
        AddressPolicy? addresses,
        ToolLabel? label
    )
    {
        if (!EndpointTemplate.TryParse(tool.Endpoint, out var endpoint))
            throw new CallException(
                $"The tool '{tool.Name}' of '{connector.Name}' has the endpoint '{tool.Endpoint}', which has "
                    + $"neither method nor path, so it cannot be called. Write it as 'METHOD /path', e.g. 'GET /users'."
            );
        var layout = tool.IsOlderForm ? ManifestV1Layout.Layout(tool, endpoint) : ManifestV2Layout.Layout(tool);
        var arguments = new Dictionary<string, PlannedArgument>(layout.Arguments.Count, StringComparer.Ordinal);
        foreach (var argument in layout.Arguments)
            arguments[argument.Name] = argument;
        var (security, schemes) = ToolSecurity.Of(connector, tool, environment);
        PlanChecks.Run(connector, tool, endpoint, layout, security, schemes);
        var baseUrl = ServerUrl.Resolve(connector, tool, environment);
        var origin = Origin.Of(new Uri(baseUrl));
        return new CallPlan(connector, tool, label)
        {
            Addresses = addresses,
            Method = endpoint.Method,
            BaseUrl = baseUrl,
            Origin = origin,
            Path = PathPiece.Split(endpoint, layout.Arguments, tool.Fixed),
            FixedQuery = FixedValues.Query(endpoint, tool.Fixed),
            FixedHeaders = FixedValues.Headers(tool.Fixed),
            FixedCookies = FixedValues.Cookies(tool.Fixed),
            Arguments = arguments,
            Parameters =
            [
                .. layout.Arguments.Where(argument =>
                    argument.In is not (ArgumentLocation.Path or ArgumentLocation.Body)
                ),
            ],
            Body = layout.Body,
            Unlisted = layout.Unlisted,
            Needs = new CredentialNeeds(connector.Name, origin, security, schemes),
        };
    }
}
