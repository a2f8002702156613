BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = New-TestConnector petstore
}

Describe 'Disconnect-McpServer' {
    BeforeEach {
        $server = Connect-McpServer -Command pwsh -CommandArgument (Get-TestServerLine) -Name pets
    }

    AfterEach {
        Get-McpServer | Disconnect-McpServer
    }

    It 'ends the session and its program, given <Case>' -TestCases @(
        @{ Case = 'the session'; End = { Disconnect-McpServer $server } }
        @{ Case = 'its name'; End = { Disconnect-McpServer pets } }
        @{ Case = 'its number'; End = { Disconnect-McpServer -Id $server.Id } }
        @{ Case = 'the pipeline'; End = { Get-McpServer | Disconnect-McpServer } }
    ) {
        & $End | Should -BeNullOrEmpty
        Get-Process -Id $server.ProcessId -ErrorAction Ignore | Should -BeNullOrEmpty
        $server.State | Should -Be 'Ended'
        Get-McpServer | Should -BeNullOrEmpty
        Disconnect-McpServer $server
    }

    It 'ends nothing with -WhatIf' {
        Disconnect-McpServer $server -WhatIf
        $server.State | Should -Be 'Connected'
    }

    It 'reports a name that has no session' {
        Disconnect-McpServer -Name nothing -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -Be 'ServerNotFound,McpRuntime.Cmdlets.Servers.DisconnectMcpServerCommand'
    }
}
