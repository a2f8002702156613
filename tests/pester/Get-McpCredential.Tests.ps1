BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    New-TestVault
    $null = New-TestConnector petstore
    $null = New-TestConnector '@team/weather'
    $null = New-TestConnector unset
    Set-McpCredential petstore -ApiKey (ConvertTo-SecureString -AsPlainText 'k-123')
    # Coded as the runtime codes names: @ and / and _ are no letters.
    Set-Item 'Env:MCP_RUNTIME_CREDENTIAL___40TEAM_2FWEATHER__API_5FKEY__VALUE' 'from-env'
}

Describe 'Get-McpCredential' {
    It 'says for every scheme whether it is set, and where' {
        $all = Get-McpCredential
        $all.Connector | Should -Be '@team/weather', 'petstore', 'unset'
        $all.IsSet | Should -Be $true, $true, $false
        $all.Source | Should -Be 'environment', 'vault Store', $null
        $all.Type | Should -Be (@("api_key in header 'X-Key'") * 3)
    }

    It 'never holds a value' {
        $text = Get-McpCredential | ForEach-Object { $_ | Format-List * | Out-String; "$_"; $_ | ConvertTo-Json }
        $text | Should -Not -Match 'k-123|from-env'
    }

    It 'opens no vault' {
        Lock-TestVault
        try {
            $script = '$null = Import-Module $env:TEST_MODULE; (Get-McpCredential petstore).Source'
            pwsh -NoProfile -NonInteractive -Command $script | Should -Be 'vault Store'
        }
        finally {
            Unlock-TestVault
        }
    }

    It 'filters by name, wildcard and scheme, from the pipeline too' {
        (Get-McpCredential 'pet*').Connector | Should -Be 'petstore'
        ('petstore', 'unset' | Get-McpCredential).Connector | Should -Be 'petstore', 'unset'
        (Get-McpConnector petstore | Get-McpCredential -SecurityScheme api_key).IsSet | Should -BeTrue
        Get-McpCredential petstore -SecurityScheme other | Should -BeNullOrEmpty
    }

    It 'still shows what is kept for a connector that is gone' {
        $null = New-TestConnector gone
        Set-McpCredential gone -ApiKey (ConvertTo-SecureString -AsPlainText 'x')
        Remove-McpConnector gone -WarningAction SilentlyContinue -WarningVariable warning
        $warning | Should -BeLike '*Remove-McpCredential*'
        (Get-McpCredential gone).IsSet | Should -BeTrue
        Remove-McpCredential gone -Confirm:$false
    }

    It 'reports a connector that is not there' {
        Get-McpCredential none -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -Be 'ConnectorNotFound,McpRuntime.Cmdlets.Credentials.GetMcpCredentialCommand'
    }

    It 'shows connector, scheme, state and source' {
        $view = Get-McpCredential petstore | Out-String -Width 200
        $view | Should -Match 'Connector +SecurityScheme +Profile +IsSet +Source'
        $view | Should -Match 'petstore +api_key +default +True +vault Store'
    }

    It 'completes names and schemes' {
        Get-Completion 'Get-McpCredential uns' | Should -Be 'unset'
        Get-Completion 'Get-McpCredential petstore -SecurityScheme a' | Should -Be 'api_key'
    }
}
