BeforeDiscovery {
    # Discovery runs before BeforeAll, and the cases come from the module.
    Import-Module $env:TEST_MODULE
    $commands = Get-Command -Module McpRuntime | ForEach-Object { @{ Name = $_.Name } }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $common = [System.Management.Automation.Cmdlet]::CommonParameters
    $publisher = ([xml](Get-Content (Join-Path $PSScriptRoot '../../eng/Publisher.props'))).Project.PropertyGroup
    $pages = 'docs/reference/cmdlets'
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
        $parameters = (Get-Command $Name).Parameters.Values.Where({ $_.Name -notin $common -and $_.Attributes.DontShow -notcontains $true })
        foreach ($parameter in $parameters) {
            (Get-Help $Name -Parameter $parameter.Name).description.Text | Should -Not -BeNullOrEmpty -Because $parameter.Name
        }
        @($help.parameters.parameter.name).Where({ $_ }) | Sort-Object | Should -Be ($parameters.Name | Sort-Object)
    }

    It 'shows every parameter set, with -WhatIf and -Confirm where they exist' {
        $shown = $help.syntax.syntaxItem.ForEach({ ($_.parameter.name | Sort-Object) -join ' ' })
        $hidden = (Get-Command $Name).Parameters.Values.Where({ $_.Attributes.DontShow -contains $true })
        # A set of hidden parameters only is not for users.
        $secret = $hidden.ParameterSets.Keys.Where({ $_ -ne '__AllParameterSets' })
        $sets = (Get-Command $Name).ParameterSets.Where({ $_.Name -notin $secret })
        $expected = $sets.ForEach({ ($_.Parameters.Name.Where({ $_ -notin $common -and $_ -notin $hidden.Name }) | Sort-Object) -join ' ' })
        $shown | Should -Be $expected
        $help.parameters.parameter.name -contains 'Confirm' | Should -Be ($sets[0].Parameters.Name -contains 'Confirm')
    }

    It 'has a page for -Online' {
        Join-Path $PSScriptRoot '../..' $pages "$Name.md" | Should -Exist
        $help.relatedLinks.navigationLink.uri | Should -Be "$($publisher.PublisherRepository)/blob/main/$pages/$Name.md"
    }

    It 'opens that page with -Online' -Skip:(-not $IsLinux) {
        # Where there is no browser, PowerShell says what it would have opened.
        $before = $env:PATH
        $env:PATH = ''
        try { { Get-Help $Name -Online } | Should -Throw "*$pages/$Name.md*" }
        finally { $env:PATH = $before }
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
    It 'has <_>' -ForEach 'about_McpRuntime', 'about_McpConnectors', 'about_McpCommands', 'about_McpCredentials', 'about_McpStdio' {
        Get-Help $_ | Out-String | Should -BeLike "*$_*SHORT DESCRIPTION*SEE ALSO*"
    }
}
