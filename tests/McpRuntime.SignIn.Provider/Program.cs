using McpRuntime.SignIn.Provider;

// Arguments are settings of ASP.NET: --life 1 --leeway 5 --asks true. It ends with its standard input.
var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Logging.ClearProviders();
builder.Services.AddProvider(builder.Configuration);
var app = builder.Build();
app.UseMiddleware<Counting>();
app.UseAuthentication();
app.MapProvider(asks: app.Configuration.GetValue<bool>("asks"));
await Clients.AddAsync(app.Services);
await app.StartAsync();
Console.WriteLine(app.Urls.First());
while (await Console.In.ReadLineAsync() is not null) { }
await app.StopAsync();
