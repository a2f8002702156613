using System.Management.Automation;
using System.Management.Automation.Host;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Credentials;
using McpRuntime.Diagnostics;
using McpRuntime.Network;
using McpRuntime.SignInFlows;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>The user of a session who signs in. What they read is written as by Write-Host.</summary>
/// <param name="cmdlet">The command.</param>
/// <param name="post">Runs something on the pipeline's thread: only there may a cmdlet write and ask.</param>
internal sealed class SessionUser(McpCmdlet cmdlet, Action<Action> post) : ISignInUser
{
    // What Write-Host has: shown without -InformationAction, and in the stream 6.
    private static readonly string[] Tags = ["PSHOST"];

    /// <summary>The provider's servers are approved without a question.</summary>
    public bool Approves { get; init; }

    public bool OpensBrowser { get; init; }

    public async Task<bool> ApproveAsync(
        IReadOnlyList<Origin> newOrigins,
        string question,
        CancellationToken cancellationToken
    )
    {
        if (Approves)
            return true;
        try
        {
            return await OnPipelineAsync(
                () => cmdlet.ShouldContinue(UntrustedText.ForTerminal(question), "Sign in"),
                cancellationToken
            );
        }
        catch (Exception exception) when (McpCmdlet.IsNoOneThere(exception))
        {
            throw new VaultException(
                ErrorId.ConfirmationRequired,
                ErrorCategory.PermissionDenied,
                $"{UntrustedText.ForTerminal(question)} This session is not interactive, so PowerShell cannot ask; "
                    + "nothing was sent. Add -Force to approve these servers.",
                exception
            );
        }
    }

    public Task OpenBrowserAsync(Uri local, Uri full, CancellationToken cancellationToken) =>
        // It works once and has no state of the sign-in.
        SayAsync(
            (
                OpensBrowser && SystemBrowser.TryOpen(local)
                    ? "Sign in in the browser that opened. If none did, open this URL: "
                    : "Open this URL in a browser on this machine: "
            ) + local.AbsoluteUri,
            cancellationToken
        );

    public Task ShowDeviceCodeAsync(
        Uri verification,
        Uri? complete,
        string userCode,
        TimeSpan validFor,
        CancellationToken cancellationToken
    ) =>
        SayAsync(
            $"Open {verification.AbsoluteUri} in a browser and enter the code {UntrustedText.ForTerminal(userCode)} "
                + $"within {validFor.TotalMinutes:0} minutes. Enter no code that someone else gave you."
                + (complete is null ? "" : $" Or open {complete.AbsoluteUri} and compare the code."),
            cancellationToken
        );

    public async Task<Secret?> AskClientSecretAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await OnPipelineAsync(
                () =>
                {
                    cmdlet.Host.UI.Write("Client secret (not shown; empty for none): ");
                    using var typed = cmdlet.Host.UI.ReadLineAsSecureString();
                    return typed is null or { Length: 0 } ? null : typed.ToSecret();
                },
                cancellationToken
            );
        }
        catch (Exception exception) when (McpCmdlet.IsNoOneThere(exception))
        {
            return null;
        }
    }

    private async Task SayAsync(string text, CancellationToken cancellationToken) =>
        await OnPipelineAsync<object?>(
            () =>
            {
                cmdlet.WriteInformation(new HostInformationMessage { Message = text }, Tags);
                return null;
            },
            cancellationToken
        );

    private async Task<T> OnPipelineAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        post(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception exception)
            {
                // Whoever waits for it gets it.
                done.SetException(exception);
            }
        });
        return await done.Task.WaitAsync(cancellationToken);
    }
}
