BeforeDiscovery {
    # Discovery runs before BeforeAll, and the cases come from the module.
    Import-Module $env:TEST_MODULE
    $commands = Get-Command -Module McpRuntime | ForEach-Object { @{ Name = $_.Name } }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
}

Describe 'Help of <Name>' -ForEach $commands {
    BeforeAll {
        $help = Get-Help $Name -Full
    }

    It 'has a synopsis, a description and examples' {
        $help.Synopsis | Should -Not -BeLike "*$Name*"
        $help.Synopsis | Should -BeLike '*.'
        ($help.description | Out-String).Trim() | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterThan 0
        $help.examples.example.remarks[0].Text | Should -Not -BeNullOrEmpty
    }

    It 'describes every parameter' {
        $parameters = (Get-Command $Name).Parameters.Values.Where({ $_.Name -notin $common -and -not $_.IsDynamic -and $_.Attributes.DontShow -notcontains $true })
        foreach ($parameter in $parameters) {
            (Get-Help $Name -Parameter $parameter.Name).description.Text | Should -Not -BeNullOrEmpty -Because $parameter.Name
        }
        @($help.parameters.parameter.name).Where({ $_ }) | Sort-Object | Should -Be ($parameters.Name | Sort-Object)
    }

    It 'has examples that parse' {
        foreach ($example in $help.examples.example) {
            $problems = $null
            $null = [System.Management.Automation.Language.Parser]::ParseInput($example.code, [ref]$null, [ref]$problems)
            $problems | Should -BeNullOrEmpty -Because $example.code
            $example.code | Should -Match $Name
        }
    }
}

Describe 'Topics of help' {
    It 'has <_>' -ForEach 'about_McpRuntime', 'about_McpConnectors', 'about_McpCredentials', 'about_McpStdio' {
        Get-Help $_ | Out-String | Should -BeLike "*$_*SHORT DESCRIPTION*SEE ALSO*"
    }
}
