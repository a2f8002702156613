using System.Net;
using McpRuntime.Configuration;
using Microsoft.Extensions.Logging;

namespace McpRuntime.Tests.Configuration;

public class SettingsReaderTests
{
    private static readonly string Home = Path.Combine(Path.GetTempPath(), "home");

    [Fact]
    public void Without_variables_the_documented_defaults_hold()
    {
        var settings = Read();

        Assert.False(settings.IsDevelopment);
        Assert.False(settings.HotReload);
        Assert.True(settings.BuiltInTools);
        Assert.False(settings.PublishOutputSchemas);
        Assert.Equal(TimeSpan.FromSeconds(30), settings.ConnectorTimeout);
        Assert.Equal(ArgumentCheck.Standard, settings.ArgumentCheck);
        Assert.Equal(100, settings.MaxConcurrentConnectors);
        Assert.Equal(64L * 1024 * 1024, settings.DocumentLimits.MaxBytes);
        Assert.Empty(settings.AllowedNetworks);
        Assert.Null(settings.CredentialsFolder);
        Assert.Equal(CredentialStoreKind.Auto, settings.CredentialStore);
        Assert.Null(settings.CredentialStoreKeyFile);
        Assert.Null(settings.AuditFile);
        Assert.Equal(LogLevel.Information, settings.LogLevel);
        Assert.False(settings.Debug);
        Assert.Equal(Path.Combine(settings.DataFolder, "connectors"), settings.ConnectorsFolder);
    }

    [Fact]
    public void Every_variable_reaches_its_setting()
    {
        var settings = Read(
            ("ENVIRONMENT", "Development"),
            ("CONNECTORS_DIR", Path.Combine(Home, "c")),
            ("DATA_DIR", Path.Combine(Home, "d")),
            ("CACHE_DIR", Path.Combine(Home, "k")),
            ("HOT_RELOAD", "off"),
            ("LOCK", Path.Combine(Home, "l")),
            ("LOCK_START", Path.Combine(Home, "ls")),
            ("BUILTIN_TOOLS", "false"),
            ("EXPOSE", "Search"),
            ("PUBLISH_OUTPUT_SCHEMAS", "1"),
            ("SCHEMA_PROFILE", "gemini"),
            ("CONFIRM_DESTRUCTIVE", "true"),
            ("CONNECTOR_TIMEOUT_SECONDS", "2.5"),
            ("ARGUMENT_CHECK", "Strict"),
            ("MAX_CONCURRENT_CONNECTORS", "7"),
            ("MAX_ITEMS", "70"),
            ("MAX_PAGES", "8"),
            ("MAX_PAGED_BYTES", "2048"),
            ("MAX_WAIT_SECONDS", "1.5"),
            ("MAX_DOCUMENT_BYTES", "2048"),
            ("ALLOWED_NETWORKS", "10.0.0.0/8, fd00::/8 192.168.1.5"),
            ("CREDENTIALS_DIR", Path.Combine(Home, "s")),
            ("PROFILE", "work, box=me"),
            ("CREDENTIAL_STORE", "File"),
            ("CREDENTIAL_STORE_KEY_FILE", Path.Combine(Home, "key")),
            ("AUDIT_FILE", Path.Combine(Home, "a.jsonl")),
            ("LOG_LEVEL", "warning"),
            ("DEBUG", "true")
        );

        Assert.Equal(CredentialStoreKind.File, settings.CredentialStore);
        Assert.Equal(Path.Combine(Home, "key"), settings.CredentialStoreKeyFile);
        Assert.True(settings.IsDevelopment);
        Assert.Equal(Path.Combine(Home, "c"), settings.ConnectorsFolder);
        Assert.Equal(Path.Combine(Home, "d"), settings.DataFolder);
        Assert.Equal(Path.Combine(Home, "k"), settings.CacheFolder);
        Assert.False(settings.HotReload);
        Assert.Equal(Path.Combine(Home, "l"), settings.LockFile);
        Assert.Equal(Path.Combine(Home, "ls"), settings.LockStartFile);
        Assert.False(settings.BuiltInTools);
        Assert.Equal(ToolExposure.Search, settings.Expose);
        Assert.True(settings.PublishOutputSchemas);
        Assert.Equal(SchemaProfile.Gemini, settings.SchemaProfile);
        Assert.True(settings.ConfirmDestructive);
        Assert.Equal(TimeSpan.FromSeconds(2.5), settings.ConnectorTimeout);
        Assert.Equal(ArgumentCheck.Strict, settings.ArgumentCheck);
        Assert.Equal(7, settings.MaxConcurrentConnectors);
        Assert.Equal((70, 8, 2048), (settings.MaxItems, settings.MaxPages, settings.MaxPagedBytes));
        Assert.Equal(TimeSpan.FromSeconds(1.5), settings.MaxWait);
        Assert.Equal(("me", "work"), (settings.Profiles.Of("box"), settings.Profiles.Of("other")));
        Assert.Equal(2048, settings.DocumentLimits.MaxBytes);
        Assert.Equal(
            [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("fd00::/8"), IPNetwork.Parse("192.168.1.5/32")],
            settings.AllowedNetworks
        );
        Assert.Equal(Path.Combine(Home, "s"), settings.CredentialsFolder);
        Assert.Equal(Path.Combine(Home, "a.jsonl"), settings.AuditFile);
        Assert.Equal(LogLevel.Warning, settings.LogLevel);
        Assert.True(settings.Debug);
    }

    [Fact]
    public void Development_turns_hot_reload_on_and_debug_lowers_the_log_level()
    {
        Assert.True(Read(("ENVIRONMENT", "development")).HotReload);
        Assert.Equal(LogLevel.Debug, Read(("DEBUG", "true")).LogLevel);
    }

    [Fact]
    public void A_flag_wins_over_the_environment()
    {
        var flags = new SettingOverrides
        {
            ConnectorsFolder = Path.Combine(Home, "flag"),
            HotReload = true,
            Expose = ToolExposure.All,
            SchemaProfile = SchemaProfile.Full,
        };

        var settings = SettingsReader.Read(
            Variables(
                ("CONNECTORS_DIR", Home),
                ("HOT_RELOAD", "false"),
                ("EXPOSE", "search"),
                ("SCHEMA_PROFILE", "plain")
            ),
            flags
        );

        Assert.Equal(Path.Combine(Home, "flag"), settings.ConnectorsFolder);
        Assert.True(settings.HotReload);
        Assert.Equal(ToolExposure.All, settings.Expose);
        Assert.Equal(SchemaProfile.Full, settings.SchemaProfile);
    }

    [Fact]
    public void Networks_may_be_a_JSON_list() =>
        Assert.Equal([IPNetwork.Parse("10.0.0.0/8")], Read(("ALLOWED_NETWORKS", """["10.0.0.0/8"]""")).AllowedNetworks);

    [Fact]
    public void An_empty_value_counts_as_absent() =>
        Assert.Equal(100, Read(("MAX_CONCURRENT_CONNECTORS", " ")).MaxConcurrentConnectors);

    [Theory]
    [InlineData("ENVIRONMENT", "staging", "one of production, development")]
    [InlineData("HOT_RELOAD", "maybe", "true or false")]
    [InlineData("CONNECTOR_TIMEOUT_SECONDS", "0", "above 0 and up to 3600")]
    [InlineData("CONNECTOR_TIMEOUT_SECONDS", "1e3", "above 0 and up to 3600")]
    [InlineData("ARGUMENT_CHECK", "lenient", "standard, strict")]
    [InlineData("EXPOSE", "some", "all, search, auto")]
    [InlineData("SCHEMA_PROFILE", "openai", "full, plain, gemini")]
    [InlineData("MAX_CONCURRENT_CONNECTORS", "0", "1 to 10000")]
    [InlineData("MAX_PAGES", "0", "1 to 10000")]
    [InlineData("MAX_DOCUMENT_BYTES", "64MB", "1024 to 1073741824")]
    [InlineData("ALLOWED_NETWORKS", "10.0.0.0/99", "CIDR")]
    [InlineData("ALLOWED_NETWORKS", "[1]", "CIDR")]
    [InlineData("ALLOWED_NETWORKS", "[broken", "CIDR")]
    [InlineData("LOG_LEVEL", "loud", "one of trace, debug")]
    public void A_wrong_value_is_named_with_what_is_allowed(string name, string value, string allowed)
    {
        var exception = Assert.Throws<SettingsException>(() => Read((name, value)));

        Assert.Contains($"MCP_RUNTIME_{name} is '{value}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains(allowed, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_wrong_values_are_named_at_once() =>
        Assert.Equal(
            2,
            Assert.Throws<SettingsException>(() => Read(("DEBUG", "x"), ("LOG_LEVEL", "y"))).Problems.Count
        );

    [Fact]
    public void Data_is_kept_where_the_platform_keeps_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The XDG rules are those of Linux.");

        Assert.Equal("/x/mcp-runtime", UserFolders.Data(name => name == "XDG_DATA_HOME" ? "/x" : "/home/me"));
        Assert.Equal(
            "/home/me/.local/share/mcp-runtime",
            UserFolders.Data(name => name == "HOME" ? "/home/me" : "relative")
        );
        Assert.Equal("/x/mcp-runtime", UserFolders.Cache(name => name == "XDG_CACHE_HOME" ? "/x" : "/home/me"));
        Assert.Equal(
            "/home/me/.cache/mcp-runtime",
            UserFolders.Cache(name => name == "HOME" ? "/home/me" : "relative")
        );
    }

    private static RuntimeSettings Read(params (string Name, string Value)[] variables) =>
        SettingsReader.Read(Variables(variables));

    private static Func<string, string?> Variables(params (string Name, string Value)[] variables) =>
        name =>
            name == "HOME"
                ? Home
                : variables.Where(v => "MCP_RUNTIME_" + v.Name == name).Select(v => v.Value).FirstOrDefault();
}
