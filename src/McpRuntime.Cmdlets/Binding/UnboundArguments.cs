using System.Management.Automation;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Binding;

/// <summary>
/// Takes everything on the line where the arguments of the tool are not known: PowerShell would say that there is no
/// parameter of such a name, and not why.
/// </summary>
internal sealed class UnboundArguments
{
    private readonly RuntimeDefinedParameter _parameter = new(
        "UnboundArgument",
        typeof(object[]),
        [new ParameterAttribute { DontShow = true, ValueFromRemainingArguments = true }]
    );

    /// <summary>The first of them as it was typed; null for none.</summary>
    public string? First =>
        _parameter is { IsSet: true, Value: object[] { Length: > 0 } given }
            ? UntrustedText.ForTerminal(given[0]?.ToString()?.TrimEnd(':'))
            : null;

    public void AddTo(RuntimeDefinedParameterDictionary dictionary) => dictionary.Add(_parameter.Name, _parameter);
}
