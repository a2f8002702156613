# The module where SecretManagement is not installed.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $complete = $env:PSModulePath
    # Another session still has it, and sets a credential of the connector 'kept'.
    $null = New-TestConnector kept
    pwsh -NoProfile -NonInteractive -Command "`$TestDrive = '$TestDrive'; . '$(Join-Path $PSScriptRoot 'Common.ps1')'; New-TestVault; Set-McpCredential kept -ApiKey (ConvertTo-SecureString -AsPlainText k-1)"
    $env:PSModulePath = $complete.Split([IO.Path]::PathSeparator).Where({
            -not (Test-Path (Join-Path $_ 'Microsoft.PowerShell.SecretManagement')) }) -join [IO.Path]::PathSeparator
    $upstream = Start-TestUpstream @{ 'POST /pets' = @{ Body = '{"id":7}' }; 'GET /pets/7' = @{ Body = '{"id":7}' } }
    $null = New-TestConnector petstore -BaseUrl $upstream.Url
    $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
    $env:MCP_RUNTIME_CREDENTIAL__PETSTORE__API_5FKEY__ORIGINS = $upstream.Url
}

AfterAll {
    Stop-TestUpstream $upstream
    Remove-Item Env:MCP_RUNTIME_CREDENTIAL__PETSTORE__API_5FKEY__ORIGINS, Env:MCP_RUNTIME_ALLOWED_NETWORKS
}

Describe 'Without SecretManagement' {
    It 'loads in a fresh session' {
        Get-Module -ListAvailable Microsoft.PowerShell.SecretManagement | Should -BeNullOrEmpty
        $commands = pwsh -NoProfile -NonInteractive -Command "Import-Module '$env:TEST_MODULE'; (Get-Command -Module McpRuntime).Count"
        $commands | Should -Be (Get-Command -Module McpRuntime).Count
    }

    It 'calls with a credential of an environment variable' {
        $env:MCP_RUNTIME_CREDENTIAL__PETSTORE__API_5FKEY__VALUE = 'from-variable'
        try {
            (Test-McpCredential petstore).IsUsable | Should -BeTrue
            (Invoke-McpTool petstore__add_pet -nameValue Rex -Confirm:$false).id | Should -Be 7
        }
        finally { Remove-Item Env:MCP_RUNTIME_CREDENTIAL__PETSTORE__API_5FKEY__VALUE }
        $upstream.Requests.ToArray()[-1].Key | Should -Be 'from-variable'
    }

    It 'calls with a credential of a file' {
        $env:MCP_RUNTIME_CREDENTIALS_DIR = Join-Path $TestDrive 'credentials'
        $null = New-Item -ItemType Directory $env:MCP_RUNTIME_CREDENTIALS_DIR
        [IO.File]::WriteAllText("$env:MCP_RUNTIME_CREDENTIALS_DIR/MCP_RUNTIME_CREDENTIAL__PETSTORE__API_5FKEY__VALUE", 'from-file')
        [IO.File]::WriteAllText("$env:MCP_RUNTIME_CREDENTIALS_DIR/MCP_RUNTIME_CREDENTIAL__PETSTORE__API_5FKEY__ORIGINS", $upstream.Url)
        try { (Invoke-McpTool petstore__add_pet -nameValue Rex -Confirm:$false).id | Should -Be 7 }
        finally { Remove-Item Env:MCP_RUNTIME_CREDENTIALS_DIR }
        $upstream.Requests.ToArray()[-1].Key | Should -Be 'from-file'
    }

    It 'lists credentials, tools and connectors, and completes nothing for a vault' {
        (Get-McpCredential kept).Vault | Should -Be 'Store'
        (Get-McpConnector).Name | Should -Be 'kept', 'petstore'
        (Get-McpTool petstore__get_pet).Method | Should -Be 'GET'
        Get-Completion 'Set-McpCredential petstore -Vault S' | Should -BeNullOrEmpty
    }

    It 'says what to install when a vault is used: <Case>' -TestCases @(
        @{ Case = 'set'; Command = { Set-McpCredential petstore -ApiKey (ConvertTo-SecureString -AsPlainText 'k') -ErrorAction Stop } }
        @{ Case = 'remove'; Command = { Remove-McpCredential kept -Confirm:$false -ErrorAction Stop } }
    ) {
        $Command | Should -Throw '*Run: Install-PSResource Microsoft.PowerShell.SecretManagement.*' -ErrorId 'SecretManagementNotInstalled,*'
        (Get-McpCredential petstore).Vault | Should -BeNullOrEmpty
        (Get-McpCredential kept).IsSet | Should -BeTrue
    }

    It 'says what to install when a call needs a credential that is in a vault' {
        (Test-McpCredential kept).Problem | Should -BeLike '*Run: Install-PSResource Microsoft.PowerShell.SecretManagement.*'
        { Invoke-McpTool kept__add_pet -nameValue Rex -Confirm:$false -ErrorAction Stop } |
            Should -Throw '*Run: Install-PSResource Microsoft.PowerShell.SecretManagement.*'
    }

    It 'takes an older version for none' {
        $module = Join-Path $TestDrive 'old/Microsoft.PowerShell.SecretManagement'
        $null = New-Item -ItemType Directory $module
        Set-Content (Join-Path $module 'Microsoft.PowerShell.SecretManagement.psd1') "@{ ModuleVersion = '1.0.0' }"
        $before = $env:PSModulePath
        $env:PSModulePath = "$(Join-Path $TestDrive 'old')$([IO.Path]::PathSeparator)$before"
        try {
            { Set-McpCredential petstore -ApiKey (ConvertTo-SecureString -AsPlainText 'k') -ErrorAction Stop } |
                Should -Throw '*1.1.2 or later*' -ErrorId 'SecretManagementNotInstalled,*'
        }
        finally { $env:PSModulePath = $before }
    }
}

Describe 'After SecretManagement was installed' {
    It 'uses vaults in the same session' {
        $env:PSModulePath = $complete
        (Test-McpCredential kept).IsUsable | Should -BeTrue
        Get-Module Microsoft.PowerShell.SecretManagement | Should -BeNullOrEmpty -Because 'vaults are asked next to the session'
    }
}
