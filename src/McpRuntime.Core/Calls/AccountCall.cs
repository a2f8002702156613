using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Plan;
using McpRuntime.Calls.Recording;
using McpRuntime.Credentials;
using McpRuntime.Diagnostics;
using McpRuntime.Json.Selecting;
using McpRuntime.Manifests;

namespace McpRuntime.Calls;

/// <summary>
/// Asks an API whose account a credential is, with the tool that the manifest names for it
/// (<see cref="CredentialChoices.Account"/>).
/// </summary>
/// <param name="caller">Calls the tool; not disposed here.</param>
public sealed class AccountCall(ToolCaller caller)
{
    private const int Longest = 200;

    /// <summary>
    /// The same, with the account of the credential that the tool is called with, or why the call failed.
    /// </summary>
    /// <param name="connector">The connector.</param>
    /// <param name="schemes">What is known of its schemes.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<SchemeStatus>> AskAsync(
        ConnectorManifest connector,
        IReadOnlyList<SchemeStatus> schemes,
        CancellationToken cancellationToken
    )
    {
        if (
            connector.Credentials.Account is not { } question
            || connector.Tools.FirstOrDefault(tool => tool.Name == question.Tool) is not { } tool
            || Used(tool.Security ?? connector.Security, schemes) is not { Count: > 0 } used
        )
            return schemes;
        var answer = await caller.CallAsync(
            CallPlan.Create(connector, tool),
            default,
            new CallContext(),
            cancellationToken
        );
        var (account, problem) = answer.IsError
            ? (null, $"'{tool.Name}', which tells the account, failed: {TextOf(answer)}")
            : Read(answer, question);
        return
        [
            .. schemes.Select(status =>
                used.Contains(status.Scheme)
                    ? status with
                    {
                        Account = account ?? status.Account,
                        Problem = problem,
                        ProblemCode = answer.ErrorCode,
                    }
                    : status
            ),
        ];
    }

    // Of alternatives, a call takes the first whose credentials are there.
    private static HashSet<string>? Used(
        IReadOnlyList<SecurityRequirement> security,
        IReadOnlyList<SchemeStatus> schemes
    )
    {
        var usable = schemes.Where(status => status.Problem is null).Select(status => status.Scheme).ToHashSet();
        return security.FirstOrDefault(requirement => requirement.Schemes.Keys.All(usable.Contains)) is { } first
            ? [.. first.Schemes.Keys]
            : null;
    }

    private static (string? Account, string? Problem) Read(ToolAnswer answer, AccountQuestion question)
    {
        if (answer.Structured is { } json && Selection.Read(question.Select, out var selection) is null)
        {
            var words = new List<string>();
            Collect(selection!.Apply(json.Utf8).Json.ToElement(), words);
            if (words.Count > 0)
                return (UntrustedText.Shorten(UntrustedText.Clean(string.Join(' ', words)), Longest), null);
        }
        return (null, $"The answer of '{question.Tool}' has no '{question.Select}', which is to name the account.");
    }

    private static void Collect(JsonElement value, List<string> words)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                    Collect(member.Value, words);
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    Collect(item, words);
                break;
            case JsonValueKind.String or JsonValueKind.Number:
                words.Add(value.ToString());
                break;
        }
    }

    private static string TextOf(ToolAnswer answer) =>
        string.Join(' ', answer.Content.OfType<AnswerContent.Text>().Select(text => text.Value));
}
