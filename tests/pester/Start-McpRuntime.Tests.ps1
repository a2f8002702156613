BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = New-TestConnector petstore
}

Describe 'Start-McpRuntime' {
    AfterEach {
        Get-Job | Remove-Job -Force
    }

    It 'gives a job that answers, with what it is' {
        $server = Start-McpRuntime -Transport Stdio -Name pets
        $server | Should -BeOfType [System.Management.Automation.Job]
        $server.State | Should -Be 'Running'
        $server.Name | Should -Be 'pets'
        $server.Transport | Should -Be 'Stdio'
        $server.Connectors | Should -Be 'petstore'
        (Get-Process -Id $server.ProcessId).Path | Should -Be (Get-Process -Id $PID).Path
        (Get-Job -Name pets).Id | Should -Be $server.Id
        $server.Command | Should -BeLike "Import-Module '$env:TEST_MODULE'; Start-McpRuntime -Transport Stdio -Wait*"
    }

    It 'gives its log as the output of the job, by level' {
        $server = Start-McpRuntime -Transport Stdio
        Wait-Until { $server.Output.Count -gt 0 } | Should -BeTrue
        $null = New-TestConnector broken -Tail '  surprise: true'
        try {
            $faulty = Start-McpRuntime -Transport Stdio
            Wait-Until { $faulty.Output.Where({ $_.Level -eq 'Error' }).Count -gt 0 } | Should -BeTrue
            $faulty.Output.Where({ $_.Level -eq 'Error' })[0].Message | Should -BeLike '*surprise*'
            Receive-Job $server | Out-String -Width 200 | Should -Match 'Time +Level +Server +Message[\s\S]*Information +McpRuntime .*2 tools of 1 connector '
            $server.HasMoreData | Should -BeFalse
        }
        finally { Remove-Item (Join-Path $env:MCP_RUNTIME_CONNECTORS_DIR 'broken.yaml') }
    }

    It 'serves what was chosen' {
        $server = Start-McpRuntime -Transport Stdio -ReadOnly -Tool '*pet' -ConnectorPath $env:MCP_RUNTIME_CONNECTORS_DIR
        (Get-McpTool -Runtime $server).Name | Should -Be 'read_result', 'get_pet'
        # Names ignore case, as everywhere in PowerShell.
        $server = Start-McpRuntime -Transport Stdio -Tool 'ADD_PET'
        (Get-McpTool -Runtime $server).Name | Should -Be 'read_result', 'add_pet'
        (Invoke-McpTool Add_Pet -Runtime $server -nameValue x -WhatIf) | Should -BeNullOrEmpty
    }

    It 'lists search tools with -Expose Search, and all tools with -Expose All' {
        $server = Start-McpRuntime -Transport Stdio -Expose Search
        (Get-McpTool -Runtime $server).Name | Should -Contain 'search_tools'
        (Get-McpTool -Runtime $server).Name | Should -Not -Contain 'get_pet'
        Stop-McpRuntime $server
        $server = Start-McpRuntime -Transport Stdio -Expose All
        (Get-McpTool -Runtime $server).Name | Should -Not -Contain 'search_tools'
        Stop-McpRuntime $server
        { Start-McpRuntime -Transport Http -Expose Search } | Should -Throw '*-Expose*/mcp?expose=search*'
    }

    It 'follows changed manifests with -HotReload' {
        $server = Start-McpRuntime -Transport Stdio -HotReload
        (Get-McpTool -Runtime $server).Name | Should -Not -Contain 'late__get_pet'
        $null = New-TestConnector late
        try {
            $null = Wait-Until { (Get-McpTool -Runtime $server).Name -contains 'late__get_pet' }
            (Get-McpTool -Runtime $server).Name | Should -Contain 'late__get_pet'
        }
        finally { Remove-McpConnector late }
    }

    It 'ends with what the server said that does not start' {
        $env:MCP_RUNTIME_CONNECTORS_DIR = "$env:MCP_RUNTIME_CONNECTORS_DIR"
        $failing = {
            # The child reads this variable too, and refuses it.
            $env:MCP_RUNTIME_MAX_CONCURRENT_CONNECTORS = 'many'
            try { Start-McpRuntime -Transport Stdio } finally { Remove-Item Env:MCP_RUNTIME_MAX_CONCURRENT_CONNECTORS }
        }
        $failing | Should -Throw '*MCP_RUNTIME_MAX_CONCURRENT_CONNECTORS*'
        Get-Job | Should -BeNullOrEmpty
    }

    It 'starts nothing with -WhatIf' {
        Start-McpRuntime -Transport Stdio -WhatIf | Should -BeNullOrEmpty
        Get-Job | Should -BeNullOrEmpty
    }

    It 'refuses a path that a command line of pwsh cannot carry' {
        { Start-McpRuntime -Transport Stdio -ConnectorPath (Join-Path $TestDrive 'a$input') } | Should -Throw -ErrorId 'PathNotUsable,*'
    }

    It 'refuses to be a stdio server for a keyboard' -Skip:(-not (Get-Command script -ErrorAction Ignore)) {
        # The command "script" gives the process a terminal.
        $line = "pwsh -NoProfile -Command 'Import-Module `$env:TEST_MODULE; try { Start-McpRuntime -Transport Stdio -Wait } catch { `$_.FullyQualifiedErrorId }'"
        script -qec $line /dev/null | Out-String | Should -Match 'StdioRequiresRedirectedInput,McpRuntime.Cmdlets.Runtime.StartMcpRuntimeCommand'
    }

    It 'shows id, name, state, transport and process' {
        $view = Start-McpRuntime -Transport Stdio -Name shown | Out-String -Width 200
        $view | Should -Match 'Id +Name +State +Transport +ProcessId +Endpoint +Connectors'
        $view | Should -Match 'shown +Running +Stdio +\d+ +petstore'
    }

    It 'leaves no process behind when its session ends' {
        $id = pwsh -NoProfile -NonInteractive -Command 'Import-Module $env:TEST_MODULE; (Start-McpRuntime -Transport Stdio).ProcessId' | Select-Object -Last 1
        Wait-Until { -not (Get-Process -Id $id -ErrorAction Ignore) } | Should -BeTrue
    }

    It 'leaves no process behind when its module is removed' {
        $server = Start-McpRuntime -Transport Stdio
        Remove-Module McpRuntime
        try { Get-Process -Id $server.ProcessId -ErrorAction Ignore | Should -BeNullOrEmpty }
        finally { Import-Module $env:TEST_MODULE }
    }
}
