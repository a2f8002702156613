@{
    ModuleVersion     = '1.0'
    RootModule        = 'TestStore.Extension.psm1'
    FunctionsToExport = @(
        'Get-Secret', 'Get-SecretInfo', 'Remove-Secret', 'Set-Secret', 'Test-SecretVault', 'Unlock-SecretVault', 'Lock-TestStore', 'Reset-TestStore'
    )
}
