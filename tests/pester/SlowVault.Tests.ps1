BeforeDiscovery {
    $noRuntime = -not (dotnet --list-runtimes 2> $null | Select-String '^Microsoft\.AspNetCore\.App 10\.')
    $transports = @(@{ Transport = 'Stdio' }) + ($noRuntime ? @() : @(@{ Transport = 'Http' }))
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    . (Join-Path $PSScriptRoot 'TestVault.ps1')
    $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
    $vault = Join-Path $TestDrive 'vault'
    New-SlowVault $vault
    $upstream = Start-TestUpstream @{ 'GET /pets/1' = @{ Body = '{"name":"Rex"}' }; 'POST /pets' = @{ Body = '{"id":2}' } }
    $null = New-TestConnector petstore -BaseUrl $upstream.Url
    Set-McpCredential petstore -ApiKey (ConvertTo-SecureString -AsPlainText 'slow-1')

    function Wait-File([string] $Name) {
        Wait-Until { Test-Path (Join-Path $vault $Name) } | Should -BeTrue
    }
}

AfterAll {
    if ($upstream) { Stop-TestUpstream $upstream }
    Get-Job | Remove-Job -Force
}

Describe 'A vault that takes its time' {
    BeforeEach {
        Remove-Item (Join-Path $vault '*ed'), (Join-Path $vault 'hold') -ErrorAction Ignore
        Set-Content (Join-Path $vault 'seconds') 0
    }

    It 'is waited for by <_>' -ForEach @(
        'Invoke-McpTool add_pet -Argument @{ name = "Rex" }'
        'Test-McpCredential petstore'
    ) {
        Set-Content (Join-Path $vault 'seconds') 5
        $answer = & ([scriptblock]::Create($_))
        ($answer.id -eq 2 -or $answer.IsUsable) | Should -BeTrue
    }

    It 'does not keep Ctrl+C from ending <_>' -ForEach @(
        'Invoke-McpTool add_pet -Argument @{ name = "Rex" }'
        'Test-McpCredential petstore'
        'Remove-McpCredential petstore -Confirm:$false'
        'Set-McpCredential petstore -SecretName Mine'
    ) {
        # The vault does not answer until it is let go, after the stop.
        $null = New-Item (Join-Path $vault 'hold')
        $shell = [powershell]::Create()
        try {
            $running = $shell.AddScript("Import-Module '$env:TEST_MODULE'; $_").BeginInvoke()
            Wait-File 'asked'
            $running.IsCompleted | Should -BeFalse
            $shell.Stop()
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        }
        finally {
            Remove-Item (Join-Path $vault 'hold')
            Wait-File 'answered'
            $shell.Dispose()
        }
        (Get-McpCredential petstore).IsSet | Should -BeTrue
    }

    It 'does not hold up calls that need none of it, over <Transport>' -ForEach $transports {
        $null = New-Item (Join-Path $vault 'hold')
        $port = $Transport -eq 'Http' ? @{ Port = 0 } : @{}
        $server = Start-McpRuntime -Transport $Transport @port
        try {
            $slow = Start-ThreadJob { Import-Module $env:TEST_MODULE; Invoke-McpTool add_pet -Runtime $using:server -Argument @{ name = 'Rex' } }
            Wait-File 'asked'
            (Invoke-McpTool get_pet -Runtime $server -Argument @{ id = 1 }).name | Should -Be 'Rex'
            Remove-Item (Join-Path $vault 'hold')
            ($slow | Wait-Job -Timeout $hangGuard | Receive-Job).id | Should -Be 2
            $upstream.Requests.Key | Select-Object -Last 1 | Should -Be 'slow-1'
        }
        finally { Stop-McpRuntime $server }
    }
}
