using System.Management.Automation;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using McpRuntime.Cmdlets.Commands.Declarations;
using McpRuntime.Cmdlets.Commands.Model;

namespace McpRuntime.Cmdlets.Commands.Emission;

/// <summary>The attributes of a field that is a parameter.</summary>
internal sealed class ParameterField(MetadataBuilder metadata, AssemblyReferences references)
{
    public void Describe(FieldDefinitionHandle field, CommandParameter parameter)
    {
        foreach (var use in parameter.Uses)
            Add(field, references.Constructor(typeof(ParameterAttribute)), Use(parameter, use));
        if (parameter.Aliases.Count > 0)
            AddList(field, references.TypeOf(typeof(AliasAttribute)), parameter.Aliases);
        if (parameter.Choices.Count > 0)
            AddList(
                field,
                parameter.IsClosed
                    ? references.TypeOf(typeof(ValidateSetAttribute))
                    : references.PowerShellType("ArgumentCompletionsAttribute"),
                parameter.Choices
            );
        Convert(field, parameter);
        if (parameter.Uses.Any(use => use.IsMandatory))
            AllowNothing(field, parameter);
    }

    // What PowerShell refuses of a mandatory parameter, and an API may take.
    private void AllowNothing(FieldDefinitionHandle field, CommandParameter parameter)
    {
        if (parameter.Type.IsArray || parameter.Type == typeof(object))
            Add(field, references.Constructor(typeof(AllowEmptyCollectionAttribute)), new AttributeValue());
        if (parameter.Type == typeof(string) || parameter.Type == typeof(object))
            Add(field, references.Constructor(typeof(AllowEmptyStringAttribute)), new AttributeValue());
        if (parameter.IsNullable)
            Add(field, references.Constructor(typeof(AllowNullAttribute)), new AttributeValue());
    }

    private static AttributeValue Use(CommandParameter parameter, ParameterUse use)
    {
        var value = new AttributeValue()
            .With(nameof(ParameterAttribute.ParameterSetName), use.Set)
            .With(nameof(ParameterAttribute.Mandatory), use.IsMandatory)
            .With(nameof(ParameterAttribute.ValueFromPipeline), use.IsPiped)
            .With(nameof(ParameterAttribute.ValueFromPipelineByPropertyName), use.IsPipedByName);
        if (use.Position is { } position)
            value.With(nameof(ParameterAttribute.Position), position);
        return parameter.HelpMessage.Length > 0
            ? value.With(nameof(ParameterAttribute.HelpMessage), parameter.HelpMessage)
            : value;
    }

    private void Convert(FieldDefinitionHandle field, CommandParameter parameter)
    {
        switch (parameter.Conversion)
        {
            case ParameterConversion.Text:
                Add(
                    field,
                    references.Constructor(typeof(ApiTextAttribute)),
                    new AttributeValue().With(nameof(ApiTextAttribute.IsList), parameter.Type.IsArray)
                );
                break;
            case ParameterConversion.NullableText:
                Add(
                    field,
                    references.Constructor(typeof(ApiTextAttribute)),
                    new AttributeValue().With(nameof(ApiTextAttribute.AllowNull), true)
                );
                break;
            case ParameterConversion.Number:
                Add(field, references.Constructor(typeof(ApiNumberAttribute)), new AttributeValue());
                break;
            case ParameterConversion.Time:
                Add(field, references.Constructor(typeof(ApiTimeAttribute)), new AttributeValue());
                break;
            case ParameterConversion.Item:
                AddList(field, references.TypeOf(typeof(ApiItemAttribute)), parameter.Properties);
                break;
        }
    }

    private void AddList(FieldDefinitionHandle field, TypeReferenceHandle type, IReadOnlyList<string> items) =>
        Add(field, references.Constructor(type, AssemblyReferences.Parameters.TextList), AttributeValue.OfList(items));

    private void Add(FieldDefinitionHandle field, MemberReferenceHandle constructor, AttributeValue value) =>
        metadata.AddCustomAttribute(field, constructor, metadata.GetOrAddBlob(value.ToBlob()));
}
