@{
    RootModule           = 'McpRuntime.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '5d0c3f0e-6c4b-4b8e-9d0a-7b1f2c9e4a61'
    Author               = 'McpRuntime contributors'
    CompanyName          = 'McpRuntime contributors'
    Copyright            = '(c) McpRuntime contributors. MIT licence.'
    Description          = 'Any REST API with an OpenAPI document as MCP tools for assistants and as commands for people and scripts, with credentials in a vault.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('McpRuntime.Format.ps1xml')
    CmdletsToExport      = @(
        'Connect-McpConnector'
        'Connect-McpServer'
        'Disconnect-McpConnector'
        'Disconnect-McpServer'
        'Export-McpModule'
        'Get-McpConnector'
        'Get-McpCredential'
        'Get-McpLog'
        'Get-McpRuntime'
        'Get-McpServer'
        'Get-McpTool'
        'Import-McpCommand'
        'Import-McpConnector'
        'Invoke-McpTool'
        'Register-McpClient'
        'Remove-McpConnector'
        'Remove-McpCredential'
        'Set-McpCredential'
        'Start-McpRuntime'
        'Stop-McpRuntime'
        'Test-McpCredential'
        'Test-McpManifest'
        'Unregister-McpClient'
        'Update-McpConnector'
        'Update-McpLock'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    PrivateData          = @{
        # What the package depends on, so that installing brings it. Not RequiredModules: the module works without vaults,
        # and PowerShell would not even load it where SecretManagement is missing.
        PackageDependencies = @(@{ ModuleName = 'Microsoft.PowerShell.SecretManagement'; ModuleVersion = '1.1.2' })
        PSData = @{
            Tags         = @('MCP', 'ModelContextProtocol', 'OpenAPI', 'REST', 'AI', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            # The publisher of the module may use another page.
            ProjectUri   = 'https://www.powershellgallery.com/packages/McpRuntime'
        }
    }
}
