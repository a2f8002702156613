using System.Globalization;
using System.Text.Json;
using McpRuntime.Calls;
using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Plan;
using McpRuntime.Calls.Recording;
using McpRuntime.Connectors;
using McpRuntime.Http.Access;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.Problems;
using McpRuntime.Manifests;

namespace McpRuntime.Http.ConnectorCredentials;

/// <param name="IsAccepted">The API did what was asked.</param>
/// <param name="Status">What the API answered; null where nothing came.</param>
/// <param name="Message">In words, and nothing that the API sent.</param>
internal sealed record TestResult(bool IsAccepted, int? Status, string Message);

/// <summary>
/// Tries a credential with one call of a tool that only reads and needs no arguments: the same way, under the same
/// address rules and to the same bound origins as any call, and the answer's body is dropped.
/// </summary>
internal sealed class CredentialTest(CredentialSlots slots, ToolCaller caller)
{
    /// <exception cref="ProblemException">No tool can be used for it.</exception>
    public async Task<TestResult> RunAsync(HttpContext context, CredentialState state)
    {
        var slot = state.Slot;
        if (
            slots.Manifest(slot) is not { } manifest
            || slots.SetOf(slot) is not { } set
            || ToolFor(manifest, slot) is not { } tool
        )
            throw new ProblemException(
                Problem.Conflict(
                    $"'{slot.Identity}' has no tool with '{slot.Scheme}' that only reads and needs no arguments. Call "
                        + "one of its tools to see whether the API accepts the credential."
                )
            );
        var plan = CallPlan.Create(
            manifest with
            {
                Name = slot.Identity,
            },
            tool,
            addresses: set.AddressesOf(manifest),
            label: new ToolLabel(slot.Project, slot.Connector, tool.Name, tool.Name)
        );
        var user = Caller.Of(context);
        var answer = await caller.CallAsync(
            plan,
            JsonElement.Parse("{}"),
            new CallContext
            {
                Caller = user.Id,
                Address = user.Address,
                CorrelationId = user.CorrelationId,
                Transport = "tcp",
            },
            context.RequestAborted
        );
        return Explain(answer, tool, state);
    }

    // With this scheme and as few others as can be.
    private static ToolManifest? ToolFor(ConnectorManifest manifest, CredentialSlot slot) =>
        ToolCatalog
            .Create([manifest])
            .Tools.Where(tool => tool is { IsReadOnly: true, Method: "GET" } && !NeedsArguments(tool.Tool))
            .SelectMany(tool =>
                (tool.Tool.Security ?? manifest.Security)
                    .Where(requirement => requirement.Schemes.ContainsKey(slot.Scheme))
                    .Select(requirement => (tool.Tool, Requirement: requirement))
            )
            .OrderBy(candidate => candidate.Requirement.Schemes.Count)
            .Select(candidate => candidate.Tool with { Security = [candidate.Requirement] })
            .FirstOrDefault();

    private static bool NeedsArguments(ToolManifest tool) =>
        tool.InputSchema.ToElement() is { ValueKind: JsonValueKind.Object } schema
        && schema.TryGetProperty("required", out var required)
        && required.ValueKind == JsonValueKind.Array
        && required.GetArrayLength() > 0;

    private static TestResult Explain(ToolAnswer answer, ToolManifest tool, CredentialState state)
    {
        var to = $"{tool.Endpoint} of '{state.Slot.Identity}'";
        if (answer.Status is { } status)
        {
            var code = status.ToString(CultureInfo.InvariantCulture);
            return status switch
            {
                >= 200 and < 300 => new(true, status, $"The API accepted it: {to} answered {code}."),
                401 or 403 => new(false, status, $"The API refused it: {to} answered {code}."),
                >= 300 and < 400 => new(
                    false,
                    status,
                    $"{to} answered {code}, a redirect, which is not followed with a credential."
                ),
                _ => new(false, status, $"{to} answered {code}, which does not tell whether the credential is good."),
            };
        }
        return new(
            false,
            null,
            answer.Failure switch
            {
                ToolFailure.Timeout => $"{to} did not answer in time.",
                ToolFailure.Unreachable => $"{to} could not be reached.",
                _ =>
                    "Nothing was sent to the API: no token could be got for it, or the call was refused before. A call "
                        + $"of the tool '{tool.Name}' says why.",
            }
        );
    }
}
