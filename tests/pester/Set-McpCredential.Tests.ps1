BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    function Get-Stored([string] $Name) {
        Get-Secret -Name $Name -Vault Store | ConvertFrom-SecureString -AsPlainText | ConvertFrom-Json
    }
    $key = ConvertTo-SecureString -AsPlainText 'k-123'
    $person = [pscredential]::new('ada', (ConvertTo-SecureString -AsPlainText 'p"w\ö'))
}

Describe 'Set-McpCredential without a vault' {
    It 'says how to register one' {
        $null = New-TestConnector petstore
        Set-McpCredential petstore -ApiKey $key -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -Be 'VaultNotFound,McpRuntime.Cmdlets.Credentials.SetMcpCredentialCommand'
        $problem.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problem[0].Exception.Message | Should -BeLike '*Register-SecretVault*'
    }
}

Describe 'Set-McpCredential' {
    BeforeAll {
        New-TestVault
    }

    BeforeEach {
        Remove-Item -Recurse -Force $env:MCP_RUNTIME_DATA_DIR, $env:MCP_RUNTIME_CONNECTORS_DIR -ErrorAction Ignore
        $manifest = New-TestConnector petstore
    }

    It 'keeps an API key in the default vault, for the only scheme that takes it' {
        Set-McpCredential petstore -ApiKey $key | Should -BeNullOrEmpty
        $set = Get-McpCredential petstore
        $set.SecurityScheme | Should -Be 'api_key'
        $set.Vault | Should -Be 'Store'
        $set.SecretName | Should -MatchExactly '^mcp-petstore-api-key-[a-z2-7]{26}$'
        (Get-Stored $set.SecretName).value | Should -BeExactly 'k-123'
        $set.Origins | Should -Be 'https://pets.example'
    }

    It 'takes the connector''s name in any case' {
        $kept = Set-McpCredential PetStore -ApiKey $key -PassThru
        $kept.Connector | Should -BeExactly 'petstore'
        $kept.SecretName | Should -MatchExactly '^mcp-petstore-api-key-'
        (Test-McpCredential PETSTORE).IsUsable | Should -BeTrue
        Get-Completion 'Set-McpCredential PetStore -SecurityScheme a' | Should -Be 'api_key'
        Remove-McpCredential PetSTORE -Confirm:$false
        (Get-McpCredential Petstore).IsSet | Should -BeFalse
    }

    It 'writes no secret into the user''s data' {
        Set-McpCredential petstore -ApiKey $key
        Get-ChildItem -Recurse -File $env:MCP_RUNTIME_DATA_DIR | Get-Content -Raw | Should -Not -Match 'k-123'
    }

    It 'gives what it kept with -PassThru, without the value' {
        $kept = Set-McpCredential petstore -ApiKey $key -PassThru -ExpiresAt '2031-02-03'
        $kept.IsSet | Should -BeTrue
        $kept.Fields | Should -Be 'value'
        $kept.ExpiresAt | Should -Be ([DateTimeOffset]'2031-02-03')
        $kept | Format-List * | Out-String | Should -Not -Match 'k-123'
    }

    It 'keeps user name and password for a basic scheme' {
        (Get-Content -Raw $manifest).Replace('{ type: api_key, location: header, key_name: X-Key }', '{ type: basic }') | Set-Content $manifest
        Set-McpCredential petstore -Credential $person
        $stored = Get-Stored (Get-McpCredential petstore).SecretName
        $stored.username | Should -BeExactly 'ada'
        $stored.password | Should -BeExactly 'p"w\ö'
    }

    It 'keeps a client for an oauth2 scheme, and its endpoint in the manifest' {
        (Get-Content -Raw $manifest).Replace('{ type: api_key, location: header, key_name: X-Key }', '{ type: oauth2, flows: [client_credentials], token_url: "https://id.example/token" }') | Set-Content $manifest
        Set-McpCredential petstore -ClientId me -ClientSecret $key -Scope 'read:pets'
        $stored = Get-Stored (Get-McpCredential petstore).SecretName
        $stored.client_id, $stored.client_secret | Should -Be 'me', 'k-123'
        Get-Content -Raw $manifest | Should -Match 'read:pets'
        (Get-McpCredential petstore).Origins | Should -Be 'https://pets.example', 'https://id.example'
        Set-McpCredential petstore -BearerToken $key
        (Get-Stored (Get-McpCredential petstore).SecretName).token | Should -BeExactly 'k-123'
    }

    It 'keeps a refresh token with its client, and its endpoint in the manifest' {
        (Get-Content -Raw $manifest).Replace('{ type: api_key, location: header, key_name: X-Key }', '{ type: oauth2, flows: [authorization_code], authorization_url: "https://id.example/ask" }') | Set-Content $manifest
        $token = ConvertTo-SecureString -AsPlainText 'r-1'
        Set-McpCredential petstore -ClientId me -RefreshToken $token -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'SecuritySchemeNotFound,*'
        Set-McpCredential petstore -ClientId me -RefreshToken $token -TokenUrl https://id.example/token
        $public = Get-Stored (Get-McpCredential petstore).SecretName
        $public.client_id, $public.refresh_token | Should -Be 'me', 'r-1'
        $public.client_secret | Should -BeNullOrEmpty
        Get-Content -Raw $manifest | Should -Match 'token_url: "?https://id\.example/token'
        $kept = Set-McpCredential petstore -ClientId me -ClientSecret $key -RefreshToken $token -ExpiresAt '2031-01-01' -PassThru
        $kept.Fields | Sort-Object | Should -Be 'client_id', 'client_secret', 'refresh_token'
        $kept.ExpiresAt | Should -Be ([DateTimeOffset]'2031-01-01')
        (Get-Stored (Get-McpCredential petstore).SecretName).client_secret | Should -BeExactly 'k-123'
        (Test-McpCredential petstore).IsUsable | Should -BeTrue
    }

    It 'adds a scheme that the document did not have' {
        $plain = (Get-Content -Raw $manifest) -replace '(?m)^  security_schemes:\n.*\n', '' -replace '(?m)^    security: .*\n', ''
        Set-Content $manifest $plain
        Set-McpCredential petstore -ApiKey $key -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'SecuritySchemeNotFound,*'
        Set-McpCredential petstore -ApiKey $key -KeyName X-Shop -Prefix Token -WhatIf
        Get-Content -Raw $manifest | Should -Not -Match 'X-Shop'
        Set-McpCredential petstore -ApiKey $key -KeyName X-Shop -Prefix Token
        Get-Content -Raw $manifest | Should -Match 'key_name: X-Shop'
        Test-McpManifest $manifest -Quiet | Should -BeTrue
        (Get-McpCredential petstore).Type | Should -Be "api_key in header 'X-Shop'"
    }

    It 'asks which scheme where several would do' {
        (Get-Content -Raw $manifest).Replace('  security: []', "    second: { type: api_key, location: query, key_name: k }`n  security: []") | Set-Content $manifest
        Set-McpCredential petstore -ApiKey $key -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'SecuritySchemeAmbiguous,*'
        $problem[0].Exception.Message | Should -BeLike '*api_key, second*'
        Set-McpCredential petstore -ApiKey $key -SecurityScheme second
        (Get-McpCredential petstore -SecurityScheme second).IsSet | Should -BeTrue
        (Get-McpCredential petstore -SecurityScheme api_key).IsSet | Should -BeFalse
        Set-McpCredential petstore -ApiKey $key -SecurityScheme third -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'SecuritySchemeNotFound,*'
    }

    It 'uses a secret of the user''s own of the type <Type>' -TestCases @(
        @{ Type = 'String'; Secret = 'own-1' }
        @{ Type = 'SecureString'; Secret = (ConvertTo-SecureString -AsPlainText 'own-2') }
        @{ Type = 'PSCredential'; Secret = [pscredential]::new('x', (ConvertTo-SecureString -AsPlainText 'own-3')) }
        @{ Type = 'Hashtable'; Secret = @{ value = 'own-4'; note = 'mine' } }
    ) {
        Set-Secret -Name Mine -Secret $Secret
        Set-McpCredential petstore -SecretName Mine
        $set = Get-McpCredential petstore
        $set.SecretName | Should -Be 'Mine'
        (Test-McpCredential petstore).IsUsable | Should -BeTrue
    }

    It 'says that a secret does not exist, and how to add it' {
        Set-McpCredential petstore -SecretName Missing -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem | Should -BeLike "The vault 'Store' does not have a secret 'Missing'.*Set-Secret -Name 'Missing' -Vault 'Store'"
        $problem.FullyQualifiedErrorId | Should -BeLike 'SecretNotFound,*'
    }

    It 'refuses a secret that is <Case>' -TestCases @(
        @{ Case = 'of another type'; Secret = [byte[]](1, 2); Id = 'SecretTypeNotSupported' }
        @{ Case = 'a hashtable of something else'; Secret = @{ colour = 'red' }; Id = 'SecretTypeNotSupported' }
        @{ Case = 'not there'; Secret = $null; Id = 'SecretNotFound' }
    ) {
        Remove-Secret -Name Odd -Vault Store -ErrorAction Ignore
        if ($Secret) { Set-Secret -Name Odd -Secret $Secret }
        Set-McpCredential petstore -SecretName Odd -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -Be "$Id,McpRuntime.Cmdlets.Credentials.SetMcpCredentialCommand"
        (Get-McpCredential petstore).IsSet | Should -BeFalse
    }

    It 'keeps nothing with -WhatIf' {
        Set-McpCredential petstore -ApiKey $key -WhatIf
        (Get-McpCredential petstore).IsSet | Should -BeFalse
    }

    It 'takes connectors from the pipeline by property name' {
        $null = New-TestConnector second
        Get-McpConnector | Set-McpCredential -ApiKey $key
        (Get-McpCredential).IsSet | Should -Be $true, $true
    }

    It 'approves a new origin only with -Force' {
        Set-McpCredential petstore -ApiKey $key
        $null = New-TestConnector petstore -BaseUrl https://elsewhere.example
        Set-McpCredential petstore -ApiKey $key -WarningAction SilentlyContinue -WarningVariable warning
        $warning | Should -BeLike '*https://elsewhere.example*-Force*'
        (Test-McpCredential petstore).Problem | Should -BeLike '*not approved for https://elsewhere.example*Set-McpCredential ''petstore'' -SecurityScheme ''api_key'' -Force'
        Set-McpCredential petstore -Force -WhatIf
        (Test-McpCredential petstore).IsUsable | Should -BeFalse
        Set-McpCredential petstore -Force
        (Test-McpCredential petstore).IsUsable | Should -BeTrue
        $null = New-TestConnector petstore -BaseUrl https://third.example
        Set-McpCredential petstore -ApiKey $key -Force
        (Test-McpCredential petstore).IsUsable | Should -BeTrue
    }

    It 'asks for a credential where none is given' {
        Set-McpCredential petstore -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'CredentialMissing,*'
    }

    It 'reports a vault and a connector that are not there' {
        Set-McpCredential petstore -ApiKey $key -Vault nowhere -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'VaultNotFound,*'
        $problem[0].Exception.Message | Should -BeLike '*Registered: Store*'
        Set-McpCredential none -ApiKey $key -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'ConnectorNotFound,*'
    }

    It 'takes secrets as SecureString and PSCredential only' {
        $parameters = (Get-Command Set-McpCredential).Parameters
        $parameters['ApiKey', 'BearerToken', 'ClientSecret', 'RefreshToken'].ParameterType | Sort-Object -Unique | Should -Be ([securestring])
        { Set-McpCredential petstore -ApiKey 'plain' } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,*'
    }

    It 'completes connectors, schemes and vaults' {
        Get-Completion 'Set-McpCredential pe' | Should -Be 'petstore'
        Get-Completion 'Set-McpCredential petstore -SecurityScheme ap' | Should -Be 'api_key'
        Get-Completion 'Set-McpCredential petstore -Vault s' | Should -Be 'Store'
    }
}
