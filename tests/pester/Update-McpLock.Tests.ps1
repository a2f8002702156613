BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $manifest = New-TestConnector petstore
    $reviewed = Get-Content -Raw $manifest
    $lock = Join-Path $TestDrive 'tools.lock'
}

Describe 'Update-McpLock' {
    BeforeEach {
        Set-Content $manifest $reviewed
        Remove-Item $lock -ErrorAction Ignore
        $null = Update-McpLock $lock -Confirm:$false
    }

    It 'makes a lock of every tool, and finds nothing where all is as it was' {
        Remove-Item $lock
        $new = Update-McpLock $lock -Confirm:$false
        $new.Change | Select-Object -Unique | Should -Be 'Added'
        $new.Tool.Count | Should -Be (Get-McpTool -Connector petstore).Count
        Update-McpLock $lock -Confirm:$false | Should -BeNullOrEmpty
    }

    It 'gives what differs as objects, and saves nothing with -WhatIf' {
        $before = Get-Content -Raw $lock
        Set-Content $manifest $reviewed.Replace('GET /pets/{id}', 'DELETE /pets/{id}')
        $differences = @(Update-McpLock $lock -WhatIf)
        $differences.Count | Should -Be 1
        $differences[0].Connector | Should -Be 'petstore'
        $differences[0].Change | Should -Be 'Changed'
        $differences[0].Words | Should -Contain "endpoint was 'GET /pets/{id}' and is 'DELETE /pets/{id}'."
        $differences | Out-String -Width 200 | Should -Match 'petstore\s+\S+\s+Changed\s+endpoint was'
        Get-Content -Raw $lock | Should -Be $before
        $null = Update-McpLock $lock -Confirm:$false
        Update-McpLock $lock -WhatIf | Should -BeNullOrEmpty
    }

    It 'asks before it replaces what was reviewed' {
        Set-Content $manifest $reviewed.Replace('GET /pets/{id}', 'DELETE /pets/{id}')
        $before = Get-Content -Raw $lock
        { Update-McpLock $lock -ErrorAction Stop } | Should -Throw -ErrorId 'ConfirmationRequired,*'
        Get-Content -Raw $lock | Should -Be $before
    }

    It 'leaves only reviewed tools to a session that MCP_RUNTIME_LOCK names it for' {
        $env:MCP_RUNTIME_LOCK = $lock
        try {
            $tool = (Get-McpTool -Connector petstore).Where({ $_.Endpoint -eq 'GET /pets/{id}' })[0].Name
            Set-Content $manifest $reviewed.Replace('GET /pets/{id}', 'DELETE /pets/{id}')
            $names = pwsh -NoProfile -Command "Import-Module '$env:TEST_MODULE'; (Get-McpTool -Connector petstore).Name"
            $names | Should -Not -Contain $tool
        }
        finally { Remove-Item Env:MCP_RUNTIME_LOCK }
    }

    It 'saves what makes starts fast where MCP_RUNTIME_LOCK_START names a file for it' {
        $env:MCP_RUNTIME_LOCK_START = $start = Join-Path $TestDrive 'tools.start'
        try {
            Update-McpLock $lock -WhatIf | Should -BeNullOrEmpty
            $start | Should -Not -Exist
            Update-McpLock $lock -Confirm:$false | Should -BeNullOrEmpty
            $saved = Get-Content -Raw $start | ConvertFrom-Json
            $saved.lock | Should -Be "sha256:$((Get-FileHash $lock -Algorithm SHA256).Hash.ToLowerInvariant())"
            $saved.connectors.petstore.cached | Should -Match '^sha256:[0-9a-f]{64}$'
        }
        finally { Remove-Item Env:MCP_RUNTIME_LOCK_START }
    }

    It 'names the way out of <Case>' -ForEach @(
        @{ Case = 'a lock that was edited'; Content = '{ "lock_version": 1 }'; Id = 'ManifestInvalid,*'; Words = "*'connectors' is missing*" }
        @{ Case = 'another file'; Content = 'text'; Id = 'ManifestInvalid,*'; Words = '*cannot be read*' }
    ) {
        Set-Content $lock $Content
        Update-McpLock $lock -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike $Id
        $problem.Exception.Message | Should -BeLike $Words
    }

    It 'knows no connector that is not there' {
        Update-McpLock $lock -Name cats -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'ConnectorNotFound,*'
    }
}
