namespace McpRuntime.Tests.Manifests;

/// <summary>Manifests that between them use every key.</summary>
internal static class ManifestSamples
{
    /// <summary>Version 2, in the writer's own layout.</summary>
    public const string Current = """
        connector:
          manifest_version: 2
          name: "@team/petstore"
          version: 1.0.7
          title: Pet store
          description: |-
            Pets, orders and users.

            See the guide.
          base_url: https://{region}.petstore.example/api/v3
          server_variables:
            region: { default: eu, enum: [eu, us], description: Where the data lives }
          servers:
          - { url: "https://staging.petstore.example/api/v3", description: Staging }
          - { url: "https://other.petstore.example" }
          source:
            location: https://petstore.example/openapi.json
            sha256: "5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9"
            openapi: 3.0.4
            choices:
              include_paths: [/pet/**, /search]
              exclude_paths: [/pet/*/old]
              include_tags: [pets]
              exclude_tags: [internal]
              include_operations: [get*]
              methods: [GET, PUT]
              read_only: true
              skip_deprecated: true
              max_tools: 40
              base_url: https://eu.petstore.example/api/v3
              strict: true
          security_schemes:
            api_key: { type: api_key, location: header, key_name: api_key, scheme: Bearer, description: Ask us }
            key_in_query: { type: api_key, location: query, key_name: key }
            petstore_auth:
              type: oauth2
              flows: [client_credentials, authorization_code, device_authorization]
              token_url: https://petstore.example/token
              authorization_url: https://petstore.example/authorize
              refresh_url: https://petstore.example/refresh
              device_authorization_url: https://petstore.example/device
              scopes: ["read:pets", "write:pets"]
              client_auth: post
              audience: pets
              extra: { resource: pets }
            plain: { type: basic }
            token: { type: bearer, format: JWT }
            words: { type: http, scheme: Token }
            sso: { type: open_id_connect, url: "https://petstore.example/.well-known/openid-configuration" }
            certificate: { type: mutual_tls }
          security:
          - { petstore_auth: ["write:pets"] }
          - { api_key: [], certificate: [] }
          - {}
          credentials:
            profile: work
            over_http: per_caller
            account: { tool: search, select: user.name }
          limits: { timeout_seconds: 2.5, max_attempts: 3, retry_unsafe: true, requests_per_minute: 600 }
          answer: { select: "items[].{id,name}", drop: "items[].owner", budget: 5000, options: true }
          cache: true
          command_prefix: Ps
          definitions:
            Pet:
              type: object
              properties:
                id: { type: integer, format: int64 }
                parent: { $ref: "#/definitions/Pet" }
              required: [id]
            Any: true
          tools:
          - name: update_pet
            title: Update a pet
            description: Changes what is stored of one pet.
            tags: [pets, Admin & co]
            command: Update-Pet
            endpoint: PUT /pet/{petId}?notify=1#full
            arguments:
              pet_id: { in: path, name: petId, style: label, explode: true }
              filter: { in: query, name: filter, content_type: application/json }
              ids: { in: query, name: i, style: form, explode: true, delimiter: tab, allow_reserved: true, allow_empty: true }
              trace: { in: header, name: X-Trace }
              session: { in: cookie, name: session, style: cookie }
              name: { in: body, name: name }
            fixed:
            - { in: header, name: Api-Version, value: "2" }
            - { in: body, name: kind, value: 1.10 }
            body: { content_type: application/json, required: true }
            accept: application/json
            input_schema:
              type: object
              properties:
                pet_id: { type: integer }
                filter: { type: object }
                ids:
                  type: array
                  items: { type: integer }
                trace: { type: string }
                session: { type: string }
                name: { type: string, pattern: ^\w+$, default: "no" }
              required: [pet_id]
              additionalProperties: false
            output_schema: { $ref: "#/definitions/Pet" }
            annotations: { read_only: false, destructive: false, idempotent: true, open_world: true }
            security:
            - { api_key: [] }
            limits: { max_concurrency: 4, max_response_bytes: 1048576 }
            answer: { budget: 0, options: false }
            argument_check: strict
            server: https://upload.petstore.example
            imported_text: a1b2c3d4-4e5f6071
            imported_schema: a1b2c3d4-4e5f6071-0a1b2c3d
          - name: search
            description: Finds pets by a query string.
            endpoint: GET /search
            arguments:
              q: { in: querystring, content_type: application/x-www-form-urlencoded }
            input_schema:
              type: object
              properties:
                q: { type: object }
            security: []
          - name: upload
            description: Stores a picture of a pet.
            endpoint: POST /upload
            body:
              content_type: multipart/form-data
              argument: form
              encoding:
                avatar:
                  file: true
                  content_type: image/png
                  headers: { X-Part: "1" }
                tags: { style: form, explode: true }
                list: { style: form, explode: false, delimiter: space, allow_reserved: true }
            input_schema:
              type: object
              properties:
                form: { type: object }
          - name: ping
            description: Says whether the service is up.
            endpoint: HEAD /ping
            arguments: {}
            input_schema: { type: object }

        """;

    /// <summary>Version 1.</summary>
    public const string Older = """
        connector:
          name: weather
          version: 0.1.0
          title: Weather
          base_url: https://api.weather.example
          tools:
          - name: get_forecast
            description: Gives the forecast for a city.
            endpoint: GET /forecast/{city}
            input_schema:
              type: object
              properties:
                city: { type: string }
                days: { type: integer }
              required: [city]
            output_schema: { type: object }
            auth: { type: api_key, location: header, key_name: X-Key, scheme: Token }
          - name: free_for_all
            description: Lists the cities there are.
            endpoint: GET /cities
            input_schema: { type: object }
            auth: { type: none }
          - name: by_token
            description: Reads the history of a city.
            endpoint: GET /history
            input_schema: { type: object }
            auth: { type: oauth2_client_credentials, token_url: "https://weather.example/token", scopes: [read] }

        """;
}
