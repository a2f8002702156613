BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    # Loopback is reached where a person named it at import, or where the operator allows it.
    $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
    New-TestVault
    $upstream = Start-TestUpstream @{
        'GET /pets/7' = @{ Body = '{"id":7,"name":"Rex","born":"2020-01-02","weight":0.10,"chip":123456789012345678901234567890}' }
        'GET /pets/8' = @{ Body = '[{"id":8},{"id":9}]' }
        'GET /pets/9' = @{ Body = 'plain words'; Type = 'text/plain' }
        'GET /pets/10' = @{ Body = 'xx'; Type = 'image/png' }
        'GET /pets/401' = @{ Status = 401; Body = '{}' }
        'GET /pets/422' = @{ Status = 422; Type = 'application/problem+json'; Body = '{"title":"Bad pet","detail":"It bites.","status":422,"errors":[{"field":"name"}]}' }
        'GET /pets/500' = @{ Status = 500; Body = 'oops' }
        'GET /pets/99' = @{ Body = '{}'; Hold = $true }
        'POST /pets' = @{ Status = 201; Body = '{"ok":true}' }
    }
    $null = New-TestConnector petstore -BaseUrl $upstream.Url
    Set-McpCredential petstore -ApiKey (ConvertTo-SecureString -AsPlainText 'k-123')

    function Get-LastRequest { @($upstream.Requests.ToArray())[-1] }
}

AfterAll {
    Stop-TestUpstream $upstream
}

Describe 'Invoke-McpTool' {
    It 'gives what the API answers as objects, to the last digit' {
        $pet = Invoke-McpTool get_pet -id 7
        $pet.name | Should -Be 'Rex'
        $pet.born | Should -BeOfType [string]
        $pet.weight.ToString([cultureinfo]::InvariantCulture) | Should -Be '0.10'
        $pet.chip | Should -Be ([bigint]::Parse('123456789012345678901234567890'))
        (Get-LastRequest).Target | Should -Be '/pets/7'
    }

    It 'gives the items of a list one by one, and text as text' {
        (Invoke-McpTool get_pet -id 8 | Measure-Object).Count | Should -Be 2
        Invoke-McpTool get_pet -id 9 | Should -Be 'plain words'
        (Invoke-McpTool get_pet -id 10).MediaType | Should -Be 'image/png'
    }

    It 'takes arguments as parameters, with their types' {
        $null = Invoke-McpTool get_pet -id 7 -Argument @{ verbose = $true }
        (Get-LastRequest).Target | Should -Be '/pets/7?verbose=true'
        $parameters = (Get-Command Invoke-McpTool -ArgumentList 'get_pet').Parameters
        $parameters.id.ParameterType | Should -Be ([long])
        # The tool's own 'verbose' would clash with PowerShell's, so it goes through -Argument.
        $parameters.verbose.ParameterType | Should -Be ([switch])
    }

    It 'takes arguments from a hashtable, an object of the pipeline, and lines of a CSV file' {
        $null = Invoke-McpTool add_pet -Argument @{ name = 'Rex'; tags = 'dog', 'old' }
        (Get-LastRequest).Body | Should -Be '{"name":"Rex","tags":["dog","old"]}'
        $null = [pscustomobject]@{ name = 'Mia'; colour = 'red' } | Invoke-McpTool add_pet
        (Get-LastRequest).Body | Should -Be '{"name":"Mia"}'
        $null = 'id,verbose', '7,true', '8,false' | ConvertFrom-Csv | Invoke-McpTool get_pet
        @($upstream.Requests.ToArray())[-2..-1].Target | Should -Be '/pets/7?verbose=true', '/pets/8?verbose=false'
        $null = @{ name = 'Bo' } | Invoke-McpTool add_pet -tags cat
        (Get-LastRequest).Body | Should -Be '{"name":"Bo","tags":["cat"]}'
    }

    It 'takes tools from the pipeline' {
        (Get-McpTool get_pet | Invoke-McpTool -Argument @{ id = 7 }).name | Should -Be 'Rex'
    }

    It 'sends the credential of the vault, and notices a new one' {
        $null = Invoke-McpTool add_pet -Argument @{ name = 'Rex' }
        (Get-LastRequest).Key | Should -Be 'k-123'
        Set-McpCredential petstore -ApiKey (ConvertTo-SecureString -AsPlainText 'k-456')
        $null = Invoke-McpTool add_pet -Argument @{ name = 'Rex' }
        (Get-LastRequest).Key | Should -Be 'k-456'
    }

    It 'gives text with -Raw and JSON with -AsJson' {
        Invoke-McpTool get_pet -id 7 -Raw | Should -BeLike '{"id":7,"name":"Rex"*'
        $json = Invoke-McpTool get_pet -id 7 -AsJson
        $json | Should -BeOfType [string]
        ($json | ConvertFrom-Json).name | Should -Be 'Rex'
        Invoke-McpTool get_pet -id 9 -AsJson | Should -Be '"plain words"'
    }

    It 'shows the request with -WhatIf, without the secret, and sends nothing' {
        $before = $upstream.Requests.Count
        $shown = pwsh -NoProfile -NonInteractive -Command 'Import-Module $env:TEST_MODULE; Invoke-McpTool add_pet -Argument @{ name = "Rex" } -WhatIf' | Out-String
        $shown | Should -BeLike '*curl*'
        $shown | Should -BeLike '*"name":"Rex"*'
        $shown | Should -BeLike '*X-Key: `*`*`**'
        $shown | Should -Not -Match 'k-\d'
        $upstream.Requests.Count | Should -Be $before
    }

    It 'shows with -WhatIf what does not fit the tool''s schema and is sent all the same' {
        $null = New-TestConnector checked -BaseUrl $upstream.Url -Tail @'
  - name: list_pets
    description: Lists pets.
    endpoint: GET /pets
    argument_check: standard
    arguments: { limit: { in: query, name: limit } }
    input_schema: { type: object, properties: { limit: { type: integer, maximum: 10 } } }
'@
        try {
            $shown = pwsh -NoProfile -NonInteractive -Command 'Import-Module $env:TEST_MODULE; Invoke-McpTool list_pets -limit 50 -WhatIf' | Out-String
            $shown | Should -BeLike '*/pets?limit=50*'
            $shown | Should -BeLike '*Schema warning*limit*10*'
        }
        finally { Remove-McpConnector checked -Confirm:$false }
    }

    It 'writes an error with the API''s status and fields, and goes on' {
        $pets = '422,404,7' -split ',' | ForEach-Object { [pscustomobject]@{ id = [int]$_ } } |
            Invoke-McpTool get_pet -ErrorAction SilentlyContinue -ErrorVariable problem
        $pets.name | Should -Be 'Rex'
        $problem[0].FullyQualifiedErrorId | Should -Be 'UpstreamRefused,McpRuntime.Cmdlets.Tools.InvokeMcpToolCommand'
        $problem[0].Exception.Status | Should -Be 422
        $problem[0].Exception.Message | Should -BeLike '*Bad pet*It bites.*'
        $problem[0].Exception.Response | ConvertTo-Json -Depth 9 | Should -Match 'It bites'
        $problem[1].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'reports <Id>, <Category> for <Case>' -TestCases @(
        @{ Case = 'HTTP 401'; Tool = 'get_pet'; Arguments = @{ id = 401 }; Id = 'UpstreamUnauthorized'; Category = 'AuthenticationError' }
        @{ Case = 'HTTP 500'; Tool = 'get_pet'; Arguments = @{ id = 500 }; Id = 'UpstreamFailed'; Category = 'ResourceUnavailable' }
        @{ Case = 'wrong arguments'; Tool = 'get_pet'; Arguments = @{ id = 'seven' }; Id = 'ToolCallFailed'; Category = 'InvalidArgument' }
        @{ Case = 'a secret as an argument'; Tool = 'add_pet'; Arguments = @{ name = (ConvertTo-SecureString -AsPlainText 'x') }; Id = 'ArgumentInvalid'; Category = 'InvalidArgument' }
        @{ Case = 'an unknown tool'; Tool = 'get_pets'; Arguments = @{}; Id = 'ToolNotFound'; Category = 'ObjectNotFound' }
    ) {
        Invoke-McpTool $Tool -Argument $Arguments -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -Be "$Id,McpRuntime.Cmdlets.Tools.InvokeMcpToolCommand"
        $problem.CategoryInfo.Category | Should -Be $Category
    }

    It 'reports an API that is not there, and one that takes too long' {
        $null = New-TestConnector dead -BaseUrl http://127.0.0.1:9
        try {
            Invoke-McpTool dead__get_pet -Argument @{ id = 1 } -ErrorAction SilentlyContinue -ErrorVariable problem
            $problem.FullyQualifiedErrorId | Should -BeLike 'UpstreamUnreachable,*'
            $env:MCP_RUNTIME_CONNECTOR_TIMEOUT_SECONDS = '0.5'
            Invoke-McpTool petstore__get_pet -Argument @{ id = 99 } -ErrorAction SilentlyContinue -ErrorVariable problem
            $problem.FullyQualifiedErrorId | Should -BeLike 'UpstreamTimeout,*'
        }
        finally {
            Remove-Item Env:MCP_RUNTIME_CONNECTOR_TIMEOUT_SECONDS -ErrorAction Ignore
            Remove-McpConnector dead
        }
    }

    It 'returns when it is stopped' {
        $seen = $upstream.Requests.Count
        Test-Stop 'Invoke-McpTool get_pet -id 99' { $upstream.Requests.Count -gt $seen } | Should -BeTrue
    }

    It 'calls tools of a running server' {
        $server = Start-McpRuntime -Transport Stdio
        try {
            (Invoke-McpTool get_pet -Runtime $server -id 7).name | Should -Be 'Rex'
            $null = Invoke-McpTool add_pet -Runtime $server -Argument @{ name = 'Rex' }
            (Get-LastRequest).Key | Should -Be 'k-456'
            Invoke-McpTool get_pet -Runtime $server -id 500 -ErrorAction SilentlyContinue -ErrorVariable problem
            $problem.FullyQualifiedErrorId | Should -BeLike 'UpstreamFailed,*'
            Set-McpCredential petstore -ApiKey (ConvertTo-SecureString -AsPlainText 'k-789')
            $null = Invoke-McpTool add_pet -Runtime $server -Argument @{ name = 'Rex' }
            (Get-LastRequest).Key | Should -Be 'k-789'
        }
        finally { $server | Remove-Job -Force }
    }

    It 'completes tools and arguments' {
        Get-Completion 'Invoke-McpTool get_p' | Should -Contain 'get_pet'
        Get-Completion 'Invoke-McpTool get_pet -i' | Should -Contain '-id'
        Get-Completion 'Invoke-McpTool add_pet -ta' | Should -Contain '-tags'
    }
}
