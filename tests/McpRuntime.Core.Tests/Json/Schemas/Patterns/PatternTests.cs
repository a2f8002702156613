using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Json.Schemas.Compilation;

namespace McpRuntime.Tests.Json.Schemas.Patterns;

public class PatternTests
{
    /// <summary>Pattern, text, whether JavaScript's <c>new RegExp(pattern, "u").test(text)</c> is true.</summary>
    [Theory]
    [InlineData("^a$", "a", true)]
    [InlineData("^a$", "a\n", false)]
    [InlineData("b", "abc", true)]
    [InlineData(@"^\d$", "٣", false)]
    [InlineData(@"^\D$", "٣", true)]
    [InlineData(@"^\w$", "é", false)]
    [InlineData(@"^\W$", "é", true)]
    [InlineData(@"^[\W]$", "_", false)]
    [InlineData(@"^[^\W]$", "_", true)]
    [InlineData(@"^\s$", "\ufeff", true)]
    [InlineData(@"^\s$", "\u0085", false)]
    [InlineData(@"^\S$", "\u2028", false)]
    [InlineData("^.$", "🐲", true)]
    [InlineData("^.$", "\u2028", false)]
    [InlineData("^.$", "\u0085", true)]
    [InlineData("^🐲{2}$", "🐲🐲", true)]
    [InlineData("^[🐲-🐴]$", "🐳", true)]
    [InlineData("^[🐲-🐴]$", "🐵", false)]
    [InlineData("^[^🐲]$", "🐳", true)]
    [InlineData("^[^🐲]$", "🐲", false)]
    [InlineData("^[^a]$", "🐲", true)]
    [InlineData("^[^a][^a]$", "🐲", false)]
    [InlineData(@"^\u{1F432}$", "🐲", true)]
    [InlineData(@"^\uD83D\uDC32$", "🐲", true)]
    [InlineData(@"^[\uD83D\uDC32]$", "🐲", true)]
    [InlineData(@"^[\u{10000}-\u{10FFFF}]$", "𐀀", true)]
    [InlineData(@"^[\u{1F400}-\u{20400}]$", "\U0001F3FF", false)]
    [InlineData(@"^[\u{1F400}-\u{20400}]$", "\U00020400", true)]
    [InlineData(@"^[\u{1F400}-\u{20400}]$", "\U00020401", false)]
    [InlineData(@"^\cJ\x41\0$", "\nA\0", true)]
    [InlineData(@"^[\b]$", "\b", true)]
    [InlineData(@"^[-a]$", "-", true)]
    [InlineData(@"^[a\-z]$", "b", false)]
    [InlineData(@"^\p{Lu}\p{Letter}$", "Éa", true)]
    [InlineData(@"^\P{L}$", "a", false)]
    [InlineData(@"^[\p{L}\d]+$", "aé1", true)]
    [InlineData(@"^[^\p{L}]$", "🐲", true)]
    [InlineData(@"^[^\p{L}]$", "a", false)]
    [InlineData(@"^\p{Script=Greek}+$", "αβγ", true)]
    [InlineData(@"^\p{sc=Cyrl}$", "a", false)]
    [InlineData(@"^\P{ASCII}$", "é", true)]
    [InlineData(@"^\p{Alphabetic}$", "é", true)]
    [InlineData(@"\bb", "éb", true)]
    [InlineData(@"a\Bb", "ab", true)]
    [InlineData(@"^(a)(?<n>b)(c)\2\k<n>\3$", "abcbbc", true)]
    [InlineData(@"^(?:(a)|b)\1$", "b", true)]
    [InlineData(@"^(?=a)a(?!c)b(?<=b)(?<!c)$", "ab", true)]
    [InlineData(@"^a{2}b{1,}c{0,2}?$", "aabbc", true)]
    [InlineData(@"^a{2,3}$", "aaaa", false)]
    [InlineData("[]", "a", false)]
    [InlineData("^[^]$", "a", true)]
    [InlineData("^a|b$", "cb", true)]
    [InlineData("", "anything", true)]
    [InlineData("#x y", "#x y", true)]
    public void Pattern_means_what_it_means_to_ECMA_262(string pattern, string text, bool matches)
    {
        var schema = JsonElement.Parse($$"""{"pattern":{{JsonSerializer.Serialize(pattern)}}}""");

        Assert.Empty(JsonSchema.Check(schema));
        Assert.Equal(matches, JsonSchema.Compile(schema).IsValid(JsonElement.Parse(JsonSerializer.Serialize(text))));
    }

    [Theory]
    [InlineData(@"^a\-b$", "a-b")]
    [InlineData(@"^\_$", "_")]
    [InlineData(@"^[\w-.]$", "-")]
    [InlineData("^{a}$", "{a}")]
    [InlineData("^a]$", "a]")]
    public void What_only_Annex_B_allows_works_and_is_warned_about(string pattern, string text)
    {
        var schema = JsonElement.Parse($$"""{"pattern":{{JsonSerializer.Serialize(pattern)}}}""");

        Assert.Equal(FindingSeverity.Warning, Assert.Single(JsonSchema.Check(schema)).Severity);
        Assert.True(JsonSchema.Compile(schema).IsValid(JsonElement.Parse(JsonSerializer.Serialize(text))));
    }

    [Theory]
    [InlineData("(", "a '(' is not closed")]
    [InlineData("a)", "a ')' closes nothing")]
    [InlineData("[a", "a '[' is not closed")]
    [InlineData("a\\", "it ends in a backslash")]
    [InlineData("*a", "the '*' at position 1 has nothing to repeat")]
    [InlineData("a++", "the '+' at position 3 has nothing to repeat")]
    [InlineData("a{2,1}", "the quantifier '{2,1}' is out of order")]
    [InlineData("[z-a]", "a range in a character class is out of order")]
    [InlineData("(?i)a", "'(?i' is not a group of ECMA-262")]
    [InlineData("(?>a)", "'(?>' is not a group of ECMA-262")]
    [InlineData(@"\Aa\z", @"'\A' is not an escape of ECMA-262")]
    [InlineData(@"\h", @"'\h' is not an escape of ECMA-262")]
    [InlineData(@"(a)\2", "it refers back to a group that does not exist")]
    [InlineData(@"\k<n>", "it refers back to a group that does not exist")]
    [InlineData(@"\p{Klingon}", "the Unicode property 'Klingon' is not known")]
    [InlineData(@"\pL", @"'\p' must be followed by a property in braces")]
    [InlineData(@"\u12", @"'\u' must be followed by four hexadecimal digits")]
    [InlineData(@"\u{110000}", @"'\u{' must be followed by a code point and '}'")]
    public void What_is_not_a_pattern_is_explained(string pattern, string reason)
    {
        var schema = JsonElement.Parse($$"""{"pattern":{{JsonSerializer.Serialize(pattern)}}}""");

        var problem = Assert.Single(JsonSchema.Check(schema));

        Assert.Equal("/pattern", problem.Pointer);
        Assert.StartsWith(
            $"is not a regular expression of ECMA-262: {reason};",
            problem.Message,
            StringComparison.Ordinal
        );
        Assert.True(JsonSchema.Compile(schema).IsValid(JsonElement.Parse("\"x\"")));
    }

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("^(a|a)*$")]
    [InlineData("^(a|aa)+$")]
    [InlineData(@"^(\w+\s?)*$")]
    [InlineData("^(?:a?){50}a{50}$")]
    public void Patterns_that_explode_elsewhere_are_answered(string pattern)
    {
        var schema = JsonSchema.Compile(JsonElement.Parse($$"""{"pattern":{{JsonSerializer.Serialize(pattern)}}}"""));

        var violation = Assert.Single(schema.Evaluate(JsonElement.Parse($"\"{new string('a', 48)}!\"")));

        Assert.Contains("must match the pattern", violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pattern_that_no_engine_answers_in_time_is_a_violation()
    {
        var schema = JsonSchema.Compile(JsonElement.Parse("""{"pattern":"^(?=(a+)+$)"}"""));

        var violation = Assert.Single(schema.Evaluate(JsonElement.Parse($"\"{new string('a', 60)}!\"")));

        Assert.Equal("the value cannot be checked: the pattern ^(?=(a+)+$) takes too long", violation.Message);
    }
}
