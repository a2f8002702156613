BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
    $upstream = Start-TestUpstream @{ 'GET /pets/7' = @{ Body = '{"id":7,"name":"Rex"}' }; 'GET /animals/7' = @{ Body = '{"id":7,"name":"Mia"}' } }
    $path = New-TestConnector petstore -BaseUrl $upstream.Url

    function Get-LastRequest { @($upstream.Requests.ToArray())[-1] }
}

AfterAll {
    Stop-TestUpstream $upstream
}

Describe 'Commands of one session' {
    It 'share their connection to the API' {
        $null = Invoke-McpTool get_pet -id 7
        $first = (Get-LastRequest).Client
        $null = Invoke-McpTool get_pet -id 7
        (Get-LastRequest).Client | Should -Be $first
    }

    It 'read a manifest again when it has changed' {
        (Invoke-McpTool get_pet -id 7).name | Should -Be 'Rex'
        $text = Get-Content -Raw -LiteralPath $path
        Set-Content -LiteralPath $path -NoNewline ($text -replace 'GET /pets', 'GET /animals')
        (Invoke-McpTool get_pet -id 7).name | Should -Be 'Mia'
        Set-Content -LiteralPath $path -NoNewline $text
        (Invoke-McpTool get_pet -id 7).name | Should -Be 'Rex'
    }

    It 'see a change that keeps length and time of the file' -Skip:$IsWindows {
        $null = Invoke-McpTool get_pet -id 7
        $time = (Get-Item -LiteralPath $path).LastWriteTimeUtc
        $text = Get-Content -Raw -LiteralPath $path
        Set-Content -LiteralPath $path -NoNewline ($text -replace 'name: get_pet', 'name: got_pet')
        (Get-Item -LiteralPath $path).LastWriteTimeUtc = $time
        (Get-McpTool -Connector petstore).Name | Should -Contain 'got_pet'
        Set-Content -LiteralPath $path -NoNewline $text
        (Get-McpTool -Connector petstore).Name | Should -Contain 'get_pet'
    }

    It 'see a connector that is new, and one that is gone' {
        $null = Invoke-McpTool get_pet -id 7
        $other = New-TestConnector other -BaseUrl $upstream.Url
        (Get-McpTool).Name | Should -Contain 'other__get_pet'
        Remove-Item -LiteralPath $other
        (Get-McpTool).Name | Should -Not -Contain 'other__get_pet'
    }

    It 'are held to the limits of a manifest together' {
        $limited = New-TestConnector limited -BaseUrl $upstream.Url -Folder (Join-Path $TestDrive 'limited') -Tail '  limits: { requests_per_minute: 1, timeout_seconds: 30 }'
        $folder = Split-Path $limited
        $null = Invoke-McpTool get_pet -id 7 -ConnectorPath $folder
        Invoke-McpTool get_pet -id 7 -ConnectorPath $folder -ErrorVariable failed -ErrorAction SilentlyContinue
        "$failed" | Should -BeLike '*1 request a minute*'
    }

    It 'follow settings that change in the session' {
        $env:MCP_RUNTIME_ALLOWED_NETWORKS = ''
        try {
            Invoke-McpTool get_pet -id 7 -ErrorVariable refused -ErrorAction SilentlyContinue
            "$refused" | Should -BeLike '*MCP_RUNTIME_ALLOWED_NETWORKS*'
        }
        finally { $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8' }
        (Invoke-McpTool get_pet -id 7).name | Should -Be 'Rex'
    }

    It 'go on after the module was imported again' {
        $null = Invoke-McpTool get_pet -id 7
        Import-Module $env:TEST_MODULE -Force
        (Invoke-McpTool get_pet -id 7).name | Should -Be 'Rex'
    }

    It 'find their lines in the audit when they have ended' {
        $env:MCP_RUNTIME_AUDIT_FILE = Join-Path $TestDrive 'audit.jsonl'
        try {
            foreach ($count in 1..2) {
                $null = Invoke-McpTool get_pet -id 7
                (Get-Content -LiteralPath $env:MCP_RUNTIME_AUDIT_FILE).Count | Should -Be $count
            }
        }
        finally { Remove-Item Env:MCP_RUNTIME_AUDIT_FILE }
    }
}
