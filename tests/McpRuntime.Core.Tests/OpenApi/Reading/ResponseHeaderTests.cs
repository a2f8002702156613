using static McpRuntime.Tests.OpenApi.Importing;

namespace McpRuntime.Tests.OpenApi.Reading;

/// <summary>Headers that operations declare become <c>response_headers</c>.</summary>
public class ResponseHeaderTests
{
    [Fact]
    public async Task Of_success_responses_with_references()
    {
        var tool = await ImportToolAsync(
            Document(
                """
                responses: {
                  '200': { $ref: '#/components/responses/Page' },
                  '201': { description: made, headers: { location: { $ref: '#/components/headers/Location' }, link: {} } },
                  '404': { description: gone, headers: { X-Reason: { schema: { type: string } } } }
                }
                """,
                """
                headers: { Location: { schema: { type: string } } },
                responses: { Page: { description: a page, headers: {
                  X-Total-Count: { schema: { type: integer } }, Link: { schema: { type: string } }, Content-Type: {}, Set-Cookie: {}, Access-Control-Allow-Origin: {}, x-internal: true, 'no token': {} } } }
                """
            )
        );
        Assert.Equal(["X-Total-Count", "Link", "location"], tool.ResponseHeaders);
    }

    [Fact]
    public async Task Of_swagger_2()
    {
        var tool = await ImportToolAsync(
            """
            swagger: '2.0'
            info: { title: Things, version: '1' }
            host: api.things.test
            paths: { /things: { head: { responses: { 200: { description: ok, headers: { X-Total: { type: integer }, X-Auth-Token: { type: string } } } } } } }
            """
        );
        Assert.Equal(["X-Total"], tool.ResponseHeaders);
    }

    [Fact]
    public async Task Of_a_default_response_only_without_another_one()
    {
        var tool = await ImportToolAsync(
            Document(
                "responses: { default: { description: any, headers: { X-A: {} } }, '2XX': { description: ok, headers: { X-B: {} } } }"
            )
        );
        Assert.Equal(["X-B"], tool.ResponseHeaders);
    }
}
