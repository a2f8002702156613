using System.Globalization;
using McpRuntime.Cmdlets.Help;
using SwitchParameter = System.Management.Automation.SwitchParameter;

namespace McpRuntime.Reference;

/// <summary>
/// <c>docs/reference/cmdlets.md</c> and a page for each cmdlet, from the documentation comments that Get-Help shows.
/// </summary>
internal static class CmdletPages
{
    private static readonly string AssemblyFile = Path.Combine(AppContext.BaseDirectory, "McpRuntime.Cmdlets.dll");

    public static IEnumerable<Page> Make()
    {
        var comments = DocumentationComments.Load(Path.ChangeExtension(AssemblyFile, ".xml"));
        var cmdlets = CmdletReader.Read(AssemblyFile);
        yield return Page.Reference(
            "cmdlets.md",
            "Cmdlets",
            "The commands of the PowerShell module, as `Get-Help` describes them. [PowerShell](../powershell.md) explains "
                + "how they work together.",
            Markdown.Table(
                ["cmdlet", "what it does"],
                cmdlets.Select(cmdlet =>
                    new[] { $"[{cmdlet.Name}](cmdlets/{cmdlet.Name}.md)", Markdown.Escape(comments.Synopsis(cmdlet)) }
                )
            )
        );
        foreach (var cmdlet in cmdlets)
            yield return Page.Reference($"cmdlets/{cmdlet.Name}.md", cmdlet.Name, Blocks(cmdlet, comments));
    }

    private static IEnumerable<string> Blocks(CmdletInfo cmdlet, DocumentationComments comments)
    {
        yield return Markdown.Escape(comments.Synopsis(cmdlet));
        yield return "## Syntax";
        yield return Markdown.Block("text", string.Join("\n\n", cmdlet.Sets().Select(set => Syntax(cmdlet, set))));
        yield return "## Description";
        foreach (var paragraph in comments.Description(cmdlet))
            yield return Markdown.Escape(paragraph);
        yield return "## Examples";
        foreach (var (code, remarks) in comments.Examples(cmdlet))
        {
            yield return Markdown.Block("powershell", code);
            if (remarks.Length > 0)
                yield return Markdown.Escape(remarks);
        }
        yield return "## Parameters";
        yield return Markdown.Table(
            ["parameter", "type", "meaning", "notes"],
            cmdlet
                .Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
                .Select(parameter =>
                    new[]
                    {
                        Markdown.Code("-" + parameter.Name),
                        Markdown.Code(TypeName(parameter.Type)),
                        Markdown.Escape(comments.Parameter(cmdlet, parameter)),
                        string.Join("; ", Notes(cmdlet, parameter)),
                    }
                )
        );
        if (cmdlet.Outputs.Count == 0)
            yield break;
        yield return "## Output";
        yield return Markdown.Table(
            ["type", "what"],
            cmdlet.Outputs.Select(output =>
                new[] { Markdown.Code(output.FullName!), Markdown.Escape(comments.Summary(output)) }
            )
        );
    }

    private static string Syntax(CmdletInfo cmdlet, string? set)
    {
        var parameters = cmdlet
            .Parameters.Select(parameter => (Parameter: parameter, Place: parameter.In(set)))
            .Where(entry => entry.Place is not null)
            .OrderBy(entry => entry.Place!.Position ?? int.MaxValue)
            .ThenBy(entry => !entry.Place!.Mandatory)
            .Select(entry => Syntax(entry.Parameter, entry.Place!));
        return string.Join(' ', [cmdlet.Name, .. parameters, "[<CommonParameters>]"]);
    }

    private static string Syntax(ParameterInfo parameter, ParameterPlace place)
    {
        var name = place.Position is null ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
        var whole = parameter.IsSwitch ? name : $"{name} <{TypeName(parameter.Type)}>";
        return place.Mandatory ? whole : $"[{whole}]";
    }

    private static IEnumerable<string> Notes(CmdletInfo cmdlet, ParameterInfo parameter)
    {
        var places = parameter.Places;
        if (places.Any(place => place.Mandatory))
            yield return places.All(place => place.Mandatory) && places.Count >= cmdlet.Sets().Count
                ? "mandatory"
                : $"mandatory with {string.Join(", ", places.Where(place => place.Mandatory).Select(place => place.Set ?? "all"))}";
        if (places.Select(place => place.Position).FirstOrDefault(position => position is not null) is { } position)
            yield return string.Create(CultureInfo.InvariantCulture, $"position {position}");
        if (places.Any(place => place.FromPipeline))
            yield return "from the pipeline";
        if (places.Any(place => place.FromPropertyName))
            yield return "from the pipeline by property name";
        if (parameter.Wildcards)
            yield return "wildcards";
        if (parameter.Aliases.Count > 0)
            yield return "alias " + string.Join(", ", parameter.Aliases.Select(Markdown.Code));
        if ((Nullable.GetUnderlyingType(parameter.Type) ?? parameter.Type) is { IsEnum: true } words)
            yield return string.Join(", ", Enum.GetNames(words).Select(Markdown.Code));
    }

    private static string TypeName(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain switch
        {
            { IsArray: true } => TypeName(plain.GetElementType()!) + "[]",
            _ when plain == typeof(string) => "string",
            _ when plain == typeof(int) => "int",
            _ when plain == typeof(double) => "double",
            _ when plain == typeof(object) => "object",
            _ when plain == typeof(SwitchParameter) => "switch",
            _ => plain.Name,
        };
    }
}
