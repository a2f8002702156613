BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = New-TestConnector petstore
}

Describe 'Stop-McpRuntime' {
    AfterEach {
        Get-Job | Remove-Job -Force
    }

    It 'ends the process and gives nothing' {
        $server = Start-McpRuntime -Transport Stdio
        Stop-McpRuntime $server | Should -BeNullOrEmpty
        $server.State | Should -Be 'Stopped'
        Get-Process -Id $server.ProcessId -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'takes servers from the pipeline, by name and by id, once or twice' {
        $servers = 'a', 'b', 'c' | ForEach-Object { Start-McpRuntime -Transport Stdio -Name $_ }
        (Get-McpRuntime a | Stop-McpRuntime -PassThru).State | Should -Be 'Stopped'
        Stop-McpRuntime -Name 'b*'
        Stop-McpRuntime -Id $servers[2].Id
        $servers.State | Should -Be 'Stopped', 'Stopped', 'Stopped'
        $servers | Stop-McpRuntime
    }

    It 'is what Stop-Job does' {
        $server = Start-McpRuntime -Transport Stdio
        Stop-Job $server
        $server.State | Should -Be 'Stopped'
        Remove-Job $server
        Get-McpRuntime | Should -BeNullOrEmpty
    }

    It 'stops nothing with -WhatIf' {
        $server = Start-McpRuntime -Transport Stdio
        $server | Stop-McpRuntime -WhatIf
        $server.State | Should -Be 'Running'
    }

    It 'reports a name that is not there' {
        Stop-McpRuntime -Name none -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -Be 'RuntimeNotFound,McpRuntime.Cmdlets.Runtime.StopMcpRuntimeCommand'
    }

    It 'leaves nothing behind after 20 starts and stops' {
        $ids = foreach ($round in 1..5) {
            $servers = 1..4 | ForEach-Object -Parallel {
                Import-Module $env:TEST_MODULE
                $server = Start-McpRuntime -Transport Stdio
                $server.ProcessId
                $server | Stop-McpRuntime
                $server | Remove-Job
            }
            $servers
        }
        $ids.Count | Should -Be 20
        Get-Process -Id $ids -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'completes names' {
        $null = Start-McpRuntime -Transport Stdio -Name running
        Get-Completion 'Stop-McpRuntime -Name ru' | Should -Be 'running'
    }
}
