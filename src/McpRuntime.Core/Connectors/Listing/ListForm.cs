using McpRuntime.Configuration;

namespace McpRuntime.Connectors.Listing;

/// <summary>How tools are listed, the same for every client of a server.</summary>
/// <param name="OutputSchemas">Clients that see an output schema refuse answers that do not fit it.</param>
/// <param name="Profile">The dialect of input schemas.</param>
/// <param name="ConfirmDestructive">Clients are asked to ask a user before each call of a destructive tool.</param>
public sealed record ListForm(
    bool OutputSchemas = false,
    SchemaProfile Profile = SchemaProfile.Full,
    bool ConfirmDestructive = false
)
{
    /// <summary>As the settings have it.</summary>
    public static ListForm Of(RuntimeSettings settings) =>
        new(settings.PublishOutputSchemas, settings.SchemaProfile, settings.ConfirmDestructive);
}
