using System.Text;
using McpRuntime.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace McpRuntime.Browser.Tests;

/// <summary>Forms of schemas: references, unions with null, choices of schemas, lists, objects and files.</summary>
public class FormTests(Chromium chromium)
{
    private const string Document = """
        {"openapi":"3.1.0","info":{"title":"Forms","version":"1"},"servers":[{"url":"http://SERVER"}],
         "paths":{
          "/orders":{"post":{"operationId":"placeOrder","requestBody":{"required":true,"content":{"application/json":
            {"schema":{"$ref":"#/components/schemas/Order"}}}},"responses":{"200":{"description":"Done."}}}},
          "/photos":{"post":{"operationId":"sendPhoto","requestBody":{"required":true,"content":{"multipart/form-data":
            {"schema":{"type":"object","required":["photo"],"properties":{"photo":{"type":"string","format":"binary"},
             "caption":{"type":"string"}}}}}},"responses":{"200":{"description":"Done."}}}}},
         "components":{"schemas":{
          "Order":{"type":"object","required":["id","address"],"properties":{
           "id":{"type":"integer","format":"int64"},
           "note":{"anyOf":[{"type":"string"},{"type":"null"}]},
           "gift":{"type":"boolean"},
           "sizes":{"type":"array","items":{"type":"integer"}},
           "colors":{"type":"array","items":{"$ref":"#/components/schemas/Color"}},
           "address":{"$ref":"#/components/schemas/Address"},
           "payment":{"oneOf":[{"$ref":"#/components/schemas/Card"},{"$ref":"#/components/schemas/Invoice"}]},
           "extra":{"type":"object","additionalProperties":true}}},
          "Color":{"type":"string","enum":["red","green"]},
          "Address":{"type":"object","required":["city"],"properties":{"city":{"type":"string"},
           "floor":{"type":["integer","null"]}}},
          "Card":{"title":"By card","type":"object","required":["card"],"properties":{"card":{"type":"string"}}},
          "Invoice":{"title":"By invoice","type":"object","required":["days"],"properties":{"days":{"type":"integer"}}}}}}
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task What_a_form_makes_is_what_the_schema_asks_for(ColorScheme scheme, int width)
    {
        await using var context = await chromium.OpenAsync(scheme, width);
        await using var upstream = Serve();
        await using var gateway = await GatewayProcess.StartAsync(connector: null, Cancelled);
        await gateway.PostAsync("/v1/projects", """{"name":"forms"}""", Cancelled);
        await gateway.PostAsync(
            "/v1/projects/forms/imports",
            $$"""{"url":"{{upstream.Url}}openapi.json"}""",
            Cancelled
        );
        var (page, watch) = await context.SignInAsync(gateway);
        ILocator Field(string name) => page.GetByLabel(name, new() { Exact = true });
        var call = page.GetByRole(AriaRole.Button, new() { Name = "Call (this may change something)" });

        await page.ChooseToolAsync("place_order");
        await Field("id (required)").FillAsync("9223372036854775807");
        await Field("gift").SelectOptionAsync("true");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "null for note" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add to sizes" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add to sizes" }).ClickAsync();
        await Field("sizes 1").FillAsync("38");
        await call.ClickAsync();
        // An item has its place in the list, so it cannot be left out.
        await Expect(page.Answer()).ToContainTextAsync("sizes 2 is empty.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove sizes 2" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add to colors" }).ClickAsync();
        await Field("colors 1").SelectOptionAsync("green");
        await Field("city (required)").FillAsync("Ulm");
        await Field("floor").FillAsync("3");
        await Field("payment: form").SelectOptionAsync(new SelectOptionValue { Label = "By invoice" });
        await Field("days (required)").FillAsync("14");
        await Field("extra").FillAsync("""{"big": 1e400}""");
        await page.AssertFitsAsync($"form-{scheme}-{width}");
        await call.ClickAsync();
        await page.GetByText("Good, status 200").WaitForAsync();
        Assert.Equal(
            """
            {"id":9223372036854775807,"note":null,"gift":true,"sizes":[38],"colors":["green"],"address":{"city":"Ulm","floor":3},"payment":{"days":14},"extra":{"big":1e400}}
            """,
            upstream.Requests[^1].BodyText
        );

        // The JSON view is the same value; what it cannot be is said where it is written.
        await page.GetByRole(AriaRole.Button, new() { Name = "JSON", Exact = true }).ClickAsync();
        await Expect(Field("Arguments"))
            .ToHaveValueAsync(new System.Text.RegularExpressions.Regex("9223372036854775807"));
        await Field("Arguments").FillAsync("{");
        await page.GetByText("This is not valid JSON.").First.WaitForAsync();

        await page.ChooseToolAsync("send_photo");
        await Field("photo (required)")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "cat.png",
                    MimeType = "image/png",
                    Buffer = [0x89, 0x50, 0x00, 0xff],
                }
            );
        await page.GetByText("Chosen: cat.png.").WaitForAsync();
        await Field("caption").FillAsync("A cat");
        await call.ClickAsync();
        await page.GetByText("Good, status 200").WaitForAsync();
        var body = Encoding.Latin1.GetString(upstream.Requests[^1].Body);
        Assert.Contains("filename=\"cat.png\"", body);
        Assert.Contains("Content-Type: image/png", body);
        Assert.Contains("\u0089P\0\u00ff", body);
        watch.AssertQuiet();
    }

    private static RecordingUpstream Serve() =>
        RecordingUpstream.Start(
            (request, connection, cancellationToken) =>
                connection.SendAsync(
                    UpstreamAnswer.Json(
                        request.Target == "/openapi.json"
                            ? Document.Replace("SERVER", request.Header("Host").Single(), StringComparison.Ordinal)
                            : "{}"
                    ),
                    cancellationToken
                )
        );
}
