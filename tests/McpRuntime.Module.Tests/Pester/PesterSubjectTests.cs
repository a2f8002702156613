namespace McpRuntime.Module.Tests.Pester;

/// <summary>The files of tests/pester that are about a subject of several commands.</summary>
public sealed class PesterSubjectTests
{
    public static TheoryData<string> Files() => PesterFile.Where(name => !PesterFile.IsOfCommand(name));

    [Theory]
    [MemberData(nameof(Files))]
    public Task Pester_file_passes(string file) => PesterFile.AssertPassesAsync(file);
}
