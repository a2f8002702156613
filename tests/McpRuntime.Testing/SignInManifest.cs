namespace McpRuntime.Testing;

/// <summary>The connector <c>api</c>: one tool, and a sign-in for it.</summary>
public static class SignInManifest
{
    public static string Of(Uri api, string authorizationUrl, string tokenUrl) =>
        $$"""
            connector:
              manifest_version: 2
              name: api
              version: 1.0.0
              base_url: {{api}}
              security_schemes:
                oauth: { type: oauth2, flows: [authorization_code], authorization_url: "{{authorizationUrl}}", token_url: "{{tokenUrl}}" }
              security: [ { oauth: [] } ]
              tools:
              - name: get_answer
                description: Gets the answer.
                endpoint: GET /answer
                input_schema: { type: object, properties: {} }
            """;
}
