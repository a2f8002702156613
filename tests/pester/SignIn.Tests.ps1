# Sign-ins in a vault: tokens are renewed and kept, by whoever calls.
BeforeDiscovery {
    $noRuntime = -not (dotnet --list-runtimes 2> $null | Select-String '^Microsoft\.AspNetCore\.App 10\.')
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
    New-TestVault

    # A token endpoint whose refresh tokens are good for one use each: tk-1 and rt-1, then tk-2 and rt-2.
    function Get-TokenAnswers([int] $Seconds = 3600, [int] $Count = 30) {
        , @(foreach ($i in 1..$Count) {
                @{ Body = "{`"access_token`":`"tk-$i-secret`",`"token_type`":`"Bearer`",`"expires_in`":$Seconds,`"refresh_token`":`"rt-$i-secret`"}" }
            })
    }

    # An API with sign-in, and its token endpoint, on loopback.
    function Start-SignInApi([hashtable] $Routes) {
        $api = Start-TestUpstream $Routes
        $path = New-TestConnector box -BaseUrl $api.Url
        (Get-Content -Raw $path).Replace('api_key: { type: api_key, location: header, key_name: X-Key }', "login: { type: oauth2, flows: [authorization_code], authorization_url: `"$($api.Url)/authorize`", token_url: `"$($api.Url)/token`", scopes: [read] }").Replace('api_key: []', 'login: [read]') |
            Set-Content $path
        $api
    }

    function Set-Refresh([string] $Profile = 'default', [string] $Token = 'rt-0-secret') {
        Set-McpCredential box -ClientId client-1 -RefreshToken (ConvertTo-SecureString -AsPlainText $Token) -Profile $Profile
    }

    function Get-Sent([string] $Path) { $api.Requests.ToArray().Where({ $_.Target -eq $Path }) }

    function Get-RefreshToken { Get-Sent /token | ForEach-Object { [System.Web.HttpUtility]::ParseQueryString($_.Body)['refresh_token'] } }

    function Get-DataText { Get-ChildItem -Recurse -File $env:MCP_RUNTIME_DATA_DIR | Get-Content -Raw }
}

AfterAll {
    Get-Job | Remove-Job -Force
}

Describe 'A sign-in' {
    BeforeEach {
        Remove-Item -Recurse -Force $env:MCP_RUNTIME_DATA_DIR, $env:MCP_RUNTIME_CONNECTORS_DIR -ErrorAction Ignore
        $api = Start-SignInApi @{
            'POST /pets' = @{ Body = '{"id":2}' }
            'POST /token' = (Get-TokenAnswers)
        }
    }

    AfterEach {
        Stop-TestUpstream $api
    }

    It 'is renewed, and the next refresh token is kept for the next session' {
        Set-Refresh
        (Invoke-McpTool add_pet -Argument @{ name = 'Rex' }).id | Should -Be 2
        (Invoke-McpTool add_pet -Argument @{ name = 'Rex' }).id | Should -Be 2
        Get-RefreshToken | Should -Be 'rt-0-secret'
        (Get-Sent /pets).Authorization | Should -Be 'Bearer tk-1-secret', 'Bearer tk-1-secret'
        $stored = Get-Secret -Vault Store -Name (Get-McpCredential box).SecretName -AsPlainText | ConvertFrom-Json
        $stored.refresh_token, $stored.access_token | Should -Be 'rt-1-secret', 'tk-1-secret'
        # Another process uses the token that this one got.
        pwsh -NoProfile -NonInteractive -Command "Import-Module '$env:TEST_MODULE'; (Invoke-McpTool add_pet -Argument @{ name = 'Rex' }).id" | Should -Be 2
        Get-RefreshToken | Should -Be 'rt-0-secret'
        (Get-Sent /pets)[-1].Authorization | Should -Be 'Bearer tk-1-secret'
    }

    It 'shows what it is, and no token' {
        Set-Refresh
        $kept = Get-McpCredential box
        $kept.IsSignIn, $kept.IsSet, $kept.Profile, $kept.Source | Should -Be $true, $true, 'default', 'vault Store'
        $null = Invoke-McpTool add_pet -Argument @{ name = 'Rex' }
        $shown = (Get-McpCredential box | Format-List * | Out-String) + (Test-McpCredential box | Format-List * | Out-String)
        $shown + (Get-DataText) | Should -Not -Match '-secret'
    }

    It 'is tested: account, end, scopes, and what of them is missing' {
        Set-Refresh -Profile work
        $test = Test-McpCredential box -Profile work
        $test.Profile, $test.IsSignIn, $test.IsUsable, $test.IsAccepted, $test.Source | Should -Be 'work', $true, $true, $true, 'vault Store'
        $test.ExpiresAt | Should -BeGreaterThan ([DateTimeOffset]::UtcNow)
        # The token that was asked for is kept, and calls use it.
        $null = Invoke-McpTool add_pet -Profile work -Argument @{ name = 'Rex' }
        Get-RefreshToken | Should -Be 'rt-0-secret'
        Get-McpCredential box -Profile work | Test-McpCredential | ForEach-Object Profile | Should -Be 'work'
        $other = Test-McpCredential box -Profile other
        $other.IsUsable, $other.Profile, $other.ProblemId | Should -Be $false, 'other', 'CredentialMissing'
        Test-McpCredential box -Profile work, other -Quiet | Should -Be $true, $false
        $test | Out-String -Width 200 | Should -Match 'Connector +SecurityScheme +Profile +IsUsable +Source +Problem'
    }

    It 'asks no vault and no endpoint for -WhatIf, and masks the token' {
        Set-Refresh
        $null = Invoke-McpTool add_pet -Argument @{ name = 'Rex' } -WhatIf 6>&1
        $preview = pwsh -NoProfile -NonInteractive -Command "Import-Module '$env:TEST_MODULE'; Invoke-McpTool add_pet -Argument @{ name = 'Rex' } -WhatIf" | Out-String
        $preview | Should -Match 'Bearer'
        $preview | Should -Not -Match '-secret'
        $api.Requests.Count | Should -Be 0
    }

    It 'belongs to a profile, and calls choose one' {
        Set-Refresh -Profile work -Token 'rt-work-secret'
        Set-Refresh
        (Get-McpCredential box).Profile | Should -Be 'default', 'work'
        (Get-McpCredential box -Profile work).Profile | Should -Be 'work'
        $null = Invoke-McpTool add_pet -Profile work -Argument @{ name = 'Rex' }
        Get-RefreshToken | Should -Be 'rt-work-secret'
        Get-Completion 'Get-McpCredential box -Profile w' | Should -Be 'work'
        Get-Completion 'Invoke-McpTool add_pet -Profile w' | Should -Be 'work'
        Get-Completion 'Test-McpCredential box -Profile w' | Should -Be 'work'
        Get-Completion 'Register-McpClient -Profile ' | Should -Be 'default', 'work', 'box=default', 'box=work'
        Get-Completion 'Start-McpRuntime -Profile box=w' | Should -Be 'box=work'
        Get-Completion "Start-McpRuntime -Profile 'x=y,b" | Should -Be "'x=y,box=default'", "'x=y,box=work'"
        Remove-McpCredential box -Profile work -Confirm:$false
        (Get-McpCredential box).Profile | Should -Be 'default'
    }

    It 'of another profile is never used instead' {
        Set-Refresh
        Invoke-McpTool add_pet -Profile other -Argument @{ name = 'Rex' } -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'SignInRequired,*'
        $problem[0].Exception.Message | Should -BeLike "*Connect-McpConnector 'box' -Profile 'other'*"
        $problem[0].ErrorDetails.RecommendedAction | Should -BeLike 'Sign in with Connect-McpConnector*'
        $api.Requests.Count | Should -Be 0
    }

    It 'is used by a gateway of the session, which never has the refresh token' -Skip:$noRuntime {
        Set-Refresh -Profile work
        $gateway = Start-McpRuntime -Transport Http -Port 0 -Profile box=work
        try {
            (Invoke-McpTool add_pet -Runtime $gateway -Argument @{ name = 'Rex' }).id | Should -Be 2
            (Get-Sent /pets).Authorization | Should -Be 'Bearer tk-1-secret'
            Get-RefreshToken | Should -Be 'rt-0-secret'
            Receive-Job $gateway -Keep | Out-String | Should -Not -Match '-secret'
            Invoke-McpTool add_pet -Runtime $gateway -Profile work -Argument @{ name = 'Rex' } -ErrorAction SilentlyContinue -ErrorVariable problem
        }
        catch { $problem = $_ }
        finally { Stop-McpRuntime $gateway }
        "$($problem.FullyQualifiedErrorId)" | Should -BeLike 'ParameterConflict,*'
    }

    It 'is used by a stdio server in another process' {
        Set-Refresh -Profile work
        $server = Start-McpRuntime -Transport Stdio -Profile work
        try { (Invoke-McpTool add_pet -Runtime $server -Argument @{ name = 'Rex' }).id | Should -Be 2 }
        finally { Stop-McpRuntime $server }
        Get-RefreshToken | Should -Be 'rt-0-secret'
    }
}

Describe 'A token that ends while the session and its servers are running' {
    BeforeEach {
        Remove-Item -Recurse -Force $env:MCP_RUNTIME_DATA_DIR, $env:MCP_RUNTIME_CONNECTORS_DIR -ErrorAction Ignore
    }

    AfterEach {
        # First, so that the upstream's own job can end.
        Stop-TestUpstream $api
        Get-Job | Remove-Job -Force
    }

    It 'is renewed once for all of them' {
        $api = Start-SignInApi @{
            'POST /pets' = @{ Body = '{"id":2}' }
            'POST /token' = (Get-TokenAnswers)
        }
        Set-Refresh
        $places = @(@{}, @{ Runtime = Start-McpRuntime -Transport Stdio })
        if (dotnet --list-runtimes | Select-String '^Microsoft\.AspNetCore\.App 10\.') { $places += @{ Runtime = Start-McpRuntime -Transport Http -Port 0 } }
        $jobs = foreach ($place in $places) { foreach ($i in 1..3) { Invoke-McpTool add_pet @place -Argument @{ name = 'Rex' } -AsJob } }
        $answers = $jobs | Wait-Job | Receive-Job
        $answers.id | Should -Be (@(2) * $jobs.Count)
        Get-RefreshToken | Should -Be 'rt-0-secret'
        (Get-Sent /pets).Authorization | Sort-Object -Unique | Should -Be 'Bearer tk-1-secret'
    }
}

Describe 'A token that is no longer good' {
    BeforeEach {
        Remove-Item -Recurse -Force $env:MCP_RUNTIME_DATA_DIR, $env:MCP_RUNTIME_CONNECTORS_DIR -ErrorAction Ignore
    }

    AfterEach {
        Stop-TestUpstream $api
    }

    It 'is renewed when the API refuses it' {
        $api = Start-SignInApi @{
            'POST /pets' = @{ Body = '{"id":2}' }, @{ Status = 401; Body = '{}' }, @{ Body = '{"id":3}' }
            'POST /token' = (Get-TokenAnswers)
        }
        Set-Refresh
        (Invoke-McpTool add_pet -Argument @{ name = 'Rex' }).id | Should -Be 2
        (Invoke-McpTool add_pet -Argument @{ name = 'Rex' }).id | Should -Be 3
        Get-RefreshToken | Should -Be 'rt-0-secret', 'rt-1-secret'
        (Get-Sent /pets).Authorization | Should -Be 'Bearer tk-1-secret', 'Bearer tk-1-secret', 'Bearer tk-2-secret'
    }

    It 'is renewed before its end' {
        $api = Start-SignInApi @{
            'POST /pets' = @{ Body = '{"id":2}' }
            'POST /token' = (Get-TokenAnswers -Seconds 1 -Count 500)
        }
        Set-Refresh
        Wait-Until { $null = Invoke-McpTool add_pet -Argument @{ name = 'Rex' }; (Get-Sent /token).Count -gt 2 } | Should -BeTrue
        Get-RefreshToken | Select-Object -First 3 | Should -Be 'rt-0-secret', 'rt-1-secret', 'rt-2-secret'
    }

    It 'needs a new sign-in where the provider refuses to renew it, and is not asked for again' {
        $api = Start-SignInApi @{
            'POST /pets' = @{ Body = '{"id":2}' }
            'POST /token' = @{ Status = 400; Body = '{"error":"invalid_grant"}' }
        }
        Set-Refresh -Profile work
        foreach ($i in 1..2) {
            Invoke-McpTool add_pet -Profile work -Argument @{ name = 'Rex' } -ErrorAction SilentlyContinue -ErrorVariable problem
            $problem.FullyQualifiedErrorId | Should -BeLike 'SignInRequired,*'
            $problem[0].CategoryInfo.Category | Should -Be 'AuthenticationError'
            $problem[0].Exception.Message | Should -BeLike "*Connect-McpConnector 'box' -Profile 'work'*"
        }
        (Get-Sent /token).Count | Should -Be 1
        Get-Sent /pets | Should -BeNullOrEmpty
        # A new one counts at once.
        Set-Refresh -Profile work -Token 'rt-new-secret'
        Invoke-McpTool add_pet -Profile work -Argument @{ name = 'Rex' } -ErrorAction SilentlyContinue
        Get-RefreshToken | Should -Be 'rt-0-secret', 'rt-new-secret'
    }
}
