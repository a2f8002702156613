using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace McpRuntime.Credentials.Parent;

/// <summary>
/// The parent's side: answers what a server that it started asks with <see cref="ParentCredentialSource"/>.
/// </summary>
/// <param name="sources">Where the credentials are, in the order in which they are asked.</param>
/// <param name="input">The server's standard input; not disposed.</param>
public sealed class ParentAnswers(IReadOnlyList<ICredentialSource> sources, Stream input) : IDisposable
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
            using var credential = await FindAsync(question.Connector, question.Scheme, cancellationToken);
            answer = ParentLines.Answer(question.Id, credential);
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

    private async Task<Credential?> FindAsync(string connector, string scheme, CancellationToken cancellationToken)
    {
        foreach (var source in sources)
        {
            if (await source.FindAsync(connector, scheme, cancellationToken) is { } credential)
                return credential;
        }
        return null;
    }
}
