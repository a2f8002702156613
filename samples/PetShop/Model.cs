using System.Text.Json.Serialization;

namespace PetShop;

public sealed record Pet(
    int Id,
    string Name,
    string Species,
    DateOnly? BirthDate,
    int PriceCents,
    IReadOnlyList<string> Tags,
    Breeder? Breeder
);

/// <summary>What a caller may say about a pet.</summary>
public sealed record NewPet(
    string? Name,
    string? Species,
    DateOnly? BirthDate,
    int? PriceCents,
    IReadOnlyList<string>? Tags,
    Breeder? Breeder
);

public sealed record Breeder(string? Name, string? Email, Address? Address);

public sealed record Address(string? Street, string? City, string? Country);

public sealed record Order(int Id, int PetId, string Status, int TotalCents, bool GiftWrap, Address ShipTo);

public sealed record NewOrder(int? PetId, bool? GiftWrap, Address? ShipTo);

/// <param name="Total">Items on all pages.</param>
public sealed record Page(IReadOnlyList<Pet> Items, int Number, int Size, int Total);

/// <param name="Pets">Pets for sale by species.</param>
public sealed record Inventory(IReadOnlyDictionary<string, int> Pets, int Orders);

[JsonSerializable(typeof(Pet))]
[JsonSerializable(typeof(NewPet))]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(NewOrder))]
[JsonSerializable(typeof(Page))]
[JsonSerializable(typeof(Inventory))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class ShopJson : JsonSerializerContext;
