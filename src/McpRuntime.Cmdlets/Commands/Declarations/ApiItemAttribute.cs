using System.Collections;
using System.Management.Automation;
using McpRuntime.Cmdlets.Parameters;

namespace McpRuntime.Cmdlets.Commands.Declarations;

/// <summary>
/// The argument that names an item: given an object, the item's identifier is taken from it, so that
/// <c>$pet | Remove-PetPet</c> finds <c>petId</c>.
/// </summary>
/// <param name="properties">What objects call the identifier, the best first.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ApiItemAttribute(params string[] properties) : ArgumentTransformationAttribute
{
    public IReadOnlyList<string> Properties { get; } = properties;

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var given = CarriedValues.Of(inputData);
        var plain = given is PSObject wrapped ? wrapped.BaseObject : given;
        if (plain is null or string or ValueType or Uri)
            return given!;
        if (plain is not IDictionary && LanguagePrimitives.GetEnumerable(plain) is not null)
            throw new ArgumentTransformationMetadataException(
                "A list is not one value. Pipe it to the command, for a call for each of its items."
            );
        foreach (var name in Properties)
        {
            if (ObjectProperty.TryGet(PSObject.AsPSObject(given!), name, out var found) && found is not null)
                return CarriedValues.Of(found)!;
        }
        throw new ArgumentTransformationMetadataException(
            Properties.Count == 1
                ? $"The object does not have the property {Properties[0]}."
                : $"The object has none of the properties {string.Join(", ", Properties)}."
        );
    }
}
