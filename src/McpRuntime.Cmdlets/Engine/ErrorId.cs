namespace McpRuntime.Cmdlets.Engine;

/// <summary>Error ids that scripts may compare with: they do not change.</summary>
internal static class ErrorId
{
    public const string ClientConfigurationInvalid = nameof(ClientConfigurationInvalid);
    public const string ClientConfigurationNotWritable = nameof(ClientConfigurationNotWritable);
    public const string ClientEntryExists = nameof(ClientEntryExists);
    public const string ClientEntryForeign = nameof(ClientEntryForeign);
    public const string ClientEntryNotFound = nameof(ClientEntryNotFound);
    public const string ClientLocationUnknown = nameof(ClientLocationUnknown);
    public const string PathNotFound = nameof(PathNotFound);
    public const string PathNotUsable = nameof(PathNotUsable);
    public const string ProviderNotSupported = nameof(ProviderNotSupported);
    public const string SettingInvalid = nameof(SettingInvalid);
}
