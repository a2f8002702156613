using System.Collections;
using System.Management.Automation;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Diagnostics;
using McpRuntime.Documents;
using McpRuntime.Manifests;

namespace McpRuntime.Cmdlets.Folders;

/// <summary>Findings as error records.</summary>
internal static class FindingErrors
{
    /// <summary>The text itself cannot be read, so nothing behind it was looked at.</summary>
    public static bool IsSyntax(Finding finding) =>
        finding.RuleId
            is DocumentRules.JsonSyntax
                or DocumentRules.JsonDepth
                or DocumentRules.YamlSyntax
                or DocumentRules.YamlDepth
                or DocumentRules.YamlAliases
                or DocumentRules.YamlDocuments
                or DocumentRules.YamlKey
                or DocumentRules.YamlTag
                or DocumentRules.NotText
                or DocumentRules.NotStructured
                or DocumentRules.Empty;

    /// <summary>The error of a syntax finding; PowerShell draws a code frame from its target.</summary>
    public static ErrorRecord Syntax(Finding finding) =>
        new(
            new McpRuntimeException(UntrustedText.ForTerminal(finding.ToString())),
            ErrorId.ManifestParseError,
            ErrorCategory.ParserError,
            Frame(finding) ?? (object?)finding.Source
        );

    /// <summary>One error that says everything about a manifest or document that cannot be used.</summary>
    public static ErrorRecord Of(IReadOnlyList<Finding> findings, string source)
    {
        var errors = findings.Where(finding => finding.Severity == FindingSeverity.Error).ToList();
        if (errors is [var only])
        {
            if (IsSyntax(only))
                return Syntax(only);
            if (only.RuleId is DocumentRules.NotFound)
                return Record(errors, ErrorId.PathNotFound, ErrorCategory.ObjectNotFound, source);
            if (only.RuleId is ManifestRules.NotFound)
                return Record(errors, ErrorId.ConnectorNotFound, ErrorCategory.ObjectNotFound, source);
            if (only.RuleId is ManifestRules.FileExists)
                return Record(errors, ErrorId.ConnectorExists, ErrorCategory.ResourceExists, source);
            if (only.RuleId is ManifestRules.NotSaved)
                return Record(errors, ErrorId.ManifestNotWritable, ErrorCategory.WriteError, source);
            if (only.RuleId is DocumentRules.Unreachable)
                return Record(errors, ErrorId.SourceUnreachable, ErrorCategory.ConnectionError, source);
            if (only.RuleId is DocumentRules.Timeout)
                return Record(errors, ErrorId.SourceUnreachable, ErrorCategory.OperationTimeout, source);
        }
        return Record(errors, ErrorId.ManifestInvalid, ErrorCategory.InvalidData, source);
    }

    private static ErrorRecord Record(List<Finding> errors, string id, ErrorCategory category, string source) =>
        new(
            new FindingsException(
                errors.ConvertAll(error => error with { Message = UntrustedText.ForTerminal(error.Message) })
            ),
            id,
            category,
            source
        );

    // ConciseView draws the line with its column marked when it finds these four keys.
    private static Hashtable? Frame(Finding finding)
    {
        if (finding is not { Source: { } path, Line: { } line } || LineOf(path, line) is not { } text)
            return null;
        var column = Math.Min(finding.Column ?? 1, text.Length + 1);
        return new Hashtable
        {
            ["File"] = path,
            ["Line"] = line,
            ["LineText"] = UntrustedText.ForTerminal(text, keepLines: true),
            ["StartColumn"] = column,
            ["EndColumn"] = column + 1,
        };
    }

    private static string? LineOf(string path, int number)
    {
        try
        {
            return File.Exists(path) ? File.ReadLines(path).Skip(number - 1).FirstOrDefault() : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
