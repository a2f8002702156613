using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using McpRuntime.Calls.Request;
using McpRuntime.Manifests;

namespace McpRuntime.Tests.Calls.Serialization;

/// <summary>Values that fill several segments of a path, and that no value leaves its template.</summary>
public class PathValueTests
{
    // Characters and spellings that a server, or a proxy before it, reads in its own way.
    private static readonly string[] Parts =
    [
        "a",
        ".",
        "..",
        "/",
        "\\",
        "%2e",
        "%2E",
        "%2f",
        "%5c",
        "%252e",
        "%252F",
        ";",
        "?",
        "#",
        "%",
        "%00",
        " ",
        "é",
        "@",
        ":",
        "&",
        "=",
        "+",
        "%25",
        "//",
        "x.y",
        "..;",
        "~",
        "b",
    ];

    [Theory]
    [InlineData("projects/p1", "projects/p1")]
    [InlineData("a", "a")]
    [InlineData("a/b/c.d/...", "a/b/c.d/...")]
    [InlineData("a?b/c#d/e\\f/50%", "a%3Fb/c%23d/e%5Cf/50%25")]
    [InlineData("a b/ü/x:y@z", "a%20b/%C3%BC/x%3Ay%40z")]
    [InlineData("%41/b", "%2541/b")]
    [InlineData("..a/b..", "..a/b..")]
    public async Task A_slash_goes_out_as_it_is_and_the_rest_is_encoded(string value, string expected) =>
        Assert.Equal(
            $"/v1/{expected}/x",
            await TargetAsync(
                new()
                {
                    In = ArgumentLocation.Path,
                    Name = "p",
                    AllowSlash = true,
                },
                value
            )
        );

    [Theory]
    [InlineData("a:b@c!d$e&f'g(h)i*j+k,l;m=n", "a:b@c!d$e&f'g(h)i*j+k,l;m=n")]
    [InlineData("a/b?c#d\\e%f[g]", "a%2Fb%3Fc%23d%5Ce%25f%5Bg%5D")]
    public async Task Reserved_characters_stay_but_for_those_that_end_a_segment(string value, string expected) =>
        Assert.Equal(
            $"/v1/{expected}/x",
            await TargetAsync(
                new()
                {
                    In = ArgumentLocation.Path,
                    Name = "p",
                    AllowReserved = true,
                },
                value
            )
        );

    [Fact]
    public async Task Both_together_let_both_through() =>
        Assert.Equal(
            "/v1/a:b/c%3Fd/x",
            await TargetAsync(
                new()
                {
                    In = ArgumentLocation.Path,
                    Name = "p",
                    AllowReserved = true,
                    AllowSlash = true,
                },
                "a:b/c?d"
            )
        );

    public static TheoryData<string> Elsewhere =>
        [
            ".",
            "..",
            "a/..",
            "../a",
            "a/../b",
            "a/./b",
            "a\\..\\b",
            "a//b",
            "/a",
            "a/",
            "/",
            "",
            "%2e",
            "%2E%2e",
            "a/%2e%2e/b",
            "a%2f..%2fb",
            "a%2F%2Fb",
            "%2fa",
            "%252e%252E",
            "a%252f%252e%252e",
            "a%252F%252Fb",
            "a%5c%2e%2e",
            "..;x",
            "a/..;jsessionid=1/b",
            "..%3bx",
            "a\\\\b",
        ];

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public async Task Segments_that_lead_elsewhere_are_refused(string value)
    {
        await using var bench = CallBench.Start();
        await bench.RefusedAsync(
            Tool(
                new()
                {
                    In = ArgumentLocation.Path,
                    Name = "p",
                    AllowSlash = true,
                }
            ),
            JsonSerializer.Serialize(new { p = value })
        );
        await bench.RefusedAsync(
            Tool(
                new()
                {
                    In = ArgumentLocation.Path,
                    Name = "p",
                    AllowReserved = true,
                }
            ),
            JsonSerializer.Serialize(new { p = value })
        );
    }

    [Fact]
    public async Task Two_values_do_not_make_a_dot_segment_together()
    {
        await using var bench = CallBench.Start();
        var binding = new ArgumentBinding
        {
            In = ArgumentLocation.Path,
            Name = "a",
            AllowSlash = true,
        };
        var tool = CallBench.Tool("GET /v1/{a}{b}") with
        {
            Arguments = new Dictionary<string, ArgumentBinding>
            {
                ["a"] = binding,
                ["b"] = binding with { Name = "b" },
            },
        };
        Assert.Contains(
            "another resource",
            await bench.RefusedAsync(tool, """{"a":"%2","b":"e%2e"}"""),
            StringComparison.Ordinal
        );
    }

    /// <summary>
    /// Whatever a value is: the request is refused, or its path has the template's segments around the value's own, and
    /// no way of decoding it makes it shorter.
    /// </summary>
    [Fact]
    public async Task No_value_leaves_its_template()
    {
        await using var bench = CallBench.Start();
        var values = Gen.Choose(1, 6).SelectMany(count => Gen.Elements(Parts).ArrayOf(count)).Select(string.Concat);
        ArgumentBinding[] bindings =
        [
            new() { In = ArgumentLocation.Path, Name = "p" },
            new()
            {
                In = ArgumentLocation.Path,
                Name = "p",
                AllowReserved = true,
            },
            new()
            {
                In = ArgumentLocation.Path,
                Name = "p",
                AllowSlash = true,
            },
            new()
            {
                In = ArgumentLocation.Path,
                Name = "p",
                AllowSlash = true,
                AllowReserved = true,
            },
            new()
            {
                In = ArgumentLocation.Path,
                Name = "p",
                Style = ParameterStyle.Label,
            },
            new()
            {
                In = ArgumentLocation.Path,
                Name = "p",
                Style = ParameterStyle.Matrix,
            },
        ];
        var sent = 0;
        foreach (var binding in bindings)
        {
            var tool = Tool(binding);
            foreach (var value in values.Sample(400))
            {
                RequestPreview preview;
                try
                {
                    preview = await bench.PreviewAsync(tool, JsonSerializer.Serialize(new { p = value }));
                }
                catch (CallException)
                {
                    continue;
                }
                sent++;
                AssertInTemplate(preview.Url, binding, value);
            }
        }
        Assert.InRange(sent, 500, 2400);
    }

    private static void AssertInTemplate(string url, ArgumentBinding binding, string value)
    {
        var path = url[url.IndexOf('/', "http://".Length)..];
        var what = $"{value} as {binding} became {path}";
        Assert.False(path.AsSpan().IndexOfAny("?#\\ ") >= 0, what);
        Assert.StartsWith("/v1/", path, StringComparison.Ordinal);
        Assert.EndsWith("/x", path, StringComparison.Ordinal);
        var segments = path.Split('/');
        Assert.DoesNotContain("", segments[1..]);
        if (!binding.AllowSlash)
            Assert.Equal(4, segments.Length);
        // An ordinary value is encoded as it is, %2e included: once decoded, it is the value again.
        var decodings = binding.AllowSlash || binding.AllowReserved ? 3 : 1;
        for (var i = 0; i <= decodings; i++)
        {
            Assert.DoesNotContain(path.Split('/'), segment => segment.Split(';')[0] is "." or "..");
            path = Uri.UnescapeDataString(path).Replace('\\', '/');
        }
    }

    private static ToolManifest Tool(ArgumentBinding binding) =>
        CallBench.Tool("GET /v1/{p}/x") with
        {
            Arguments = new Dictionary<string, ArgumentBinding> { ["p"] = binding },
        };

    private static async Task<string> TargetAsync(ArgumentBinding binding, string value)
    {
        await using var bench = CallBench.Start();
        return (await bench.SendAsync(Tool(binding), JsonSerializer.Serialize(new { p = value }))).Target;
    }
}
