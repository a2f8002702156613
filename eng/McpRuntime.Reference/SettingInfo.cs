using System.Xml.Linq;
using McpRuntime.Configuration;

namespace McpRuntime.Reference;

/// <summary>
/// A setting as a <c>setting</c> element of a documentation comment describes it. Attributes: <c>name</c> without the
/// prefix, or <c>variable</c> for a variable of others; <c>default</c>, its value where it is not set, and
/// <c>otherwise</c>, what that means where the value does not say it; <c>values</c> where the reader takes any text;
/// <c>by</c>, where not all front ends of the assembly read it. The text is that of the element, else the summary.
/// </summary>
internal sealed record SettingInfo(string Variable, string? Default, string? Otherwise, string? Values, string By)
{
    public required XElement Text { get; init; }

    /// <summary>The name stands for many, such as one for each credential.</summary>
    public bool IsPattern => Variable.Contains("__", StringComparison.Ordinal);

    /// <summary>
    /// The settings that the comments of an assembly describe: those of the classes of settings first, then by the
    /// names of types, since the order of files differs between file systems.
    /// </summary>
    public static IEnumerable<SettingInfo> In(CodeComments comments, string by) =>
        comments
            .Members.Select(member => (Member: member, Type: TypeOf(member.Attribute("name")!.Value)))
            // A primary constructor has the comment of its type, too.
            .Where(entry => !entry.Member.Attribute("name")!.Value.Contains("#ctor", StringComparison.Ordinal))
            .OrderBy(entry => !entry.Type.EndsWith("Settings", StringComparison.Ordinal))
            .ThenBy(entry => entry.Type, StringComparer.Ordinal)
            .SelectMany(entry => entry.Member.Elements("setting").Select(setting => Of(entry.Member, setting, by)));

    private static string TypeOf(string name)
    {
        var plain = name.Split('(')[0];
        return plain.StartsWith("T:", StringComparison.Ordinal) ? plain[2..] : plain[2..plain.LastIndexOf('.')];
    }

    private static SettingInfo Of(XElement member, XElement setting, string by)
    {
        return new(
            Attribute("variable") ?? SettingValues.Prefix + Attribute("name"),
            Attribute("default"),
            Attribute("otherwise"),
            Attribute("values"),
            Attribute("by") ?? by
        )
        {
            Text = setting.IsEmpty ? member.Element("summary")! : setting,
        };

        string? Attribute(string name) => setting.Attribute(name)?.Value;
    }
}
