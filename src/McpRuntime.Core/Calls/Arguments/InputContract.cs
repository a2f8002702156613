using System.Text.Json;
using McpRuntime.Configuration;
using McpRuntime.Json;
using McpRuntime.Json.Schemas;
using McpRuntime.Json.Schemas.Compilation;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Arguments;

/// <summary>
/// What a tool's arguments must look like, compiled once from its input schema. Arguments that fit cost one evaluation;
/// whatever helps those that do not is only done for them.
/// </summary>
internal sealed class InputContract
{
    private static readonly JsonElement Empty = JsonElement.Parse("{}"u8);

    private readonly ConnectorManifest _connector;
    private readonly ToolManifest _tool;
    private readonly ArgumentLocations _places;
    private readonly ArgumentDefaults _defaults;
    private readonly JsonSchema _schema;
    private readonly Lazy<bool> _isAsImported;

    public InputContract(ConnectorManifest connector, ToolManifest tool, ArgumentLocations places)
    {
        (_connector, _tool, _places) = (connector, tool, places);
        var shared = SharedSchemas.Of(connector);
        var schema = new SchemaBundler(shared).Bundle(tool.InputSchema).ToElement();
        _schema = JsonSchema.Compile(schema, SchemaSubject.Arguments);
        _defaults = ArgumentDefaults.Of(schema);
        _isAsImported = new Lazy<bool>(() => SchemaFingerprints.IsAsImported(tool, shared));
    }

    /// <summary>The arguments as they are sent.</summary>
    /// <param name="arguments">As the caller gave them.</param>
    /// <param name="setting">The level where the manifest says none.</param>
    /// <exception cref="CallException">The arguments are refused; all reasons at once.</exception>
    public CheckedArguments Check(JsonElement arguments, ArgumentCheck setting)
    {
        if (arguments.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            arguments = Empty;
        if (arguments.ValueKind != JsonValueKind.Object)
            throw new CallException(
                ArgumentRefusal.Describe(
                    _tool.Name,
                    [
                        $"They are {arguments.ValueKind.ToString().ToLowerInvariant()}, but must be an object "
                            + $"with the arguments by name.",
                    ]
                )
            );
        arguments = _defaults.AddTo(arguments);
        if (_schema.IsValid(arguments))
            return new CheckedArguments(arguments, []);
        var level = Level(setting);
        var repaired = new ArgumentRepair(_schema, _places, level).Run(arguments);
        if (repaired.Found.Count == 0)
            return new CheckedArguments(repaired.Sent, []);
        var review =
            level == ArgumentCheck.Strict
                ? ArgumentReview.Strict(repaired.Found)
                : ArgumentReview.Standard(_schema, _places, repaired);
        return review.Refused.Count == 0
            ? new CheckedArguments(repaired.Sent, review.Warnings)
            : throw new CallException(ArgumentRefusal.Describe(_tool.Name, review.Refused, review.Warnings));
    }

    /// <summary>
    /// The level that counts: the tool's own; strict for a schema that is not the imported one; else the next wider
    /// level.
    /// </summary>
    public ArgumentCheck Level(ArgumentCheck setting) =>
        _tool.ArgumentCheck ?? (_isAsImported.Value ? _connector.ArgumentCheck ?? setting : ArgumentCheck.Strict);
}
