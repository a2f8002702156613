# Sign-in from PowerShell, against a stand-in of a provider on loopback. Protocol and attacks are tested in
# McpRuntime.Core.Tests; here, what a user of the commands sees.
BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
    New-TestVault
    $body = '{"access_token":"tk-1-secret","token_type":"Bearer","expires_in":3600,"refresh_token":"rt-1-secret","scope":"read"}'

    function Start-Provider([hashtable] $Routes = @{}) {
        $all = @{
            'POST /pets' = @{ Body = '{"id":2}' }
            'GET /authorize' = @{ Authorize = 'code=code-1-secret' }
            'POST /token' = @{ Body = $body }
            'POST /revoke' = @{ Body = '' }
            'POST /device' = @{ Body = '{"device_code":"dev-1-secret","user_code":"WDJB-MJHT","verification_uri":"http://127.0.0.1/device","expires_in":600,"interval":1}' }
        }
        foreach ($route in $Routes.GetEnumerator()) { $all[$route.Key] = $route.Value }
        $api = Start-TestUpstream $all
        $path = New-TestConnector box -BaseUrl $api.Url
        (Get-Content -Raw $path).Replace('api_key: { type: api_key, location: header, key_name: X-Key }', "login: { type: oauth2, flows: [authorization_code], authorization_url: `"$($api.Url)/authorize`", token_url: `"$($api.Url)/token`", device_authorization_url: `"$($api.Url)/device`", revocation_url: `"$($api.Url)/revoke`", scopes: [read] }").Replace('api_key: []', 'login: [read]') |
            Set-Content $path
        $api
    }

    # Runs a command while somebody opens each URL that it shows: what it wrote, and its errors.
    function Invoke-WithBrowser([string] $Line) {
        $shell = [powershell]::Create()
        try {
            $written = [System.Management.Automation.PSDataCollection[psobject]]::new()
            $none = [System.Management.Automation.PSDataCollection[psobject]]::new()
            $none.Complete()
            $running = $shell.AddScript("Import-Module `$env:TEST_MODULE; $Line 6>&1").BeginInvoke($none, $written)
            $said = { "$(@(for ($i = 0; $i -lt $written.Count; $i++) { $written[$i] }).Where({ $_ -is [System.Management.Automation.InformationRecord] }))" }
            Wait-Until { $running.IsCompleted -or (& $said) -match 'http://127' } | Should -BeTrue
            if ((& $said) -match 'machine: (http://127\S+)') { $null = Start-ThreadJob { param($Url) Invoke-WebRequest $Url -SkipHttpErrorCheck -TimeoutSec 60 } -ArgumentList $Matches[1] }
            Wait-Until { $running.IsCompleted } | Should -BeTrue
            [pscustomobject]@{
                Output = @(for ($i = 0; $i -lt $written.Count; $i++) { $written[$i] }).Where({ $_ -isnot [System.Management.Automation.InformationRecord] }); Said = & $said
                Errors = @($shell.Streams.Error)
            }
        }
        finally { $shell.Dispose() }
    }

    function Get-Sent([string] $Path) { $api.Requests.ToArray().Where({ $_.Target -like "$Path*" }) }

    function Get-Form([string] $Path) { Get-Sent $Path | ForEach-Object { , [System.Web.HttpUtility]::ParseQueryString($_.Body) } }
}

Describe 'Connect-McpConnector' {
    BeforeEach {
        Remove-Item -Recurse -Force $env:MCP_RUNTIME_DATA_DIR, $env:MCP_RUNTIME_CONNECTORS_DIR -ErrorAction Ignore
    }

    AfterEach {
        Stop-TestUpstream $api
    }

    It 'signs in with a browser, and calls use the tokens, also in a new session' {
        $api = Start-Provider
        $run = Invoke-WithBrowser 'Connect-McpConnector box -ClientId client-1 -NoBrowser -Force -PassThru'
        $run.Errors | Should -BeNullOrEmpty
        $run.Output.IsSignIn, $run.Output.Profile, $run.Output.Vault, "$($run.Output.Scopes)" | Should -Be $true, 'default', 'Store', 'read'
        $asked = [System.Web.HttpUtility]::ParseQueryString(([uri]"http://x$((Get-Sent /authorize)[0].Target)").Query)
        $asked['client_id'], $asked['code_challenge_method'], $asked['response_type'] | Should -Be 'client-1', 'S256', 'code'
        $form = Get-Form /token
        $form['code'], $form['grant_type'] | Should -Be 'code-1-secret', 'authorization_code'
        $challenge = [Convert]::ToBase64String([System.Security.Cryptography.SHA256]::HashData([System.Text.Encoding]::ASCII.GetBytes($form['code_verifier']))).TrimEnd('=').Replace('+', '-').Replace('/', '_')
        $asked['code_challenge'] | Should -BeExactly $challenge
        (Invoke-McpTool add_pet -Argument @{ name = 'Rex' }).id | Should -Be 2
        pwsh -NoProfile -NonInteractive -Command "Import-Module '$env:TEST_MODULE'; (Invoke-McpTool add_pet -Argument @{ name = 'Rex' }).id" | Should -Be 2
        (Get-Sent /pets).Authorization | Should -Be 'Bearer tk-1-secret', 'Bearer tk-1-secret'
        # Nothing of it is anywhere but in the vault.
        $files = Get-ChildItem -Recurse -File $env:MCP_RUNTIME_DATA_DIR | Get-Content -Raw
        "$files $($run.Said) $($run.Output | Format-List * | Out-String)" | Should -Not -MatchExactly "-secret|$([regex]::Escape($form['code_verifier']))|$([regex]::Escape($asked['state']))"
    }

    It 'shows which scopes were granted, which tools lack one, and whose account it is' {
        $claims = [Convert]::ToBase64String([System.Text.Encoding]::ASCII.GetBytes('{"aud":"client-1","exp":4000000000,"email":"ann@example.test"}')).TrimEnd('=').Replace('+', '-').Replace('/', '_')
        $api = Start-Provider @{ 'POST /token' = @{ Body = $body.Replace('"scope":"read"', "`"scope`":`"read extra`",`"id_token`":`"e30.$claims.c2ln`"") } }
        $path = Join-Path $env:MCP_RUNTIME_CONNECTORS_DIR 'box.yaml'
        (Get-Content -Raw $path).Replace('security: [ { login: [read] } ]', 'security: [ { login: [read, write] } ]') | Set-Content $path
        (Invoke-WithBrowser 'Connect-McpConnector box -ClientId client-1 -NoBrowser -Force').Errors | Should -BeNullOrEmpty
        $test = Test-McpCredential box
        $test.Scopes | Should -Be 'extra', 'read'
        $test.MissingScopes | Should -Be 'write'
        $test.IsUsable, $test.IsSignIn, $test.Account | Should -Be $true, $true, 'ann@example.test'
        $test | Out-String -Width 200 | Should -Match 'Not granted, though tools need it: write'
    }

    It 'says when a sign-in ends that cannot be renewed, and no end of one that is' {
        $api = Start-Provider
        (Invoke-WithBrowser 'Connect-McpConnector box -ClientId client-1 -NoBrowser -Force').Errors | Should -BeNullOrEmpty
        (Get-McpCredential box).ExpiresAt | Should -BeNullOrEmpty
        Stop-TestUpstream $api
        $api = Start-Provider @{ 'POST /token' = @{ Body = '{"access_token":"tk-1-secret","token_type":"Bearer","expires_in":3600}' } }
        (Invoke-WithBrowser 'Connect-McpConnector box -ClientId client-1 -NoBrowser -Force').Errors | Should -BeNullOrEmpty
        (Get-McpCredential box).ExpiresAt | Should -BeGreaterThan ([DateTimeOffset]::UtcNow)
    }

    It 'completes the names of providers' {
        $api = Start-Provider
        Get-Completion 'Connect-McpConnector box -Provider g' | Should -Be 'github', 'google'
    }

    It 'remembers the client, and keeps profiles apart' {
        $api = Start-Provider
        (Invoke-WithBrowser 'Connect-McpConnector box -ClientId client-1 -NoBrowser -Force').Errors | Should -BeNullOrEmpty
        (Invoke-WithBrowser 'Connect-McpConnector box -NoBrowser').Errors | Should -BeNullOrEmpty
        (Invoke-WithBrowser 'Connect-McpConnector box -Profile work -ClientId client-2 -NoBrowser').Errors | Should -BeNullOrEmpty
        (Get-Form /token).ForEach({ $_['client_id'] }) | Should -Be 'client-1', 'client-1', 'client-2'
        (Get-McpCredential box).Profile | Should -Be 'default', 'work'
    }

    It 'shows a code with -DeviceCode' {
        $api = Start-Provider
        $run = Invoke-WithBrowser 'Connect-McpConnector box -ClientId client-1 -DeviceCode -Force -PassThru'
        $run.Errors | Should -BeNullOrEmpty
        $run.Said | Should -BeLike '*http://127.0.0.1/device*WDJB-MJHT*'
        $run.Said | Should -Not -MatchExactly '-secret'
        (Get-Form /token)['device_code'] | Should -Be 'dev-1-secret'
        $run.Output.IsSet | Should -BeTrue
    }

    It 'sends nothing to servers that no one approved' {
        $api = Start-Provider
        $path = Join-Path $env:MCP_RUNTIME_CONNECTORS_DIR 'box.yaml'
        (Get-Content -Raw $path).Replace('/token"', '/token"').Replace('base_url: http://127.0.0.1', 'base_url: http://127.0.0.2') | Set-Content $path
        Connect-McpConnector box -ClientId client-1 -NoBrowser -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'ConfirmationRequired,*'
        $problem[0].Exception.Message | Should -BeLike "*$($api.Url)*-Force*"
        $api.Requests.Count | Should -Be 0
        (Get-McpCredential box).IsSet | Should -BeFalse
    }

    It 'says what went wrong: <Id>' -ForEach @(
        @{ Id = 'SignInDenied'; Routes = @{ 'GET /authorize' = @{ Authorize = 'error=access_denied' } }; Line = '-ClientId client-1' }
        @{ Id = 'SignInFailed'; Routes = @{ 'POST /token' = @{ Status = 400; Body = '{"error":"invalid_grant"}' } }; Line = '-ClientId client-1' }
        @{ Id = 'SignInFailed'; Routes = @{}; Line = '' }
        @{ Id = 'SignInTimedOut'; Routes = @{ 'GET /authorize' = @{ Body = 'A page that no one fills in.' } }; Line = '-ClientId client-1 -TimeoutSec 3' }
        @{ Id = 'VaultNotFound'; Routes = @{}; Line = '-ClientId client-1 -Vault Nowhere' }
    ) {
        $all = @{ 'POST /pets' = @{ Body = '{}' } }
        $api = Start-TestUpstream (@{ 'GET /authorize' = @{ Authorize = 'code=code-1-secret' }; 'POST /token' = @{ Body = $body } }.GetEnumerator() | ForEach-Object { $all[$_.Key] = $Routes[$_.Key] ?? $_.Value } -End { $all })
        $path = New-TestConnector box -BaseUrl $api.Url
        (Get-Content -Raw $path).Replace('api_key: { type: api_key, location: header, key_name: X-Key }', "login: { type: oauth2, flows: [authorization_code], authorization_url: `"$($api.Url)/authorize`", token_url: `"$($api.Url)/token`", scopes: [read] }").Replace('api_key: []', 'login: [read]') | Set-Content $path
        $run = Invoke-WithBrowser "Connect-McpConnector box -NoBrowser -Force $Line"
        $run.Errors.FullyQualifiedErrorId | Should -BeLike "$Id,*ConnectMcpConnectorCommand"
        "$($run.Errors.Exception.Message)" | Should -Not -MatchExactly '-secret'
        (Get-McpCredential box).IsSet | Should -BeFalse
    }

    It 'ends with Ctrl+C and frees its port' {
        $api = Start-Provider
        $free = Get-FreePort
        $isTaken = {
            $client = [System.Net.Sockets.TcpClient]::new()
            try { $client.Connect('127.0.0.1', $free); $true } catch { $false } finally { $client.Dispose() }
        }
        Test-Stop "Connect-McpConnector box -ClientId client-1 -NoBrowser -Force -RedirectUri http://127.0.0.1:$free/callback" $isTaken | Should -BeTrue
        Wait-Until { -not (& $isTaken) } | Should -BeTrue
        (Get-McpCredential box).IsSet | Should -BeFalse
    }

    It 'only says what it would do with -WhatIf' {
        $api = Start-Provider
        Connect-McpConnector box -ClientId client-1 -WhatIf
        $api.Requests.Count | Should -Be 0
    }
}

Describe 'Disconnect-McpConnector' {
    BeforeEach {
        Remove-Item -Recurse -Force $env:MCP_RUNTIME_DATA_DIR, $env:MCP_RUNTIME_CONNECTORS_DIR -ErrorAction Ignore
        $api = Start-Provider
        (Invoke-WithBrowser 'Connect-McpConnector box -ClientId client-1 -NoBrowser -Force').Errors | Should -BeNullOrEmpty
        $secret = (Get-McpCredential box).SecretName
    }

    AfterEach {
        Stop-TestUpstream $api
    }

    It 'revokes the tokens and forgets them' {
        Disconnect-McpConnector box -WhatIf
        (Get-McpCredential box).IsSet | Should -BeTrue
        Disconnect-McpConnector BOX -WarningVariable warning
        $warning | Should -BeNullOrEmpty
        "$((Get-Sent /revoke).Body)" | Should -MatchExactly 'token=rt-1-secret'
        (Get-McpCredential box).IsSet | Should -BeFalse
        Get-Secret -Vault Store -Name $secret -ErrorAction Ignore | Should -BeNullOrEmpty
        Invoke-McpTool add_pet -Argument @{ name = 'Rex' } -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'SignInRequired,*'
        $problem[0].Exception.Message | Should -BeLike "*Connect-McpConnector 'box'*"
    }

    It 'forgets them also where the provider does not answer well, and says so' {
        $path = Join-Path $env:MCP_RUNTIME_CONNECTORS_DIR 'box.yaml'
        Stop-TestUpstream $api
        Get-McpCredential | Where-Object IsSignIn | Disconnect-McpConnector -WarningVariable warning -WarningAction SilentlyContinue
        "$warning" | Should -BeLike '*not revoked*'
        (Get-McpCredential box).IsSet | Should -BeFalse
        $api = Start-Provider
    }

    It 'has an error where there is no sign-in' {
        Disconnect-McpConnector box -Profile other -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'CredentialNotFound,*'
    }
}
