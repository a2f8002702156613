using System.Management.Automation;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.Validation;

namespace McpRuntime.Cmdlets.Connectors;

/// <summary>Test-McpManifest: reports everything that is wrong with connector manifests.</summary>
/// <remarks>
/// <para>Each finding is an object with rule, severity, location and message; a manifest without findings
/// returns none. A file that is not valid YAML or JSON is also an error, which shows the location.</para>
/// <para>With -Quiet, each manifest returns True if it can be served, otherwise False.</para>
/// </remarks>
/// <example>
/// <code>
/// Get-ChildItem *.yaml | Test-McpManifest
/// </code>
/// Lists what is wrong with the manifests in the current folder.
/// </example>
/// <example>
/// <code>
/// Test-McpManifest *.yaml -Strict | Where-Object Severity -EQ Error | Group-Object RuleId
/// </code>
/// Counts the errors by rule, those about names and descriptions included.
/// </example>
/// <example>
/// <code>
/// if (-not (Test-McpManifest petstore.yaml -Quiet)) { throw 'petstore.yaml is not ready.' }
/// </code>
/// Stops a build whose manifest cannot be served.
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "McpManifest", DefaultParameterSetName = PathSet)]
[OutputType(typeof(McpFinding), ParameterSetName = [PathSet, LiteralSet])]
[OutputType(typeof(bool), ParameterSetName = [PathSet, LiteralSet])]
public sealed class TestMcpManifestCommand : McpCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralSet = "LiteralPath";
    private RuntimeSettings? _settings;

    /// <summary>Manifest files, with wildcards.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        ParameterSetName = PathSet
    )]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Manifest files, without wildcards.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Also checks names, descriptions and endpoints.</summary>
    [Parameter]
    public SwitchParameter Strict { get; set; }

    /// <summary>Returns only whether each manifest can be served.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override void BeginProcessing() => _settings = ReadSettings();

    protected override void ProcessRecord()
    {
        var files =
            ParameterSetName == LiteralSet
                ? LiteralPath.Select(path => FilePaths.Literal(this, path)).OfType<string>()
                : Path.SelectMany(path => FilePaths.Matching(this, path));
        foreach (var file in files)
            Check(file);
    }

    private void Check(string file)
    {
        var read = Await(cancellationToken =>
            ManifestFile.ReadAsync(file, _settings!.DocumentLimits, Strict, cancellationToken)
        );
        if (Quiet)
        {
            WriteObject(read.IsValid);
            return;
        }
        if (read.Findings is [{ RuleId: Documents.DocumentRules.NotFound }])
        {
            WriteError(FindingErrors.Of(read.Findings, file));
            return;
        }
        foreach (var finding in read.Findings)
        {
            if (FindingErrors.IsSyntax(finding))
                WriteError(FindingErrors.Syntax(finding));
            WriteObject(new McpFinding(finding));
        }
        if (read.IsValid)
            WriteVerbose(
                $"{UntrustedText.ForTerminal(file)} is valid: {read.Manifest!.Name} {read.Manifest.Version}, "
                    + $"{CountText.Of(read.Manifest.Tools.Count, "tool")}."
            );
    }
}
