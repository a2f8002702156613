BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    $document = Join-Path $TestDrive 'petstore.json'
    # Changes the document as its API's owner would.
    function Edit-Document([scriptblock] $Change) {
        $content = Get-Content -Raw $document | ConvertFrom-Json -AsHashtable
        & $Change $content
        $content | ConvertTo-Json -Depth 30 | Set-Content $document
    }
}

Describe 'Update-McpConnector' {
    BeforeEach {
        Remove-Item -Recurse -Force $env:MCP_RUNTIME_DATA_DIR, $env:MCP_RUNTIME_CONNECTORS_DIR -ErrorAction Ignore
        Copy-Item (Join-Path $PSScriptRoot 'petstore.json') $document -Force
        $WarningPreference = 'SilentlyContinue'
        $path = (Import-McpConnector $document -Name petstore -IncludePath '/pets/**').Path
    }

    It 'writes nothing where nothing has changed' {
        $before = (Get-Item $path).LastWriteTimeUtc
        $difference = Update-McpConnector petstore
        $difference.GetType().Name | Should -Be 'McpConnectorDifference'
        $difference.IsSame | Should -BeTrue
        (Get-Item $path).LastWriteTimeUtc | Should -Be $before
    }

    It 'takes what is new, with the filters of the import, and says so' {
        Edit-Document {
            param($Content)
            $Content.paths['/pets/{id}/photo'] = @{ get = @{ operationId = 'getPhoto'; responses = @{ '200' = @{ description = 'A picture.' } } } }
            $Content.paths['/orders'] = @{ get = @{ operationId = 'listOrders'; responses = @{ '200' = @{ description = 'Orders.' } } } }
        }
        $difference = Update-McpConnector petstore
        $difference.Added | Should -Be 'get_photo'
        $difference.Removed | Should -BeNullOrEmpty
        (Get-McpConnector petstore).Tools.Name | Should -Contain 'get_photo'
        (Update-McpConnector petstore).IsSame | Should -BeTrue
    }

    It 'keeps edits and names' {
        (Get-Content $path).Replace('name: get_pet', 'name: find_pet') | Set-Content $path
        Edit-Document { param($Content) $Content.paths['/pets/{id}'].get.operationId = 'renamed' }
        $null = Update-McpConnector petstore
        (Get-McpConnector petstore).Tools.Name | Should -Contain 'find_pet'
    }

    It 'shows what would change with -WhatIf' {
        Edit-Document { param($Content) $Content.paths['/pets/{id}'].Remove('delete') }
        $before = Get-Content -Raw $path
        $difference = Update-McpConnector petstore -WhatIf
        $difference.Removed | Should -Be 'delete_pet'
        $difference.IsBreaking | Should -BeTrue
        $difference.Changes.RuleId | Should -Be 'drift-tool-removed'
        $difference.Changes.Tool | Should -Be 'delete_pet'
        Get-Content -Raw $path | Should -Be $before
    }

    It 'takes connectors from the pipeline and wildcards' {
        (Get-McpConnector | Update-McpConnector).Name | Should -Be 'petstore'
        (Update-McpConnector 'pet*').Name | Should -Be 'petstore'
        Get-Completion 'Update-McpConnector -Name pe' | Should -Be 'petstore'
    }

    It 'sends no credentials to a server that no import has approved' {
        Edit-Document { param($Content) $Content.servers[0].url = 'https://elsewhere.example/v1' }
        $null = Update-McpConnector petstore -WarningVariable warnings
        $warnings -join ' ' | Should -Match 'https://elsewhere\.example.*-ApproveOrigin'
        Get-Content -Raw (Join-Path $env:MCP_RUNTIME_DATA_DIR 'approvals.json') | Should -Not -Match 'elsewhere'
    }

    It 'approves it with -ApproveOrigin' {
        Edit-Document { param($Content) $Content.servers[0].url = 'https://elsewhere.example/v1' }
        $null = Update-McpConnector petstore -ApproveOrigin
        Get-Content -Raw (Join-Path $env:MCP_RUNTIME_DATA_DIR 'approvals.json') | Should -Match 'https://elsewhere\.example'
    }

    It 'reports a connector that is not there' {
        Update-McpConnector none -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -Be 'ConnectorNotFound,McpRuntime.Cmdlets.Connectors.UpdateMcpConnectorCommand'
    }

    It 'reports a document that is gone, and leaves the connector' {
        Remove-Item $document
        Update-McpConnector petstore -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike '*,McpRuntime.Cmdlets.Connectors.UpdateMcpConnectorCommand'
        $problem[0].Exception.Message | Should -Match 'petstore\.json'
        Test-McpManifest $path -Quiet | Should -BeTrue
    }

    It 'reports -ModuleOnly for a connector without commands' {
        Update-McpConnector petstore -ModuleOnly -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -Be 'PrefixMissing,McpRuntime.Cmdlets.Connectors.UpdateMcpConnectorCommand'
        $problem.Exception.Message | Should -Match '-Prefix'
    }
}

Describe 'Update-McpConnector of a connector with commands' {
    It 'keeps the module current, after edits too, and renames nothing' {
        Copy-Item (Join-Path $PSScriptRoot 'petstore.json') $document -Force
        $path = (Import-McpConnector $document -Name petstore -Force -WarningAction Ignore).Path
        $module = Join-Path $env:PSModulePath.Split([System.IO.Path]::PathSeparator)[0] McpRuntime.Petstore McpRuntime.Petstore.psd1
        (Get-Content $path) -replace '^  name: petstore', "`$0`n  command_prefix: Pet" -replace '^( *)- name: get_pet$', "`$0`n`$1  command: Show-Animal" | Set-Content $path
        $null = Update-McpConnector petstore -WarningAction Ignore
        (Import-PowerShellDataFile $module).CmdletsToExport | Should -Contain 'Show-PetAnimal'
        Edit-Document {
            param($Content)
            $Content.paths['/pets/{id}'].get.parameters = @(@{ name = 'fields'; in = 'query'; schema = @{ type = 'string' } })
        }
        (Update-McpConnector petstore -WarningAction Ignore).IsSame | Should -BeFalse
        Import-Module $env:TEST_MODULE
        Import-Module $module
        (Get-Command Show-PetAnimal).Parameters.Keys | Should -Contain 'Fields'
    }
}
