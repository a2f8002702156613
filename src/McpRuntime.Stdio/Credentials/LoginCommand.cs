using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using McpRuntime.Configuration;
using McpRuntime.SignInFlows;

namespace McpRuntime.Stdio.Credentials;

/// <summary><c>login CONNECTOR</c>: a user signs in with the API's provider.</summary>
internal static class LoginCommand
{
    private const string Examples = """
        mcp-runtime login box --client-id CLIENT_ID
        mcp-runtime login box --profile work
        mcp-runtime login github --device-code --scope repo
        """;

    public static Command Create(Terminal terminal)
    {
        var connector = AccountOptions.Connector();
        var profile = AccountOptions.Profile();
        var scheme = AccountOptions.Scheme();
        var scopes = CommonOptions.Many(
            "--scope",
            "SCOPE",
            "Scopes to ask for. Default: those that the connector's tools need."
        );
        var clientId = new Option<string>("--client-id")
        {
            Description = "Client that you registered with the provider. Default: the manifest's, else the last one.",
            HelpName = "ID",
        };
        var secret = new Option<bool>("--client-secret-stdin")
        {
            Description = "Read the client's secret from standard input. Default: ask where one is needed.",
        };
        var deviceCode = new Option<bool>("--device-code")
        {
            Description = "Confirm a code in a browser anywhere: for SSH and containers.",
        };
        var provider = new Option<string>("--provider")
        {
            Description = "Provider whose ways are known, such as google. Default: the manifest's, else by its URL.",
            HelpName = "NAME",
            CompletionSources = { _ => SignInFlow.ProviderNames.Select(name => new CompletionItem(name)) },
        };
        var redirect = new Option<string>("--redirect-uri")
        {
            Description = "Redirect URI that you registered, on 127.0.0.1 or localhost. Default: a free port.",
            HelpName = "URI",
        };
        var noBrowser = new Option<bool>("--no-browser") { Description = "Print the URL and open no browser." };
        var timeout = new Option<int>("--timeout")
        {
            Description = "Seconds that you have to sign in.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 300,
        };
        timeout.Validators.Add(result =>
        {
            if (
                result.Tokens is [.., var token]
                && !(
                    int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                    && seconds is >= 1 and <= 3600
                )
            )
                result.AddError($"--timeout is a number of seconds from 1 to 3600, not '{token.Value}'.");
        });
        var yes = new Option<bool>("--yes") { Description = "Approve the provider's servers without asking." };
        var connectors = CommonOptions.Connectors();
        var command = new DocumentedCommand("login", "Signs in to an API with an account of yours.", Examples)
        {
            connector,
            profile,
            scheme,
            scopes,
            clientId,
            secret,
            deviceCode,
            provider,
            redirect,
            noBrowser,
            timeout,
            yes,
            connectors,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                new LoginRun(terminal, CommonOptions.Settings(parsed, connectors))
                {
                    Connector = parsed.GetValue(connector)!,
                    Profile = parsed.GetValue(profile),
                    Scheme = parsed.GetValue(scheme),
                    Scopes = parsed.GetValue(scopes) ?? [],
                    ClientId = parsed.GetValue(clientId),
                    ReadsSecret = parsed.GetValue(secret),
                    UsesDeviceCode = parsed.GetValue(deviceCode),
                    Provider = parsed.GetValue(provider),
                    RedirectUri = parsed.GetValue(redirect),
                    OpensBrowser = !parsed.GetValue(noBrowser),
                    TimeLimit = TimeSpan.FromSeconds(parsed.GetValue(timeout)),
                    Approves = parsed.GetValue(yes),
                }.RunAsync(cancellationToken)
        );
        return command;
    }
}
