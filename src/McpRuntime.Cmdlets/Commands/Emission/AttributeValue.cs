using System.Reflection.Metadata;

namespace McpRuntime.Cmdlets.Commands.Emission;

/// <summary>The value of a custom attribute as an assembly stores it (ECMA-335, II.23.3).</summary>
internal sealed class AttributeValue
{
    private const byte Property = 0x54;
    private const byte EnumType = 0x55;

    private readonly BlobBuilder _blob = new();
    private readonly BlobBuilder _named = new();
    private ushort _namedCount;

    public AttributeValue() => _blob.WriteUInt16(1);

    /// <summary>Arguments of the constructor.</summary>
    public AttributeValue(params string[] arguments)
        : this()
    {
        foreach (var argument in arguments)
            _blob.WriteSerializedString(argument);
    }

    /// <summary>A constructor with one argument, <c>params string[]</c>.</summary>
    public static AttributeValue OfList(IReadOnlyCollection<string> items)
    {
        var value = new AttributeValue();
        value._blob.WriteInt32(items.Count);
        foreach (var item in items)
            value._blob.WriteSerializedString(item);
        return value;
    }

    public AttributeValue With(string name, string value)
    {
        Begin(name, (byte)SerializationTypeCode.String);
        _named.WriteSerializedString(value);
        return this;
    }

    public AttributeValue With(string name, int value)
    {
        Begin(name, (byte)SerializationTypeCode.Int32);
        _named.WriteInt32(value);
        return this;
    }

    /// <summary>False is what the attribute has without it.</summary>
    public AttributeValue With(string name, bool value)
    {
        if (!value)
            return this;
        Begin(name, (byte)SerializationTypeCode.Boolean);
        _named.WriteBoolean(true);
        return this;
    }

    /// <param name="name">The property.</param>
    /// <param name="type">The type of the enumeration, with its assembly.</param>
    /// <param name="value">The value.</param>
    public AttributeValue With(string name, string type, int value)
    {
        _namedCount++;
        _named.WriteByte(Property);
        _named.WriteByte(EnumType);
        _named.WriteSerializedString(type);
        _named.WriteSerializedString(name);
        _named.WriteInt32(value);
        return this;
    }

    public BlobBuilder ToBlob()
    {
        _blob.WriteUInt16(_namedCount);
        _blob.LinkSuffix(_named);
        return _blob;
    }

    private void Begin(string name, byte type)
    {
        _namedCount++;
        _named.WriteByte(Property);
        _named.WriteByte(type);
        _named.WriteSerializedString(name);
    }
}
