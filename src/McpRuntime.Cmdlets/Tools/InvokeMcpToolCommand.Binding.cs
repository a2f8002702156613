using System.Management.Automation;
using McpRuntime.Cmdlets.Binding;
using McpRuntime.Cmdlets.Shell;

namespace McpRuntime.Cmdlets.Tools;

/// <content>
/// What PowerShell asks for while it binds the line. An error thrown there would be told as one of binding, or another
/// one in its place; it is kept, and told when the command runs.
/// </content>
public sealed partial class InvokeMcpToolCommand
{
    private readonly OfferedParameters _offered = new();
    private readonly UnboundArguments _unbound = new();
    private ErrorRecord? _bindingError;
    private bool _hasPages = true;
    private bool _isRefused;

    public object? GetDynamicParameters()
    {
        var parameters = ToolParameters();
        if (parameters is null)
            _unbound.AddTo(parameters = []);
        _offered.AddTo(parameters, _hasPages);
        return parameters;
    }

    // Null where the tool is not known, or not yet.
    private RuntimeDefinedParameterDictionary? ToolParameters()
    {
        if (Name.Length == 0)
            return null;
        IsBinding = true;
        try
        {
            var tool = Target().Find(Name);
            _hasPages = tool.HasPages;
            return Offer(tool);
        }
        catch (BindingErrorException exception)
        {
            _bindingError = exception.Error;
        }
        catch (ToolNotFoundException exception)
        {
            _bindingError = exception.ToError();
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or PipelineStoppedException))
        {
            _bindingError = new ErrorRecord(exception, ErrorId.ArgumentInvalid, ErrorCategory.InvalidData, Name);
        }
        finally
        {
            IsBinding = false;
        }
        return null;
    }

    /// <summary>Tells once why nothing can be called; false where something can.</summary>
    private bool IsRefused()
    {
        if (_isRefused)
            return true;
        if (_bindingError is null && _unbound.First is { } first)
        {
            _bindingError = new ErrorRecord(
                new McpRuntimeException(
                    $"'{first}' cannot be bound: the arguments depend on the tool, and tools come from the "
                        + $"pipeline. Give arguments with -Argument @{{ NAME = VALUE }}, or name the tool: "
                        + $"Invoke-McpTool NAME {first} VALUE."
                ),
                ErrorId.ArgumentInvalid,
                ErrorCategory.InvalidArgument,
                first
            );
        }
        if (_bindingError is not { } error)
            return false;
        _isRefused = true;
        if (error.Exception is ToolNotFoundException || error.FullyQualifiedErrorId == ErrorId.ArgumentInvalid)
            WriteError(error);
        else
            throw Terminate(error);
        return true;
    }
}
