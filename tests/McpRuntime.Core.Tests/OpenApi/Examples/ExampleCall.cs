using System.Text.Json;
using McpRuntime.Calls.Plan;
using McpRuntime.Calls.Request;
using McpRuntime.Http;
using McpRuntime.OpenApi;

namespace McpRuntime.Tests.OpenApi.Examples;

/// <summary>A request example, made to a request as a call makes it.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Example">The example.</param>
/// <param name="Refusal">Why no request was made; null where one was.</param>
/// <param name="IsJsonBody">It is a whole JSON body.</param>
/// <param name="Difference">How the JSON body that goes out is another value; null where it is the same.</param>
internal sealed record ExampleCall(
    string Tool,
    DocumentExample Example,
    string? Refusal,
    bool IsJsonBody,
    string? Difference
)
{
    /// <summary>Every example of a document once, even where several operations share it.</summary>
    /// <param name="result">The import.</param>
    /// <param name="document">What was imported.</param>
    /// <param name="build">Checks the arguments and makes the request.</param>
    public static IEnumerable<ExampleCall> All(
        ImportResult result,
        JsonElement document,
        Func<CallPlan, JsonElement, OutgoingRequest> build
    )
    {
        var examples = new DocumentExamples(document);
        var samples = new SampleValues(result.Manifest!.Definitions);
        var tried = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tool in result.Manifest.Tools)
        {
            var own = examples
                .Of(tool.Endpoint, tool.Body?.ContentType)
                .GroupBy(example => example.Owner)
                .Where(group => tried.Add(group.Key))
                .SelectMany(group => group)
                .ToList();
            if (own.Count == 0)
                continue;
            var made = new ExampleArguments(tool, samples);
            var plan = CallPlan.Create(result.Manifest, tool, _ => null);
            foreach (var example in own)
            {
                if (IsMeant(plan, example) && made.Of(example) is { } arguments)
                    yield return Try(plan, example, arguments, build);
            }
        }
    }

    // Files and text of other kinds have no JSON value to compare with, and no way to give a part of them.
    private static bool IsMeant(CallPlan plan, DocumentExample example) =>
        example.In != "body"
        || (
            plan.Tool.Body is { } body
            && !body.Encoding.Values.Any(part => part.File)
            && MediaTypes.KindOf(MediaTypes.Essence(body.ContentType))
                is MediaKind.Json
                    or MediaKind.Form
                    or MediaKind.Multipart
        );

    private static ExampleCall Try(
        CallPlan plan,
        DocumentExample example,
        JsonElement arguments,
        Func<CallPlan, JsonElement, OutgoingRequest> build
    )
    {
        var isJson = example.In == "body" && MediaTypes.IsJson(MediaTypes.Essence(plan.Tool.Body!.ContentType));
        try
        {
            var request = plan.Problem is { } problem ? throw new CallException(problem) : build(plan, arguments);
            return new ExampleCall(
                plan.Tool.Name,
                example,
                null,
                isJson,
                isJson ? DifferenceOf(plan, example, request) : null
            );
        }
        catch (CallException refused)
        {
            return new ExampleCall(plan.Tool.Name, example, refused.Message, isJson, null);
        }
    }

    // An optional body without any property stays away.
    private static string? DifferenceOf(CallPlan plan, DocumentExample example, OutgoingRequest request) =>
        request.Body is { } body ? SentBody.Difference(example.Value, JsonElement.Parse(body.Bytes.Span), plan.Tool)
        : example.Value.ValueKind == JsonValueKind.Object && !example.Value.EnumerateObject().Any() ? null
        : "no body goes out";
}
