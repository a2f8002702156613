BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    $null = New-TestConnector petstore
    $null = New-TestConnector other -Folder (Join-Path $TestDrive 'other')
    $tagged = New-TestConnector tagged -Folder (Join-Path $TestDrive 'tagged') -Tail @'
  - name: delete_pet
    title: Remove a pet
    description: "Removes a pet.\n\nFor ever."
    tags: [pets, Admin area]
    endpoint: DELETE /pets/{id}
    arguments: { id: { in: path, name: id } }
    input_schema:
      type: object
      properties: { id: { $ref: '#/definitions/Id' } }
      required: [id]
  - name: feed_pet
    title: Feed
    description: Feeds a pet.
    tags: [pets]
    endpoint: PUT /pets/{id}/food
    arguments: { id: { in: path, name: id }, food: { in: body, name: food }, grams: { in: body, name: grams }, owner: { in: body, name: owner }, name: { in: body, name: name }, '3d': { in: body, name: '3d' } }
    body: { content_type: application/json }
    input_schema:
      type: object
      properties:
        id: { $ref: '#/definitions/Id' }
        food: { type: string, enum: [fish, "cat's"], default: fish, description: "What it eats.\n\nNo chocolate." }
        grams: { type: integer, minimum: 5, maximum: 500, multipleOf: 5 }
        owner: { $ref: '#/definitions/Person' }
        name: { type: [string, 'null'], minLength: 2, pattern: '^[A-Z]' }
        3d: { type: boolean }
      required: [id, food, grams, owner]
    output_schema: { type: object, properties: { id: { type: integer }, full: { type: boolean } } }
  definitions:
    Id: { type: integer, description: Number of the pet., examples: [7] }
    Person: { type: object, properties: { name: { type: string, examples: ["O'Hara"] }, tags: { type: array, items: { type: string } } }, required: [name, tags] }
'@
    $null = $tagged
    $folder = Join-Path $TestDrive 'tagged'
    $builtIns = 'echo', 'hello', 'get_time'
}

Describe 'Get-McpTool' {
    It 'gives the tools of the connectors folder' {
        $tools = Get-McpTool -Connector *
        $tools.Name | Should -Be 'get_pet', 'add_pet'
        $tools[0].Connector | Should -Be 'petstore'
        $tools[0].Method | Should -Be 'GET'
        $tools[0].Endpoint | Should -Be 'GET /pets/{id}'
        $tools.ReadOnly | Should -Be $true, $false
        $tools[0].InputSchema.properties.id.description | Should -Be 'Number of the pet.'
    }

    It 'finds by name, by wildcard and by the manifest''s name' {
        (Get-McpTool get_pet).Name | Should -Be 'get_pet'
        (Get-McpTool -Name 'ADD*', 'get_p*').Name | Should -Be 'add_pet', 'get_pet'
        (Get-McpTool petstore__get_pet).Name | Should -Be 'get_pet'
        Get-McpTool 'none*' | Should -BeNullOrEmpty
    }

    It 'finds by connector, from the pipeline too' {
        (Get-McpTool -Connector 'PET*').Count | Should -Be 2
        Get-McpTool -Connector none | Should -BeNullOrEmpty
        (Get-McpConnector -ConnectorPath (Join-Path $TestDrive 'other') | ForEach-Object { [pscustomobject]@{ ConnectorPath = $_.ConnectorPath; Connector = $_.Name } } | Get-McpTool).Connector |
            Should -Be 'other', 'other'
    }

    It 'reports a name that is none, with what it may have meant' {
        Get-McpTool get_pets -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -Be 'ToolNotFound,McpRuntime.Cmdlets.Tools.GetMcpToolCommand'
        $problem.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problem[0].Exception.Message | Should -BeLike '*Did you mean get_pet*'
    }

    It 'gives the built-in tools that a server has, under the same setting, and calls them' {
        (Get-McpTool).Name | Should -Be ($builtIns + 'get_pet', 'add_pet')
        (Get-McpTool echo).ReadOnly | Should -BeTrue
        Invoke-McpTool echo -message 'hi there' | Should -Be 'hi there'
        (Invoke-McpTool get_time).timezone | Should -Be 'UTC'
        Get-McpTool -Connector '*' -Name echo -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $env:MCP_RUNTIME_BUILTIN_TOOLS = 'false'
        try { (Get-McpTool).Name | Should -Be 'get_pet', 'add_pet' }
        finally { Remove-Item Env:MCP_RUNTIME_BUILTIN_TOOLS }
    }

    It 'gives the tools of a running server as it gives those of the session' {
        $env:MCP_RUNTIME_CONNECTORS_DIR, $before = $folder, $env:MCP_RUNTIME_CONNECTORS_DIR
        $server = Start-McpRuntime -Transport Stdio
        $session = Connect-McpServer -Command pwsh -CommandArgument (Get-TestServerLine)
        try {
            $properties = 'Name', 'Connector', 'Method', 'Endpoint', 'ReadOnly', @{ n = 'Description'; e = { ($_.Description -split '\nReturns:')[0] } }, @{ n = 'Tags'; e = { $_.Tags -join ',' } }, @{ n = 'Arguments'; e = { @($_.InputSchema.properties.PSObject.Properties.Name) -join ',' } }, @{ n = 'Required'; e = { $_.InputSchema.required -join ',' } }
            $local = Get-McpTool | Select-Object $properties | ConvertTo-Json -Depth 9
            $local | Should -BeLike '*Admin area*'
            Get-McpTool -Runtime $server | Where-Object Name -ne read_result | Select-Object $properties | ConvertTo-Json -Depth 9 | Should -Be $local
            Get-McpTool -Server $session | Where-Object Name -ne read_result | Select-Object $properties | ConvertTo-Json -Depth 9 | Should -Be $local
            (Get-McpTool -Runtime $server -Method delete -Tag 'p*').Name | Should -Be 'delete_pet'
            (Get-McpTool -Server $session -Search 'get rid of a pett').Name | Should -Be (Get-McpTool -Search 'get rid of a pett').Name
            (Get-McpTool -Server $session -Connector tagged -ReadOnly).Name | Should -Be 'get_pet'
            (Get-McpTool -Runtime $server -Name 'get_p*').Server | Should -Be $server.Name
            (Get-McpTool feed_pet -Runtime $server -Full).Example | Should -BeLike "*-Runtime (Get-McpRuntime -Id $($server.Id))"
        }
        finally {
            Disconnect-McpServer $session
            $server | Remove-Job -Force
            $env:MCP_RUNTIME_CONNECTORS_DIR = $before
        }
    }

    It 'chooses by method, tag, words and what only reads, all together' {
        (Get-McpTool -ConnectorPath $folder -Method put, DELETE).Name | Should -Be 'delete_pet', 'feed_pet'
        (Get-McpTool -ConnectorPath $folder -Tag 'admin*').Name | Should -Be 'delete_pet'
        (Get-McpTool -ConnectorPath $folder -Tag pets -Search 'PET food' -First 1).Name | Should -Be 'feed_pet'
        (Get-McpTool -ConnectorPath $folder -Tag 'admin*' -Search 'PET food').Name | Should -Be 'delete_pet'
        (Get-McpTool -ConnectorPath $folder -ReadOnly -Connector tagged).Name | Should -Be 'get_pet'
        Get-McpTool -ConnectorPath $folder -ReadOnly -Method DELETE | Should -BeNullOrEmpty
        (Get-McpTool 'f*', delete_pet -ConnectorPath $folder -Search food).Name | Should -Be 'feed_pet'
    }

    It 'ranks tools by a request, best first' {
        $ranked = (Get-McpTool -ConnectorPath $folder -Search 'get rid of a pett').Name
        $ranked[0] | Should -Be 'delete_pet'
        $ranked | Should -Contain 'get_pet'
        (Get-McpTool -ConnectorPath $folder -Search 'Welches Haustier hat die Nummer 7?' -First 1).Name | Should -Be 'get_pet'
        Get-McpTool -ConnectorPath $folder -Search xylophone | Should -BeNullOrEmpty
        (Get-McpTool -ConnectorPath $folder -First 2).Count | Should -Be 2
    }

    It 'estimates what tools take of a context, by part, here and on a server' {
        $cost = Get-McpTool -ConnectorPath $folder -Connector * -Cost
        $cost.Name | Should -Be (Get-McpTool -ConnectorPath $folder -Connector *).Name
        $feed = $cost.Where({ $_.Name -eq 'feed_pet' })[0]
        $feed.Tokens | Should -Be ($feed.Text + $feed.InputSchema + $feed.Definitions + $feed.OutputSchema + $feed.Annotations)
        $feed.Tokens | Should -BeGreaterThan $cost.Where({ $_.Name -eq 'get_pet' })[0].Tokens
        $feed.InputSchema | Should -BeGreaterThan 40
        (Get-McpTool echo -Cost).InputSchema | Should -BeGreaterThan 10
        $cost | Out-String -Width 120 | Should -Match 'Tokens +Text +InputSchema'
        $server = Start-McpRuntime -Transport Stdio
        try { (Get-McpTool get_pet -Runtime $server -Cost).Tokens | Should -BeGreaterThan 50 }
        finally { $server | Remove-Job -Force }
    }

    It 'gives schemas that hold everything they refer to' {
        $schema = (Get-McpTool feed_pet -ConnectorPath $folder).InputSchema
        $schema.properties.owner.'$ref' | Should -Be '#/$defs/Person'
        $schema.'$defs'.Person.properties.name.type | Should -Be 'string'
        $schema.PSObject.Properties.Name | Should -Not -Contain 'definitions'
    }

    It 'groups by connector and shows name, method and description in 80 columns' {
        $view = Get-McpTool -ConnectorPath $folder | Out-String -Width 80
        $view | Should -Match 'Connector: \(built-in\)'
        $view | Should -Match 'Connector: tagged'
        $view | Should -Match 'get_pet +GET +Finds a pet by its number\.'
        $view | Should -Match 'delete_pet +DELETE +Remove a pet'
        $view.Split("`n").Where({ $_.TrimEnd().Length -gt 80 }) | Should -BeNullOrEmpty
    }

    It 'completes names of tools and connectors, tags and methods' {
        Get-Completion 'Get-McpTool ADD' | Should -Be 'add_pet'
        Get-Completion 'Get-McpTool ec' | Should -Be 'echo'
        Get-Completion 'Get-McpTool -Connector pe' | Should -Be 'petstore'
        Get-Completion "Get-McpTool -ConnectorPath $folder -Tag " | Should -Be "'Admin area'", 'pets'
        Get-Completion "Get-McpTool -ConnectorPath $folder -Tag pets, ad" | Should -Be "'Admin area'"
        Get-Completion 'Get-McpTool -Method p' | Should -Be 'POST', 'PUT', 'PATCH'
        Get-Completion "Get-McpTool -ConnectorPath $folder -Connector none " | Should -BeNullOrEmpty
    }
}

Describe 'Get-McpTool -Full' {
    BeforeAll {
        $help = Get-McpTool feed_pet -Full -ConnectorPath $folder
        $arguments = @{}
        foreach ($argument in $help.Arguments) { $arguments[$argument.Name] = $argument }
    }

    It 'describes each argument, the required ones first' {
        $help.Arguments.Name | Should -Be 'id', 'grams', 'owner', 'food', 'name', '3d'
        $arguments.id | ForEach-Object { "$_ $($_.Required) $($_.Description)" } | Should -Be '-id <long> True Number of the pet.'
        # The call fills in a default.
        $arguments.food.Required | Should -BeFalse
        $arguments.food.Choices | Should -Be 'fish', "cat's"
        $arguments.food.Default | Should -Be 'fish'
        $arguments.grams.Limits | Should -Be '5 to 500', 'a multiple of 5'
        $arguments.owner.Keys | Should -Be 'name <string> (required)', 'tags <string[]> (required)'
        $arguments.name | ForEach-Object { "$_ $($_.Nullable) $($_.Limits -join '; ')" } | Should -Be '-nameValue <string> True at least 2 characters; matches ^[A-Z]'
        $arguments.'3d'.Parameter | Should -BeNullOrEmpty
    }

    It 'says what is returned, and how it is called' {
        $help.Returns | Should -Be 'An object with id <long>, full <bool>.'
        (Get-McpTool delete_pet -Full -ConnectorPath $folder).Returns | Should -BeNullOrEmpty
        $help.Syntax | Should -Be "Invoke-McpTool feed_pet -id <long> -grams <long> -owner <hashtable>`n    [-food <string>] [-nameValue <string>]"
    }

    It 'has an example that runs as it is' {
        $help.Example | Should -Be "Invoke-McpTool feed_pet ```n    -id 7 ```n    -grams 5 ```n    -owner @{ name = 'O''Hara'; tags = @('example') } ```n    -ConnectorPath $folder"
        $sent = pwsh -NoProfile -NonInteractive -Command "Import-Module '$env:TEST_MODULE'; $($help.Example) -WhatIf" | Out-String
        $sent | Should -BeLike "*curl*/pets/7/food*"
        $sent | Should -BeLike '*"grams":5*"tags":*"example"*'
    }

    It 'reads like help in 80 columns' {
        $text = $help | Out-String -Width 80
        foreach ($part in 'NAME', 'DESCRIPTION', 'SYNTAX', 'ARGUMENTS', 'RETURNS', 'EXAMPLE') { $text | Should -Match "(?m)^$part\r?$" }
        $text | Should -Match '(?m)^    feed_pet: Feed\r?\n    PUT /pets/\{id\}/food \| tagged \| tags: pets'
        $text | Should -Match '(?m)^    -id <long>  required\r?\n        Number of the pet\.\r?$'
        $text | Should -Match '(?m)^        What it eats\.\r?\n *\r?\n        No chocolate\.\r?\n        Choices: fish, cat''s\r?\n        Default: fish'
        $text | Should -Match "(?m)^    -nameValue <string>  or \`$null"
        $text | Should -Match "-Argument @\{ '3d' = <bool> \}"
        $text.Split("`n").Where({ $_.TrimEnd().Length -gt 80 }) | Should -BeNullOrEmpty
        Get-McpTool echo -Full | Out-String -Width 80 | Should -Match '(?m)^    echo: Echo\r?\n    reads only'
        ($help.Arguments | Out-String -Width 80) | Should -Match 'id +long +True +Number of the pet\.'
    }
}
