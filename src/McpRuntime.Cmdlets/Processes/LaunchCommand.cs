using System.Text;
using McpRuntime.Configuration;

namespace McpRuntime.Cmdlets.Processes;

/// <summary>
/// What a stdio server in pwsh serves; the parameters of <c>Start-McpRuntime</c> that a client's entry may carry.
/// </summary>
internal sealed record LaunchOptions
{
    /// <summary>Full path of the connectors folder; null for the one that settings and defaults give.</summary>
    public string? ConnectorPath { get; init; }

    public bool HotReload { get; init; }

    public bool ReadOnly { get; init; }

    /// <summary>What clients see; null for what settings and defaults give.</summary>
    public ToolExposure? Expose { get; init; }

    /// <summary>
    /// Which accounts calls use, as <see cref="ProfileChoice"/> reads it; null for what settings give.
    /// </summary>
    public string? Profile { get; init; }

    /// <summary>Globs over tool names; none serves all.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];
}

/// <summary>
/// The command line that starts the module's stdio server, for a client's configuration and for jobs alike.
/// </summary>
/// <param name="Executable">The program, by its full path or by a name on the PATH.</param>
/// <param name="Arguments">Each one argument; no shell takes part.</param>
internal sealed record LaunchCommand(string Executable, IReadOnlyList<string> Arguments)
{
    /// <param name="program">PowerShell.</param>
    /// <param name="module">Name of the module, or path of its manifest.</param>
    /// <param name="expands">What the client that reads the command replaces, <c>${</c> or <c>$</c>; null for
    /// nothing.</param>
    /// <param name="options">What is served.</param>
    /// <exception cref="McpRuntimeException">A path holds text that a pwsh command line cannot carry.</exception>
    public static LaunchCommand For(PowerShellProgram program, string module, string? expands, LaunchOptions options)
    {
        var command = new StringBuilder("Import-Module ")
            .Append(module == InstalledModule.Name ? module : Quote(module))
            .Append("; Start-McpRuntime -Transport Stdio -Wait");
        if (options.ConnectorPath is { } folder)
            command.Append(" -ConnectorPath ").Append(Quote(folder));
        if (options.HotReload)
            command.Append(" -HotReload");
        if (options.ReadOnly)
            command.Append(" -ReadOnly");
        if (options.Expose is { } expose)
            command.Append(" -Expose ").Append(expose);
        if (options.Profile is { } profile)
            command.Append(" -Profile ").Append(Quote(profile));
        if (options.Tools.Count > 0)
            command.Append(" -Tool ").AppendJoin(',', options.Tools.Select(Quote));
        var text = command.ToString();
        // pwsh reads its standard input to the end when a command mentions $input, even inside quotes; the protocol
        // would be lost. Clients replace ${…}, some also $NAME, before they start a command.
        foreach (var reserved in (ReadOnlySpan<string?>)["$input", expands])
        {
            if (reserved is not null && text.Contains(reserved, StringComparison.OrdinalIgnoreCase))
                throw new McpRuntimeException(
                    $"'{reserved}' cannot be used in the command line of a stdio server: {text}. Use a path without it."
                );
        }
        return new LaunchCommand(
            program.Executable,
            [.. program.Arguments, "-NoProfile", "-NonInteractive", "-Command", text]
        );
    }

    /// <summary>A single-quoted string of PowerShell, whose grammar takes typographic quotes for quotes too.</summary>
    private static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('\'');
        foreach (var c in text)
        {
            quoted.Append(c);
            if (c is '\'' or (>= '\u2018' and <= '\u201b'))
                quoted.Append(c);
        }
        return quoted.Append('\'').ToString();
    }
}
