using System.Text.RegularExpressions;

namespace McpRuntime.Stdio.Tests.Commands.Cases;

/// <summary>
/// Uploads that may be null are files like required ones: each part has a filename (RFC 7578 section 4.2).
/// </summary>
public sealed class OptionalFileTests(ImportedCases cases) : IClassFixture<ImportedCases>
{
    private const string Octets = "Content-Type: application/octet-stream\r\n";

    [Theory]
    [InlineData(
        """{"picture":{"filename":"a.png","content_type":"image/png","base64":"aGk="}}""",
        "name=\"picture\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\nhi"
    )]
    [InlineData(
        """{"thumb":{"filename":"t.bin","base64":"aGk="}}""",
        $"name=\"thumb\"; filename=\"t.bin\"\r\n{Octets}\r\nhi"
    )]
    [InlineData("""{"picture":{"base64":"aGk="}}""", $"name=\"picture\"; filename=\"picture\"\r\n{Octets}\r\nhi")]
    [InlineData(
        """{"more":[{"filename":"1","base64":"MQ=="},{"filename":"2","base64":"Mg=="}],"picture":null,"note":"n"}""",
        $"name=\"more\"; filename=\"1\"\r\n{Octets}\r\n1",
        $"name=\"more\"; filename=\"2\"\r\n{Octets}\r\n2",
        "name=\"note\"\r\n\r\nn"
    )]
    public async Task A_file_is_a_part_with_a_filename(string arguments, params string[] parts)
    {
        var request = await cases.SentAsync("fastapi-optional-file.json", "set_avatar_avatar_post", arguments);

        Assert.Equal("POST /avatar HTTP/1.1", request.RequestLine);
        var type = Assert.Single(request.Header("Content-Type"));
        var boundary = Regex.Match(type, "^multipart/form-data; boundary=(.+)$").Groups[1].Value;
        var expected = string.Concat(
            parts.Select(part => $"--{boundary}\r\nContent-Disposition: form-data; {part}\r\n")
        );
        Assert.Equal($"{expected}--{boundary}--\r\n", request.BodyText);
    }

    [Theory]
    [InlineData("""{"picture":{"filename":"a.png"}}""", "'picture' has neither 'text' nor 'base64'")]
    [InlineData("""{"more":[{"base64":"MQ=="},{"base64":"%"}]}""", "'more' has a 'base64' that is not base64")]
    public async Task A_file_without_content_is_refused_by_its_name(string arguments, string message)
    {
        await cases.ImportAsync("fastapi-optional-file.json");

        var (output, requests) = await cases.CallAsync("set_avatar_avatar_post", arguments);

        Assert.True(output.ExitCode == 1, output.ToString());
        Assert.Contains(message, output.Error, StringComparison.Ordinal);
        Assert.Empty(requests);
    }
}
