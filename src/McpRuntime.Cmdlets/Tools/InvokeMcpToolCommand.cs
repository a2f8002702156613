using System.Collections;
using System.Management.Automation;
using System.Text.Json;
using McpRuntime.Cmdlets.Answers;
using McpRuntime.Cmdlets.Completion;
using McpRuntime.Cmdlets.Engine;
using McpRuntime.Cmdlets.Values;
using McpRuntime.Connectors;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>Invoke-McpTool: calls a tool and gives what it answers as objects.</summary>
/// <remarks>
/// <para>The arguments of the tool are parameters of the command, with completion; -Argument takes them as a hashtable,
/// which is the way for those whose names the command has itself. Objects from the pipeline give further arguments
/// by the names of their properties, one call an object.</para>
/// <para>The arguments are checked before anything is sent. An error is written for each call that fails; its exception
/// has the API's Status and Response. -WhatIf shows the exact request, secrets masked, and sends nothing.</para>
/// </remarks>
/// <example>
/// <code>
/// Invoke-McpTool get_pet -id 7
/// </code>
/// Calls a tool with one argument.
/// </example>
/// <example>
/// <code>
/// Import-Csv pets.csv | Invoke-McpTool add_pet
/// </code>
/// Calls a tool once a line; the columns are its arguments.
/// </example>
/// <example>
/// <code>
/// Invoke-McpTool add_pet -Argument @{ name = 'Rex'; tags = 'dog', 'old' } -WhatIf
/// </code>
/// Shows the request that would be sent.
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "McpTool", SupportsShouldProcess = true, DefaultParameterSetName = ConnectorSet)]
[OutputType(typeof(PSObject), typeof(string), typeof(McpContent))]
public sealed partial class InvokeMcpToolCommand : McpToolCommand, IDynamicParameters
{
    private RuntimeDefinedParameterDictionary? _parameters;

    /// <summary>The tool's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ToolNameCompleter))]
    public string Name { get; set; } = "";

    /// <summary>Arguments by name.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public IDictionary Argument { get; set; } = new Hashtable();

    /// <summary>An object whose properties are further arguments.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    public object? GetDynamicParameters()
    {
        // Asked while a line is typed, too: a foreign program or URL is not bothered for that.
        if (Name.Length == 0 || Uri is not null || Command.Length > 0)
            return null;
        try
        {
            IToolTarget target = Runtime is null ? Peek() : Join();
            using (target)
                return _parameters = ArgumentParameters.For(target.Find(Name).Schema, Taken());
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The call itself says what is wrong.
            return null;
        }
    }

    protected override void BeginProcessing() => RefuseConflicts();

    protected override void ProcessRecord()
    {
        McpTool tool;
        JsonElement arguments;
        try
        {
            tool = Target().Find(Name);
            arguments = JsonArguments.From(Arguments(tool), tool.Schema);
        }
        catch (ToolNotFoundException exception)
        {
            Report(exception, ErrorId.ToolNotFound, ErrorCategory.ObjectNotFound, Name);
            return;
        }
        catch (McpRuntimeException exception)
        {
            Report(exception, ErrorId.ArgumentInvalid, ErrorCategory.InvalidArgument, Name);
            return;
        }
        if (!ShouldProcess(IsWhatIf() ? Preview(tool, arguments) : tool.Name, "Call tool"))
            return;
        Call(Target(), tool, arguments);
    }

    private string Preview(McpTool tool, JsonElement arguments)
    {
        try
        {
            return Target().Preview(tool, arguments);
        }
        catch (McpRuntimeException exception)
        {
            return $"{tool.Name}: {Diagnostics.UntrustedText.ForTerminal(exception.Message, keepLines: true)}";
        }
    }

    private bool IsWhatIf() => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var value)
        ? value is SwitchParameter { IsPresent: true } or true
        : SessionState.PSVariable.GetValue("WhatIfPreference") is true or SwitchParameter { IsPresent: true };

    // The line wins over -Argument, and that over what the pipeline brings.
    private Dictionary<string, object?> Arguments(McpTool tool)
    {
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (InputObject is { BaseObject: not McpTool } input)
        {
            foreach (var (name, value) in FromPipeline(input, tool.Schema))
                arguments[name] = value;
        }
        foreach (DictionaryEntry entry in Argument)
            arguments[entry.Key.ToString() ?? ""] = entry.Value;
        foreach (var (name, value) in ArgumentParameters.Given(_parameters))
            arguments[name] = value;
        return arguments;
    }

    private static IEnumerable<KeyValuePair<string, object?>> FromPipeline(PSObject input, JsonElement schema)
    {
        if (!schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
            yield break;
        foreach (var property in properties.EnumerateObject())
        {
            if (input.BaseObject is IDictionary table)
            {
                if (table.Contains(property.Name))
                    yield return KeyValuePair.Create(property.Name, table[property.Name]);
            }
            else if (input.Properties[property.Name] is { } found)
            {
                yield return KeyValuePair.Create(property.Name, (object?)found.Value);
            }
        }
    }

    private LocalTools Peek()
    {
        var settings = Settings();
        var snapshot = Task.Run(() => ConnectorFolder.LoadAsync(settings, CancellationToken.None)).GetAwaiter().GetResult();
        return new LocalTools(this, settings, snapshot);
    }

    private HashSet<string> Taken()
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        taken.UnionWith(CommonParameters);
        taken.UnionWith(OptionalCommonParameters);
        taken.UnionWith(["vb", "db", "ea", "wa", "infa", "proga", "ev", "wv", "iv", "ov", "ob", "pv", "wi", "cf"]);
        foreach (var property in GetType().GetProperties())
        {
            if (property.IsDefined(typeof(ParameterAttribute), inherit: true))
                taken.Add(property.Name);
        }
        return taken;
    }
}
