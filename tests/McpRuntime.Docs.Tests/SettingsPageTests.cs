using System.Collections;
using McpRuntime.Configuration;
using McpRuntime.Http.Configuration;
using McpRuntime.Reference;

namespace McpRuntime.Docs.Tests;

public class SettingsPageTests
{
    // Some settings are refused without another.
    private static readonly Dictionary<string, string> Needed = new()
    {
        ["MCP_RUNTIME_JWT_AUTHORITY"] = "https://login.example",
        ["MCP_RUNTIME_SIGN_IN_CLIENT_ID"] = "gateway",
    };

    private static readonly SettingInfo[] Settings =
    [
        .. SettingGroups
            .Shared.Concat(SettingGroups.Gateway)
            .Where(setting => setting.Variable.StartsWith(SettingValues.Prefix, StringComparison.Ordinal))
            .Where(setting => !setting.IsPattern),
    ];

    public static TheoryData<string> WithDefault =>
        [.. Settings.Where(setting => setting.Default is not null).Select(setting => setting.Variable)];

    [Fact]
    public void The_settings_that_are_read_are_described() =>
        Assert.Equal(
            SettingReading.Asked().Order(StringComparer.Ordinal),
            Settings.Select(setting => setting.Variable).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void A_setting_is_described_once()
    {
        var names = SettingGroups.Shared.Concat(SettingGroups.Gateway).Select(setting => setting.Variable).ToList();
        Assert.Equal(names.Distinct(), names);
    }

    [Theory]
    [MemberData(nameof(WithDefault))]
    public void A_default_is_what_holds_without_the_variable(string variable)
    {
        var value = Settings.Single(setting => setting.Variable == variable).Default!;
        Assert.Equal(
            Read(Needed.GetValueOrDefault),
            Read(name => name == variable ? value : Needed.GetValueOrDefault(name))
        );
    }

    // A range that is written by hand would not follow the reader.
    [Fact]
    public void Allowed_values_are_written_only_where_the_reader_names_none()
    {
        Assert.All(Settings.Where(setting => setting.Values is not null), setting =>
            Assert.Null(SettingReading.Allowed(setting.Variable))
        );
        Assert.Equal("a whole number from 1 to 10000", SettingReading.Allowed("MCP_RUNTIME_MAX_PAGES"));
    }

    private static List<string> Read(Func<string, string?> variable)
    {
        var runtime = SettingsReader.Read(variable);
        return [.. Describe("", runtime), .. Describe("", GatewaySettingsReader.Read(variable, runtime))];
    }

    private static IEnumerable<string> Describe(string name, object? value) =>
        value switch
        {
            null => [$"{name}: none"],
            IEnumerable items and not string => items.Cast<object>().SelectMany(item => Describe(name + "[]", item)),
            _ when value.GetType() is { IsEnum: false, Namespace: { } space } type
                    && space.StartsWith("McpRuntime", StringComparison.Ordinal) => type.GetProperties()
                .Where(property => property.GetMethod is { IsStatic: false })
                .SelectMany(property => Describe($"{name}.{property.Name}", property.GetValue(value))),
            _ => [$"{name}: {value}"],
        };
}
