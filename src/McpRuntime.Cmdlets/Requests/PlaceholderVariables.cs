using McpRuntime.Calls.Request;

namespace McpRuntime.Cmdlets.Requests;

/// <summary>The variables of a command that stand for its secrets, and what is said about them.</summary>
internal sealed class PlaceholderVariables
{
    private readonly List<string> _notes = [];
    private readonly List<string> _names = [];

    /// <summary>One a line.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>An expression that is the secret.</summary>
    public string For(SentCredential sent) => IsBasic(sent) ? BasicPair() : Variable(sent);

    /// <summary>The same within double quotes.</summary>
    public string Within(SentCredential sent) => IsBasic(sent) ? $"$({BasicPair()})" : Variable(sent);

    /// <summary>An expression that is the client's certificate.</summary>
    public string Certificate()
    {
        var name = Name("certificate");
        _notes.Add($"{name} is the client certificate: {name} = Get-PfxCertificate FILE");
        return name;
    }

    /// <summary>Something else to know before the command runs.</summary>
    public void Add(string note) => _notes.Add(note);

    private static bool IsBasic(SentCredential sent) =>
        sent.Name.Equals("Authorization", StringComparison.OrdinalIgnoreCase)
        && sent.Prefix?.Equals("Basic", StringComparison.OrdinalIgnoreCase) == true;

    private string Variable(SentCredential sent)
    {
        var isToken = sent.Prefix?.Equals("Bearer", StringComparison.OrdinalIgnoreCase) == true;
        var name = Name(isToken ? "token" : "secret");
        _notes.Add(
            $"{name} is the secret for '{Diagnostics.UntrustedText.Clean(sent.Name)}': {name} = Read-Host -MaskInput"
        );
        return name;
    }

    private string BasicPair()
    {
        var name = Name("pair");
        _notes.Add($"{name} is user name and password: {name} = (Get-Credential).GetNetworkCredential()");
        return $"[Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes({name}.UserName + ':' + {name}.Password))";
    }

    private string Name(string wanted)
    {
        var count = _names.Count(name => name == wanted);
        _names.Add(wanted);
        return count == 0 ? $"${wanted}" : $"${wanted}{count + 1}";
    }
}
