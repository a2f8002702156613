namespace McpRuntime.Reference;

/// <summary>Everything that is made from the sources.</summary>
internal static class ReferencePages
{
    /// <exception cref="InvalidOperationException">A text that a page needs is missing.</exception>
    public static IReadOnlyList<Page> Make() =>
        [
            IndexPage.Make(),
            ConsolePage.Make(),
            .. CmdletPages.Make(),
            ManifestPage.Make(Checkout.File("schemas/connector.schema.json")),
            SettingsPage.Make(),
            EnvironmentExample.Make(),
            RulesPage.Make(),
            GatewayApiPage.Make(Checkout.File("src/McpRuntime.Http/Page/openapi.json")),
        ];
}
