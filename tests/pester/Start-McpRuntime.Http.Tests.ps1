BeforeDiscovery {
    # The gateway runs on the ASP.NET Core that is installed, where there is one.
    $noOtherAccount = -not ($IsLinux -and (id -u) -eq 0 -and (Get-Command setpriv, curl -ErrorAction Ignore).Count -eq 2)
    $noRuntime = -not (dotnet --list-runtimes 2> $null | Select-String '^Microsoft\.AspNetCore\.App 10\.')
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
    New-TestVault
    $upstream = Start-TestUpstream @{ 'GET /pets/1' = @{ Body = '{"id":1,"name":"Rex"}' }; 'POST /pets' = @{ Body = '{"id":2}' } }
    $null = New-TestConnector petstore -BaseUrl $upstream.Url
    function Test-Port([int] $Port) {
        $client = [System.Net.Sockets.TcpClient]::new()
        try { $client.Connect('127.0.0.1', $Port); $true } catch { $false } finally { $client.Dispose() }
    }
}

AfterAll {
    if ($upstream) { Stop-TestUpstream $upstream }
}

Describe 'Start-McpRuntime -Transport Http' -Skip:$noRuntime {
    BeforeAll {
        Set-McpCredential petstore -ApiKey (ConvertTo-SecureString -AsPlainText 'k-1')
        $gateway = Start-McpRuntime -Transport Http -Port 0 -Name gateway
        $management = [uri]::new($gateway.Endpoint, '/v1/runtime')
    }

    AfterAll {
        Get-Job | Where-Object PSJobTypeName -EQ McpRuntime | Remove-Job -Force
    }

    It 'gives a job that says where it listens and what manages it' {
        $gateway | Should -BeOfType [System.Management.Automation.Job]
        $gateway.State | Should -Be 'Running'
        $gateway.Transport | Should -Be 'Http'
        $gateway.Connectors | Should -Be 'petstore'
        $gateway.Endpoint | Should -Match '^http://127\.0\.0\.1:\d+/mcp$'
        $gateway.Location | Should -Be $gateway.Endpoint
        $gateway.Token | Should -BeOfType [securestring]
        (Invoke-RestMethod $management -Authentication Bearer -Token $gateway.Token -AllowUnencryptedAuthentication).draining | Should -BeFalse
        { Invoke-RestMethod $management } | Should -Throw '*401*'
        (Get-McpRuntime gateway).Id | Should -Be $gateway.Id
        $gateway | Out-String -Width 200 | Should -Match 'gateway +Running +Http +\d+ +http://127\.0\.0\.1:\d+/mcp +petstore'
    }

    It 'serves tools to its session and to any MCP client' {
        (Get-McpTool -Runtime $gateway).Name | Should -Contain 'get_pet'
        (Invoke-McpTool get_pet -Runtime $gateway -id 1).name | Should -Be 'Rex'
        $session = Connect-McpServer $gateway.Endpoint -BearerToken $gateway.Token
        (Get-McpTool -Server $session).Name | Should -Contain 'get_pet'
        (Invoke-McpTool get_pet -Server $session -id 1).name | Should -Be 'Rex'
        Get-Completion 'Invoke-McpTool get_p -Runtime $gateway'.Substring(0, 20) | Should -Contain 'get_pet'
    }

    It 'wants its token on every request, which the commands of its session give by themselves' {
        $env:MCP_RUNTIME_AUTHENTICATION = 'open-loopback'
        try { $closed = Start-McpRuntime -Transport Http -Port 0 }
        finally { Remove-Item Env:MCP_RUNTIME_AUTHENTICATION }
        $asked = @{ Uri = $closed.Endpoint; Method = 'Post'; ContentType = 'application/json'; Headers = @{ Accept = 'application/json, text/event-stream' }
            Body = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}'; SkipHttpErrorCheck = $true }
        (Invoke-WebRequest @asked).StatusCode | Should -Be 401
        (Invoke-McpTool get_pet -Runtime $closed -id 1).name | Should -Be 'Rex'
        (Invoke-McpTool get_pet -Server (Connect-McpServer $closed.Endpoint) -id 1).name | Should -Be 'Rex'
        { Connect-McpServer $closed.Endpoint -BearerToken (ConvertTo-SecureString -AsPlainText 'guessed') } | Should -Throw '*401*' -ErrorId 'ServerNotReachable,*'
        Get-McpServer | Disconnect-McpServer
        Remove-Job $closed -Force
    }

    It 'lets no other account of the machine in' -Skip:$noOtherAccount {
        # The account 'nobody' and its like have no token, and see none in the process list.
        $ask = @('--reuid', '65534', '--regid', '65534', '--clear-groups', 'curl', '--silent', '--max-time', "$hangGuard", '--write-out', ' %{http_code}')
        $call = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_pet","arguments":{"id":1}}}'
        $seen = $upstream.Requests.Count
        foreach ($path in $gateway.Endpoint.AbsolutePath, '/mcp/petstore', '/v1/tokens', '/v1/runtime', '/metrics') {
            $method = $path -like '*/mcp*' ? @('--data', $call, '--header', 'Content-Type: application/json') : @()
            setpriv @ask @method ([uri]::new($gateway.Endpoint, $path)) | Should -BeLike '* 401' -Because $path
        }
        $upstream.Requests.Count | Should -Be $seen
        setpriv --reuid 65534 --regid 65534 --clear-groups cat "/proc/$($gateway.ProcessId)/cmdline" | Should -Not -BeLike "*$(ConvertFrom-SecureString $gateway.Token -AsPlainText)*"
    }

    It 'asks its session for credentials, and uses a new one at the next call' {
        $upstream.Requests.Clear()
        (Invoke-McpTool add_pet -Runtime $gateway -Argument @{ name = 'Rex' }).id | Should -Be 2
        Set-McpCredential petstore -ApiKey (ConvertTo-SecureString -AsPlainText 'k-2')
        (Invoke-McpTool add_pet -Runtime $gateway -Argument @{ name = 'Rex' }).id | Should -Be 2
        Remove-McpCredential petstore -Confirm:$false
        Invoke-McpTool add_pet -Runtime $gateway -Argument @{ name = 'Rex' } -ErrorAction SilentlyContinue -ErrorVariable problem
        "$problem" | Should -BeLike "*not set*Set-McpCredential 'petstore'*"
        Set-McpCredential petstore -ApiKey (ConvertTo-SecureString -AsPlainText 'k-1')
        $upstream.Requests.Key | Should -Be 'k-1', 'k-2'
    }

    It 'gives no secret to its command line, its variables, the log or a file' -Skip:(-not $IsLinux) {
        $env:MCP_RUNTIME_CREDENTIAL__OTHER__KEY__VALUE = 'k-variable'
        $env:MCP_RUNTIME_JWT_SECRET_KEY = 'k-jwt-0123456789-0123456789-0123456789'
        try { $careful = Start-McpRuntime -Transport Http -Port 0 -WarningAction SilentlyContinue -WarningVariable warning }
        finally { Remove-Item Env:MCP_RUNTIME_CREDENTIAL__OTHER__KEY__VALUE, Env:MCP_RUNTIME_JWT_SECRET_KEY }
        $warning | Should -BeLike '*does not get MCP_RUNTIME_CREDENTIAL__OTHER__KEY__VALUE, MCP_RUNTIME_JWT_SECRET_KEY:*'
        $null = Invoke-McpTool add_pet -Runtime $careful -Argument @{ name = 'Rex' }
        $token = ConvertFrom-SecureString $careful.Token -AsPlainText
        $known = (Get-Content -Raw "/proc/$($careful.ProcessId)/cmdline", "/proc/$($careful.ProcessId)/environ") -join "`n"
        Stop-McpRuntime $careful
        $known += (Receive-Job $careful *>&1 | Out-String -Width 4000) + (Get-ChildItem -Recurse -File $env:MCP_RUNTIME_DATA_DIR | Get-Content -Raw)
        $known | Should -Match 'Serving 2 tools'
        foreach ($secret in 'k-variable', 'k-jwt', 'k-1', $token) { $known | Should -Not -Match ([regex]::Escape($secret)) }
    }

    It 'gets a fresh secret when the API refuses one' {
        $refusing = Start-TestUpstream @{ 'POST /pets' = @{ Status = 401; Body = '{"title":"Who are you?"}'; Type = 'application/problem+json' } }
        try {
            $null = New-TestConnector refusing -BaseUrl $refusing.Url
            Set-Secret -Name Mine -Secret 'm-1' -Vault Store
            Set-McpCredential refusing -SecretName Mine
            $other = Start-McpRuntime -Transport Http -Port 0
            Invoke-McpTool refusing__add_pet -Runtime $other -Argument @{ name = 'Rex' } -ErrorAction SilentlyContinue -ErrorVariable problem
            $problem[0].Exception.Status | Should -Be 401
            Set-Secret -Name Mine -Secret 'm-2' -Vault Store
            Invoke-McpTool refusing__add_pet -Runtime $other -Argument @{ name = 'Rex' } -ErrorAction SilentlyContinue
            $refusing.Requests.Key | Select-Object -Last 1 | Should -Be 'm-2'
        }
        finally {
            Stop-TestUpstream $refusing
            Remove-McpCredential refusing -Confirm:$false
            Remove-McpConnector refusing
        }
    }

    It 'follows changed manifests with -HotReload' {
        $following = Start-McpRuntime -Transport Http -Port 0 -HotReload
        $null = New-TestConnector late
        try { Wait-Until { (Get-McpTool -Runtime $following).Name -contains 'late__get_pet' } | Should -BeTrue }
        finally { Remove-McpConnector late }
    }

    It 'serves a project' {
        Invoke-RestMethod ([uri]::new($gateway.Endpoint, '/v1/projects')) -Method Post -Body '{"name":"team"}' -ContentType application/json -Authentication Bearer -Token $gateway.Token -AllowUnencryptedAuthentication
        $project = Start-McpRuntime -Transport Http -Port 0 -Project team
        $project.Endpoint | Should -Match '/projects/team/mcp$'
        (Get-McpTool -Runtime $project).Name | Should -Not -Contain 'get_pet'
        { Start-McpRuntime -Transport Http -Port 0 -Project none } | Should -Throw "*no project 'none'*" -ErrorId 'ProjectNotFound,McpRuntime.Cmdlets.Runtime.StartMcpRuntimeCommand'
    }

    It 'reports a port that is taken' {
        { Start-McpRuntime -Transport Http -Port $gateway.Endpoint.Port } | Should -Throw "*$($gateway.Endpoint.Port)*-Port 0*" -ErrorId 'PortInUse,McpRuntime.Cmdlets.Runtime.StartMcpRuntimeCommand'
        (Get-Job | Where-Object State -EQ Failed) | Should -BeNullOrEmpty
    }

    It 'says how to install what the gateway needs' {
        $env:DOTNET_ROOT = $TestDrive
        try {
            { Start-McpRuntime -Transport Http -Port 0 } | Should -Throw '*ASP.NET Core 10*https://*' -ErrorId 'AspNetCoreRuntimeNotFound,McpRuntime.Cmdlets.Runtime.StartMcpRuntimeCommand'
        }
        finally { Remove-Item Env:DOTNET_ROOT }
    }

    It 'ends with what the gateway said that does not start' {
        $env:MCP_RUNTIME_SESSION_IDLE_SECONDS = 'long'
        try { { Start-McpRuntime -Transport Http -Port 0 } | Should -Throw '*MCP_RUNTIME_SESSION_IDLE_SECONDS*' -ErrorId 'RuntimeStartFailed,*' }
        finally { Remove-Item Env:MCP_RUNTIME_SESSION_IDLE_SECONDS }
    }

    It 'refuses <Parameter>' -TestCases @(
        @{ Parameter = 'Tool'; Given = @{ Transport = 'Http'; Tool = 'x' } }
        @{ Parameter = 'ReadOnly'; Given = @{ Transport = 'Http'; ReadOnly = $true } }
        @{ Parameter = 'Wait'; Given = @{ Transport = 'Http'; Wait = $true } }
        @{ Parameter = 'Port'; Given = @{ Transport = 'Stdio'; Port = 1 } }
        @{ Parameter = 'Project'; Given = @{ Transport = 'Stdio'; Project = 'x' } }
    ) {
        { Start-McpRuntime @Given } | Should -Throw "-$Parameter cannot be combined with*" -ErrorId 'ArgumentInvalid,*'
    }

    It 'starts nothing with -WhatIf' {
        $before = @(Get-Job).Count
        Start-McpRuntime -Transport Http -Port 0 -WhatIf | Should -BeNullOrEmpty
        @(Get-Job).Count | Should -Be $before
    }

    It 'says what a locked vault needs, in the result of the call' {
        Lock-TestVault
        try {
            $script = '$env:MCP_RUNTIME_ALLOWED_NETWORKS = "127.0.0.0/8"; Import-Module $env:TEST_MODULE; $g = Start-McpRuntime -Transport Http -Port 0; Invoke-McpTool add_pet -Runtime $g -Argument @{ name = "Rex" } -ErrorAction SilentlyContinue -ErrorVariable e; "$e"; Unlock-SecretVault Store -Password (ConvertTo-SecureString -AsPlainText pw); (Invoke-McpTool add_pet -Runtime $g -Argument @{ name = "Rex" }).id'
            $said = pwsh -NoProfile -NonInteractive -Command $script | Out-String
            $said | Should -BeLike "*'Store' is locked*Unlock-SecretVault*2*"
        }
        finally {
            Unlock-TestVault
        }
    }

    It 'ends when its session is killed' {
        $said = Join-Path $TestDrive 'said.txt'
        # A port that no one else takes when it is free.
        $port = Get-FreePort
        $session = Start-Process pwsh -PassThru -RedirectStandardOutput $said -ArgumentList '-NoProfile', '-NonInteractive', '-Command', ('"Import-Module $env:TEST_MODULE; $j = (Start-McpRuntime -Transport Http -Port PORT), (Start-McpRuntime -Transport Stdio); $j.ProcessId; $j[0].Endpoint.Port; ''ready''; Start-Sleep 60"'.Replace('PORT', "$port"))
        Wait-Until { (Get-Content $said -ErrorAction Ignore) -contains 'ready' } | Should -BeTrue
        $first, $second, $listens, $null = Get-Content $said
        $listens | Should -Be $port
        Test-Port $port | Should -BeTrue
        $session.Kill()
        Wait-Until { -not (Get-Process -Id $first, $second -ErrorAction Ignore) } | Should -BeTrue
        Test-Port $port | Should -BeFalse
    }

    It 'leaves no process and no port after 20 starts and stops' {
        $left = foreach ($round in 1..5) {
            1..4 | ForEach-Object { Get-FreePort } | ForEach-Object -Parallel {
                Import-Module $env:TEST_MODULE
                $server = Start-McpRuntime -Transport Http -Port $_
                $server | Stop-McpRuntime
                [pscustomobject]@{ Id = $server.ProcessId; Port = $server.Endpoint.Port; State = $server.State }
                $server | Remove-Job
            }
        }
        $left.Count | Should -Be 20
        $left.State | Sort-Object -Unique | Should -Be 'Stopped'
        Get-Process -Id $left.Id -ErrorAction Ignore | Should -BeNullOrEmpty
        $left.Port | Where-Object { Test-Port $_ } | Should -BeNullOrEmpty
    }

    It 'shows a server that ended by itself as failed or completed' {
        $ending = Start-McpRuntime -Transport Http -Port 0
        Invoke-RestMethod ([uri]::new($ending.Endpoint, '/v1/runtime/stop')) -Method Post -Body '{}' -ContentType application/json -Authentication Bearer -Token $ending.Token -AllowUnencryptedAuthentication
        (Wait-Job $ending -Timeout $hangGuard).State | Should -Be 'Completed'
        { Get-McpTool -Runtime $ending } | Should -Throw '*not running*' -ErrorId 'RuntimeNotReachable,*'
    }
}
