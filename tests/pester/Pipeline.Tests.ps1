# What objects and scalars of the pipeline give as arguments.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
    $routes = @{
        'GET /pets' = @{ Body = '[{"id":7,"name":"Rex"},{"id":8,"name":"Mia"}]' }
        'POST /notes' = @{ Body = '{}' }
    }
    foreach ($path in 1..9 + [guid]::Empty | ForEach-Object { "/pets/$_"; "/repos/ada/issues/$_" }) { $routes["GET $path"] = @{ Body = '{}' } }
    $upstream = Start-TestUpstream $routes
    $null = New-Item -ItemType Directory -Force $env:MCP_RUNTIME_CONNECTORS_DIR
    Set-Content -LiteralPath (Join-Path $env:MCP_RUNTIME_CONNECTORS_DIR 'piped.yaml') -Value @"
connector:
  manifest_version: 2
  name: piped
  version: 1.0.0
  title: Piped
  base_url: $($upstream.Url)
  security: []
  tools:
  - name: list_pets
    description: Lists pets.
    endpoint: GET /pets
    arguments: { limit: { in: query, name: limit } }
    input_schema: { type: object, properties: { limit: { type: integer } } }
  - name: get_pet
    description: Gets a pet.
    endpoint: GET /pets/{petId}
    arguments: { petId: { in: path, name: petId }, fields: { in: query, name: fields } }
    input_schema: { type: object, properties: { petId: { type: integer }, fields: { type: string } }, required: [petId] }
  - name: get_issue
    description: Gets an issue.
    endpoint: GET /repos/{owner}/issues/{issue_number}
    arguments: { owner: { in: path, name: owner }, issue: { in: path, name: issue_number } }
    input_schema: { type: object, properties: { owner: { type: string }, issue: { type: integer } }, required: [owner, issue] }
  - name: add_note
    description: Adds a note.
    endpoint: POST /notes
    arguments: { file: { in: body, name: file }, draft: { in: body, name: draft } }
    body: { content_type: application/json }
    input_schema:
      type: object
      properties:
        file: { type: object, properties: { filename: { type: string }, text: { type: string }, base64: { type: string } } }
        draft: { type: boolean }
      required: [file]
"@

    function Get-Target([scriptblock] $Command) {
        $upstream.Requests.Clear()
        $null = & $Command
        $upstream.Requests.ToArray().Target
    }
}

AfterAll {
    Stop-TestUpstream $upstream
}

Describe 'A scalar' {
    It 'is the one required argument, one call each' {
        Get-Target { 7, '8', [guid]::Empty | Invoke-McpTool get_pet -fields name -ErrorAction SilentlyContinue } | Should -Be '/pets/7?fields=name', '/pets/8?fields=name'
    }

    It 'is the one that the line leaves open' {
        Get-Target { 1..2 | Invoke-McpTool get_issue -owner ada } | Should -Be '/repos/ada/issues/1', '/repos/ada/issues/2'
        Get-Target { 'ada' | Invoke-McpTool get_issue -Argument @{ issue = 5 } } | Should -Be '/repos/ada/issues/5'
    }

    It 'is an error where it could be several arguments, or none' {
        $upstream.Requests.Clear()
        5 | Invoke-McpTool get_issue -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ArgumentInvalid,*'
        $problem[0].Exception.Message | Should -BeLike "'5' is not an object*'get_issue' needs -owner <string> and -issue <long>*by its name*"
        5 | Invoke-McpTool list_pets -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].Exception.Message | Should -BeLike "*'list_pets' has no required argument*"
        $upstream.Requests.Count | Should -Be 0
    }

    It 'is a file where that argument takes one' {
        $file = New-Item -Path (Join-Path $TestDrive 'note.txt') -Value 'hi'
        $null = $file | Invoke-McpTool add_note -draft
        $upstream.Requests.ToArray()[-1].Body | Should -BeLike '*"filename":"note.txt","base64":"aGk="*"draft":true*'
    }
}

Describe 'An object of the API' {
    It 'gives its id to the argument of the path that names the item' {
        Get-Target { Invoke-McpTool list_pets | Invoke-McpTool get_pet } | Should -Be '/pets', '/pets/7', '/pets/8'
        Get-Target { @{ ID = 9 } | Invoke-McpTool get_pet } | Should -Be '/pets/9'
    }

    It 'gives the property of the argument''s name first, and the line wins over both' {
        Get-Target { [pscustomobject]@{ petId = 1; id = 2 } | Invoke-McpTool get_pet } | Should -Be '/pets/1'
        Get-Target { [pscustomobject]@{ id = 2 } | Invoke-McpTool get_pet -petId 3 } | Should -Be '/pets/3'
    }

    It 'gives the property that the argument is called after, and no other one' {
        Get-Target { [pscustomobject]@{ number = 4; id = 5 } | Invoke-McpTool get_issue -owner ada } | Should -Be '/repos/ada/issues/4'
        $upstream.Requests.Clear()
        [pscustomobject]@{ id = 5 } | Invoke-McpTool get_issue -owner ada -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ArgumentMissing,*'
        $upstream.Requests.Count | Should -Be 0
    }

    It 'does so for a running server too' {
        $server = Start-McpRuntime -Transport Stdio
        try {
            Get-Target { Invoke-McpTool list_pets -Runtime $server | Invoke-McpTool get_pet -Runtime $server } | Should -Be '/pets', '/pets/7', '/pets/8'
            Get-Target { 6 | Invoke-McpTool get_pet -Runtime $server } | Should -Be '/pets/6'
        }
        finally { $server | Remove-Job -Force }
    }
}
