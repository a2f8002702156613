BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
    $upstream = Start-TestUpstream @{
        'GET /pets/7' = @{ Body = '{"id":7,"name":"Rex"}' }
        'GET /pets/8' = @{ Body = '{"id":8,"name":"Ada"}' }
        'POST /pets' = @{ Body = '{"id":9}' }
    }
    $null = New-TestConnector petstore -BaseUrl $upstream.Url -Tail @'
  - name: list_pets
    description: Lists pets.
    endpoint: GET /pets
    arguments: { status: { in: query, name: status } }
    input_schema:
      type: object
      properties: { status: { type: string, enum: [available, sold] } }
'@
    $server = Connect-McpServer -Command pwsh -CommandArgument (Get-TestServerLine) -Name pets
}

AfterAll {
    Get-McpServer | Disconnect-McpServer
    Stop-TestUpstream $upstream
}

Describe 'Import-McpCommand' {
    AfterEach {
        Get-Module McpRuntime.Pets.* | Remove-Module
        $upstream.Requests.Clear()
    }

    It 'makes commands of the tools of a server' {
        $module = $server | Import-McpCommand -Prefix Sv
        $module | Should -BeOfType [psmoduleinfo]
        $module.Name | Should -Be 'McpRuntime.Pets.Sv'
        (Get-Command -Module McpRuntime.Pets.Sv).Name | Should -Contain 'Add-SvPet'
        (Get-SvPet -Id 7).name | Should -Be 'Rex'
        (Add-SvPet -Name Rex -Tags a -ErrorAction SilentlyContinue) | Should -BeNullOrEmpty
    }

    It 'offers lists and items as parameter sets, and completes values' {
        $null = Import-McpCommand $server -Prefix Sv
        (Get-Command Get-SvPet).ParameterSets.Count | Should -Be 2
        Get-Completion 'Get-SvPet -Status ' | Should -Be 'available', 'sold'
    }

    It 'takes what is required from the pipeline' {
        $null = Import-McpCommand $server -Prefix Sv -Name get_pet
        (7, 8 | Get-SvPet).name | Should -Be 'Rex', 'Ada'
        ([pscustomobject]@{ id = 8 } | Get-SvPet).name | Should -Be 'Ada'
    }

    It 'makes commands of some tools' {
        $null = Import-McpCommand $server -Prefix Sv -Name 'get_p*'
        (Get-Command -Module McpRuntime.Pets.Sv).Name | Should -Be 'Get-SvPet'
        { Import-McpCommand $server -Prefix Sv -Name nothing -ErrorAction Stop } | Should -Throw -ErrorId 'ToolNotFound*'
    }

    It 'replaces what it made before' {
        $null = Import-McpCommand $server -Prefix Sv
        $null = Import-McpCommand $server -Prefix Sv -Name get_pet
        @(Get-Module McpRuntime.Pets.*).Count | Should -Be 1
        (Get-Command -Name '*-Sv*').Name | Should -Be 'Get-SvPet'
        (Get-SvPet -Id 7).name | Should -Be 'Rex'
    }

    It 'leaves commands of others alone' {
        function global:Get-SvPet { 'mine' }
        try {
            $null = Import-McpCommand $server -Prefix Sv -Name get_pet, add_pet -WarningVariable said -WarningAction SilentlyContinue
            "$said" | Should -BeLike '*Get-SvPet is a command of this session*get_pet*'
            Get-SvPet | Should -Be 'mine'
            (Get-Command -Module McpRuntime.Pets.Sv).Name | Should -Be 'Add-SvPet'
        }
        finally { Remove-Item function:Get-SvPet }
    }

    It 'shows with -WhatIf what would be called, and asks by what the server says' {
        $null = Import-McpCommand $server -Prefix Sv
        Add-SvPet -Name Rex -WhatIf
        $upstream.Requests.Count | Should -Be 0
    }

    It 'refuses prefixes that are not one' {
        { Import-McpCommand $server -Prefix 'a-b' } | Should -Throw '*Prefix*'
        { Import-McpCommand $server -Prefix sv } | Should -Throw '*Prefix*'
        { Import-McpCommand $server -Prefix '' } | Should -Throw '*Prefix*'
    }

    It 'says what to give where <Given> gives a text' -TestCases @(
        @{ Given = 'Import-McpCommand pets -Prefix Sv'; Message = "*'pets' is a text.*(Get-McpServer NAME).*Import-McpConnector -Prefix.*" }
        @{ Given = 'Get-McpTool -Server pets'; Message = "*'pets' is a text.*(Get-McpServer NAME).*" }
        @{ Given = 'Get-McpTool -Runtime pets'; Message = "*'pets' is a text.*(Get-McpRuntime NAME).*" }
    ) {
        { & ([scriptblock]::Create($Given)) } | Should -Throw -ExpectedMessage $Message
    }

    It 'says when the session with the server has ended' {
        $other = Connect-McpServer -Command pwsh -CommandArgument (Get-TestServerLine) -Name gone
        $null = Import-McpCommand $other -Prefix Gn
        $other | Disconnect-McpServer
        { Get-GnPet -Id 7 -ErrorAction Stop } | Should -Throw '*has ended*'
        Get-Module McpRuntime.Gone.* | Remove-Module
    }
}
