BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $good = New-TestConnector good
    $bad = New-TestConnector bad -Tail "  surprise: true`n  version: 1.2"
    $broken = Join-Path $env:MCP_RUNTIME_CONNECTORS_DIR 'broken.yaml'
    Set-Content $broken "connector:`n  name: broken`n   version: 1.0.0`n"
}

Describe 'Test-McpManifest' {
    It 'finds nothing in a sound manifest' {
        Test-McpManifest $good | Should -BeNullOrEmpty
    }

    It 'gives every finding with its place' {
        $findings = Test-McpManifest -Path $bad
        $findings.RuleId | Should -Contain 'manifest-unknown-key'
        $findings.Count | Should -BeGreaterThan 1
        $unknown = $findings.Where({ $_.RuleId -eq 'manifest-unknown-key' })[0]
        $unknown.Severity | Should -Be 'Error'
        $unknown.Path | Should -Be $bad
        (Get-Content $bad)[$unknown.Line - 1] | Should -BeLike '*surprise*'
        $unknown.Message | Should -BeLike '*surprise*'
    }

    It 'says True or False with -Quiet' {
        Test-McpManifest $good, $bad, $broken -Quiet | Should -Be $true, $false, $false
    }

    It 'takes files from the pipeline, with wildcards, and literally' {
        Get-ChildItem $env:MCP_RUNTIME_CONNECTORS_DIR -Filter good.yaml | Test-McpManifest -Quiet | Should -BeTrue
        $good | Test-McpManifest -Quiet | Should -BeTrue
        Test-McpManifest (Join-Path $env:MCP_RUNTIME_CONNECTORS_DIR 'g*d.yaml') -Quiet | Should -BeTrue
        $odd = Join-Path $TestDrive 'a[1].yaml'
        Copy-Item -LiteralPath $good -Destination $odd
        Test-McpManifest -LiteralPath $odd -Quiet | Should -BeTrue
        Get-Item -LiteralPath $odd | Test-McpManifest -Quiet | Should -BeTrue
        [pscustomobject]@{ Path = $good } | Test-McpManifest -Quiet | Should -BeTrue
    }

    It 'reports a wildcard that matches no file: <_>' -TestCases @('*.yaml', './*.yaml', 'a[1].yaml', '?') {
        $empty = Join-Path $TestDrive 'empty'
        $null = New-Item -ItemType Directory -Force $empty
        Push-Location $empty
        try {
            Test-McpManifest $_ -Quiet -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
            $problem.FullyQualifiedErrorId | Should -Be 'PathNotFound,McpRuntime.Cmdlets.Connectors.TestMcpManifestCommand'
            $problem.CategoryInfo.Category | Should -Be 'ObjectNotFound'
            $problem.Exception.Message | Should -BeLike "No file matches '$($_ -replace '[[\]?*]', '`$0')' ('$empty*"
        }
        finally { Pop-Location }
    }

    It 'finds a file whose name has brackets, where they match no other' {
        $folder = Join-Path $TestDrive 'brackets'
        $null = New-Item -ItemType Directory -Force $folder
        Copy-Item -LiteralPath $good -Destination (Join-Path $folder 'a[1].yaml')
        Test-McpManifest (Join-Path $folder 'a[1].yaml') -Quiet | Should -BeTrue
        Test-McpManifest (Join-Path $folder 'a`[1`].yaml') -Quiet | Should -BeTrue
        Copy-Item -LiteralPath $bad -Destination (Join-Path $folder 'a1.yaml')
        Test-McpManifest (Join-Path $folder 'a[1].yaml') -Quiet | Should -BeFalse
        Test-McpManifest -LiteralPath (Join-Path $folder 'a[1].yaml') -Quiet | Should -BeTrue
    }

    It 'draws the place of a syntax error' {
        $findings = Test-McpManifest $broken -ErrorAction SilentlyContinue -ErrorVariable problem
        $findings.Severity | Should -Be 'Error'
        $problem.FullyQualifiedErrorId | Should -Be 'ManifestParseError,McpRuntime.Cmdlets.Connectors.TestMcpManifestCommand'
        $problem.CategoryInfo.Category | Should -Be 'ParserError'
        $problem[0].TargetObject.Line | Should -Be $findings[0].Line
        $problem[0].TargetObject.LineText | Should -Be (Get-Content $broken)[$findings[0].Line - 1]
        $frame = $problem[0] | Out-String
        $frame | Should -Match 'Line \|'
        $frame | Should -Match '3 \| version: 1\.0\.0'
    }

    It 'reports <Case> as <Id>, and goes on' -TestCases @(
        @{ Case = 'a file that is not there'; Id = 'PathNotFound'; First = '/nowhere/x.yaml' }
        @{ Case = 'another provider'; Id = 'ProviderNotSupported'; First = 'Env:PATH' }
    ) {
        Test-McpManifest $First, $good -Quiet -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeTrue
        $problem.FullyQualifiedErrorId | Should -Be "$Id,McpRuntime.Cmdlets.Connectors.TestMcpManifestCommand"
    }

    It 'reports a literal path that is not there' {
        Test-McpManifest -LiteralPath (Join-Path $TestDrive 'none.yaml') -ErrorAction SilentlyContinue -ErrorVariable problem | Should -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -BeLike 'PathNotFound,*'
    }

    It 'shows severity, rule, place and message' {
        $view = Test-McpManifest $bad | Out-String -Width 250
        $view | Should -Match 'Severity +Rule +Place +Message'
        $view | Should -Match 'Error +manifest-unknown-key +bad\.yaml:\d+:\d+ +'
    }

    It 'wraps a message to the width of the console; nothing of it is cut' {
        $finding = (Test-McpManifest $bad)[0]
        $lines = ($finding | Out-String -Width 90).Split("`n").TrimEnd() | Where-Object { $_ }
        $lines.Length | Should -Not -BeGreaterThan 90
        $column = $lines[0].IndexOf('Message')
        $column | Should -BeLessThan 60
        $shown = ($lines | Select-Object -Skip 2 | ForEach-Object { $_.Length -gt $column ? $_.Substring($column) : '' }) -join ''
        $shown -replace '\s' | Should -Be ($finding.Message -replace '\s')
    }
}
