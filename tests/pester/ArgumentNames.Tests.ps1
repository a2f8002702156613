# A tool's argument never becomes a parameter of the cmdlet: whatever name is typed, the API gets exactly that argument,
# or the line is an error and nothing is sent.
BeforeDiscovery {
    $tool = (Get-Content -Raw (Join-Path $PSScriptRoot 'argument-names.json') | ConvertFrom-Json).paths.'/all'.get
    $names = $tool.parameters.name | ForEach-Object { @{ Argument = $_ } }
    Import-Module $env:TEST_MODULE
    # Static parameters of every cmdlet that has those of tools, too. What it takes decides PowerShell's own conversion.
    $values = foreach ($command in Get-Command -Module McpRuntime) {
        $type = $command.ImplementingType
        if (-not [System.Management.Automation.IDynamicParameters].IsAssignableFrom($type)) { continue }
        # With those that it offers next to the arguments of any tool.
        $offered = $command.Parameters.Values.Where({ $_.IsDynamic })
        foreach ($parameter in @([System.Management.Automation.CommandMetadata]::new($type).Parameters.Values; $offered)) {
            $attributes = $parameter.Attributes.Where({ $_ -is [Parameter] })
            $takes = @('5', 5, @{ a = 1 }).Where({ $to = $null; [System.Management.Automation.LanguagePrimitives]::TryConvertTo($_, $parameter.ParameterType, [ref] $to) })
            if ($attributes.DontShow -contains $true -or $parameter.SwitchParameter -or $takes.Count -eq 0) { continue }
            @{ Command = $command.Name; Parameter = $parameter.Name }
        }
    }
    # Common parameters whose abbreviations are words that APIs use.
    $values = @($values) + @{ Command = 'Invoke-McpTool'; Parameter = 'PipelineVariable' } + @{ Command = 'Invoke-McpTool'; Parameter = 'ProgressAction' }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    $env:MCP_RUNTIME_ALLOWED_NETWORKS = '127.0.0.0/8'
    $upstream = Start-TestUpstream @{ 'GET /all' = @{ Body = '{}' }; 'GET /taken' = @{ Body = '{}' }; 'GET /cases' = @{ Body = '{}' } }
    $null = Import-McpConnector (Join-Path $PSScriptRoot 'argument-names.json') -Name names -BaseUrl $upstream.Url

    # What the API was asked for a line as somebody types it, and the id of the error.
    function Invoke-TestLine([string] $Line) {
        $upstream.Requests.Clear()
        $problem = $null
        try { $null = & ([scriptblock]::Create($Line)) *>&1 }
        catch { $problem = $_ }
        [pscustomobject]@{ Targets = @($upstream.Requests.ToArray() | ForEach-Object Target); ErrorId = $problem.FullyQualifiedErrorId; Message = "$problem" }
    }

    $variables = 'outVariable', 'ov', 'pipelineVariable', 'pv', 'ev'

    function Get-Target([string] $Path, [string] $Name, $Value) { "${Path}?$([uri]::EscapeDataString($Name))=$([uri]::EscapeDataString($Value))" }
}

AfterAll {
    Stop-TestUpstream $upstream
}

Describe 'The argument <Argument>' -ForEach $names {
    It 'typed as it is reaches the API, or nothing does' {
        $mark = Join-Path $TestDrive 'started'
        $run = Invoke-TestLine "Invoke-McpTool all_names -$Argument $mark"
        # The name of a common parameter that takes any text stays PowerShell's: OutVariable and its like.
        if ($Argument -in $variables) { $run.Targets | Should -Be '/all' }
        elseif ($run.Targets.Count -gt 0) { $run.Targets | Should -Be (Get-Target /all $Argument $mark) }
        else { $run.ErrorId | Should -Not -BeNullOrEmpty }
        Test-Path $mark | Should -BeFalse
    }

    It 'reaches the API as the parameter that is offered, and with -Argument' {
        # What is no name for models is named otherwise at import: filter_name for filter[name].
        $own = ($Argument -replace '[^A-Za-z0-9_-]+', '_').Trim('_')
        $value = $Argument -eq 'arg' ? @{ a = 'b' } : 'b'
        $expected = $Argument -eq 'arg' ? '/all?a=b' : (Get-Target /all $Argument 'b')
        $offered = (Get-Command Invoke-McpTool -ArgumentList all_names).Parameters.Values.Where({ $_.IsDynamic }).Name
        $given = @($offered).Where({ $_ -ceq $own -or $_ -ceq "${own}Value" })
        if ($own -notmatch '^\d') { $given.Count | Should -Be 1 }
        foreach ($name in $given) {
            $parameters = @{ $name = $value }
            $upstream.Requests.Clear()
            $null = Invoke-McpTool all_names @parameters
            $upstream.Requests.Target | Should -Be $expected
        }
        $upstream.Requests.Clear()
        $null = Invoke-McpTool all_names -Argument @{ $own = $value }
        $upstream.Requests.Target | Should -Be $expected
    }
}

Describe 'An abbreviation of -<Parameter> of <Command>' -ForEach $values {
    It 'is an error, not a value for the cmdlet' {
        $own = $Command -eq 'Invoke-McpTool' ? 'all_names' : ''
        $offered = (Get-Command $Command -ArgumentList $own).Parameters
        # Those for lists with pages are in Pages.Tests.ps1.
        if ($offered.Keys -notcontains $Parameter) {
            Set-ItResult -Skipped -Because 'it is offered for tools with pages only'
            return
        }
        $arguments = $offered.Values.Where({ $_.IsDynamic }).Name
        for ($length = 1; $length -lt $Parameter.Length; $length++) {
            # An argument of the tool keeps its name.
            if ($arguments -contains $Parameter.Substring(0, $length)) { continue }
            foreach ($value in '5', '@{ a = 1 }') {
                $run = Invoke-TestLine "$Command $own -$($Parameter.Substring(0, $length)) $value"
                $run.Targets | Should -BeNullOrEmpty
                $run.ErrorId | Should -Match '^(AmbiguousParameter|ParameterArgumentTransformationError|CannotConvertArgumentNoMessage),' -Because "-$($Parameter.Substring(0, $length)) was taken for -$Parameter"
            }
        }
    }
}

Describe 'The hidden twins' {
    It 'are offered by neither completion nor help' {
        Get-Completion 'Invoke-McpTool all_names -' | Should -Not -Match 'InFull$'
        Get-Completion 'Invoke-McpTool -Na' | Should -Contain '-Name'
        Get-Completion 'Invoke-McpTool all_names -Er' | Should -Contain '-ErrorAction'
        Get-Help Invoke-McpTool -Full | Out-String | Should -Not -Match 'InFull|Abbreviated'
    }

    It 'take no value themselves' {
        (Invoke-TestLine 'Invoke-McpTool all_names -NameInFull x').ErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
        (Invoke-TestLine 'Invoke-McpTool all_names -pipeline 5').Message | Should -BeLike '*-PipelineVariable*in full*Value*-Argument*'
    }
}

Describe 'Parameters of the command that are offered with those of a tool' {
    It 'leave their abbreviations to the tool' {
        (Invoke-TestLine 'Invoke-McpTool all_names -timeout 5 -status sold').Targets | Should -Be '/all?timeout=5&status=sold'
        $code = $null
        $null = Invoke-McpTool all_names -status sold -TimeoutSec 100 -StatusCodeVariable code
        $code | Should -Be 200
        $upstream.Requests.ToArray()[-1].Target | Should -Be '/all?status=sold'
    }

    It 'keep their full names' {
        (Get-Command Invoke-McpTool -ArgumentList all_names).Parameters.Keys | Should -Contain 'timeoutSecValue'
        (Invoke-TestLine 'Invoke-McpTool all_names -timeoutSecValue 5').Targets | Should -Be '/all?timeoutSec=5'
        (Invoke-TestLine 'Invoke-McpTool all_names -TimeoutSecInFull 5').Message | Should -BeLike '*-TimeoutSec*in full*'
    }

    It 'are offered by completion, and their twins are not' {
        Get-Completion 'Invoke-McpTool all_names -TimeoutS' | Sort-Object Length | Should -Be '-TimeoutSec', '-timeoutSecValue'
        Get-Completion 'Invoke-McpTool all_names -AsJ' | Should -Contain '-AsJob'
        Get-Completion 'Invoke-McpTool -StatusC' | Should -Be '-StatusCodeVariable'
    }
}

Describe 'Names that cannot be told from each other' {
    It 'gives a suffixed name to the argument that is called so' {
        (Invoke-TestLine 'Invoke-McpTool taken_suffix -nameValue x').Targets | Should -Be '/taken?nameValue=x'
        (Invoke-TestLine 'Invoke-McpTool taken_suffix -Argument @{ name = "x" }').Targets | Should -Be '/taken?name=x'
        Get-Completion 'Invoke-McpTool taken_suffix -n' | Should -Be '-nameValue'
    }

    It 'takes names that differ only in case with -Argument' {
        $run = Invoke-TestLine 'Invoke-McpTool taken_suffix -Page 2'
        # Not taken for an abbreviation of -pageSize.
        $run.Message | Should -BeLike '*differ only in case*-Argument*'
        $run.Targets | Should -BeNullOrEmpty
        Get-Completion 'Invoke-McpTool taken_suffix -pa' | Should -Be '-pageSize'
        (Invoke-TestLine 'Invoke-McpTool name_in_cases -id 7').Targets | Should -Be '/cases?id=7'
        $pages = [hashtable]::new([System.StringComparer]::Ordinal)
        $pages['page'] = '1'; $pages['Page'] = '2'
        $null = Invoke-McpTool taken_suffix -Argument $pages
        $upstream.Requests.ToArray()[-1].Target.Split('?')[1].Split('&') | Sort-Object -CaseSensitive | Should -Be (@('page=1', 'Page=2') | Sort-Object -CaseSensitive)
    }
}

Describe 'What the pipeline brings' {
    It 'is never the tool or the folder' {
        $other = Join-Path $TestDrive 'other'
        $null = New-TestConnector evil -BaseUrl $upstream.Url -Folder $other
        $upstream.Requests.Clear()
        $null = [pscustomobject]@{ name = 'Rex'; petId = '3'; ConnectorPath = $other; Server = 'x'; Runtime = 'y' } | Invoke-McpTool all_names
        $upstream.Requests.Count | Should -Be 1
        $upstream.Requests.ToArray()[0].Target | Should -BeLike '/all?*petId=3*'
        $upstream.Requests.Clear()
        [pscustomobject]@{ name = 'all_names'; petId = '3' } | Invoke-McpTool -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].Exception.Message | Should -BeLike '*not a tool*'
        $upstream.Requests.Count | Should -Be 0
    }
}

Describe 'A name of the tool that is missing' {
    It 'is said, with the name that an argument of this name has' {
        $run = Invoke-TestLine 'Invoke-McpTool all_names -name Rex'
        $run.Message | Should -BeLike "*'all_names' is not a hashtable of arguments*-nameValue*"
    }
}
