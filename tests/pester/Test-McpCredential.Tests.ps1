BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    New-TestVault
    $null = New-TestConnector petstore
    $null = New-TestConnector unset
    Set-McpCredential petstore -ApiKey (ConvertTo-SecureString -AsPlainText 'k-123')
}

Describe 'Test-McpCredential' {
    It 'accepts what can be read' {
        $test = Test-McpCredential petstore
        $test.IsUsable | Should -BeTrue
        $test.Source | Should -Be 'vault Store'
        $test.Problem | Should -BeNullOrEmpty
    }

    It 'says what is missing and how to set it' {
        $test = Test-McpCredential unset
        $test.IsUsable | Should -BeFalse
        $test.Problem | Should -BeLike "*Set-McpCredential 'unset' -SecurityScheme 'api_key' -ApiKey*"
    }

    It 'says True or False with -Quiet' {
        'petstore', 'unset' | Test-McpCredential -Quiet | Should -Be $true, $false
        Get-McpConnector petstore | Test-McpCredential -Quiet | Should -BeTrue
    }

    It 'notices a secret that is gone from the vault' {
        $null = New-TestConnector lost
        Set-McpCredential lost -ApiKey (ConvertTo-SecureString -AsPlainText 'x')
        Remove-Secret -Name (Get-McpCredential lost).SecretName -Vault Store
        (Test-McpCredential lost).Problem | Should -BeLike '*no longer has the secret*'
    }

    It 'notices a credential that has ended' {
        $null = New-TestConnector old
        Set-McpCredential old -ApiKey (ConvertTo-SecureString -AsPlainText 'x') -ExpiresAt '2001-01-01'
        (Test-McpCredential old).Problem | Should -BeLike '*ended on*'
    }

    It 'says that a locked vault is locked, and how to unlock it' {
        Set-SecretStoreConfiguration -Authentication Password -Interaction None -Password (ConvertTo-SecureString -AsPlainText pw) -Confirm:$false
        try {
            $script = '$null = Import-Module $env:TEST_MODULE; (Test-McpCredential petstore).Problem; Set-McpCredential petstore -ApiKey (ConvertTo-SecureString -AsPlainText x) -ErrorAction SilentlyContinue -ErrorVariable e; $e.FullyQualifiedErrorId'
            $said = pwsh -NoProfile -NonInteractive -Command $script
            $said[0] | Should -BeLike "*'Store' is locked*Unlock-SecretVault*"
            $said[1] | Should -BeLike 'VaultLocked,*'
        }
        finally {
            Set-SecretStoreConfiguration -Authentication None -Interaction None -Password (ConvertTo-SecureString -AsPlainText pw) -Confirm:$false
        }
    }

    It 'reports a connector that is not there' {
        Test-McpCredential none -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -Be 'ConnectorNotFound,McpRuntime.Cmdlets.Credentials.TestMcpCredentialCommand'
    }

    It 'completes names' {
        Get-Completion 'Test-McpCredential uns' | Should -Be 'unset'
    }
}
