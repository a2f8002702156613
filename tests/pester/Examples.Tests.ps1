# The example of Get-McpTool -Full runs as it is, for every tool of the documents that are there.
BeforeDiscovery {
    $own = 'petstore.json', 'argument-names.json' | ForEach-Object { Get-Item (Join-Path $PSScriptRoot $_) }
    $others = if (Test-Path $env:TEST_SPECS) { Get-ChildItem "$env:TEST_SPECS/*" -File -Include *.json, *.yaml, *.yml }
    $documents = @($own) + @($others) | ForEach-Object { @{ Document = $_.FullName; Name = $_.BaseName } }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
}

Describe 'The examples of <Name>' -ForEach $documents {
    It 'run as they are' {
        $connector = $Name -replace '[^a-z0-9]+', '-'
        $null = Import-McpConnector $Document -Name $connector -BaseUrl https://api.example -WarningAction SilentlyContinue
        try {
            $tools = Get-McpTool -Connector $connector -Full
            $tools | Should -Not -BeNullOrEmpty
            # -WhatIf writes to the host; a transcript has it.
            $transcript = Join-Path $TestDrive 'transcript.txt'
            $null = Start-Transcript -LiteralPath $transcript -Force
            try { foreach ($tool in $tools) { & ([scriptblock]::Create("$($tool.Example) -WhatIf -ErrorAction Stop")) } }
            finally { $null = Stop-Transcript }
            $shown = (Get-Content -Raw -LiteralPath $transcript) -split 'What if: ' | Select-Object -Skip 1
            $shown.Count | Should -Be $tools.Count
            for ($i = 0; $i -lt $tools.Count; $i++) { $shown[$i] | Should -Match 'curl ' -Because $tools[$i].Example }
        }
        finally { Remove-McpConnector $connector -Confirm:$false }
    }
}
