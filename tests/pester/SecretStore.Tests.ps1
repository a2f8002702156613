# The real vault, where it is installed: what the tests' own store has to agree with.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    New-TestVault
    $null = New-TestConnector petstore
    Set-McpCredential petstore -ApiKey (ConvertTo-SecureString -AsPlainText 'k-1')
}

Describe 'A credential in SecretStore' {
    It 'is one SecureString, in the vault of the real module' {
        (Get-SecretVault -Name Store).ModuleName | Should -Be 'Microsoft.PowerShell.SecretStore'
        (Get-SecretInfo -Name (Get-McpCredential petstore).SecretName -Vault Store).Type | Should -Be 'SecureString'
        (Test-McpCredential petstore).IsUsable | Should -BeTrue
    }

    It 'is used by another process once that has unlocked the vault' {
        Lock-TestVault
        try {
            $locked, $unlocked = pwsh -NoProfile -NonInteractive -Command @'
Import-Module $env:TEST_MODULE
(Test-McpCredential petstore).IsUsable
Unlock-SecretVault -Name Store -Password (ConvertTo-SecureString -AsPlainText pw)
(Test-McpCredential petstore).IsUsable
'@
            $locked, $unlocked | Should -Be 'False', 'True'
        }
        finally { Unlock-TestVault }
    }

    # SecretStore itself ignores what another process writes within five seconds of a write of its own.
    It 'is the newest one, also right after this session has written' {
        Set-McpCredential petstore -ApiKey (ConvertTo-SecureString -AsPlainText 'k-1')
        pwsh -NoProfile -NonInteractive -Command 'Import-Module $env:TEST_MODULE; Set-McpCredential petstore -ApiKey (ConvertTo-SecureString -AsPlainText k-2)'
        $read = { Get-Secret -Vault Store -Name (Get-McpCredential petstore).SecretName -AsPlainText }
        Wait-Until { (& $read) -match 'k-2' } | Should -BeTrue
    }

    It 'is gone after Remove-McpCredential' {
        $name = (Get-McpCredential petstore).SecretName
        Remove-McpCredential petstore -Confirm:$false
        Get-SecretInfo -Name $name -Vault Store | Should -BeNullOrEmpty
    }
}
