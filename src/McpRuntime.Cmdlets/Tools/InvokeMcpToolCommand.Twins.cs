using System.Management.Automation;
using McpRuntime.Cmdlets.Binding;

namespace McpRuntime.Cmdlets.Tools;

/// <content>
/// A twin for each parameter that takes text, a number or a table. Two of the common parameters have one, too: their
/// abbreviations are words that APIs use (pipeline, pr, progress). The other common ones share theirs up to the sixth
/// letter, and a twin would hide them from completion.
/// </content>
public sealed partial class InvokeMcpToolCommand
{
    /// <summary>Not used.</summary>
    [Parameter(DontShow = true, ParameterSetName = FullNameOnly.ParameterSet)]
    [TwinOf(nameof(Name))]
    public FullNameOnly? NameInFull { get; set; }

    /// <summary>Not used.</summary>
    [Parameter(DontShow = true, ParameterSetName = FullNameOnly.ParameterSet)]
    [TwinOf(nameof(Argument))]
    public FullNameOnly? ArgumentInFull { get; set; }

    /// <summary>Not used.</summary>
    [Parameter(DontShow = true, ParameterSetName = FullNameOnly.ParameterSet)]
    [TwinOf(nameof(InputObject))]
    public FullNameOnly? InputObjectInFull { get; set; }

    /// <summary>Not used.</summary>
    [Parameter(DontShow = true, ParameterSetName = FullNameOnly.ParameterSet)]
    [TwinOf(nameof(ConnectorPath))]
    public FullNameOnly? ConnectorPathInFull { get; set; }

    /// <summary>Not used.</summary>
    [Parameter(DontShow = true, ParameterSetName = FullNameOnly.ParameterSet)]
    [TwinOf(nameof(OutFile))]
    public FullNameOnly? OutFileInFull { get; set; }

    /// <summary>Not used.</summary>
    [Parameter(DontShow = true, ParameterSetName = FullNameOnly.ParameterSet)]
    [TwinOf(nameof(MaximumBytes))]
    public FullNameOnly? MaximumBytesInFull { get; set; }

    /// <summary>Not used.</summary>
    [Parameter(DontShow = true, ParameterSetName = FullNameOnly.ParameterSet)]
    [TwinOf(nameof(ResponseHeadersVariable))]
    public FullNameOnly? ResponseHeadersVariableInFull { get; set; }

    /// <summary>Not used.</summary>
    [Parameter(DontShow = true, ParameterSetName = FullNameOnly.ParameterSet)]
    [TwinOf("PipelineVariable")]
    public FullNameOnly? PipelineVariableInFull { get; set; }

    /// <summary>Not used.</summary>
    [Parameter(DontShow = true, ParameterSetName = FullNameOnly.ParameterSet)]
    [TwinOf("ProgressAction")]
    public FullNameOnly? ProgressActionInFull { get; set; }
}
