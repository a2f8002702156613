BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    New-TestVault
}

Describe 'Remove-McpCredential' {
    BeforeEach {
        $null = New-TestConnector petstore
        Set-McpCredential petstore -ApiKey (ConvertTo-SecureString -AsPlainText 'k-123')
        $secret = (Get-McpCredential petstore).SecretName
    }

    It 'deletes the secret and its record, and gives nothing' {
        Remove-McpCredential petstore -Confirm:$false | Should -BeNullOrEmpty
        (Get-McpCredential petstore).IsSet | Should -BeFalse
        Get-SecretInfo -Name $secret -Vault Store | Should -BeNullOrEmpty
    }

    It 'asks first: nobody answers here, so nothing is deleted' {
        { Remove-McpCredential petstore -ErrorAction Stop } | Should -Throw
        (Get-McpCredential petstore).IsSet | Should -BeTrue
    }

    It 'deletes nothing with -WhatIf' {
        Remove-McpCredential petstore -WhatIf
        Get-SecretInfo -Name $secret -Vault Store | Should -Not -BeNullOrEmpty
    }

    It 'leaves a secret of the user''s own in the vault' {
        Set-Secret -Name Mine -Secret 'own' -Vault Store
        Set-McpCredential petstore -SecretName Mine
        Remove-McpCredential petstore -Confirm:$false
        (Get-McpCredential petstore).IsSet | Should -BeFalse
        Get-Secret -Name Mine -Vault Store -AsPlainText | Should -Be 'own'
    }

    It 'takes connectors and wildcards, from the pipeline too' {
        $null = New-TestConnector petshop
        Set-McpCredential petshop -ApiKey (ConvertTo-SecureString -AsPlainText 'x')
        Get-McpCredential petshop | Remove-McpCredential -Confirm:$false
        (Get-McpCredential).IsSet | Should -Be $false, $true
        Remove-McpCredential 'pets*' -Confirm:$false
        (Get-McpCredential).IsSet | Should -Be $false, $false
    }

    It 'forgets a record whose secret is gone already' {
        Remove-Secret -Name $secret -Vault Store
        Remove-McpCredential petstore -Confirm:$false
        (Get-McpCredential petstore).IsSet | Should -BeFalse
    }

    It 'reports what is not there' {
        Remove-McpCredential none -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -Be 'CredentialNotFound,McpRuntime.Cmdlets.Credentials.RemoveMcpCredentialCommand'
        $problem.CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'completes names' {
        Get-Completion 'Remove-McpCredential petst' | Should -Be 'petstore'
    }
}
