namespace McpRuntime.Module.Tests.Pester;

/// <summary>The files of tests/pester that are named after a command.</summary>
public sealed class PesterCommandTests
{
    public static TheoryData<string> Files() => PesterFile.Where(PesterFile.IsOfCommand);

    [Theory]
    [MemberData(nameof(Files))]
    public Task Pester_file_passes(string file) => PesterFile.AssertPassesAsync(file);
}
