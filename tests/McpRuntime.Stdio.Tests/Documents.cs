namespace McpRuntime.Stdio.Tests;

/// <summary>Small OpenAPI documents and our own manifests.</summary>
internal static class Documents
{
    /// <summary>Five operations that differ in every respect that an import can choose by.</summary>
    public const string Library = """
        openapi: 3.1.0
        info: { title: City Library, version: 2.1.0 }
        servers: [ { url: 'https://library.test/api' } ]
        paths:
          /books:
            get:
              operationId: listBooks
              tags: [books]
              summary: List the books
              parameters:
              - { name: author, in: query, schema: { type: string }, description: Name of the author. }
              responses: { '200': { description: Books. } }
            post:
              operationId: addBook
              tags: [books, staff]
              summary: Add a book
              requestBody:
                required: true
                content:
                  application/json:
                    schema: { type: object, required: [title], properties: { title: { type: string, description: The title. } } }
              responses: { '201': { description: Added. } }
          /books/{isbn}:
            get:
              operationId: getBook
              tags: [books]
              summary: Show a book
              deprecated: true
              parameters:
              - { name: isbn, in: path, required: true, schema: { type: string }, description: The book's number. }
              responses: { '200': { description: A book. } }
          /members/{id}/loans:
            get:
              operationId: listLoans
              tags: [members]
              summary: List a member's loans
              parameters:
              - { name: id, in: path, required: true, schema: { type: integer }, description: Number of the member. }
              responses: { '200': { description: Loans. } }
            delete:
              operationId: closeLoans
              tags: [members]
              summary: Give everything back
              parameters:
              - { name: id, in: path, required: true, schema: { type: integer }, description: Number of the member. }
              responses: { '204': { description: Closed. } }
        """;

    /// <summary>A connector with a reading and a writing tool at any upstream.</summary>
    public static string Manifest(string name, string baseUrl) =>
        $$"""
            connector:
              manifest_version: 2
              name: {{name}}
              version: 1.0.0
              base_url: {{baseUrl}}
              security_schemes:
                key: { type: api_key, location: header, key_name: X-Key }
              tools:
              - name: find_notes
                title: Find notes
                description: Finds notes by the words in them.
                endpoint: GET /notes/{folder}
                arguments:
                  folder: { in: path, name: folder }
                  words: { in: query, name: q }
                input_schema:
                  type: object
                  properties:
                    folder: { type: string, description: Name of the folder. }
                    words: { type: array, items: { type: string }, description: Words to find. }
                  required: [folder]
                  additionalProperties: false
              - name: write_note
                title: Write a note
                description: Writes a note into the first folder.
                endpoint: POST /notes
                arguments:
                  text: { in: body, name: text }
                body: { content_type: application/json, required: true }
                input_schema:
                  type: object
                  properties:
                    text: { type: string, description: The text of the note. }
                  required: [text]
                  additionalProperties: false
                security: [ { key: [] } ]
            """;

    /// <summary>A tool <c>paint</c> whose arguments list values, also such that a shell could run.</summary>
    public const string Paint = """
        connector:
          manifest_version: 2
          name: walls
          version: 1.0.0
          base_url: https://walls.example
          definitions:
            Colour: { type: string, enum: [light blue, red, 'x;touch ran', 'it''s', "two\nlines"] }
          tools:
          - name: paint
            description: Paints a wall.
            endpoint: POST /walls/{wallId}
            arguments:
              is_new: { in: query, name: new }
              colour: { in: query, name: colour }
              coats: { in: query, name: coats }
              note: { in: query, name: note }
              '-d': { in: query, name: d }
              wallId: { in: path, name: wallId }
            input_schema:
              type: object
              properties:
                is_new: { type: [boolean, 'null'] }
                colour: { $ref: '#/definitions/Colour', description: The colour. }
                coats: { anyOf: [ { enum: [1, 2, null] }, { type: 'null' } ] }
                note: { type: string }
                '-d': { type: string }
                wallId: { type: integer, description: Number of the wall. }
              required: [wallId, colour]
        """;

    /// <summary>
    /// A document with GET operations <c>get_item_1</c> and so on, in the tags <c>even</c> and <c>odd</c>.
    /// </summary>
    public static string WithOperations(int count) =>
        $$"""
        openapi: 3.1.0
        info: { title: Many, version: 1.0.0 }
        servers: [ { url: 'https://many.test' } ]
        paths:
        {{string.Join('\n', Enumerable.Range(1, count).Select(number =>
            $"  /items/{number}: {{ get: {{ operationId: get_item_{number}, tags: [{(number % 2 == 0 ? "even" : "odd")}], summary: Gets item {number}, responses: {{ '200': {{ description: An item. }} }} }} }}"))}}
        """;
}
