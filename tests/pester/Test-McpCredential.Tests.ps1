BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    New-TestVault
    $null = New-TestConnector petstore
    $null = New-TestConnector unset
    Set-McpCredential petstore -ApiKey (ConvertTo-SecureString -AsPlainText 'k-123')
}

Describe 'Test-McpCredential' {
    It 'leaves IsAccepted empty where there is no token endpoint to ask' {
        $test = Test-McpCredential petstore
        $test.IsUsable | Should -BeTrue
        $test.IsAccepted | Should -BeNullOrEmpty
    }

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

    It 'tests the credentials of all connectors by itself' {
        $tests = Test-McpCredential
        $tests.Connector | Should -Be 'petstore', 'unset'
        $tests.IsUsable | Should -Be $true, $false
        Test-McpCredential -Quiet | Should -Be $true, $false
    }

    It 'shows a problem whole, on as many lines as it takes' {
        $test = Test-McpCredential unset
        $view = $test | Out-String -Width 110
        $view | Should -Not -Match ([char] 0x2026)
        $column = $view.Split("`n").Where({ $_ -match 'Problem' })[0].IndexOf('Problem')
        $shown = ($view.Split("`n").Where({ $_.Length -gt $column }) | Select-Object -Skip 2 | ForEach-Object { $_.Substring($column) }) -join ''
        $shown -replace '\s' | Should -Be ($test.Problem -replace '\s')
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
        (Test-McpCredential old).Problem | Should -BeLike '*expired on*'
    }

    It 'says that a locked vault is locked, and how to unlock it' {
        Lock-TestVault
        try {
            $script = '$null = Import-Module $env:TEST_MODULE; (Test-McpCredential petstore).Problem; Set-McpCredential petstore -ApiKey (ConvertTo-SecureString -AsPlainText x) -ErrorAction SilentlyContinue -ErrorVariable e; $e.FullyQualifiedErrorId'
            $said = pwsh -NoProfile -NonInteractive -Command $script
            $said[0] | Should -BeLike "*'Store' is locked*Unlock-SecretVault*"
            $said[1] | Should -BeLike 'VaultLocked,*'
        }
        finally {
            Unlock-TestVault
        }
    }

    It 'asks the token endpoint of an OAuth client' {
        . (Join-Path $PSScriptRoot 'Upstream.ps1')
        $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
        $upstream = Start-TestUpstream @{
            'POST /good' = @{ Body = '{"access_token":"t-1","token_type":"Bearer","expires_in":60}' }
            'POST /bad'  = @{ Status = 401; Body = '{"error":"invalid_client","error_description":"Nobody knows you."}' }
        }
        try {
            foreach ($answer in 'good', 'bad') {
                $path = New-TestConnector $answer
                (Get-Content -Raw $path).Replace('{ type: api_key, location: header, key_name: X-Key }', "{ type: oauth2, flows: [client_credentials], token_url: '$($upstream.Url)/$answer' }") | Set-Content $path
                Set-McpCredential $answer -ClientId me -ClientSecret (ConvertTo-SecureString -AsPlainText 'c-1')
            }
            $good = Test-McpCredential good
            $good.IsUsable, $good.IsAccepted | Should -Be $true, $true
            $bad = Test-McpCredential bad
            $bad.IsUsable, $bad.IsAccepted | Should -Be $false, $false
            $bad.Problem | Should -BeLike '*returned no token*Nobody knows you*'
            'good', 'bad' | Test-McpCredential -Quiet | Should -Be $true, $false
            $upstream.Requests.Count | Should -Be 4
            (Get-McpConnector good | Test-McpCredential | Out-String -Width 200) | Should -Match 'Connector +SecurityScheme +Profile +IsUsable +Source +Problem'
        }
        finally { Stop-TestUpstream $upstream }
    }

    It 'shows the account that the tool of the manifest tells' {
        . (Join-Path $PSScriptRoot 'Upstream.ps1')
        $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
        $upstream = Start-TestUpstream @{ 'GET /me' = @{ Body = '{"user":{"id":1,"email":"ann@example.test"}}' } }
        try {
            $path = New-TestConnector told $upstream.Url -Tail @'
  - name: get_me
    description: Shows who calls.
    endpoint: GET /me
    arguments: {}
    input_schema: { type: object, properties: {} }
    security: [ { api_key: [] } ]
'@
            (Get-Content -Raw $path).Replace('  security: []', "  security: []`n  credentials: { account: { tool: get_me, select: user.email } }") | Set-Content $path
            Set-McpCredential told -ApiKey (ConvertTo-SecureString -AsPlainText 'k-1')
            $test = Test-McpCredential told
            $test.IsUsable, $test.Account | Should -Be $true, 'ann@example.test'
            $upstream.Requests.Key | Should -Be 'k-1'
        }
        finally {
            Stop-TestUpstream $upstream
            Remove-Item $path
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
