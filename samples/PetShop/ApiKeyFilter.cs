using System.Security.Cryptography;
using System.Text;

namespace PetShop;

/// <summary>Lets a request pass that carries the shop's key in <c>X-Api-Key</c>; 401 otherwise.</summary>
internal sealed class ApiKeyFilter(string apiKey) : IEndpointFilter
{
    private readonly byte[] _expected = Encoding.UTF8.GetBytes(apiKey);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var given = Encoding.UTF8.GetBytes(context.HttpContext.Request.Headers["X-Api-Key"].ToString());
        if (CryptographicOperations.FixedTimeEquals(given, _expected))
            return await next(context);
        return Results.Problem(
            title: "API key missing or wrong",
            detail: "Send the shop's key in the header X-Api-Key.",
            statusCode: StatusCodes.Status401Unauthorized
        );
    }
}
