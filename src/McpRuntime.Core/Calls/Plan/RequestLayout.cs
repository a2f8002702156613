using McpRuntime.Calls.Bodies;
using McpRuntime.Calls.Serialization;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Plan;

/// <summary>Where the arguments of a tool go, whichever form its manifest has.</summary>
/// <param name="Arguments">Every argument but the one that is the whole body, in the manifest's order.</param>
/// <param name="Body">The body; null for none.</param>
/// <param name="Unlisted">Where arguments go that are not listed; null where they are refused.</param>
internal sealed record RequestLayout(
    IReadOnlyList<PlannedArgument> Arguments,
    BodyPlan? Body,
    ArgumentLocation? Unlisted
);
