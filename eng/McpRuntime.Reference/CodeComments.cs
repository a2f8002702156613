using System.Reflection;
using System.Xml.Linq;

namespace McpRuntime.Reference;

/// <summary>The documentation comments of an assembly, from the file that the compiler writes next to it.</summary>
internal sealed class CodeComments
{
    private readonly Dictionary<string, XElement> _members;

    private CodeComments(Dictionary<string, XElement> members) => _members = members;

    /// <summary>All comments in the order of the file, with the names of their members.</summary>
    public IEnumerable<XElement> Members => _members.Values;

    /// <exception cref="FileNotFoundException">The assembly has no documentation file.</exception>
    public static CodeComments Of(Assembly assembly) =>
        new(
            XDocument
                .Load(Path.ChangeExtension(assembly.Location, ".xml"), LoadOptions.PreserveWhitespace)
                .Descendants("member")
                .ToDictionary(member => member.Attribute("name")!.Value)
        );

    public XElement? Type(Type type) => _members.GetValueOrDefault("T:" + type.FullName!.Replace('+', '.'));

    public XElement? Field(FieldInfo field) =>
        _members.GetValueOrDefault($"F:{field.DeclaringType!.FullName!.Replace('+', '.')}.{field.Name}");
}
