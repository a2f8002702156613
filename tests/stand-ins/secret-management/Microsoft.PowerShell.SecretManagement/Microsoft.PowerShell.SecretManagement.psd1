@{
    RootModule        = 'StandIn.psm1'
    ModuleVersion     = '1.1.2'
    Author            = 'McpRuntime contributors'
    GUID              = '0f9a3c53-4c0a-4d0e-8a55-8c1f7a1f9a10'
    Description       = 'For the tests of McpRuntime only, where SecretManagement is not installed: its commands, as far as the tests use them. It protects nothing.'
    PowerShellVersion = '7.6'
    FunctionsToExport = @(
        'Get-Secret', 'Get-SecretInfo', 'Get-SecretVault', 'Register-SecretVault', 'Remove-Secret', 'Set-Secret', 'Set-SecretVaultDefault'
        'Test-SecretVault', 'Unlock-SecretVault', 'Unregister-SecretVault'
    )
    CmdletsToExport   = @()
    AliasesToExport   = @()
    VariablesToExport = @()
}
