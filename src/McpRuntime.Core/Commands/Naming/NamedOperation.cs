using McpRuntime.Commands.Words;
using McpRuntime.Manifests;

namespace McpRuntime.Commands.Naming;

/// <summary>An operation on its way to a name.</summary>
internal sealed class NamedOperation
{
    internal NamedOperation(NamingSubject subject, WordForms forms)
    {
        Subject = subject;
        Recorded = subject.Tool.Command;
        var endpoint = EndpointTemplate.TryParse(subject.Tool.Endpoint, out var parsed)
            ? parsed
            : new EndpointTemplate("POST", "/", null, null);
        Method = endpoint.Method.ToUpperInvariant();
        Template = endpoint.Path;
        if (endpoint.Fragment is { } fragment && !fragment.Contains('=', StringComparison.Ordinal))
            Fragment = [.. NameParts.Split(fragment).Select(word => word.ToLowerInvariant())];
        Path = OperationPath.Parse(endpoint.Path, forms);
        Ids = IdWords.Of(subject.OperationId);
        Id = OperationWords.OfId(subject.OperationId, Method);
        Summary = OperationWords.OfSummary(subject.Tool.Title ?? subject.Tool.Description, forms);
    }

    internal NamingSubject Subject { get; }

    internal CommandName? Recorded { get; }

    internal string Endpoint => Subject.Tool.Endpoint;

    internal string Method { get; }

    /// <summary>The path as the endpoint has it.</summary>
    internal string Template { get; }

    /// <summary>The words that tell the operation from others on its path.</summary>
    internal IReadOnlyList<string> Fragment { get; } = [];

    internal OperationPath Path { get; set; }

    /// <summary>Its verb and resource, once they are chosen.</summary>
    internal CommandChoice Choice { get; set; } = CommandChoice.None;

    /// <summary>Its name, once it has one.</summary>
    internal CommandName? Name { get; set; }

    internal OperationWords Id { get; }

    internal IdWords Ids { get; }

    internal OperationWords Summary { get; }

    internal SetInput Input => field ??= SetInput.Of(Subject.Tool);

    /// <summary>Calls that are told from others by a parameter that is missing must not do harm.</summary>
    internal bool IsReading => Method is "GET" or "HEAD" or "OPTIONS" or "QUERY";

    /// <summary>PATCH changes parts of the same resource.</summary>
    internal bool HasPatch { get; set; }

    /// <summary>
    /// What the operationId adds to another one: <c>ByToken</c> of <c>update_webhook_by_token</c> where there is
    /// <c>update_webhook</c>; empty for nothing.
    /// </summary>
    internal string Manner { get; set; } = "";

    /// <summary>The same method is there for one item of this collection.</summary>
    internal bool HasItemTwin { get; set; }

    /// <summary>The body has members, and none of them is required.</summary>
    internal bool HasPartialBody
    {
        get
        {
            var members = (Subject.Tool.Arguments ?? new Dictionary<string, ArgumentBinding>())
                .Where(argument => argument.Value.In == ArgumentLocation.Body)
                .Select(argument => argument.Key)
                .ToHashSet(StringComparer.Ordinal);
            return members.Count > 0
                && !InputProperty.Of(Subject.Tool).Any(input => input.IsRequired && members.Contains(input.Name));
        }
    }
}
