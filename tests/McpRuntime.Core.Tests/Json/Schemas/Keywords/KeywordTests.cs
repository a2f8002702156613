using System.Text.Json;
using McpRuntime.Json.Schemas.Compilation;

namespace McpRuntime.Tests.Json.Schemas.Keywords;

/// <summary>Each keyword with values that fit and values that do not, without anything from elsewhere.</summary>
public class KeywordTests
{
    /// <summary>Schema, array of values that fit, array of values that do not.</summary>
    public static TheoryData<string, string, string> Keywords =>
        new()
        {
            { "true", """[1,null,{}]""", "[]" },
            { "false", "[]", """[1,null,{}]""" },
            { "{}", """[1,null,{}]""", "[]" },
            { """{"type":"null"}""", "[null]", "[0,false,\"\"]" },
            { """{"type":"boolean"}""", "[true,false]", "[0,null]" },
            { """{"type":["array","object"]}""", "[[],{}]", "[1,\"a\"]" },
            { """{"type":"number"}""", "[1,1.5]", "[\"1\"]" },
            {
                """{"enum":[1,"a",null,{"a":[1]}]}""",
                """[1.0,"a","\u0061",null,{"a":[1.0]}]""",
                """[2,"b",{"a":[1,1]},[]]"""
            },
            { """{"const":"a"}""", "[\"a\"]", "[\"b\",1]" },
            { """{"minimum":1}""", "[1,2,\"x\"]", "[0.9]" },
            { """{"maximum":1}""", "[1,0,\"x\"]", "[1.1]" },
            { """{"exclusiveMinimum":1}""", "[1.1]", "[1,0]" },
            { """{"exclusiveMaximum":1}""", "[0.9]", "[1,2]" },
            {
                """{"minLength":2}""",
                """["ab","🐲🐲","\ud83d\udc32\u0061",1]""",
                """["a","🐲","\ud83d\udc32","\u0061"]"""
            },
            { """{"maxLength":1}""", """["","a","🐲","\ud83d\udc32"]""", """["ab","🐲a","\u0061b"]""" },
            { """{"minItems":1}""", "[[1],{}]", "[[]]" },
            { """{"maxItems":1}""", "[[1],[]]", "[[1,2]]" },
            { """{"minProperties":1}""", """[{"a":1},[]]""", "[{}]" },
            { """{"maxProperties":1}""", """[{"a":1}]""", """[{"a":1,"b":2}]""" },
            { """{"required":["a","\u0062"]}""", """[{"a":1,"b":null},5]""", """[{"a":1},{"b":1},{}]""" },
            { """{"dependentRequired":{"a":["b"]}}""", """[{},{"b":1},{"a":1,"b":1}]""", """[{"a":1}]""" },
            {
                """{"dependentSchemas":{"a":{"required":["b"]}}}""",
                """[{},{"b":1},{"a":1,"b":1},1]""",
                """[{"a":1}]"""
            },
            { """{"properties":{"a":{"type":"string"}}}""", """[{"a":"x"},{"b":1},1]""", """[{"a":1},{"\u0061":1}]""" },
            {
                """{"patternProperties":{"^a":{"type":"string"},"b$":{"minLength":2}}}""",
                """[{"ax":"x","ab":"xx"}]""",
                """[{"ax":1},{"ab":"x"}]"""
            },
            {
                """{"properties":{"a":true},"patternProperties":{"^x-":true},"additionalProperties":{"type":"integer"}}""",
                """[{"a":"s","x-b":"s","c":1}]""",
                """[{"c":"s"}]"""
            },
            { """{"propertyNames":{"pattern":"^[a-z]+$"}}""", """[{"abc":1},1]""", """[{"A":1},{"\u0041":1}]""" },
            {
                """{"prefixItems":[{"type":"string"},{"type":"integer"}]}""",
                """[[],["a"],["a",1,null]]""",
                """[[1],["a","b"]]"""
            },
            { """{"prefixItems":[true],"items":{"type":"string"}}""", """[[1],[1,"a"]]""", "[[1,2]]" },
            { """{"items":false}""", "[[],{}]", "[[1]]" },
            { """{"contains":{"type":"string"}}""", """[[1,"a"],{}]""", "[[],[1]]" },
            {
                """{"contains":{"type":"string"},"minContains":2,"maxContains":3}""",
                """[["a","b"],["a","b","c",1]]""",
                """[["a"],["a","b","c","d"]]"""
            },
            { """{"contains":{"type":"string"},"minContains":0}""", "[[],[1]]", "[]" },
            { """{"uniqueItems":true}""", "[[1,2],[[1],[2]],5]", """[[1,1.0],[{"a":1,"b":2},{"b":2,"a":1}]]""" },
            { """{"uniqueItems":false}""", "[[1,1]]", "[]" },
            { """{"allOf":[{"minimum":1},{"maximum":2}]}""", "[1,2]", "[0,3]" },
            { """{"anyOf":[{"maximum":1},{"minimum":3}]}""", "[1,3]", "[2]" },
            { """{"oneOf":[{"minimum":1},{"maximum":2}]}""", "[0,3]", "[1,2]" },
            { """{"not":{"type":"string"}}""", "[1]", "[\"a\"]" },
            { """{"if":{"minimum":5},"then":{"multipleOf":5},"else":{"multipleOf":2}}""", "[5,10,2,4]", "[6,3]" },
            { """{"then":false,"else":false}""", "[1]", "[]" },
            { """{"if":false,"then":false}""", "[1]", "[]" },
            {
                """{"format":"email","contentEncoding":"base64","contentMediaType":"application/json"}""",
                """["no email"]""",
                "[]"
            },
            { """{"$ref":"#/$defs/a","minimum":2,"$defs":{"a":{"maximum":3}}}""", "[2,3]", "[1,4]" },
            { """{"$ref":"#/$defs/a~1b%25~0","$defs":{"a/b%~":{"const":1}}}""", "[1]", "[2]" },
            {
                """{"$ref":"#/prefixItems/1/not","prefixItems":[true,{"not":{"type":"array","minItems":9}}]}""",
                "[[1,2,3,4,5,6,7,8,9]]",
                "[1]"
            },
            {
                """{"properties":{"next":{"$ref":"#"},"value":{"type":"integer"}}}""",
                """[{"next":{"next":{"value":1}}}]""",
                """[{"next":{"next":{"value":"x"}}}]"""
            },
            { """{"$ref":"#int","$defs":{"a":{"$anchor":"int","type":"integer"}}}""", "[1]", "[\"a\"]" },
            {
                """{"$id":"https://example.com/root","$ref":"item","$defs":{"a":{"$id":"item","$ref":"#/$defs/b","$defs":{"b":{"const":1}}},"b":{"const":2}}}""",
                "[1]",
                "[2]"
            },
            {
                """{"$id":"urn:example:root","$ref":"urn:example:other#x","$defs":{"o":{"$id":"urn:example:other","$defs":{"x":{"$anchor":"x","const":1}}}}}""",
                "[1]",
                "[2]"
            },
            {
                // A list that leaves its items open, and a list of strings that closes them from outside.
                """
                    {
                      "$id": "https://example.com/strings", "$ref": "list",
                      "$defs": {
                        "item": { "$dynamicAnchor": "item", "type": "string" },
                        "list": { "$id": "list", "items": { "$dynamicRef": "#item" }, "$defs": { "any": { "$dynamicAnchor": "item" } } }
                      }
                    }
                    """,
                """[["a"],[]]""",
                "[[1]]"
            },
            { """{"unevaluatedProperties":false,"properties":{"a":true}}""", """[{"a":1},{}]""", """[{"b":1}]""" },
            {
                """{"allOf":[{"properties":{"a":true}},{"patternProperties":{"^x":true}}],"$ref":"#/$defs/r","unevaluatedProperties":false,"$defs":{"r":{"properties":{"r":true}}}}""",
                """[{"a":1,"x1":1,"r":1}]""",
                """[{"z":1}]"""
            },
            {
                """{"anyOf":[{"properties":{"a":{"const":1}},"required":["a"]},{"properties":{"b":{"const":1}},"required":["b"]}],"unevaluatedProperties":false}""",
                """[{"a":1},{"a":1,"b":1}]""",
                """[{"a":1,"b":2},{"a":1,"c":1}]"""
            },
            {
                """{"if":{"required":["a"],"properties":{"a":true}},"then":{"properties":{"b":true}},"else":{"properties":{"c":true}},"unevaluatedProperties":false}""",
                """[{"a":1,"b":1},{"c":1}]""",
                """[{"a":1,"c":1},{"b":1}]"""
            },
            {
                """{"dependentSchemas":{"a":{"properties":{"a":true,"b":true}}},"unevaluatedProperties":false}""",
                """[{"a":1,"b":1}]""",
                """[{"b":1}]"""
            },
            { """{"not":{"not":{"properties":{"a":true}}},"unevaluatedProperties":false}""", "[{}]", """[{"a":1}]""" },
            { """{"allOf":[{"additionalProperties":true}],"unevaluatedProperties":false}""", """[{"a":1}]""", "[]" },
            { """{"allOf":[{"unevaluatedProperties":true}],"unevaluatedProperties":false}""", """[{"a":1}]""", "[]" },
            { """{"allOf":[{"properties":{"a":true}},{"unevaluatedProperties":false}]}""", "[{}]", """[{"a":1}]""" },
            { """{"unevaluatedProperties":{"type":"string"}}""", """[{"a":"x"}]""", """[{"a":1}]""" },
            { """{"prefixItems":[true],"unevaluatedItems":false}""", "[[],[1]]", "[[1,2]]" },
            {
                """{"contains":{"type":"string"},"unevaluatedItems":{"type":"integer"}}""",
                """[["a",1,"b"]]""",
                """[["a",null]]"""
            },
            {
                """{"allOf":[{"prefixItems":[true,true]}],"anyOf":[{"items":{"const":1}},true],"unevaluatedItems":false}""",
                "[[1,1,1],[2,2]]",
                "[[2,2,2]]"
            },
            { """{"allOf":[{"unevaluatedItems":true}],"unevaluatedItems":false}""", "[[1]]", "[]" },
            {
                """{"$ref":"https://json-schema.org/draft/2020-12/schema"}""",
                """[{"items":{"type":"string"}},true]""",
                """[{"items":{"type":"strung"}},{"minLength":-1},1]"""
            },
            // What has a value of the wrong kind says nothing; Check reports it.
            {
                """{"type":"strung","minLength":"1","required":"a","properties":[],"multipleOf":0,"pattern":5,"allOf":{},"$ref":7,"enum":1}""",
                """[1,"",{}]""",
                "[]"
            },
        };

    [Theory]
    [MemberData(nameof(Keywords))]
    public void Keyword_tells_values_apart(string schema, string fitting, string failing)
    {
        var compiled = JsonSchema.Compile(JsonElement.Parse(schema));

        foreach (var value in JsonElement.Parse(fitting).EnumerateArray())
            Assert.True(
                compiled.Evaluate(value).Count == 0 && compiled.IsValid(value),
                $"{value.GetRawText()} must fit {schema}"
            );
        foreach (var value in JsonElement.Parse(failing).EnumerateArray())
            Assert.True(
                compiled.Evaluate(value).Count > 0 && !compiled.IsValid(value),
                $"{value.GetRawText()} must not fit {schema}"
            );
    }

    [Theory]
    [InlineData(70)]
    [InlineData(200)]
    public void Objects_and_arrays_beyond_a_machine_word_are_evaluated_by_member(int count)
    {
        var names = string.Join(',', Enumerable.Range(0, count).Select(i => $"\"n{i}\":true"));
        var members = string.Join(',', Enumerable.Range(0, count).Select(i => $"\"n{i}\":{i}"));
        var schema = JsonSchema.Compile(
            JsonElement.Parse($$"""{"allOf":[{"properties":{ {{names}} } }],"unevaluatedProperties":false}""")
        );

        Assert.Empty(schema.Evaluate(JsonElement.Parse($"{{{members}}}")));
        Assert.Equal(
            "/more",
            Assert.Single(schema.Evaluate(JsonElement.Parse($"{{{members},\"more\":1}}"))).InstancePointer
        );
    }

    [Fact]
    public void Schema_outlives_its_document_and_serves_several_threads()
    {
        JsonSchema schema;
        using (
            var document = JsonDocument.Parse(
                """{"properties":{"a":{"$ref":"#/$defs/a"}},"$defs":{"a":{"pattern":"^(a|b)+$"}}}"""
            )
        )
            schema = JsonSchema.Compile(document.RootElement);

        Parallel.For(0, 200, i =>
            Assert.Equal(
                i % 2,
                schema.Evaluate(JsonElement.Parse(i % 2 == 0 ? """{"a":"ab"}""" : """{"a":"c"}""")).Count
            )
        );
    }
}
