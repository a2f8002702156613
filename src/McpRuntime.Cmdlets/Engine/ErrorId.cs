namespace McpRuntime.Cmdlets.Engine;

/// <summary>Error ids that scripts may compare with: they do not change.</summary>
internal static class ErrorId
{
    public const string AnswerIncomplete = nameof(AnswerIncomplete);
    public const string AnswerInvalid = nameof(AnswerInvalid);
    public const string AnswerKeysAmbiguous = nameof(AnswerKeysAmbiguous);
    public const string AnswerNotText = nameof(AnswerNotText);
    public const string AnswerTooLarge = nameof(AnswerTooLarge);
    public const string AnswerTruncated = nameof(AnswerTruncated);
    public const string ArgumentInvalid = nameof(ArgumentInvalid);
    public const string AspNetCoreRuntimeNotFound = nameof(AspNetCoreRuntimeNotFound);
    public const string ClientConfigurationInvalid = nameof(ClientConfigurationInvalid);
    public const string ClientConfigurationNotWritable = nameof(ClientConfigurationNotWritable);
    public const string ClientEntryExists = nameof(ClientEntryExists);
    public const string ClientEntryForeign = nameof(ClientEntryForeign);
    public const string ClientEntryNotFound = nameof(ClientEntryNotFound);
    public const string ClientLocationUnknown = nameof(ClientLocationUnknown);
    public const string ConnectorExists = nameof(ConnectorExists);
    public const string ConnectorNotFound = nameof(ConnectorNotFound);
    public const string CredentialMissing = nameof(CredentialMissing);
    public const string CredentialNotFound = nameof(CredentialNotFound);
    public const string FileExists = nameof(FileExists);
    public const string FileNotWritable = nameof(FileNotWritable);
    public const string ImportFailed = nameof(ImportFailed);
    public const string ManifestInvalid = nameof(ManifestInvalid);
    public const string ManifestNotWritable = nameof(ManifestNotWritable);
    public const string ManifestParseError = nameof(ManifestParseError);
    public const string ParameterConflict = nameof(ParameterConflict);
    public const string PathNotFound = nameof(PathNotFound);
    public const string PathNotUsable = nameof(PathNotUsable);
    public const string PortInUse = nameof(PortInUse);
    public const string ProjectNotFound = nameof(ProjectNotFound);
    public const string ProviderNotSupported = nameof(ProviderNotSupported);
    public const string RuntimeNotFound = nameof(RuntimeNotFound);
    public const string RuntimeNotReachable = nameof(RuntimeNotReachable);
    public const string RuntimeStartFailed = nameof(RuntimeStartFailed);
    public const string SecretNotFound = nameof(SecretNotFound);
    public const string SecretTypeNotSupported = nameof(SecretTypeNotSupported);
    public const string SecuritySchemeAmbiguous = nameof(SecuritySchemeAmbiguous);
    public const string SecuritySchemeNotFound = nameof(SecuritySchemeNotFound);
    public const string SettingInvalid = nameof(SettingInvalid);
    public const string SourceUnreachable = nameof(SourceUnreachable);
    public const string StdioRequiresRedirectedInput = nameof(StdioRequiresRedirectedInput);
    public const string ToolCallFailed = nameof(ToolCallFailed);
    public const string ToolNotFound = nameof(ToolNotFound);
    public const string UpstreamFailed = nameof(UpstreamFailed);
    public const string UpstreamRefused = nameof(UpstreamRefused);
    public const string UpstreamTimeout = nameof(UpstreamTimeout);
    public const string UpstreamUnauthorized = nameof(UpstreamUnauthorized);
    public const string UpstreamUnreachable = nameof(UpstreamUnreachable);
    public const string UserDataNotUsable = nameof(UserDataNotUsable);
    public const string VaultFailed = nameof(VaultFailed);
    public const string VaultLocked = nameof(VaultLocked);
    public const string VaultNotFound = nameof(VaultNotFound);
}
