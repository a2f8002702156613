using McpRuntime.Http.Configuration;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace McpRuntime.Http.KeyRings;

/// <summary>
/// Adds the ring. Without the operator's key there is no Data Protection at all, which would keep keys in plain in the
/// user's home.
/// </summary>
internal static class KeyRingServices
{
    public static IServiceCollection AddKeyRing(this IServiceCollection services, KeyRingSettings settings)
    {
        services.AddSingleton<KeyTable>().AddSingleton<KeyRing>();
        if (settings.Key is null)
            return services;
        // Replicas have one ring wherever they are installed.
        services.AddDataProtection().SetApplicationName("mcp-runtime");
        services.AddSingleton<KeyEncryptor>();
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<KeyTable, KeyEncryptor>(
                (options, table, encryptor) =>
                {
                    options.XmlRepository = table;
                    options.XmlEncryptor = encryptor;
                }
            );
        return services;
    }
}
