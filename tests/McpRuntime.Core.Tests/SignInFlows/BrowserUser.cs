using System.Net;
using McpRuntime.Credentials;
using McpRuntime.Network;
using McpRuntime.SignInFlows;

namespace McpRuntime.Tests.SignInFlows;

/// <summary>A user whose browser follows redirects.</summary>
internal sealed class BrowserUser : ISignInUser
{
    public bool Approves { get; set; } = true;

    public bool Opens { get; set; } = true;

    public Func<Uri, Task>? BeforeOpening { get; set; }

    public string? Question { get; private set; }

    public Uri? Local { get; private set; }

    public Uri? Full { get; private set; }

    public Uri? LastPage { get; private set; }

    public string? UserCode { get; private set; }

    public TaskCompletionSource<Uri> Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Shown { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<HttpStatusCode> StatusAsync(string url, string? host = null)
    {
        using var browser = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Host = host;
        using var answer = await browser.SendAsync(request);
        return answer.StatusCode;
    }

    public Task<bool> ApproveAsync(
        IReadOnlyList<Origin> newOrigins,
        string question,
        CancellationToken cancellationToken
    )
    {
        Question = question;
        return Task.FromResult(Approves);
    }

    public async Task OpenBrowserAsync(Uri local, Uri full, CancellationToken cancellationToken)
    {
        (Local, Full) = (local, full);
        if (BeforeOpening is not null)
            await BeforeOpening(local);
        Asked.TrySetResult(local);
        if (Opens)
            await FollowAsync(local);
    }

    public async Task FollowAsync(Uri local)
    {
        using var browser = new HttpClient();
        using var answer = await browser.GetAsync(local);
        LastPage = answer.RequestMessage!.RequestUri;
    }

    public Task ShowDeviceCodeAsync(
        Uri verification,
        Uri? complete,
        string userCode,
        TimeSpan validFor,
        CancellationToken cancellationToken
    )
    {
        UserCode = userCode;
        Shown.TrySetResult();
        return Task.CompletedTask;
    }

    public Task<Secret?> AskClientSecretAsync(CancellationToken cancellationToken) =>
        Task.FromResult<Secret?>(new Secret("of-the-client"));
}
