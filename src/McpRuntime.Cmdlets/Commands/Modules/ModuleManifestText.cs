using System.Globalization;
using System.Management.Automation.Language;
using System.Security.Cryptography;
using System.Text;

namespace McpRuntime.Cmdlets.Commands.Modules;

/// <summary>The manifest of a module (<c>.psd1</c>). PowerShell reads it as data; names that were checked, quoted, are
/// all that is of a document in it.</summary>
internal static class ModuleManifestText
{
    /// <param name="assembly">File name of the assembly.</param>
    /// <param name="version">The module's version.</param>
    /// <param name="commands">Names of its commands.</param>
    /// <param name="marker">Whose commands they are.</param>
    /// <param name="runtime">The module that they need.</param>
    public static string Of(
        string assembly,
        Version version,
        IEnumerable<string> commands,
        ModuleMarker marker,
        RequiredModule runtime
    )
    {
        var text = new StringBuilder();
        text.AppendLf("# Written by McpRuntime, and replaced by the next import of the connector. Do not edit.");
        text.AppendLf("@{");
        // Not RootModule: the module would be known by the path of an assembly, which changes with its content, and
        // Import-Module -Force would not find what it replaces.
        Line("NestedModules", $"@({Quoted(assembly)})");
        Line("ModuleVersion", Quoted(version.ToString()));
        Line("GUID", Quoted(IdOf(marker.Connector).ToString()));
        Line("Author", Quoted("McpRuntime"));
        Line("CompanyName", Quoted("McpRuntime"));
        Line("Description", Quoted($"Commands of the connector {marker.Connector}, made by McpRuntime."));
        Line("PowerShellVersion", Quoted("7.6"));
        Line("CompatiblePSEditions", "@('Core')");
        Line(
            "RequiredModules",
            $"@(@{{ ModuleName = {Quoted(runtime.Name)}; ModuleVersion = {Quoted(runtime.Version.ToString())}; "
                + $"GUID = {Quoted(runtime.Id.ToString())} }})"
        );
        Line("FunctionsToExport", "@()");
        Line("AliasesToExport", "@()");
        Line("VariablesToExport", "@()");
        text.AppendLf("    CmdletsToExport = @(");
        foreach (var command in commands)
            text.AppendLf($"        {Quoted(command)}");
        text.AppendLf("    )");
        text.AppendLf("    PrivateData = @{");
        text.AppendLf($"        {ModuleMarker.Key} = @{{");
        text.AppendLf(string.Create(CultureInfo.InvariantCulture, $"            Format = {marker.Format}"));
        text.AppendLf($"            Connector = {Quoted(marker.Connector)}");
        text.AppendLf($"            Prefix = {Quoted(marker.Prefix)}");
        if (marker.ConnectorPath is { } path)
            text.AppendLf($"            ConnectorPath = {Quoted(path)}");
        text.AppendLf("        }");
        text.AppendLf("        PSData = @{ Tags = @('McpRuntime', 'REST', 'PSEdition_Core') }");
        text.AppendLf("    }");
        text.AppendLf("}");
        return text.ToString();

        void Line(string key, string value) => text.AppendLf($"    {key} = {value}");
    }

    // The same for each version of a connector's module, on each machine.
    private static Guid IdOf(string connector)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"McpRuntime commands of {connector}"));
        return new Guid(hash.AsSpan(0, 16));
    }

    private static string Quoted(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    private static void AppendLf(this StringBuilder text, string line) => text.Append(line).Append('\n');
}
