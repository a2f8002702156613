using McpRuntime.Cmdlets.Commands.Emission;
using McpRuntime.Cmdlets.Commands.Model;

namespace McpRuntime.Module.Tests.Commands.Emission;

public class CommandAssemblyTests
{
    private static readonly CommandSource Source = new("petstore");

    [Fact]
    public void The_same_commands_give_the_same_bytes()
    {
        var first = Emit(SampleCommands.GetPet());
        var second = Emit(SampleCommands.GetPet());

        Assert.Equal(first.Name, second.Name);
        Assert.Equal(first.Content, second.Content);
        Assert.Matches(@"^McpRuntime\.Petstore\.[0-9a-f]{16}$", first.Name);
    }

    [Fact]
    public void Other_commands_have_another_name()
    {
        var command = SampleCommands.GetPet();
        var names = new[]
        {
            Emit(command).Name,
            Emit(command with { Noun = "PetAnimal" }).Name,
            Emit(command with { OutputTypes = [] }).Name,
            Emit(command with { Parameters = [.. command.Parameters.Skip(1)] }).Name,
            CommandAssembly.Emit("McpRuntime.Petstore", [command], Source with { Folder = "." }).Name,
            CommandAssembly.Emit("McpRuntime.Petstore", [command], Source with { ServerId = 1 }).Name,
        };

        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Theory]
    [InlineData("Get'", "PetPet")]
    [InlineData("", "PetPet")]
    [InlineData("Get", "Pet$(1)")]
    [InlineData("Get", "Pet\nPet")]
    [InlineData("Get", "Pet-Pet")]
    [InlineData("Get", "Pеt")]
    [InlineData("Get", "")]
    public void What_is_not_a_name_of_a_command_is_refused(string verb, string noun) =>
        Assert.Throws<ArgumentException>(() => Emit(SampleCommands.GetPet() with { Verb = verb, Noun = noun }));

    [Theory]
    [InlineData("a b")]
    [InlineData("a;b")]
    [InlineData("1")]
    [InlineData("Status")]
    [InlineData("status")]
    public void What_is_not_a_name_of_a_parameter_or_is_taken_is_refused(string name)
    {
        var command = SampleCommands.GetPet();
        var parameter = SampleCommands.Parameter(name, typeof(string), "List");

        Assert.Throws<ArgumentException>(() => Emit(command with { Parameters = [.. command.Parameters, parameter] }));
    }

    [Fact]
    public void Two_commands_with_one_name_are_refused() =>
        Assert.Throws<ArgumentException>(() =>
            CommandAssembly.Emit(
                "McpRuntime.Petstore",
                [SampleCommands.GetPet(), SampleCommands.GetPet() with { Noun = "petpet" }],
                Source
            )
        );

    [Theory]
    [InlineData("McpRuntime./../x")]
    [InlineData("McpRuntime..")]
    [InlineData("")]
    public void What_is_not_a_name_of_a_module_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => CommandAssembly.Emit(name, [SampleCommands.GetPet()], Source));

    [Theory]
    [InlineData("github", "McpRuntime.Github")]
    [InlineData("@team/pet-store", "McpRuntime.Team.PetStore")]
    [InlineData("http://127.0.0.1:5000/mcp", "McpRuntime.Http.1270015000.Mcp")]
    [InlineData("日本/../..", "McpRuntime")]
    public void Any_name_of_a_connector_or_server_gives_one_of_a_module(string source, string name)
    {
        Assert.Equal(name, ModuleName.Of(source));
        Assert.StartsWith(
            name,
            CommandAssembly.Emit(name, [SampleCommands.GetPet()], Source).Name,
            StringComparison.Ordinal
        );
    }

    private static (string Name, byte[] Content) Emit(CommandModel command) =>
        CommandAssembly.Emit("McpRuntime.Petstore", [command], Source);
}
