using System.Text;
using McpRuntime.Json.Selecting;

namespace McpRuntime.Tests.Json.Selecting;

public class SelectionTests
{
    private const string Issues = """
        {"total":2,"items":[
        {"id":12345678901234567890,"title":"A","user":{"login":"ada","url":"u1"},"body":"long","html_url":"h1"},
        {"id":2.50,"title":"B \u00e9","user":null,"body":"longer","html_url":"h2"}]}
        """;

    [Theory]
    [InlineData("total", """{"total":2}""")]
    [InlineData("items[].{id}", """{"items":[{"id":12345678901234567890},{"id":2.50}]}""")]
    [InlineData("items.id", """{"items":[{"id":12345678901234567890},{"id":2.50}]}""")]
    [InlineData(
        " items[] . { title , user.login } , total ",
        """{"total":2,"items":[{"title":"A","user":{"login":"ada"}},{"title":"B \u00e9","user":null}]}"""
    )]
    [InlineData(
        "-items[].{body,user,html_url}",
        """{"total":2,"items":[{"id":12345678901234567890,"title":"A"},{"id":2.50,"title":"B \u00e9"}]}"""
    )]
    [InlineData(
        "items[],-items[].{body,user.url,id,title}",
        """{"items":[{"user":{"login":"ada"},"html_url":"h1"},{"user":null,"html_url":"h2"}]}"""
    )]
    [InlineData("items[].*_url", """{"items":[{"html_url":"h1"},{"html_url":"h2"}]}""")]
    [InlineData(
        "-items[].{*_url,b*,t*,id}",
        """{"total":2,"items":[{"user":{"login":"ada","url":"u1"}},{"user":null}]}"""
    )]
    [InlineData("total,-total", """{}""")]
    [InlineData("items[].\"id\"", """{"items":[{"id":12345678901234567890},{"id":2.50}]}""")]
    public void It_keeps_what_is_named_where_it_is(string text, string expected) =>
        Assert.Equal(expected, Apply(text, Issues).Json.ToString());

    [Theory]
    [InlineData("[].id", """[{"id":1,"a":2},{"id":3}]""", """[{"id":1},{"id":3}]""")]
    [InlineData("id", """[[{"id":1,"a":2}]]""", """[[{"id":1}]]""")]
    [InlineData("customer.email", """{"customer":"cus_1"}""", """{"customer":"cus_1"}""")]
    [InlineData("\"a.b\".\"c\\\"d\"", """{"a.b":{"c\"d":1,"e":2}}""", """{"a.b":{"c\"d":1}}""")]
    [InlineData("caf\u00e9", """{"caf\u00e9":1,"b":2}""", """{"caf\u00e9":1}""")]
    [InlineData(
        "@odata.nextLink",
        """{"@odata.nextLink":1,"@odata":{"nextLink":2}}""",
        """{"@odata":{"nextLink":2}}"""
    )]
    [InlineData("a", "7", "7")]
    public void Lists_single_values_and_odd_names(string text, string json, string expected) =>
        Assert.Equal(expected, Apply(text, json).Json.ToString());

    [Theory]
    [InlineData("", "expected a name at the end")]
    [InlineData("a,", "expected a name at the end")]
    [InlineData("a..b", "expected a name at character 3")]
    [InlineData("a[0]", "expected ']': '[]' stands for every item, and single items cannot be named at character 3")]
    [InlineData("a.{b", "expected '}' at the end")]
    [InlineData("a}", "expected ',' or the end at character 2")]
    [InlineData("a.[]", "expected a name before '[]' at the end")]
    [InlineData("\"a", "a '\"' is not closed at the end")]
    [InlineData("-a.{-b}", "a '-' within what is left out already at character 6")]
    public void A_text_that_is_not_a_selection_is_refused_with_the_place(string text, string fault)
    {
        Assert.Equal(fault, Selection.Read(text, out var selection));
        Assert.Null(selection);
    }

    [Fact]
    public void Length_and_depth_are_bounded()
    {
        Assert.Equal("it is longer than 2000 characters", Selection.Read(new string('a', 2001), out _));
        Assert.StartsWith(
            "deeper than 32 names",
            Selection.Read(string.Join('.', Enumerable.Repeat("a", 33)), out _),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "deeper than 32 names",
            Selection.Read(string.Concat(Enumerable.Repeat("{", 900)), out _),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_is_nowhere_in_the_answer_is_named_with_what_there_is()
    {
        var selected = Apply("items[].{titel,user.name,id},nothing.x", Issues);
        Assert.Equal(["items.titel", "items.user.name", "nothing"], selected.Missing.Select(part => part.Path));
        Assert.Equal(["id", "title", "user", "body", "html_url"], selected.Missing[0].Names);
        Assert.Equal(["login", "url"], selected.Missing[1].Names);
        Assert.Equal(["total", "items"], selected.Missing[2].Names);
        Assert.False(selected.IsEmpty);
        Assert.True(Apply("itms", Issues).IsEmpty);
        Assert.True(Apply("items[].titel", Issues).IsEmpty);
        Assert.Empty(Apply("items[].*_time,-items[].nothing", Issues).Missing);
    }

    private static SelectedJson Apply(string text, string json)
    {
        Assert.Null(Selection.Read(text, out var selection));
        return selection!.Apply(Encoding.UTF8.GetBytes(json));
    }
}
