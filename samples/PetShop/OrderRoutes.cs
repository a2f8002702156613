using Microsoft.AspNetCore.Mvc;

namespace PetShop;

/// <summary>Routes below <c>/orders</c>.</summary>
internal static class OrderRoutes
{
    public static void MapOrders(this WebApplication app, Shop shop, ApiKeyFilter apiKey)
    {
        app.MapPost("/orders", (NewOrder order, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey) =>
            {
                if (Checks.Of(order) is { Count: > 0 } errors)
                    return Answers.Unprocessable(errors);
                return shop.Sell(order, idempotencyKey) is { } sold
                    ? Results.Created($"/orders/{sold.Id}", sold)
                    : Answers.NoPet(order.PetId!.Value);
            })
            .AddEndpointFilter(apiKey);
        app.MapGet("/orders/{orderId:int}", (int orderId) =>
                shop.FindOrder(orderId) is { } order
                    ? Results.Ok(order)
                    : Results.Problem(
                        title: "No such order",
                        detail: $"There is no order {orderId}.",
                        statusCode: StatusCodes.Status404NotFound
                    )
            )
            .AddEndpointFilter(apiKey);
    }
}
