using System.Text;
using McpRuntime.Credentials;
using McpRuntime.Diagnostics;
using McpRuntime.Network;
using McpRuntime.SignInFlows;

namespace McpRuntime.Stdio.Credentials;

/// <summary>The user at the terminal who signs in. All is written to standard error.</summary>
internal sealed class ConsoleUser(Terminal terminal) : ISignInUser
{
    private const int MaxSecret = 4096;

    public bool Approves { get; init; }

    public bool OpensBrowser { get; init; }

    /// <summary>The first line of standard input, for the caller to dispose.</summary>
    public static async Task<Secret?> ReadLineAsync(CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(Terminal.OpenInput(), Encoding.UTF8);
        var line = await reader.ReadLineAsync(cancellationToken);
        return line is { Length: > 0 and <= MaxSecret }
            ? new Secret(line)
            : throw new McpRuntimeException("Standard input has no client secret in its first line.");
    }

    public async Task<bool> ApproveAsync(
        IReadOnlyList<Origin> newOrigins,
        string question,
        CancellationToken cancellationToken
    )
    {
        await terminal.Error.WriteLineAsync(UntrustedText.ForTerminal(question));
        if (Approves)
            return true;
        if (Console.IsInputRedirected)
            throw new McpRuntimeException("No one can be asked here; --yes approves these servers. Nothing was sent.");
        await terminal.Error.WriteAsync("[y/N] ");
        var answer = await Task.Run(Console.ReadLine, cancellationToken).WaitAsync(cancellationToken);
        return answer?.Trim() is "y" or "Y" or "yes";
    }

    public async Task OpenBrowserAsync(Uri local, Uri full, CancellationToken cancellationToken)
    {
        if (OpensBrowser && SystemBrowser.TryOpen(local))
            await terminal.Error.WriteLineAsync("Sign in in the browser that opened. If none did, open this URL:");
        else
            await terminal.Error.WriteLineAsync("Open this URL in a browser on this machine:");
        // It works once and has no state of the sign-in.
        await terminal.Error.WriteLineAsync(local.AbsoluteUri);
    }

    public async Task ShowDeviceCodeAsync(
        Uri verification,
        Uri? complete,
        string userCode,
        TimeSpan validFor,
        CancellationToken cancellationToken
    )
    {
        await terminal.Error.WriteLineAsync(
            $"Open {verification.AbsoluteUri} in a browser and enter the code {UntrustedText.ForTerminal(userCode)} "
                + $"within {validFor.TotalMinutes:0.#} min. Enter no code that someone else gave you."
        );
        if (complete is not null)
            await terminal.Error.WriteLineAsync($"Or open {complete.AbsoluteUri} and compare the code.");
    }

    public async Task<Secret?> AskClientSecretAsync(CancellationToken cancellationToken)
    {
        if (Console.IsInputRedirected)
            return null;
        var secret = await HiddenLine.AskAsync(
            terminal,
            "Client secret (not shown; empty for none): ",
            isShown: false,
            cancellationToken
        );
        if (!secret.IsEmpty)
            return secret;
        secret.Dispose();
        return null;
    }
}
