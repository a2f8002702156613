using System.Reflection;
using McpRuntime.Manifests;

namespace McpRuntime.Tests.Architecture;

/// <summary>The rule between the projects (docs/design.md): front ends depend on Core, nothing points back.</summary>
public class ReferenceTests
{
    private static readonly Assembly Core = typeof(ConnectorManifest).Assembly;

    [Theory]
    [InlineData("System.Management.Automation")]
    [InlineData("System.Console")]
    [InlineData("Microsoft.AspNetCore")]
    [InlineData("System.CommandLine")]
    [InlineData("McpRuntime.")]
    public void Core_knows_no_face(string prefix) =>
        Assert.DoesNotContain(Core.GetReferencedAssemblies(), reference =>
            reference.Name!.StartsWith(prefix, StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("YamlDotNet")]
    [InlineData("Microsoft.OpenApi")]
    public void Readers_of_documents_stay_inside_Core(string assembly) =>
        Assert.DoesNotContain(Core.GetExportedTypes().SelectMany(PublicSignature.TypesIn), type =>
            type.Assembly.GetName().Name == assembly
        );
}
