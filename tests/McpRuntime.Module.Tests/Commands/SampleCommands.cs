using System.Management.Automation;
using System.Text;
using McpRuntime.Cmdlets.Commands.Model;
using McpRuntime.Cmdlets.Tools;
using McpRuntime.Connectors;
using McpRuntime.Manifests;
using McpRuntime.Validation;

namespace McpRuntime.Module.Tests.Commands;

/// <summary>Commands of a small connector, made by hand.</summary>
internal static class SampleCommands
{
    public const string Manifest = """
        connector:
          manifest_version: 2
          name: petstore
          version: 1.2.3
          base_url: https://pets.example
          security: []
          tools:
          - name: list_pets
            description: Lists pets.
            endpoint: GET /pets
            arguments: { status: { in: query, name: status } }
            input_schema:
              type: object
              properties:
                status: { type: string, enum: [available, sold] }
          - name: get_pet
            description: Finds a pet.
            endpoint: GET /pets/{petId}
            arguments: { petId: { in: path, name: petId } }
            input_schema:
              type: object
              properties: { petId: { type: integer } }
              required: [petId]
        """;

    /// <summary><c>Get-PetPet</c> with the parameter sets List and Get, and parameters of every type.</summary>
    public static CommandModel GetPet()
    {
        var read = ManifestReader.Read(Encoding.UTF8.GetBytes(Manifest), "petstore.yaml", strict: false);
        Assert.True(read.IsValid, string.Join('\n', read.Findings));
        var location = new ToolLocation(null, null, "connectors");
        var tools = ToolCatalog
            .Create([read.Manifest!])
            .Tools.ToDictionary(tool => tool.Name, tool => new McpTool(tool, location));
        return new CommandModel
        {
            Verb = "Get",
            Noun = "PetPet",
            Sets = [new CommandSet("List", tools["list_pets"]), new CommandSet("Get", tools["get_pet"])],
            HasPages = false,
            OutputTypes = ["McpRuntime.Petstore.Pet"],
            Parameters =
            [
                Parameter("Status", typeof(string), "List") with
                {
                    Choices = ["available", "sold"],
                    IsClosed = true,
                    HelpMessage = "Status of '$(the pets)'.",
                    Conversion = ParameterConversion.Text,
                },
                Parameter("Sort", typeof(string), "List") with
                {
                    Choices = ["name", "age"],
                    Conversion = ParameterConversion.NullableText,
                },
                Parameter("PetId", typeof(long), "Get") with
                {
                    Aliases = ["pet_id"],
                    Uses =
                    [
                        new ParameterUse("Get", IsMandatory: true, Position: 0, IsPiped: true, IsPipedByName: true),
                    ],
                    Properties = ["id"],
                    Conversion = ParameterConversion.Item,
                },
                Parameter("Count", typeof(int), "List") with
                {
                    Conversion = ParameterConversion.Number,
                },
                Parameter("Since", typeof(DateTime), "List") with
                {
                    Conversion = ParameterConversion.Time,
                },
                Parameter("Price", typeof(decimal), "List"),
                Parameter("Number", typeof(System.Numerics.BigInteger), "List"),
                Parameter("Draft", typeof(SwitchParameter), "List"),
                Parameter("Tag", typeof(string[]), "List"),
                Parameter("Limit", typeof(bool[]), "List"),
                Parameter("Filter", typeof(System.Collections.Hashtable), "List"),
                Parameter("Link", typeof(Uri), "List"),
                Parameter("Any", typeof(object), "List"),
                Parameter("Items", typeof(object[]), "List"),
            ],
        };
    }

    public static CommandParameter Parameter(string name, Type type, string set) =>
        new()
        {
            Name = name,
            Aliases = [],
            Type = type,
            Uses = [new ParameterUse(set, IsMandatory: false, Position: null, IsPiped: false, IsPipedByName: true)],
            Choices = [],
            IsClosed = false,
            HelpMessage = "",
            Conversion = ParameterConversion.None,
        };
}
