BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = New-TestConnector petstore
    $first = Connect-McpServer -Command pwsh -CommandArgument (Get-TestServerLine) -Name 'pets one'
    $second = Connect-McpServer -Command pwsh -CommandArgument (Get-TestServerLine) -Name other
}

AfterAll {
    Get-McpServer | Disconnect-McpServer
}

Describe 'Get-McpServer' {
    It 'gives all sessions, by name, by wildcard and by number' {
        (Get-McpServer).Name | Should -Be 'pets one', 'other'
        (Get-McpServer PETS*).Id | Should -Be $first.Id
        (Get-McpServer -Id $second.Id).Name | Should -Be 'other'
        Get-McpServer none* | Should -BeNullOrEmpty
    }

    It 'reports a name or number that has none' {
        Get-McpServer nothing -ErrorAction SilentlyContinue -ErrorVariable problem
        Get-McpServer -Id 99 -ErrorAction SilentlyContinue -ErrorVariable +problem
        $problem.FullyQualifiedErrorId | Should -Be (@('ServerNotFound,McpRuntime.Cmdlets.Servers.GetMcpServerCommand') * 2)
        $problem[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'completes names, quoted where PowerShell needs it' {
        Get-Completion 'Get-McpServer ' | Should -Be "'pets one'", 'other'
        Get-Completion 'Disconnect-McpServer -Name O' | Should -Be 'other'
    }

    It 'lists the sessions of its own runspace only' {
        1 | ForEach-Object -Parallel { Import-Module $env:TEST_MODULE; Get-McpServer } | Should -BeNullOrEmpty
        # The session itself works anywhere.
        $tools = 1..2 | ForEach-Object -Parallel { Import-Module $env:TEST_MODULE; Get-McpTool get_pet -Server $using:first }
        $tools.Name | Should -Be 'get_pet', 'get_pet'
    }
}
