using System.Text.Json;
using McpRuntime.Calls.Plan;
using McpRuntime.Calls.Request;
using McpRuntime.Configuration;
using McpRuntime.Documents;

namespace McpRuntime.Tests.OpenApi.Examples;

/// <summary>
/// The request examples of real documents, called as a user would: what is refused, and what goes out.
/// </summary>
public class ExampleCallTests
{
    [Theory]
    [MemberData(nameof(SpecFiles.All), MemberType = typeof(SpecFiles))]
    public async Task A_JSON_body_goes_out_as_the_value_that_its_document_shows(string name)
    {
        var result = await SpecFiles.ImportAsync(name);
        using var document = await new DocumentLoader(new DocumentLimits()).LoadAsync(
            new DocumentSource.FromFile(SpecFiles.Find(name)),
            TestContext.Current.CancellationToken
        );
        foreach (var level in (ArgumentCheck[])[ArgumentCheck.Standard, ArgumentCheck.Strict])
        {
            var calls = ExampleCall
                .All(result, document.Json.RootElement, (plan, arguments) => Build(plan, arguments, level))
                .ToList();
            Write(level, calls);
            Assert.All(calls, call =>
                Assert.True(call.Difference is null, $"{call.Tool}, {call.Example.Owner}: {call.Difference}")
            );
        }
    }

    private static OutgoingRequest Build(CallPlan plan, JsonElement arguments, ArgumentCheck level) =>
        RequestBuilder.Build(plan, plan.Contract.Check(arguments, level).Arguments);

    private static void Write(ArgumentCheck level, List<ExampleCall> calls)
    {
        var output = TestContext.Current.TestOutputHelper!;
        var sent = calls.FindAll(call => call.Refusal is null);
        output.WriteLine(
            $"{level}: {calls.Count} examples, {sent.Count} go out; "
                + $"of {calls.Count(call => call.IsJsonBody)} JSON bodies {sent.Count(call => call.IsJsonBody)}"
        );
        var refused = calls.Where(call => call.Refusal is not null).GroupBy(call => RefusalCause.Of(call.Refusal!));
        foreach (var cause in refused.OrderByDescending(group => group.Count()))
            output.WriteLine(
                $"  {cause.Count()} {cause.Key}: {string.Join(", ", cause.Select(call => call.Tool).Distinct().Take(3))}"
            );
    }
}
