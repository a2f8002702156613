BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
}

Describe 'Remove-McpConnector' {
    BeforeEach {
        $path = New-TestConnector petstore
    }

    It 'deletes the manifest and gives nothing' {
        Remove-McpConnector petstore | Should -BeNullOrEmpty
        $path | Should -Not -Exist
    }

    It 'takes connectors from the pipeline, of their own folder' {
        $other = New-TestConnector petstore -Folder (Join-Path $TestDrive 'other')
        Get-McpConnector -ConnectorPath (Join-Path $TestDrive 'other') | Remove-McpConnector
        $other | Should -Not -Exist
        $path | Should -Exist
    }

    It 'takes wildcards' {
        $second = New-TestConnector petshop
        Remove-McpConnector -Name 'pets*'
        $path, $second | Should -Not -Exist
    }

    It 'deletes nothing with -WhatIf' {
        Remove-McpConnector petstore -WhatIf
        $path | Should -Exist
    }

    It 'reports what is not there, and goes on' {
        Remove-McpConnector none, petstore -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -Be 'ConnectorNotFound,McpRuntime.Cmdlets.Connectors.RemoveMcpConnectorCommand'
        $path | Should -Not -Exist
    }

    It 'forgets what was approved' {
        $approvals = Join-Path $env:MCP_RUNTIME_DATA_DIR 'approvals.json'
        $null = New-Item -ItemType Directory -Force $env:MCP_RUNTIME_DATA_DIR
        Set-Content $approvals '{"connectors":{"petstore":{"origins":{"https://pets.example":"2026-01-01T00:00:00Z"},"private_hosts":{}}}}'
        Remove-McpConnector petstore
        Get-Content -Raw $approvals | Should -Not -Match 'pets.example'
    }

    It 'completes names' {
        Get-Completion 'Remove-McpConnector -Name pe' | Should -Be 'petstore'
    }
}
