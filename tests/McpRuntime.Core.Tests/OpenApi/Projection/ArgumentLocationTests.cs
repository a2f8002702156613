using McpRuntime.Manifests;

namespace McpRuntime.Tests.OpenApi.Projection;

/// <summary>Where arguments go.</summary>
public class ArgumentLocationTests
{
    [Fact]
    public async Task An_operation_becomes_a_tool()
    {
        var tool = await Importing.ImportToolAsync(
            Importing.Document(
                """
                operationId: updatePetById, summary: Updates a pet, description: The whole pet is replaced.,
                parameters: [
                  { name: petId, in: path, required: true, description: The pet., schema: { type: integer, format: int64 } },
                  { name: X-Trace, in: header, schema: { type: string, default: none } },
                  { name: tags, in: query, explode: false, schema: { type: array, items: { type: string } } } ],
                requestBody: { required: true, content: { application/json: { schema: {
                  type: object, required: [name], properties: { name: { type: string }, age: { type: integer } } } } } },
                responses: { '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
                """,
                "schemas: { Pet: { type: object, properties: { parent: { $ref: '#/components/schemas/Pet' } } } }",
                path: "/pets/{petId}",
                method: "put"
            )
        );
        Assert.Equal("update_pet_by_id", tool.Name);
        Assert.Equal("PUT /pets/{petId}", tool.Endpoint);
        Assert.Equal("Updates a pet", tool.Title);
        Assert.Equal("Updates a pet\n\nThe whole pet is replaced.", tool.Description);
        Assert.Equal("application/json", tool.Accept);
        Assert.Equal(new ToolHints(false, false, true, true), tool.Annotations);
        Importing.AssertJson(
            """
            {"type":"object","properties":{
              "petId":{"description":"The pet.","type":"integer","format":"int64"},
              "tags":{"type":"array","items":{"type":"string"}},
              "X-Trace":{"type":"string","default":"none"},
              "name":{"type":"string"},
              "age":{"type":"integer"}},
             "required":["petId","name"],"additionalProperties":false}
            """,
            tool.Input()
        );
        Assert.Equal(new ArgumentBinding { In = ArgumentLocation.Path, Name = "petId" }, tool.Arguments!["petId"]);
        Assert.Equal(
            new ArgumentBinding
            {
                In = ArgumentLocation.Query,
                Name = "tags",
                Explode = false,
            },
            tool.Arguments["tags"]
        );
        Assert.Equal(new ArgumentBinding { In = ArgumentLocation.Header, Name = "X-Trace" }, tool.Arguments["X-Trace"]);
        Assert.Equal(new ArgumentBinding { In = ArgumentLocation.Body, Name = "name" }, tool.Arguments["name"]);
        Assert.Equal(
            ("application/json", true, null),
            (tool.Body!.ContentType, tool.Body.Required, tool.Body.Argument)
        );
        Importing.AssertJson("""{"$ref":"#/definitions/Pet"}""", tool.OutputSchema!.ToElement());
    }
}
