using System.Runtime.InteropServices;
using System.Security.Cryptography;
using McpRuntime.Network;

namespace McpRuntime.Credentials.Parent;

/// <summary>
/// The parent's side: answers what a server that it started asks with <see cref="ParentCredentialSource"/>.
/// </summary>
/// <param name="sources">Where the credentials are, in the order in which they are asked.</param>
/// <param name="input">The server's standard input; not disposed.</param>
/// <param name="addresses">Where the token endpoints of sign-ins may be, by connector.</param>
public sealed class ParentAnswers(
    IReadOnlyList<ICredentialSource> sources,
    Stream input,
    Func<string, AddressPolicy> addresses
) : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>Answers a line of the server's standard output.</summary>
    /// <returns>False where the line is not a question.</returns>
    /// <exception cref="IOException">The server is gone.</exception>
    public async Task<bool> TryAnswerAsync(string line, CancellationToken cancellationToken)
    {
        if (!ParentLines.TryReadQuestion(line, out var question))
            return false;
        ReadOnlyMemory<byte> answer;
        try
        {
            using var credential = await FindAsync(question.Key, cancellationToken);
            answer = question.Refused is { } refused
                ? await TokenAsync(question, refused, credential, cancellationToken)
                : ParentLines.Answer(question.Id, credential);
        }
        catch (McpRuntimeException failure)
        {
            answer = ParentLines.Failure(question.Id, failure.Message, failure.ErrorCode);
        }
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await input.WriteAsync(answer, cancellationToken);
            await input.FlushAsync(cancellationToken);
        }
        finally
        {
            _writing.Release();
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsMemory(answer).Span);
        }
        return true;
    }

    public void Dispose() => _writing.Dispose();

    private async Task<ReadOnlyMemory<byte>> TokenAsync(
        ParentQuestion question,
        long refused,
        Credential? credential,
        CancellationToken cancellationToken
    )
    {
        if (credential?.SignIn is not { } signIn)
            return ParentLines.Answer(question.Id, credential: null);
        var token = await signIn.GetAsync(addresses(question.Key.Connector), refused, cancellationToken);
        using (token.Secret)
            return ParentLines.Token(question.Id, credential.Source, token);
    }

    private async Task<Credential?> FindAsync(CredentialKey key, CancellationToken cancellationToken)
    {
        foreach (var source in sources)
        {
            if (await source.FindAsync(key, cancellationToken) is { } credential)
                return credential;
        }
        return null;
    }
}
