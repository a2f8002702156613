using System.Text.Json;
using McpRuntime.Json.Schemas;
using McpRuntime.Json.Schemas.Compilation;

namespace McpRuntime.Tests.Json.Schemas;

public class NumberTests
{
    [Theory]
    [InlineData("1", "1.0", 0)]
    [InlineData("1", "1e0", 0)]
    [InlineData("100", "1e2", 0)]
    [InlineData("0.001", "1E-3", 0)]
    [InlineData("0", "-0.0e5", 0)]
    [InlineData("10.50", "1.05e1", 0)]
    [InlineData("-1", "1", -1)]
    [InlineData("-2", "-1", -1)]
    [InlineData("0", "1e-400", -1)]
    [InlineData("-1e-400", "0", -1)]
    [InlineData("1e400", "1e401", -1)]
    [InlineData("1e999999999999999999999", "2e999999999999999999999", -1)]
    [InlineData("9007199254740992", "9007199254740993", -1)]
    [InlineData("9007199254740993", "9007199254740993.0000000000000000000000001", -1)]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567891", -1)]
    [InlineData("0.1", "0.10000000000000000000001", -1)]
    [InlineData("99", "100", -1)]
    [InlineData("0.099", "0.1", -1)]
    public void Numbers_compare_to_the_last_digit(string left, string right, int order)
    {
        Assert.Equal(order, Math.Sign(Compare(left, right)));
        Assert.Equal(-order, Math.Sign(Compare(right, left)));
        if (order == 0)
            Assert.Equal(Parse(left).GetHashCode(), Parse(right).GetHashCode());
    }

    [Theory]
    [InlineData("1.0", true)]
    [InlineData("1e2", true)]
    [InlineData("1.5e1", true)]
    [InlineData("10e-1", true)]
    [InlineData("0e-5", true)]
    [InlineData("123456789012345678901234567890.0", true)]
    [InlineData("1.5", false)]
    [InlineData("1e-1", false)]
    [InlineData("123456789012345678901234567890.1", false)]
    public void Integers_have_no_fraction_whatever_they_look_like(string number, bool isInteger) =>
        Assert.Equal(isInteger, IsValid("""{"type":"integer"}""", number));

    [Theory]
    [InlineData("0.3", "0.1", true)]
    [InlineData("0.0075", "0.0001", true)]
    [InlineData("0.00751", "0.0001", false)]
    [InlineData("19.99", "0.01", true)]
    [InlineData("4.35", "0.05", true)]
    [InlineData("1e308", "0.5", true)]
    [InlineData("25", "50", false)]
    [InlineData("20", "2e1", true)]
    [InlineData("-9", "3", true)]
    [InlineData("0", "0.7", true)]
    [InlineData("9007199254740993", "2", false)]
    [InlineData("123456789012345678901234567890", "10", true)]
    [InlineData("123456789012345678901234567891", "10", false)]
    [InlineData("1e1000000000000", "7", false)]
    [InlineData("1e-1000000000000", "7", false)]
    [InlineData("1e1000000000000", "8", true)]
    public void Multiples_are_exact(string number, string divisor, bool isMultiple) =>
        Assert.Equal(isMultiple, IsValid($$"""{"multipleOf":{{divisor}}}""", number));

    [Theory]
    [InlineData("""{"minimum":9007199254740993}""", "9007199254740992", false)]
    [InlineData("""{"minimum":9007199254740993}""", "9007199254740993.0", true)]
    [InlineData("""{"exclusiveMaximum":1}""", "0.99999999999999999999999999", true)]
    [InlineData("""{"maximum":18446744073709551615}""", "18446744073709551616", false)]
    [InlineData("""{"const":9007199254740993}""", "9007199254740992", false)]
    [InlineData("""{"enum":[1.0]}""", "1", true)]
    [InlineData("""{"uniqueItems":true}""", "[1,1.0]", false)]
    [InlineData("""{"uniqueItems":true}""", "[1,2,3,4,5,6,7,8,9,1e0]", false)]
    [InlineData("""{"uniqueItems":true}""", """[{"a":1,"b":[2]},0,1,2,3,4,5,6,7,{"b":[2.0],"a":1e0}]""", false)]
    [InlineData("""{"uniqueItems":true}""", """["a","\u0062",0,1,2,3,4,5,6,"b"]""", false)]
    [InlineData("""{"uniqueItems":true}""", """[1,true,"1",[1],{"a":1},null,0,false,[],{}]""", true)]
    [InlineData("""{"const":{"a":1,"b":2}}""", """{"b":2,"a":1}""", true)]
    [InlineData("""{"const":{"a":1,"b":2}}""", """{"a":1,"c":2}""", false)]
    [InlineData("""{"minLength":2.0}""", "\"a\"", false)]
    public void Limits_and_equality_are_exact(string schema, string instance, bool isValid) =>
        Assert.Equal(isValid, IsValid(schema, instance));

    private static bool IsValid(string schema, string instance) =>
        JsonSchema.Compile(JsonElement.Parse(schema)).IsValid(JsonElement.Parse(instance));

    private static int Compare(string left, string right) => Parse(left).CompareTo(Parse(right));

    private static DecimalText Parse(string number) => DecimalText.Parse(System.Text.Encoding.UTF8.GetBytes(number));
}
