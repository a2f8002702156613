BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = New-TestConnector petstore
    $null = New-TestConnector broken -Tail '  surprise: true'
    $env:MCP_RUNTIME_LOG_LEVEL = 'debug'
    $one = Start-McpRuntime -Transport Stdio -Name one
    Remove-Item Env:MCP_RUNTIME_LOG_LEVEL
    $two = Start-McpRuntime -Transport Stdio -Name two -ConnectorPath (Join-Path $TestDrive 'none')
    $program = Join-Path $TestDrive 'noisy.ps1'
    Set-Content $program "[Console]::Error.WriteLine('it began'); $((Get-TestServerLine)[-1])"
    $session = Connect-McpServer -Command pwsh -CommandArgument '-NoProfile', '-NonInteractive', '-File', $program -Name noisy
    $null = Wait-Until { @(Get-McpLog one -Level Error).Count -gt 0 -and @(Get-McpLog two).Count -gt 0 -and (Get-McpLog -Server $session).Message -like '*tools of*' -and (Get-McpLog one).Message -like '*tools of*' }
}

AfterAll {
    Get-McpServer | Disconnect-McpServer
    Get-Job | Where-Object PSJobTypeName -EQ McpRuntime | Remove-Job -Force
}

Describe 'Get-McpLog' {
    It 'gives lines as objects, which stay there' {
        $entry = Get-McpLog one -Level Error | Select-Object -First 1
        $entry.Server | Should -Be 'one'
        $entry.Level | Should -Be 'Error'
        $entry.Message | Should -BeLike '*surprise*'
        $entry.Category | Should -Not -BeNullOrEmpty
        $entry.Time | Should -BeOfType [datetimeoffset]
        $before = @(Get-McpLog one).Count
        @(Get-McpLog one).Count | Should -BeGreaterOrEqual $before
        @(Get-McpLog one).Count | Should -BeGreaterThan @(Get-McpLog one -Level Warning).Count
    }

    It 'gives the logs of all servers, or of those that are named or piped' {
        (Get-McpLog).Server | Sort-Object -Unique | Should -Be 'one', 'two'
        (Get-McpLog 't*').Server | Sort-Object -Unique | Should -Be 'two'
        (Get-McpLog -Id $two.Id).Server | Sort-Object -Unique | Should -Be 'two'
        ($two | Get-McpLog).Server | Sort-Object -Unique | Should -Be 'two'
        (Get-McpLog -Runtime $one, $two).Server | Sort-Object -Unique | Should -Be 'one', 'two'
        @(Get-McpLog one -Tail 1).Count | Should -Be 1
        # A line may come between two looks.
        Wait-Until { (Get-McpLog one -Tail 1).Message -eq (Get-McpLog one)[-1].Message } | Should -BeTrue
    }

    It 'gives what a program of Connect-McpServer writes to its standard error' {
        $log = Get-McpServer noisy | Get-McpLog
        $log[0].Message | Should -Be 'it began'
        $log[0].Level | Should -Be 'Information'
        $log[0].Server | Should -Be 'noisy'
        $log.Message -join "`n" | Should -BeLike '*tools of 1 connector from*'
    }

    It 'follows a log until its server ends' {
        $ending = Start-McpRuntime -Transport Stdio -Name ending
        $seen = Join-Path $TestDrive 'seen'
        $stop = {
            # What the server writes from now on is followed, too.
            $null = Invoke-McpTool get_pet -Runtime $ending -Argument @{} -ErrorAction SilentlyContinue
            Stop-McpRuntime $ending
        }
        $isFirst = $true
        $messages = Get-McpLog ending -Wait | ForEach-Object { if ($isFirst) { $isFirst = $false; & $stop }; $_.Message }
        $messages.Count | Should -Be @(Get-McpLog ending).Count
        $messages | Should -Be (Get-McpLog ending).Message
    }

    It 'returns when it is stopped' {
        $powershell = [powershell]::Create([System.Management.Automation.RunspaceMode]::NewRunspace)
        try {
            $waiting = $powershell.AddScript('param($server) Import-Module $env:TEST_MODULE; Get-McpLog -Runtime $server -Wait').AddArgument($two).BeginInvoke()
            $powershell.BeginStop($null, $null).AsyncWaitHandle.WaitOne([timespan]::FromSeconds($hangGuard)) | Should -BeTrue
            $waiting.IsCompleted | Should -BeTrue
        }
        finally { $powershell.Dispose() }
    }

    It 'shows time, level, server and message' {
        Get-McpLog one -Level Error | Out-String -Width 300 | Should -Match 'Time +Level +Server +Message[\s\S]*\d\d:\d\d:\d\d\.\d{3} +Error +one +\S+: .*surprise'
    }

    It 'reports a server that is not there, and completes names' {
        Get-McpLog none -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -Be 'RuntimeNotFound,McpRuntime.Cmdlets.Logs.GetMcpLogCommand'
        Get-Completion 'Get-McpLog o' | Should -Be 'one'
    }
}
