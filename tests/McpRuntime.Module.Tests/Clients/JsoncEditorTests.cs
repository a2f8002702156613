using System.Text;
using System.Text.Json;
using McpRuntime.Cmdlets.Clients;

namespace McpRuntime.Module.Tests.Clients;

public class JsoncEditorTests
{
    [Fact]
    public void An_empty_file_becomes_an_object_with_tabs() =>
        Assert.Equal("{\n\t\"servers\": {\n\t\t\"a\": {\n\t\t\t\"x\": 1\n\t\t}\n\t}\n}\n", Set("", "a"));

    [Fact]
    public void Comments_order_and_other_entries_keep_their_bytes() =>
        Assert.Equal(
            """
            // mine
            {
              "inputs": [ ], /* odd   spacing */
              "servers": {
                "b": { "command": "x" }, // stays here
                // and so does this
                "a": {
                  "x": 1
                }
              }
            }
            """,
            Set(
                """
                // mine
                {
                  "inputs": [ ], /* odd   spacing */
                  "servers": {
                    "b": { "command": "x" } // stays here
                    // and so does this
                  }
                }
                """,
                "a"
            )
        );

    [Theory]
    [InlineData("{\n}\n", "{\n\t\"inputs\": [\n\t\t{\n\t\t\t\"id\": \"t\"\n\t\t}\n\t]\n}\n")]
    [InlineData("{\n  \"inputs\": []\n}\n", "{\n  \"inputs\": [\n    {\n      \"id\": \"t\"\n    }\n  ]\n}\n")]
    [InlineData(
        "{\n  \"inputs\": [ { \"id\": \"mine\" } /* m */, 7 ] // end\n}\n",
        "{\n  \"inputs\": [ { \"id\": \"mine\" } /* m */, 7,\n    {\n      \"id\": \"t\"\n    }\n  ] // end\n}\n"
    )]
    public void An_item_of_a_list_is_added_and_taken_away_by_its_id(string before, string after)
    {
        var added = JsoncEditor.Set(Encoding.UTF8.GetBytes(before), "inputs", "t", WriteItem, isList: true);

        Assert.Equal(after, Encoding.UTF8.GetString(added));
        Assert.Equal(added, JsoncEditor.Set(added, "inputs", "t", WriteItem, isList: true));
        Assert.DoesNotContain(
            "\"t\"",
            Encoding.UTF8.GetString(JsoncEditor.Remove(added, "inputs", "t", isList: true)!)
        );
        Assert.Null(JsoncEditor.Remove(added, "inputs", "other", isList: true));
    }

    [Fact]
    public void A_list_that_is_something_else_is_an_error() =>
        Assert.Throws<JsonException>(() =>
            JsoncEditor.Set("{ \"inputs\": {} }"u8, "inputs", "t", WriteItem, isList: true)
        );

    [Fact]
    public void A_missing_section_is_added_last() =>
        Assert.Equal(
            """
            {
                "inputs": [],
                "servers": {
                    "a": {
                        "x": 1
                    }
                }
            }
            """,
            Set(
                """
                {
                    "inputs": []
                }
                """,
                "a"
            )
        );

    [Fact]
    public void A_trailing_comma_is_the_style_of_the_file() =>
        Assert.Equal(
            """
            {
              "servers": {
                "b": {},
                "a": {
                  "x": 1
                },
              },
            }
            """,
            Set(
                """
                {
                  "servers": {
                    "b": {},
                  },
                }
                """,
                "a"
            )
        );

    [Fact]
    public void An_entry_of_that_name_is_replaced_in_its_place() =>
        Assert.Equal(
            """
            { "servers": {
              "a": {
                  "x": 1
                }, // one
              "b": 2 } }
            """,
            Set(
                """
                { "servers": {
                  "a": { "old": true }, // one
                  "b": 2 } }
                """,
                "a"
            )
        );

    [Theory]
    [InlineData("{\"servers\":{}}")]
    [InlineData("{\"servers\":{\"b\":[{}]}}")]
    [InlineData("{ /* only */ }")]
    [InlineData("{\"servers\":{ // to the end\n}}")]
    [InlineData("{\"a\":{\"servers\":{}}}")]
    public void One_line_files_stay_sound(string text)
    {
        var changed = Set(text, "a");

        Assert.Equal(
            1,
            JsoncEditor.Get(Encoding.UTF8.GetBytes(changed), "servers", "a")!.Value.GetProperty("x").GetInt32()
        );
    }

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_stay()
    {
        byte[] text = [0xEF, 0xBB, 0xBF, .. "{\r\n  \"servers\": {}\r\n}\r\n"u8];

        var changed = JsoncEditor.Set(text, "servers", "a", WriteEntry);

        Assert.Equal(text[..3], changed[..3]);
        Assert.Equal(
            "{\r\n  \"servers\": {\r\n    \"a\": {\r\n      \"x\": 1\r\n    }\r\n  }\r\n}\r\n",
            Encoding.UTF8.GetString(changed[3..])
        );
    }

    [Fact]
    public void Setting_the_same_again_changes_nothing()
    {
        var once = Set("{\n  \"servers\": {}\n}\n", "a");

        Assert.Equal(once, Set(once, "a"));
    }

    [Theory]
    [InlineData(
        "{\n  \"servers\": {\n    \"a\": 1,\n    \"b\": 2\n  }\n}",
        "{\n  \"servers\": {\n    \"b\": 2\n  }\n}"
    )]
    [InlineData(
        "{\n  \"servers\": {\n    \"b\": 2,\n    \"a\": 1\n  }\n}",
        "{\n  \"servers\": {\n    \"b\": 2\n  }\n}"
    )]
    [InlineData(
        "{\n  \"servers\": {\n    \"b\": 2, // two\n    \"a\": 1 // one\n  }\n}",
        "{\n  \"servers\": {\n    \"b\": 2 // two\n     // one\n  }\n}"
    )]
    [InlineData(
        "{\n  \"servers\": {\n    \"b\": 2,\n    \"a\": 1,\n  }\n}",
        "{\n  \"servers\": {\n    \"b\": 2,\n  }\n}"
    )]
    [InlineData("{\"servers\":{\"a\":1}}", "{\"servers\":{}}")]
    [InlineData("{\"servers\":{\"b\":[1,2],\"a\":{\"c\":{}}}}", "{\"servers\":{\"b\":[1,2]}}")]
    [InlineData("{\r\n\t\"servers\": {\r\n\t\t\"a\": 1\r\n\t}\r\n}", "{\r\n\t\"servers\": {\r\n\t}\r\n}")]
    public void Removing_takes_the_entry_and_its_comma(string before, string after) =>
        Assert.Equal(
            after,
            Encoding.UTF8.GetString(JsoncEditor.Remove(Encoding.UTF8.GetBytes(before), "servers", "a")!)
        );

    [Fact]
    public void What_is_not_there_cannot_be_removed()
    {
        Assert.Null(JsoncEditor.Remove("{}"u8, "servers", "a"));
        Assert.Null(JsoncEditor.Remove("{\"servers\":{\"b\":{\"a\":1}}}"u8, "servers", "a"));
    }

    [Fact]
    public void Of_two_entries_with_one_name_the_last_counts() =>
        Assert.Equal(2, JsoncEditor.Get("{\"servers\":{\"a\":1,\"a\":2}}"u8, "servers", "a")!.Value.GetInt32());

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"servers\":[]}")]
    [InlineData("{\"servers\":{}")]
    [InlineData("{\"servers\":{}} x")]
    [InlineData("{\"servers\":{\"b\":tru}}")]
    public void What_is_not_an_object_is_refused(string text) => Assert.ThrowsAny<JsonException>(() => Set(text, "a"));

    [Fact]
    public void Names_are_escaped() =>
        Assert.NotNull(JsoncEditor.Get(Encoding.UTF8.GetBytes(Set("", "say \"hi\"")), "servers", "say \"hi\""));

    private static string Set(string text, string name) =>
        Encoding.UTF8.GetString(JsoncEditor.Set(Encoding.UTF8.GetBytes(text), "servers", name, WriteEntry));

    private static void WriteEntry(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("x", 1);
        writer.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id", "t");
        writer.WriteEndObject();
    }
}
