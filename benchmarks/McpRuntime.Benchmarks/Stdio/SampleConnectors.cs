using System.Text;
using McpRuntime.Benchmarks.Floor;

namespace McpRuntime.Benchmarks.Stdio;

/// <summary>Writes manifests that serve the same tools as the floor has in memory.</summary>
internal static class SampleConnectors
{
    private const int ToolsEach = 50;

    public static void Write(string folder, int tools)
    {
        Directory.CreateDirectory(folder);
        for (var first = 0; first < tools; first += ToolsEach)
        {
            var connector = $"service-{first / ToolsEach:00}";
            var yaml = new StringBuilder();
            yaml.Append(
                $"""
                connector:
                  manifest_version: 2
                  name: {connector}
                  version: 1.0.0
                  title: Service
                  base_url: https://api.example.com/v1
                  definitions:
                    label:
                      type: object
                      properties:
                        name:
                          type: string
                          description: Name of the label.
                        color:
                          type: string
                          pattern: ^[0-9a-f]{"{6}"}$
                      required: [name]
                  tools:

                """
            );
            for (var i = first; i < Math.Min(first + ToolsEach, tools); i++)
                yaml.Append(Tool(i));
            File.WriteAllText(Path.Combine(folder, connector + ".yaml"), yaml.ToString());
        }
    }

    private static string Tool(int number) =>
        $$"""
              - name: {{SampleTools.Name(number)}}
                title: {{SampleTools.Title(number)}}
                description: {{SampleTools.Description(number)}}
                endpoint: PATCH /resources/{{number}}/{owner}/{resource_id}
                arguments:
                  owner:
                    in: path
                    name: owner
                  resource_id:
                    in: path
                    name: resource_id
                  dry_run:
                    in: query
                    name: dry_run
                  title:
                    in: body
                    name: title
                  state:
                    in: body
                    name: state
                  labels:
                    in: body
                    name: labels
                body:
                  content_type: application/json
                input_schema:
                  type: object
                  properties:
                    owner:
                      type: string
                      description: The account owner of the resource. The name is not case sensitive.
                    resource_id:
                      type: integer
                      minimum: 1
                      description: The number that identifies the resource.
                    dry_run:
                      type: boolean
                      default: false
                    title:
                      type: string
                      maxLength: 256
                    state:
                      type: string
                      enum: [open, closed, archived]
                    labels:
                      type: array
                      items:
                        $ref: '#/definitions/label'
                      description: Labels to set.
                  required: [owner, resource_id]
                annotations:
                  destructive: false
                  idempotent: true

            """;
}
