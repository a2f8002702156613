# Runs the examples of Get-Help, a JSON list of { place, code } in a file, each in a fresh world. Those that fail are in
# another file.
param([Parameter(Mandatory)][string] $Path, [Parameter(Mandatory)][string] $FailurePath)
. (Join-Path $PSScriptRoot 'Prelude.ps1')
Import-Module McpRuntime

function Import-Command {
    $null = Import-McpConnector https://petstore3.swagger.io/api/v3/openapi.json -Name petstore -Prefix Pet -Force
}

# What an example takes for granted, by what is in it.
$before = [ordered]@{
    '*Set-McpCredential -Credential (Get-Credential)*' = {
        $manifest = Join-Path $HOME '.local/share/mcp-runtime/connectors/petstore.yaml'
        (Get-Content -Raw $manifest).Replace('{ type: api_key, location: header, key_name: api_key }', '{ type: basic }') | Set-Content $manifest
    }
    '*Unlock-SecretVault -Name SecretStore*'           = {
        $password = ConvertTo-SecureString -AsPlainText 'pw'
        Register-SecretVault -Name SecretStore -ModuleName TestStore
        TestStore\Lock-TestStore $password
        Export-Clixml -InputObject $password -Path password.xml
    }
    '*(Get-McpServer files)*'                          = { $null = Connect-McpServer -Command npx -Name files }
    '*Get-McpServer | Disconnect-McpServer*'           = { $null = Connect-McpServer -Command npx }
    '*Get-McpRuntime | Stop-McpRuntime*'               = { $null = Start-McpRuntime -Transport Stdio }
    '*-Name crm -IncludePath*'                         = { Remove-McpConnector crm }
    '*Invoke-McpTool*'                                 = { Set-McpCredential petstore -ApiKey (ConvertTo-SecureString -AsPlainText 'k') }
    # A connector with commands.
    '*-ModuleOnly*'                                    = { Import-Command }
    '*Export-McpModule*'                               = { Import-Command }
    '*[a-z]-Pet[a-z]*'                                 = {
        Import-Command
        Set-McpCredential petstore -ApiKey (ConvertTo-SecureString -AsPlainText 'k')
    }
    '*-McpCredential petstore -*'                     = { Set-McpCredential petstore -ApiKey (ConvertTo-SecureString -AsPlainText 'k') }
}

$failures = foreach ($example in Get-Content -Raw $Path | ConvertFrom-Json) {
    $code = $example.code
    try {
        if ($code -match 'Import-McpConnector https') { Reset-World -Empty }
        else {
            Reset-World
            foreach ($pattern in $before.Keys.Where({ $code -like $_ })) { & $before[$pattern] }
        }
        # A server on standard input and output is a program of its own; its input ends at once.
        if ($code -match '^(?!pwsh).*-Transport Stdio -Wait') { $null = pwsh -NoProfile -NonInteractive -Command $code 2>&1 }
        else { $null = . ([scriptblock]::Create($code)) *>&1 }
    }
    catch { "$($example.place): $_`n    $($code -replace '\n', "`n    ")" }
    finally {
        Get-McpRuntime | Stop-McpRuntime
        Get-Job | Remove-Job -Force
        Get-McpServer | Disconnect-McpServer
        # Its folder goes with the world.
        Get-Module McpRuntime.* | Remove-Module
        TestStore\Reset-TestStore -All
    }
}
Set-Content -LiteralPath $FailurePath -Value ($failures -join "`n") -NoNewline
