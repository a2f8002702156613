using System.Text.RegularExpressions;
using McpRuntime.Configuration;
using McpRuntime.Manifests;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Architecture;

/// <summary>
/// Messages of Core reach users of the console, PowerShell and the gateway: Core does not know their options' names.
/// </summary>
public partial class OptionNameTests
{
    private static readonly string[] Allowed =
    [
        // The equivalent command of a request.
        "curl --globoff --path-as-is ",
        "--head",
        "--data-binary @-",
        "--data-binary @body.bin",
        "--data-raw ",
        // Messages that say where to type it: "run in PowerShell: Set-McpCredential …".
        "' -SecurityScheme '",
        "' -Force",
        " -Profile '",
        " --scheme ",
        " --profile ",
    ];

    [Fact]
    public void Core_names_no_option_of_a_front_end() =>
        Assert.DoesNotContain(UserStrings.In(typeof(ConnectorManifest).Assembly.Location), text =>
            Option.IsMatch(text) && !Allowed.Contains(text)
        );

    [Fact]
    public void The_search_finds_options() =>
        Assert.All(["widen --include-path", "use -IncludePath", "'--force'", "(-Force)"], text =>
            Assert.Matches(Option, text)
        );

    [Theory]
    [InlineData(null, null, null, "")]
    [InlineData("a", null, null, "a")]
    [InlineData("a", null, "c", "a or c")]
    [InlineData("a", "b", "c", "a, b or c")]
    public void Choices_that_a_front_end_does_not_have_are_left_out(
        string? first,
        string? second,
        string? third,
        string expected
    ) => Assert.Equal(expected, OptionNames.Any(first, second, third));

    [GeneratedRegex("""(^|[\s'"`(,])(--[a-z]|-[A-Z][a-z]{2})""")]
    private static partial Regex Option { get; }
}
