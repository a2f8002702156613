# What Tab offers: objects of the session, choices of a document, and tools of a server that the line names.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    $null = New-TestConnector petstore
    $document = Join-Path $TestDrive 'api doc.yaml'
    Set-Content -LiteralPath $document -Value @'
openapi: 3.1.0
info: { title: T, version: '1' }
servers: [ { url: 'https://a.example' } ]
paths:
  /pets: { get: { operationId: listPets, tags: [pets] }, post: { operationId: addPet, tags: [pets, Admin area] } }
  /store/{id}: { get: { operationId: get-store, tags: [store] } }
'@
    $global:petServer = Start-McpRuntime -Transport Stdio -Name 'pets'
    $null = Start-McpRuntime -Transport Stdio -Name "it's mine" -Tool 'get_*'
    $global:petSession = Connect-McpServer -Command pwsh -CommandArgument (Get-TestServerLine) -Name files
}

AfterAll {
    Get-McpServer | Disconnect-McpServer
    Get-McpRuntime | Remove-Job -Force
    Remove-Variable petServer, petSession -Scope Global
}

Describe 'A parameter that takes an object of the session' {
    It 'is completed with variables that hold one, else with the command that gets it' {
        Get-Completion 'Get-McpTool -Runtime ' | Should -Be '$petServer', "(Get-McpRuntime 'it''s mine')"
        Get-Completion 'Invoke-McpTool get_pet -Runtime $pet' | Should -Contain '$petServer'
        Get-Completion 'Invoke-McpTool get_pet -Runtime it' | Should -Be "(Get-McpRuntime 'it''s mine')"
        Get-Completion 'Stop-McpRuntime -InputObject ' | Should -Be '$petServer', "(Get-McpRuntime 'it''s mine')"
        Get-Completion 'Get-McpTool -Server ' | Should -Be '$petSession'
        Get-Completion 'Disconnect-McpServer -Server ' | Should -Be '$petSession'
    }

    It 'is completed by number where several have one name, and without those that have ended' {
        $other = Start-McpRuntime -Transport Stdio -Name 'it''s MINE'
        try { @(Get-Completion 'Get-McpTool -Runtime ') | Where-Object { $_ -match '-Id \d+\)$' } | Should -HaveCount 1 }
        finally { $other | Remove-Job -Force }
        $ended = Start-McpRuntime -Transport Stdio -Name 'ended'
        $ended | Stop-McpRuntime
        Get-Completion 'Get-McpTool -Runtime end' | Should -BeNullOrEmpty
    }

    It 'leads to the tools of that server and to their arguments' -TestCases @(
        @{ Target = '-Runtime $petServer' }
        @{ Target = '-Runtime (Get-McpRuntime pets)' }
        @{ Target = "-Runtime (Get-McpRuntime 'it''s mine')" }
        @{ Target = '-Runtime (Get-McpRuntime -Name pets)' }
        @{ Target = '-Server $petSession' }
        @{ Target = '-Server (Get-McpServer files)' }
    ) {
        # Only the server has tools now.
        $env:MCP_RUNTIME_CONNECTORS_DIR, $before = (Join-Path $TestDrive 'nothing'), $env:MCP_RUNTIME_CONNECTORS_DIR
        try {
            Get-Completion "Get-McpTool $Target -Name get_p" | Should -Be 'get_pet'
            Get-Completion "Invoke-McpTool $Target -Name get_pet -i" | Should -Contain '-id'
            Get-Completion "Invoke-McpTool get_pet $Target -verb" | Should -Contain '-verboseValue'
        }
        finally { $env:MCP_RUNTIME_CONNECTORS_DIR = $before }
    }

    It 'evaluates no other expression' {
        $mark = Join-Path $TestDrive 'mark'
        $null = Get-Completion "Invoke-McpTool get_pet -Runtime (New-Item '$mark') -i"
        $null = Get-Completion "Invoke-McpTool get_pet -Runtime (Get-McpRuntime (New-Item '$mark')) -i"
        $null = Get-Completion "Invoke-McpTool get_pet -Runtime (Get-McpRuntime `"`$(New-Item '$mark')`") -i"
        $null = Get-Completion "Invoke-McpTool get_pet -Runtime (Get-McpRuntime pets | ForEach-Object { New-Item '$mark' }) -i"
        $null = Get-Completion "Invoke-McpTool get_pet -Runtime (Get-McpRuntime pets > '$mark') -i"
        Test-Path $mark | Should -BeFalse
        { Invoke-McpTool get_pet -Runtime pets -id 1 } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }
}

Describe 'A choice of an import' {
    It 'is completed from the document that the line names' {
        Get-Completion "Import-McpConnector '$document' -IncludeTag " | Should -Be 'pets', "'Admin area'", 'store'
        Get-Completion "Import-McpConnector -LiteralPath '$document' -ExcludeTag a" | Should -Be "'Admin area'"
        Get-Completion "Import-McpConnector '$document' -IncludeTag pets, s" | Should -Be 'store'
        Get-Completion "Import-McpConnector '$document' -IncludeOperation " | Should -Be 'listPets', 'addPet', 'get-store'
        Get-Completion "Import-McpConnector '$document' -IncludePath " | Should -Be '/pets', "'/store/{id}'"
        Push-Location $TestDrive
        try { Get-Completion 'Import-McpConnector ./api* -IncludeTag st' | Should -Be 'store' }
        finally { Pop-Location }
    }

    It 'is nothing, and no name of a file, where there is no document' {
        Get-Completion "Import-McpConnector '$TestDrive/none.yaml' -IncludeTag " | Should -BeNullOrEmpty
        Get-Completion 'Import-McpConnector https://127.0.0.1:9/openapi.json -IncludeTag ' | Should -BeNullOrEmpty
        Get-Completion 'Import-McpConnector -IncludeTag ' | Should -BeNullOrEmpty
    }
}

Describe 'Tools to serve' {
    It 'are completed' {
        Get-Completion 'Start-McpRuntime Stdio -Tool get_p' | Should -Be 'get_pet'
        Get-Completion 'Register-McpClient -Tool add' | Should -Be 'add_pet'
    }
}
