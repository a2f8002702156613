using System.Management.Automation;
using McpRuntime.Cmdlets.Shell;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>A name that means no tool, or several; the message has the choices.</summary>
/// <param name="name">The name.</param>
/// <param name="message">Says what there is.</param>
/// <param name="advice">What to do.</param>
/// <param name="id">The error's id.</param>
internal sealed class ToolNotFoundException(
    string name,
    string message,
    string advice,
    string id = ErrorId.ToolNotFound
) : McpRuntimeException(message)
{
    public ErrorRecord ToError() =>
        new(this, id, Category, name) { ErrorDetails = new ErrorDetails("") { RecommendedAction = advice } };

    private ErrorCategory Category =>
        id switch
        {
            ErrorId.ToolAmbiguous => ErrorCategory.InvalidArgument,
            ErrorId.ManifestInvalid => ErrorCategory.InvalidData,
            _ => ErrorCategory.ObjectNotFound,
        };
}
