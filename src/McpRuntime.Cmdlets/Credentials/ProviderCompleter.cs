using System.Collections;
using McpRuntime.Cmdlets.Completion;
using McpRuntime.SignInFlows;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>Names of the providers that are known.</summary>
public sealed class ProviderCompleter : McpCompleter
{
    private protected override IEnumerable<(string Text, string? ToolTip)> Candidates(IDictionary bound) =>
        SignInFlow.ProviderNames.Select(name => (name, (string?)null));
}
