using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using McpRuntime.Diagnostics;

namespace McpRuntime.Stdio.Sarif;

/// <summary>
/// Findings in the Static Analysis Results Interchange Format, SARIF 2.1.0 (OASIS standard), as one run.
/// </summary>
/// <param name="Category">What was checked; code scanning keeps the results of each apart.</param>
/// <param name="Findings">In the order of their report.</param>
/// <param name="ExitCode">What the process will tell its caller.</param>
/// <param name="IsComplete">Everything could be read and compared.</param>
internal sealed record SarifLog(string Category, IReadOnlyList<Finding> Findings, int ExitCode, bool IsComplete)
{
    // The one name that GitHub's code scanning goes by; a later way to count gets another suffix of the value.
    private const string Fingerprint = "primaryLocationLineHash";

    public void Write(Utf8JsonWriter writer)
    {
        var rules = Findings.Select(finding => finding.RuleId).Distinct(StringComparer.Ordinal).ToList();
        writer.WriteStartObject();
        writer.WriteString("$schema"u8, "https://json.schemastore.org/sarif-2.1.0.json");
        writer.WriteString("version"u8, "2.1.0");
        writer.WriteStartArray("runs"u8);
        writer.WriteStartObject();
        WriteTool(writer, rules);
        writer.WriteStartObject("automationDetails"u8);
        writer.WriteString("id"u8, $"mcp-runtime/{Category}/");
        writer.WriteEndObject();
        writer.WriteStartArray("invocations"u8);
        writer.WriteStartObject();
        writer.WriteBoolean("executionSuccessful"u8, IsComplete);
        writer.WriteNumber("exitCode"u8, ExitCode);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteString("columnKind"u8, "utf16CodeUnits");
        WriteResults(writer, rules);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteTool(Utf8JsonWriter writer, List<string> rules)
    {
        writer.WriteStartObject("tool"u8);
        writer.WriteStartObject("driver"u8);
        writer.WriteString("name"u8, "McpRuntime");
        writer.WriteString("version"u8, Version());
        writer.WriteString("informationUri"u8, RuleCatalog.Page);
        writer.WriteStartArray("rules"u8);
        foreach (var id in rules)
            WriteRule(writer, id);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteRule(Utf8JsonWriter writer, string id)
    {
        var text = RuleCatalog.Find(id);
        writer.WriteStartObject();
        writer.WriteString("id"u8, id);
        WriteText(writer, "shortDescription", text?.Meaning ?? id);
        WriteText(writer, "help", text?.Fix ?? id);
        writer.WriteString("helpUri"u8, text is null ? RuleCatalog.Page : $"{RuleCatalog.Page}#{id}");
        writer.WriteStartObject("defaultConfiguration"u8);
        writer.WriteString(
            "level"u8,
            LevelOf(Findings.Where(finding => finding.RuleId == id).Max(finding => finding.Severity))
        );
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteResults(Utf8JsonWriter writer, List<string> rules)
    {
        var folder = Directory.GetCurrentDirectory();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        writer.WriteStartArray("results"u8);
        foreach (var finding in Findings)
        {
            writer.WriteStartObject();
            writer.WriteString("ruleId"u8, finding.RuleId);
            writer.WriteNumber("ruleIndex"u8, rules.IndexOf(finding.RuleId));
            writer.WriteString("level"u8, LevelOf(finding.Severity));
            WriteText(writer, "message", finding.Message);
            SarifLocation.Write(writer, finding, folder);
            writer.WriteStartObject("partialFingerprints"u8);
            writer.WriteString(Fingerprint, FingerprintOf(finding, folder, seen));
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    // Of names, not of lines: a finding stays the same one when the text around it moves.
    private static string FingerprintOf(Finding finding, string folder, Dictionary<string, int> seen)
    {
        var uri = finding.Source is { Length: > 0 } source ? SarifLocation.UriOf(source, folder).Uri : "";
        var identity = string.Join('\n', finding.RuleId, uri, finding.Subject ?? finding.Pointer);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..16];
        seen[hash] = seen.GetValueOrDefault(hash) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{hash}:{seen[hash]}");
    }

    private static string Version()
    {
        var version = typeof(SarifLog).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!;
        return version.InformationalVersion.Split('+')[0];
    }

    private static string LevelOf(FindingSeverity severity) =>
        severity switch
        {
            FindingSeverity.Error => "error",
            FindingSeverity.Warning => "warning",
            _ => "note",
        };

    private static void WriteText(Utf8JsonWriter writer, string name, string text)
    {
        writer.WriteStartObject(name);
        writer.WriteString("text"u8, text);
        writer.WriteEndObject();
    }
}
