using System.Collections;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.Pester;

/// <summary>The variables of a pwsh of the tests, in this process until it is disposed.</summary>
internal sealed class HostedEnvironment : IDisposable
{
    private readonly IDictionary _before = Environment.GetEnvironmentVariables();

    private HostedEnvironment() { }

    public static async Task<HostedEnvironment> SetAsync(TemporaryFolder home)
    {
        var variables = await Pwsh.EnvironmentAsync(home.Path);
        var environment = new HostedEnvironment();
        foreach (var (name, value) in variables)
            Environment.SetEnvironmentVariable(name, value);
        return environment;
    }

    public void Dispose()
    {
        foreach (string name in Environment.GetEnvironmentVariables().Keys)
            Environment.SetEnvironmentVariable(name, (string?)_before[name]);
        foreach (DictionaryEntry entry in _before)
            Environment.SetEnvironmentVariable((string)entry.Key, (string?)entry.Value);
    }
}
