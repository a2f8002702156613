namespace PetShop;

/// <summary>The shop's stock and orders, in memory.</summary>
internal sealed class Shop
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, Pet> _pets = [];
    private readonly SortedDictionary<int, Order> _orders = [];
    private readonly Dictionary<string, Order> _byIdempotencyKey = new(StringComparer.Ordinal);
    private int _lastId;

    public Shop()
    {
        var farm = new Breeder("Nordhof", "hello@nordhof.example", new Address("Deichweg 4", "Husum", "DE"));
        Add(new NewPet("Minka", "cat", new DateOnly(2025, 4, 2), 24_900, ["calm", "indoor"], farm));
        Add(new NewPet("Bruno", "dog", new DateOnly(2024, 11, 17), 89_000, ["playful", "good with children"], farm));
        Add(new NewPet("Pip", "bird", null, 3_500, ["singing"], null));
        Add(new NewPet("Ada", "cat", new DateOnly(2023, 1, 30), 12_000, ["playful"], null));
        Add(new NewPet("Otto", "rabbit", new DateOnly(2025, 6, 9), 4_200, ["calm"], farm));
    }

    public Page List(int number, int size, string? species, IReadOnlyCollection<string> tags)
    {
        lock (_gate)
        {
            var fitting = _pets
                .Values.Where(pet => species is null || pet.Species == species)
                .Where(pet => tags.All(tag => pet.Tags.Contains(tag)))
                .ToList();
            return new Page([.. fitting.Skip((number - 1) * size).Take(size)], number, size, fitting.Count);
        }
    }

    public Pet? Find(int id)
    {
        lock (_gate)
            return _pets.GetValueOrDefault(id);
    }

    public Pet Add(NewPet pet)
    {
        lock (_gate)
            return _pets[++_lastId] = Make(_lastId, pet);
    }

    public Pet? Replace(int id, NewPet pet)
    {
        lock (_gate)
            return _pets.ContainsKey(id) ? _pets[id] = Make(id, pet) : null;
    }

    public bool Remove(int id)
    {
        lock (_gate)
            return _pets.Remove(id);
    }

    public Order? FindOrder(int id)
    {
        lock (_gate)
            return _orders.GetValueOrDefault(id);
    }

    /// <summary>Sells a pet, which leaves the stock; null when it is not there. The same key gives the same order.</summary>
    public Order? Sell(NewOrder order, string? idempotencyKey)
    {
        lock (_gate)
        {
            if (idempotencyKey is not null && _byIdempotencyKey.TryGetValue(idempotencyKey, out var earlier))
                return earlier;
            if (!_pets.Remove(order.PetId!.Value, out var pet))
                return null;
            var wrap = order.GiftWrap ?? false;
            var sold = new Order(++_lastId, pet.Id, "accepted", pet.PriceCents + (wrap ? 500 : 0), wrap, order.ShipTo!);
            _orders[sold.Id] = sold;
            if (idempotencyKey is not null)
                _byIdempotencyKey[idempotencyKey] = sold;
            return sold;
        }
    }

    public Inventory Count()
    {
        lock (_gate)
        {
            var pets = _pets
                .Values.GroupBy(pet => pet.Species)
                .ToDictionary(group => group.Key, group => group.Count());
            return new Inventory(pets, _orders.Count);
        }
    }

    private static Pet Make(int id, NewPet pet) =>
        new(id, pet.Name!, pet.Species!, pet.BirthDate, pet.PriceCents!.Value, pet.Tags ?? [], pet.Breeder);
}
