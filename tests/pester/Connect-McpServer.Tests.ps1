BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
    $upstream = Start-TestUpstream @{
        'GET /pets/7' = @{ Body = '{"id":7,"name":"Rex"}' }
        'POST /mcp' = @{ Hold = $true }
    }
    $null = New-TestConnector petstore -BaseUrl $upstream.Url
}

AfterAll {
    Stop-TestUpstream $upstream
}

Describe 'Connect-McpServer' {
    AfterEach {
        Get-McpServer | Disconnect-McpServer
    }

    It 'starts a program and gives a session for -Server' {
        $server = Connect-McpServer -Command pwsh -CommandArgument (Get-TestServerLine) -Name pets
        $server.Name | Should -Be 'pets'
        $server.State | Should -Be 'Connected'
        $server.ServerName | Should -Not -BeNullOrEmpty
        (Get-Process -Id $server.ProcessId).ProcessName | Should -Be 'pwsh'
        (Get-McpTool get_p* -Server $server).Name | Should -Be 'get_pet'
        $seen = $upstream.Requests.Count
        1..3 | ForEach-Object { (Invoke-McpTool get_pet -Server $server -id 7).name } | Should -Be 'Rex', 'Rex', 'Rex'
        $upstream.Requests.Count | Should -Be ($seen + 3)
        (Get-McpServer pets).ProcessId | Should -Be $server.ProcessId
    }

    It 'calls the tool of a session with that session' {
        $server = Connect-McpServer -Command pwsh -CommandArgument (Get-TestServerLine)
        $env:MCP_RUNTIME_CONNECTORS_DIR, $before = (Join-Path $TestDrive 'elsewhere'), $env:MCP_RUNTIME_CONNECTORS_DIR
        try {
            (Get-McpTool get_pet -Server $server | Invoke-McpTool -Argument @{ id = 7 }).name | Should -Be 'Rex'
            (Get-McpTool get_pet -ConnectorPath $before | Invoke-McpTool -Argument @{ id = 7 }).name | Should -Be 'Rex'
        }
        finally { $env:MCP_RUNTIME_CONNECTORS_DIR = $before }
    }

    It 'completes tools and arguments of a session' {
        $global:pets = Connect-McpServer -Command pwsh -CommandArgument (Get-TestServerLine)
        try {
            Get-Completion 'Invoke-McpTool -Server $pets -Name get_p' | Should -Be 'get_pet'
            Get-Completion 'Invoke-McpTool get_pet -Server $pets -i' | Should -Contain '-id'
        }
        finally { Remove-Variable pets -Scope Global }
    }

    It 'gives the program no credentials of the session' -Skip:(-not $IsLinux) {
        $env:MCP_RUNTIME_CREDENTIAL__PETSTORE__API_KEY__VALUE = 'k-secret'
        $env:MCP_RUNTIME_JWT_SECRET_KEY = 'k-jwt-secret'
        try { $server = Connect-McpServer -Command pwsh -CommandArgument (Get-TestServerLine) }
        finally { Remove-Item Env:MCP_RUNTIME_CREDENTIAL__PETSTORE__API_KEY__VALUE, Env:MCP_RUNTIME_JWT_SECRET_KEY }
        Get-Content -Raw "/proc/$($server.ProcessId)/environ" | Should -Not -Match 'k-secret|k-jwt-secret'
    }

    It 'starts nothing and asks nobody with -WhatIf' {
        $mark = Join-Path $TestDrive 'started'
        Connect-McpServer -Command pwsh -CommandArgument '-NoProfile', '-Command', "Set-Content '$mark' 1" -WhatIf | Should -BeNullOrEmpty
        $seen = $upstream.Requests.Count
        Connect-McpServer "$($upstream.Url)/mcp" -WhatIf | Should -BeNullOrEmpty
        Test-Path $mark | Should -BeFalse
        $upstream.Requests.Count | Should -Be $seen
        Get-McpServer | Should -BeNullOrEmpty
    }

    It 'reports <Case>' -TestCases @(
        @{ Case = 'a program that is not a server, with what it said'; Given = @{ Command = 'pwsh'; CommandArgument = '-NoProfile', '-NonInteractive', '-Command', 'throw "not a server"' }; Message = '*not a server*' }
        @{ Case = 'a program that is not there'; Given = @{ Command = 'no-such-program' }; Message = "*'no-such-program' not found*" }
        @{ Case = 'a port where nobody listens'; Given = @{ Uri = 'http://127.0.0.1:9/mcp' }; Message = '*cannot be reached*' }
        @{ Case = 'a path that is not a URL'; Given = @{ Uri = './server.js' }; Message = "*'./server.js' is not an absolute http or https URL*" }
        @{ Case = 'a token over plain HTTP'; Given = @{ Uri = 'http://mcp.example/mcp'; BearerToken = (ConvertTo-SecureString -AsPlainText 'x') }; Message = '*not sent*https*' }
    ) {
        { Connect-McpServer @Given } | Should -Throw $Message -ErrorId 'ServerNotReachable,McpRuntime.Cmdlets.Servers.ConnectMcpServerCommand'
        Get-McpServer | Should -BeNullOrEmpty
    }

    It 'returns when it is stopped while <Case> does not answer' -TestCases @(
        @{ Case = 'a program'; Line = 'Connect-McpServer -Command pwsh -CommandArgument "-NoProfile", "-Command", "Set-Content $env:TEST_HOME/asked 1; Start-Sleep 3600"' }
        @{ Case = 'a server'; Line = 'Connect-McpServer URL/mcp' }
    ) {
        $asked = Join-Path $env:TEST_HOME 'asked'
        Remove-Item $asked -ErrorAction Ignore
        $seen = $upstream.Requests.Count
        Test-Stop $Line.Replace('URL', $upstream.Url) { $upstream.Requests.Count -gt $seen -or (Test-Path $asked) } | Should -BeTrue
    }

    It 'says that a session has ended, and how to open a new one' {
        $server = Connect-McpServer -Command pwsh -CommandArgument (Get-TestServerLine) -Name gone
        (Get-Process -Id $server.ProcessId).Kill($true)
        $null = Wait-Process -Id $server.ProcessId -Timeout $hangGuard -ErrorAction Ignore
        { Get-McpTool -Server $server } | Should -Throw "*'gone'*has ended*Connect-McpServer*" -ErrorId 'ServerNotReachable,McpRuntime.Cmdlets.Tools.GetMcpToolCommand'
        (Get-McpServer gone).State | Should -Be 'Ended'
    }

    It 'shows id, name, state and where the server is' {
        $view = Connect-McpServer -Command pwsh -CommandArgument (Get-TestServerLine) -Name shown | Out-String -Width 200
        $view | Should -Match 'Id +Name +State +ProcessId +Location'
        $view | Should -Match 'shown +Connected +\d+ +.*pwsh'
    }

    It 'ends the program when <Case>' -TestCases @(
        @{ Case = 'PowerShell exits'; Rest = '' }
        @{ Case = 'PowerShell is killed'; Rest = '; Start-Sleep 60' }
        @{ Case = 'the module is removed'; Rest = '; Remove-Module McpRuntime; while (Get-Process -Id $id -ErrorAction Ignore) { Start-Sleep -Milliseconds 50 }; "removed"; Start-Sleep 60' }
        @{ Case = 'its runspace closes'; Rest = '; "unused"' }
    ) {
        $line = (Get-TestServerLine).ForEach({ "'$($_.Replace("'", "''"))'" }) -join ','
        $script = "Import-Module '$env:TEST_MODULE'; `$s = Connect-McpServer -Command pwsh -CommandArgument $line; `$id = `$s.ProcessId; `$id, `$PID"
        if ($Case -eq 'its runspace closes') {
            $id, $null = 1 | ForEach-Object -Parallel { & ([scriptblock]::Create($using:script)) }
        }
        else {
            $said = Join-Path $TestDrive "said-$($Case.Replace(' ', '-')).txt"
            $encoded = [Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($script + $Rest))
            $session = Start-Process pwsh -PassThru -RedirectStandardOutput $said -ArgumentList '-NoProfile', '-NonInteractive', '-EncodedCommand', $encoded
            $until = $Case -eq 'the module is removed' ? 3 : 2
            # What a process wrote may arrive in the file after its end.
            Wait-Until { @(Get-Content $said -ErrorAction Ignore).Count -ge $until } | Should -BeTrue
            $id, $session, $null = Get-Content $said
            # A pwsh that is a .NET tool has a launcher around it.
            if ($Rest) { Stop-Process -Id $session }
        }
        $id | Should -Match '^\d+$'
        $null = Wait-Process -Id $id -Timeout $hangGuard -ErrorAction Ignore
        Get-Process -Id $id -ErrorAction Ignore | Should -BeNullOrEmpty
    }
}
