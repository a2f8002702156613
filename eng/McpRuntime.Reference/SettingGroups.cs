using McpRuntime.Configuration;
using McpRuntime.Http.Configuration;

namespace McpRuntime.Reference;

/// <summary>The settings, by who reads them.</summary>
internal static class SettingGroups
{
    /// <summary>What any front end reads, except what only the gateway does.</summary>
    public static IReadOnlyList<SettingInfo> Shared { get; } =
    [
        .. SettingInfo.In(CodeComments.Of(typeof(SettingsReader).Assembly), "console, module, gateway"),
        .. SettingInfo.In(CodeComments.Of(typeof(Stdio.ExitCode).Assembly), "console"),
    ];

    /// <summary>What only the gateway reads.</summary>
    public static IReadOnlyList<SettingInfo> Gateway { get; } =
    [.. SettingInfo.In(CodeComments.Of(typeof(GatewaySettings).Assembly), "gateway")];
}
