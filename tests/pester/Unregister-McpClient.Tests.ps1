BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
}

Describe 'Unregister-McpClient' {
    BeforeEach {
        $file = Join-Path $TestDrive "$(New-Guid).json"
        [IO.File]::WriteAllText($file, "{`n  // mine`n  ""servers"": {`n    ""other"": {}`n  }`n}`n")
        $before = [IO.File]::ReadAllText($file)
        $null = Register-McpClient -ConfigurationPath $file
    }

    It 'gives the file back as it was' {
        Unregister-McpClient -ConfigurationPath $file | Should -BeNullOrEmpty
        [IO.File]::ReadAllText($file) | Should -BeExactly $before
    }

    It 'takes what Register-McpClient put out' {
        Register-McpClient -ConfigurationPath $file | Unregister-McpClient
        [IO.File]::ReadAllText($file) | Should -BeExactly $before
    }

    It 'removes from the user''s own file by default' {
        $registration = Register-McpClient -Name mine
        Unregister-McpClient -Name mine
        Get-Content -Raw $registration.Path | Should -Not -Match 'Start-McpRuntime'
    }

    It 'removes nothing with -WhatIf' {
        $registered = [IO.File]::ReadAllText($file)
        Unregister-McpClient -ConfigurationPath $file -WhatIf
        [IO.File]::ReadAllText($file) | Should -BeExactly $registered
    }

    It 'removes a foreign entry only with -Force' {
        Unregister-McpClient -ConfigurationPath $file -Name other -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -Be 'ClientEntryForeign,McpRuntime.Cmdlets.Clients.UnregisterMcpClientCommand'
        Unregister-McpClient -ConfigurationPath $file -Name other -Force
        (Get-Content -Raw $file | ConvertFrom-Json).servers.psobject.Properties.Name | Should -Be 'mcp-runtime'
    }

    It 'reports an entry that is not there, and goes on' {
        'none', 'mcp-runtime' | ForEach-Object { [pscustomobject]@{ Name = $_; Path = $file } } |
            Unregister-McpClient -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -Be 'ClientEntryNotFound,McpRuntime.Cmdlets.Clients.UnregisterMcpClientCommand'
        $problem.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        [IO.File]::ReadAllText($file) | Should -BeExactly $before
    }

    It 'stops at an error when asked to' {
        { Unregister-McpClient -ConfigurationPath $file -Name none -ErrorAction Stop } | Should -Throw -ErrorId 'ClientEntryNotFound,*'
    }
}
