using System.Management.Automation;
using System.Text;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Cmdlets.Tools;
using McpRuntime.Cmdlets.Tracing;
using McpRuntime.Configuration;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;
using McpRuntime.Documents;
using McpRuntime.Import;
using McpRuntime.Manifests;
using McpRuntime.OpenApi;

namespace McpRuntime.Cmdlets.Connectors;

/// <summary>Import-McpConnector: creates a connector from an OpenAPI document.</summary>
/// <remarks>
/// <para>Every operation becomes a tool. The manifest is written into the connectors folder, where servers and the
/// other commands find it. The result has the tools, the operations that were skipped and why, and the size of the list
/// of tools for a language model.</para>
/// <para>With -Prefix, each tool also becomes a command of PowerShell: Get-GhRepoIssue with -Prefix Gh. They are in a
/// module, McpRuntime.Github for the connector github, which PowerShell loads with the first of its commands. The names
/// are recorded in the manifest; a later import keeps them.</para>
/// <para>Importing approves the servers that the document names for the connector's credentials. Importing again with
/// -Force keeps tool names and edited titles, descriptions and limits; servers that were not
/// named before get no credentials without -ApproveOrigin.</para>
/// </remarks>
/// <example>
/// <code>
/// Import-McpConnector https://petstore3.swagger.io/api/v3/openapi.json -Name petstore
/// </code>
/// Imports a document from the web.
/// </example>
/// <example>
/// <code>
/// (Import-McpConnector ./openapi.json -Name reading -ReadOnly -IncludePath '/pet/**' -WhatIf).Tools
/// </code>
/// Shows what would be written for the operations that read, below one path.
/// </example>
/// <example>
/// <code>
/// (Import-McpConnector ./openapi.json -Name petstore -Force).Skipped
/// </code>
/// Imports again and lists what did not become a tool.
/// </example>
/// <example>
/// <code>
/// (Import-McpConnector ./openapi.json -Name petstore -Prefix Pet -Force).Commands
/// </code>
/// Makes commands of the tools, such as Get-PetPet, and lists them.
/// </example>
/// <example>
/// <code>
/// if (-not (Import-McpConnector -Name petstore -Check).IsSame) { Write-Warning 'The API has changed.' }
/// </code>
/// Compares a connector with the document that it was imported from; nothing is written.
/// </example>
[Cmdlet(VerbsData.Import, "McpConnector", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(McpImport), typeof(McpConnectorDifference))]
public sealed class ImportMcpConnectorCommand : McpModuleCommand
{
    private const string PathSet = "Path";
    private const string LiteralSet = "LiteralPath";
    private const string UriSet = "Uri";
    private const string TextSet = "Text";

    /// <summary>
    /// Files, with wildcards, or http(s) URLs. From the pipeline, a text of several lines is the document itself.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files, without wildcards.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>URL of the document.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UriSet)]
    [ValidateNotNull]
    public Uri? Uri { get; set; }

    /// <summary>The document itself, in JSON or YAML.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TextSet)]
    [ValidateNotNullOrEmpty]
    public string Text { get; set; } = "";

    /// <summary>
    /// Name of the connector, such as petstore or @team/petstore, in lower case. Default: from the document's title.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string? Name { get; set; }

    /// <summary>
    /// Compares the existing connector with the document, without writing. Default source: the document it was imported
    /// from.
    /// </summary>
    [Parameter]
    public SwitchParameter Check { get; set; }

    /// <summary>File to write. Default: the connector's file in the connectors folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>
    /// Makes a module of commands, whose nouns begin with it: up to 20 letters and digits after an upper-case letter.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Prefix { get; set; }

    /// <summary>Only these paths: * within a segment, ** across segments.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DocumentPathCompleter))]
    public string[] IncludePath { get; set; } = [];

    /// <summary>Excludes these paths.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DocumentPathCompleter))]
    public string[] ExcludePath { get; set; } = [];

    /// <summary>Only operations with one of these tags.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DocumentTagCompleter))]
    public string[] IncludeTag { get; set; } = [];

    /// <summary>Excludes operations with one of these tags.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DocumentTagCompleter))]
    public string[] ExcludeTag { get; set; } = [];

    /// <summary>Only operations whose operationId matches one of these.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DocumentOperationCompleter))]
    public string[] IncludeOperation { get; set; } = [];

    /// <summary>Only these HTTP methods.</summary>
    [Parameter]
    [ValidateSet("GET", "HEAD", "OPTIONS", "QUERY", "POST", "PUT", "PATCH", "DELETE")]
    public string[] Method { get; set; } = [];

    /// <summary>Only operations that read: GET, HEAD, OPTIONS and QUERY.</summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>Excludes deprecated operations.</summary>
    [Parameter]
    public SwitchParameter SkipDeprecated { get; set; }

    /// <summary>Maximum number of operations to import, in document order.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxTool { get; set; }

    /// <summary>Server to call instead of the document's; naming a private or loopback host approves it.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? BaseUrl { get; set; }

    /// <summary>Allows references outside the document's folder or origin.</summary>
    [Parameter]
    public SwitchParameter AllowExternal { get; set; }

    /// <summary>Allows the document's servers at private or loopback addresses.</summary>
    [Parameter]
    public SwitchParameter AllowPrivate { get; set; }

    /// <summary>Approves servers that an earlier import did not name for the connector's credentials.</summary>
    [Parameter]
    public SwitchParameter ApproveOrigin { get; set; }

    /// <summary>Also reports the diagnostics of Microsoft.OpenApi, and fails on their errors.</summary>
    [Parameter]
    public SwitchParameter Strict { get; set; }

    /// <summary>Replaces an existing connector; your edits are kept.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private DownloadTrace Downloads => field ??= new DownloadTrace(this);

    protected override void ProcessRecord()
    {
        Name = Name?.ToLowerInvariant();
        CheckPrefix();
        var settings = Settings();
        if (Check && ParameterSetName == PathSet && Path.Length == 0)
            CompareWithRecorded(settings);
        else
        {
            foreach (var source in Sources())
                Import(settings, source);
        }
    }

    private void CheckPrefix()
    {
        var problem =
            Prefix is null ? null
            : Destination is not null
                ? "-Prefix makes commands for a connector of the connectors folder. Use -ConnectorPath in place of "
                    + "-Destination."
            : CommandPrefix.Explain(Prefix);
        if (problem is not null)
            throw Terminate(problem, ErrorId.ImportFailed, ErrorCategory.InvalidArgument, Prefix);
    }

    private List<DocumentSource> Sources() =>
        ParameterSetName switch
        {
            UriSet => [new DocumentSource.FromUri(Uri!)],
            TextSet => [FromText(Text)],
            LiteralSet =>
            [
                .. LiteralPath
                    .Select(path => FilePaths.Literal(this, path))
                    .OfType<string>()
                    .Select(path => new DocumentSource.FromFile(path)),
            ],
            _ when Path.Length == 0 => throw NoSource(),
            _ => [.. Path.SelectMany(Named)],
        };

    private IEnumerable<DocumentSource> Named(string text)
    {
        if (text.Contains('\n', StringComparison.Ordinal) || text.TrimStart().StartsWith('{'))
            return [FromText(text)];
        return
            text.Contains("://", StringComparison.Ordinal) && System.Uri.TryCreate(text, UriKind.Absolute, out var uri)
            ? [new DocumentSource.FromUri(uri)]
            : FilePaths.Matching(this, text).Select(path => new DocumentSource.FromFile(path));
    }

    private static DocumentSource.FromStream FromText(string text) =>
        new DocumentSource.FromStream("-", () => new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private Exception NoSource() =>
        throw Terminate(
            "Name the document with -Path, -LiteralPath, -Uri or -Text; or a connector to check "
                + "with -Name NAME -Check.",
            ErrorId.ImportFailed,
            ErrorCategory.InvalidArgument,
            null
        );

    private void Import(RuntimeSettings settings, DocumentSource source)
    {
        if (!TryOutput(out var output))
            return;
        if (Check)
        {
            var check = new ConnectorCheck(settings, Options()) { Output = output };
            Compare(
                settings,
                WithProgress(source.Location, cancellationToken => check.RunAsync(source, cancellationToken)),
                source.Location
            );
            return;
        }
        var import = new ConnectorImport(settings, Options())
        {
            Output = output,
            Overwrite = Force,
            ApproveOrigins = ApproveOrigin,
        };
        var prepared = WithProgress(source.Location, cancellationToken =>
            import.PrepareAsync(source, cancellationToken)
        );
        Warn(prepared.Result);
        if (prepared.Result.Manifest is not { } manifest)
            WriteError(FindingErrors.Of(prepared.Result.Findings, source.Location));
        else if (Destination is not null)
            Save(settings, import, prepared, module: null);
        else
        {
            var module = PlanModule(manifest, prepared.Path!, settings);
            if (module is null || !IsRefused(module))
                Save(settings, import, module?.Of(prepared) ?? prepared, module);
        }
    }

    private void CompareWithRecorded(RuntimeSettings settings)
    {
        if ((Name ?? Destination) is not { } what)
            throw NoSource();
        if (!TryOutput(out var output))
            return;
        // PowerShell's current folder, which is not the one of its process.
        var check = new ConnectorCheck(settings, Options())
        {
            Output = output,
            WorkingFolder = SessionState.Path.CurrentFileSystemLocation.ProviderPath,
        };
        Compare(settings, WithProgress(what, check.RunAsync), what);
    }

    private bool TryOutput(out string? output)
    {
        if (Name is not null && ConnectorName.Explain(Name) is { } reason)
            throw Terminate(reason, ErrorId.ImportFailed, ErrorCategory.InvalidArgument, Name);
        output = Destination is null ? null : FilePaths.Literal(this, Destination);
        return Destination is null || output is not null;
    }

    private void Compare(RuntimeSettings settings, CheckedConnector checkedConnector, string source)
    {
        var result = checkedConnector.Result;
        Warn(result);
        if (checkedConnector.Difference is { } difference)
            WriteObject(new McpConnectorDifference(result.Manifest!.Name, difference));
        else if (
            Name is not null
            && Destination is null
            && result.Findings.Any(finding => finding.RuleId == ManifestRules.NotFound)
        )
            WriteError(NotFound(LoadConnectors(settings), settings, Name));
        else
            WriteError(FindingErrors.Of(result.Findings, source));
    }

    private void Warn(ImportResult result)
    {
        foreach (var finding in result.Findings.Where(finding => finding.Severity == FindingSeverity.Warning))
            WriteWarning(UntrustedText.ForTerminal(finding.ToString()));
    }

    private void Save(RuntimeSettings settings, ConnectorImport import, PreparedImport prepared, ModulePlan? module)
    {
        var manifest = prepared.Result.Manifest!;
        var isPreview = !Confirm(
            prepared.Path!,
            $"Write connector '{manifest.Name}' with {CountText.Of(prepared.Result.Tools.Count, "tool")}"
        );
        try
        {
            if (!isPreview)
            {
                var left = Await(cancellationToken => import.SaveAsync(prepared, cancellationToken));
                if (left.Count > 0)
                    WriteWarning(
                        $"Credentials are not sent to {string.Join(", ", left)}: an earlier import named "
                            + $"other servers. If this is correct, import again with -Force -ApproveOrigin."
                    );
            }
            if (module is not null && !(isPreview && !IsWhatIf()))
                WriteModule(module);
            var catalog = ToolCatalog.Create([manifest]);
            var location = new ToolLocation(null, null, settings.ConnectorsFolder);
            WriteObject(
                new McpImport(
                    prepared,
                    settings.ConnectorsFolder,
                    [.. catalog.Tools.Select(tool => new McpTool(tool, location))],
                    module
                )
            );
        }
        catch (FindingsException exception)
        {
            WriteError(FindingErrors.Of(exception.Findings, prepared.Path!));
        }
        catch (McpRuntimeException exception)
        {
            Report(exception, ErrorId.UserDataNotUsable, ErrorCategory.WriteError, settings.DataFolder);
        }
    }

    private T WithProgress<T>(string source, Func<CancellationToken, Task<T>> work) =>
        Downloads.Await($"Importing {source}", work);

    private ImportOptions Options() =>
        new()
        {
            Downloads = Downloads,
            Name = Name,
            BaseUrl = BaseUrl,
            CommandPrefix = Prefix,
            IncludePaths = IncludePath,
            ExcludePaths = ExcludePath,
            IncludeTags = IncludeTag,
            ExcludeTags = ExcludeTag,
            IncludeOperations = IncludeOperation,
            Methods = Method,
            ReadOnly = ReadOnly,
            SkipDeprecated = SkipDeprecated,
            MaxTools = MaxTool,
            AllowExternal = AllowExternal,
            AllowPrivate = AllowPrivate,
            Strict = Strict,
        };
}
