using System.Text.Json;
using McpRuntime.Json.Schemas;
using McpRuntime.Json.Schemas.Compilation;

namespace McpRuntime.Tests.Json.Schemas;

public class OfficialSuiteTests
{
    /// <summary>Cases that do not pass, each with its reason; a case that starts to pass must leave the list.</summary>
    private static readonly Dictionary<string, string> Known = new() { };

    public static TheoryData<string> Required => Files("");

    public static TheoryData<string> Optional =>
        [
            "optional/bignum.json",
            "optional/ecmascript-regex.json",
            "optional/non-bmp-regex.json",
            "optional/anchor.json",
            "optional/dynamicRef.json",
            "optional/float-overflow.json",
            "optional/id.json",
            "optional/no-schema.json",
            "optional/refOfUnknownKeyword.json",
            "optional/unknownKeyword.json",
        ];

    [Theory]
    [MemberData(nameof(Required))]
    public void Required_cases_of_the_official_suite_pass(string file) => Run(file);

    [Theory]
    [MemberData(nameof(Optional))]
    public void Optional_cases_of_the_official_suite_pass(string file) => Run(file);

    private static void Run(string file)
    {
        Assert.SkipWhen(OfficialSuite.Folder is null, OfficialSuite.WhyMissing);
        var remotes = OfficialSuite.Remotes();
        var cases = JsonElement.Parse(
            File.ReadAllBytes(Path.Combine(OfficialSuite.Folder!, "tests", "draft2020-12", file))
        );
        var wrong = new List<string>();
        var count = 0;
        foreach (var group in cases.EnumerateArray())
        {
            var schema = JsonSchema.Compile(group.GetProperty("schema"), SchemaSubject.Value, remotes);
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                var name = $"{file}: {group.GetProperty("description")}: {test.GetProperty("description")}";
                var isValid = test.GetProperty("valid").GetBoolean();
                var violations = schema.Evaluate(test.GetProperty("data"));
                count++;
                if (schema.IsValid(test.GetProperty("data")) != (violations.Count == 0))
                    wrong.Add($"{name}: IsValid and Evaluate disagree");
                if ((violations.Count == 0) != isValid && !Known.ContainsKey(name))
                    wrong.Add($"{name}: {(isValid ? string.Join("; ", violations) : "no violation")}");
                else if ((violations.Count == 0) == isValid && Known.ContainsKey(name))
                    wrong.Add($"{name}: passes now");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        TestContext.Current.TestOutputHelper?.WriteLine($"{count} cases");
    }

    private static TheoryData<string> Files(string folder)
    {
        var data = new TheoryData<string>();
        if (OfficialSuite.Folder is null)
        {
            data.Add("(the suite is missing)");
            return data;
        }

        foreach (
            var file in Directory
                .EnumerateFiles(Path.Combine(OfficialSuite.Folder, "tests", "draft2020-12", folder), "*.json")
                .Order()
        )
            data.Add(Path.Combine(folder, Path.GetFileName(file)));
        return data;
    }
}
