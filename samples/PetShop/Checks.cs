namespace PetShop;

/// <summary>What is wrong with a body, by field; answered as 422.</summary>
internal static class Checks
{
    public static readonly string[] Species = ["bird", "cat", "dog", "rabbit"];

    public static Dictionary<string, string[]> Of(NewPet pet)
    {
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(pet.Name))
            errors["name"] = ["A pet needs a name."];
        if (!Species.Contains(pet.Species))
            errors["species"] = [$"Choose one of {string.Join(", ", Species)}."];
        if (pet.PriceCents is null or < 0)
            errors["priceCents"] = ["Give the price in cents, 0 or more."];
        if (pet.BirthDate is { } birth && birth > DateOnly.FromDateTime(DateTime.UtcNow))
            errors["birthDate"] = ["The day of birth is in the future."];
        if (pet.Breeder is { Email: { } email } && !email.Contains('@', StringComparison.Ordinal))
            errors["breeder.email"] = ["This is not an e-mail address."];
        return errors;
    }

    public static Dictionary<string, string[]> Of(NewOrder order)
    {
        var errors = new Dictionary<string, string[]>();
        if (order.PetId is null)
            errors["petId"] = ["Say which pet is ordered."];
        if (string.IsNullOrWhiteSpace(order.ShipTo?.City))
            errors["shipTo.city"] = ["An address needs a city."];
        if (string.IsNullOrWhiteSpace(order.ShipTo?.Street))
            errors["shipTo.street"] = ["An address needs a street."];
        return errors;
    }
}
