using System.Text.Json.Serialization;
using PetShop;

// A small REST API to try McpRuntime with: in memory, on loopback only, on the port given as the first argument
// (0 or none: a free one). It ends when its standard input is closed, so it never outlives the program that started
// it. The routes that write need the API key of the environment variable PETSHOP_API_KEY.
var port = args is [var text, ..] ? ushort.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 0;
var apiKey = Environment.GetEnvironmentVariable("PETSHOP_API_KEY");
if (string.IsNullOrEmpty(apiKey))
{
    await Console.Error.WriteLineAsync("Set PETSHOP_API_KEY to the API key that the writing routes shall ask for.");
    return 2;
}

var builder = WebApplication.CreateSlimBuilder(
    new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }
);
builder.Logging.ClearProviders();
builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
builder.Services.AddProblemDetails();
builder.Services.ConfigureHttpJsonOptions(options =>
{
    options.SerializerOptions.TypeInfoResolverChain.Insert(0, ShopJson.Default);
    options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
});

await using var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
var shop = new Shop();
app.MapPets(shop, new ApiKeyFilter(apiKey));
app.MapOrders(shop, new ApiKeyFilter(apiKey));
app.MapGet("/openapi.json", () => Results.Text(OpenApiDocument.For(app.Urls.First()), "application/json"));

await app.StartAsync();
Console.WriteLine($"Listening on {app.Urls.First()}");
try
{
    await Console.OpenStandardInput().CopyToAsync(Stream.Null, app.Lifetime.ApplicationStopping);
}
catch (OperationCanceledException)
{
    // Ctrl+C ends it as well.
}
await app.StopAsync();
return 0;
