namespace PetShop;

/// <summary>Routes below <c>/pets</c>, and the inventory.</summary>
internal static class PetRoutes
{
    public static void MapPets(this WebApplication app, Shop shop, ApiKeyFilter apiKey)
    {
        app.MapGet("/pets", (int? page, int? pageSize, string? species, string[]? tag) =>
        {
            var errors = new Dictionary<string, string[]>();
            if (page is < 1)
                errors["page"] = ["Pages count from 1."];
            if (pageSize is < 1 or > 100)
                errors["pageSize"] = ["A page holds 1 to 100 pets."];
            return errors.Count == 0
                ? Results.Ok(shop.List(page ?? 1, pageSize ?? 20, species, tag ?? []))
                : Answers.Unprocessable(errors);
        });
        app.MapGet("/pets/{petId:int}", (int petId) =>
            shop.Find(petId) is { } pet ? Results.Ok(pet) : Answers.NoPet(petId)
        );
        app.MapPost("/pets", (NewPet pet) =>
            {
                if (Checks.Of(pet) is { Count: > 0 } errors)
                    return Answers.Unprocessable(errors);
                var added = shop.Add(pet);
                return Results.Created($"/pets/{added.Id}", added);
            })
            .AddEndpointFilter(apiKey);
        app.MapPut("/pets/{petId:int}", (int petId, NewPet pet) =>
            {
                if (Checks.Of(pet) is { Count: > 0 } errors)
                    return Answers.Unprocessable(errors);
                return shop.Replace(petId, pet) is { } replaced ? Results.Ok(replaced) : Answers.NoPet(petId);
            })
            .AddEndpointFilter(apiKey);
        app.MapDelete("/pets/{petId:int}", (int petId) =>
                shop.Remove(petId) ? Results.NoContent() : Answers.NoPet(petId)
            )
            .AddEndpointFilter(apiKey);
        app.MapGet("/inventory", () => Results.Ok(shop.Count()));
    }
}
