BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = New-TestConnector petstore
    $one = Start-McpRuntime -Transport Stdio -Name one
    $two = Start-McpRuntime -Transport Stdio -Name two
    $other = Start-ThreadJob { 1 }
}

AfterAll {
    Get-Job | Remove-Job -Force
}

Describe 'Get-McpRuntime' {
    It 'gives the servers of this session, and no other jobs' {
        (Get-McpRuntime).Name | Should -Be 'one', 'two'
        (Get-McpRuntime).Id | Should -Not -Contain $other.Id
    }

    It 'finds by name, wildcard and id' {
        (Get-McpRuntime ONE).Id | Should -Be $one.Id
        (Get-McpRuntime 't*').Id | Should -Be $two.Id
        (Get-McpRuntime -Id $two.Id).Name | Should -Be 'two'
        Get-McpRuntime 'none*' | Should -BeNullOrEmpty
    }

    It 'reports <Case>' -TestCases @(
        @{ Case = 'a name that is not there'; Parameters = @{ Name = 'none' } }
        @{ Case = 'an id of something else'; Parameters = @{ Id = 99999 } }
    ) {
        Get-McpRuntime @Parameters -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -Be 'RuntimeNotFound,McpRuntime.Cmdlets.Runtime.GetMcpRuntimeCommand'
        $problem.CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'notices a server that has died' {
        Stop-Process -Id $two.ProcessId -Force
        Wait-Job $two -Timeout $hangGuard | Should -Not -BeNullOrEmpty
        (Get-McpRuntime two).State | Should -Be 'Failed'
        $null = Receive-Job $two -ErrorAction SilentlyContinue -ErrorVariable problem
        "$problem" | Should -BeLike '*exit code*'
        { Get-McpTool -Runtime $two } | Should -Throw '*is not running*' -ErrorId 'RuntimeNotReachable,*'
    }

    It 'completes names' {
        Get-Completion 'Get-McpRuntime o' | Should -Be 'one'
    }
}
