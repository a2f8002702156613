BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $env:PSModulePath += [System.IO.Path]::PathSeparator + (Split-Path (Split-Path $env:TEST_MODULE))
    $modules = $env:PSModulePath.Split([System.IO.Path]::PathSeparator)[0]
    $null = New-Item -ItemType Directory -Force $modules
    $ran = Join-Path $TestDrive 'ran'
    # What a new session resolves, each command with who has it.
    function Get-Resolved { Invoke-NewSession "Get-Command -CommandType Alias, Cmdlet, Function -All | ForEach-Object { `"`$(`$_.Name) `$(`$_.Source)`" } | Sort-Object -Unique" }
    # Everything that a user does to know a module runs, and nothing of its document does.
    function Test-Module([string] $Name) {
        Invoke-NewSession @"
Import-Module '$Name'
Get-Command -Module '$Name' | ForEach-Object {
    `$null = Get-Help `$_.Name -Full | Out-String
    `$line = "`$(`$_.Name) -"
    `$null = TabExpansion2 `$line `$line.Length
    `$line = "`$(`$_.Name) -Status "
    `$null = TabExpansion2 `$line `$line.Length
    `$_.Name
}
`$null = Get-Help 'about_$Name' | Out-String
"@
    }
    $before = Get-Resolved
}

Describe 'A connector called <_>' -ForEach 'psreadline', 'microsoft.powershell.utility', 'cmdlets', '@microsoft/power-shell.core' {
    It 'has a module under McpRuntime, and changes no command' {
        $null = New-CommandConnector $_
        Update-McpConnector $_ -ModuleOnly -WarningAction Ignore
        $created = @(Get-ChildItem $modules)
        $created.Name | Should -BeLike 'McpRuntime.*'
        $after = Get-Resolved
        $before.Where({ $_ -notin $after }) | Should -BeNullOrEmpty
        $after.Where({ $_ -notin $before }) | Should -Be @('Get-PetPet', 'Remove-PetPet').ForEach({ "$_ $($created.Name)" })
        Test-Module $created.Name | Should -Be 'Get-PetPet', 'Remove-PetPet'
        Remove-McpConnector $_
        Get-ChildItem $modules | Should -BeNullOrEmpty
    }
}

Describe 'Names of commands' {
    AfterEach {
        Remove-McpConnector * -WarningAction Ignore
    }

    It 'never replace one of PowerShell, also where a manifest records them' {
        $path = New-CommandConnector -Prefix Con
        (Get-Content $path).Replace('command: Get-Pet', 'command: Get-Tent').Replace('command: Remove-Pet', 'command: Set-Tent') | Set-Content $path
        Update-McpConnector petstore -ModuleOnly -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings -join ' ' | Should -Match 'Get-ConTent is a command of the module Microsoft.PowerShell.Management'
        Get-ChildItem $modules | Should -BeNullOrEmpty
        Export-McpModule petstore (Join-Path $TestDrive out) -ErrorAction SilentlyContinue -WarningAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'PrefixMissing*'
    }

    It 'never replace one of McpRuntime' {
        $path = New-CommandConnector -Prefix Mcp
        (Get-Content $path).Replace('command: Get-Pet', 'command: Get-Credential') | Set-Content $path
        Update-McpConnector petstore -ModuleOnly -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings -join ' ' | Should -Match 'Get-McpCredential is a command of the module McpRuntime'
        (Get-Command Get-McpCredential).Source | Should -Be 'McpRuntime'
    }

    It 'are refused if they are no names: <_>' -ForEach @(
        "Get-Pet'; New-Item ran; '"
        'Get-$(New-Item ran)'
        "Get-Pet`nRemove-Item"
        "Get-Pet`u{2019}"
        "G`u{0435}t-Pet"
        'Get-P/../../Pet'
        'Get-Pet\Pet'
        'Frob-Pet'
        'Get-Pet Pet'
    ) {
        $path = New-CommandConnector
        (Get-Content $path).Replace('command: Get-Pet', "command: $(ConvertTo-Json $_)") | Set-Content $path
        Update-McpConnector petstore -ModuleOnly -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'ManifestInvalid*'
        Get-ChildItem $modules | Should -BeNullOrEmpty
        Remove-Item $path
    }

    It 'are refused with a prefix that is none: <_>' -ForEach 'pet', "P'", '../P', "P`u{0435}t", '$(1)', 'P-', 'Abcdefghijklmnopqrstu' {
        $path = New-CommandConnector
        (Get-Content $path).Replace('command_prefix: Pet', "command_prefix: $(ConvertTo-Json $_)") | Set-Content $path
        Update-McpConnector petstore -ModuleOnly -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'ManifestInvalid*'
        Get-ChildItem $modules | Should -BeNullOrEmpty
        { Import-McpConnector (Join-Path $PSScriptRoot petstore.json) -Name other -Prefix $_ } | Should -Throw '*command prefix*'
        Remove-Item $path
    }
}

Describe 'What a document asks for' {
    It 'is a verb and a noun behind the prefix, if it is a name: <_>' -ForEach @(
        'Get-Credential'
        'Get-Content'
        "Get-Pet'; New-Item ran; '"
        'Get-$(New-Item ran)'
        "Get-Pet`nRemove-Item"
        "G`u{0435}t-Pet"
        'Microsoft.PowerShell.Management\Get-Item'
        '../Get-Pet'
    ) {
        $document = Get-Content -Raw (Join-Path $PSScriptRoot petstore.json) | ConvertFrom-Json -AsHashtable
        $document.info.title = 'PSReadLine'
        foreach ($name in 'x-mcp', 'x-mcp-command', 'x-command') { $document.paths['/pets/{id}'].get[$name] = @{ cmdlet = $_; command = $_ } }
        $import = Import-McpConnector -Text ($document | ConvertTo-Json -Depth 20) -Prefix Pet -WarningAction Ignore
        $import.Commands | Should -Not -BeNullOrEmpty
        $import.Commands | Should -Match '^[A-Z][a-z]+-Pet[A-Z][A-Za-z0-9_]*$'
        $import.Module | Should -Be (Join-Path $modules McpRuntime.Psreadline McpRuntime.Psreadline.psd1)
        $after = Get-Resolved
        $before.Where({ $_ -notin $after }) | Should -BeNullOrEmpty
        $after.Where({ $_ -notin $before }) | Should -Match '^[A-Z][a-z]+-Pet\w+ McpRuntime\.Psreadline$'
        Join-Path $PWD ran | Should -Not -Exist
        Remove-McpConnector $import.Name
        Get-ChildItem $modules | Should -BeNullOrEmpty
    }
}

Describe 'Texts of a document' {
    It 'do not run: <_>' -ForEach @(
        '$(New-Item RAN)'
        "'; New-Item RAN; '"
        "`u{2019}; New-Item RAN; `u{2018}"
        "`"; New-Item RAN; `""
        "`n@'`n'@`nNew-Item RAN`n"
        "</maml:para></maml:description><x>&#x0;]]>"
        "`e[31m`u{202e}`u{200b}#> New-Item RAN <#"
        '`u{0};New-Item RAN'
    ) {
        $text = $_.Replace('RAN', $ran)
        $path = New-CommandConnector -Description $text
        $lines = (Get-Content -Raw $path).Replace('enum: [available, sold]', "enum: [$(ConvertTo-Json $text), sold], default: $(ConvertTo-Json $text), examples: [$(ConvertTo-Json $text)]")
        $lines.Replace('title: Pet shop', "title: $(ConvertTo-Json $text)") | Set-Content $path
        Update-McpConnector petstore -ModuleOnly -WarningAction Ignore
        Test-Module McpRuntime.Petstore | Should -Be 'Get-PetPet', 'Remove-PetPet'
        $after = Get-Resolved
        $before.Where({ $_ -notin $after }) | Should -BeNullOrEmpty
        Export-McpModule petstore (Join-Path $TestDrive out) -Force | Should -Not -BeNullOrEmpty
        $ran, (Join-Path $PWD ran) | Should -Not -Exist
        foreach ($file in Get-ChildItem (Join-Path $modules McpRuntime.Petstore) -Recurse -File -Exclude *.dll) {
            Get-Content -Raw $file | Should -Not -Match "[`e`u{202e}`u{200b}]" -Because $file
        }
        Remove-McpConnector petstore -WarningAction Ignore
    }
}
