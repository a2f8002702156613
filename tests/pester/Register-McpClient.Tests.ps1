BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $userFile = if ($IsWindows) { "$env:APPDATA\Code\User\mcp.json" }
    elseif ($IsMacOS) { "$HOME/Library/Application Support/Code/User/mcp.json" }
    else { "$HOME/.config/Code/User/mcp.json" }
}

Describe 'Register-McpClient' {
    BeforeEach {
        $file = Join-Path $TestDrive "$(New-Guid).json"
    }

    It 'writes the entry for VS Code into the user''s mcp.json' {
        $registration = Register-McpClient
        $registration.Path | Should -Be $userFile
        $registration.BackupPath | Should -BeNullOrEmpty
        $entry = (Get-Content -Raw $userFile | ConvertFrom-Json).servers.'mcp-runtime'
        $entry.type | Should -Be 'stdio'
        $entry.command | Should -Be (Get-Process -Id $PID).Path
        $entry.args[-4..-2] | Should -Be '-NoProfile', '-NonInteractive', '-Command'
        $entry.args[-1] | Should -Be "Import-Module '$env:TEST_MODULE'; Start-McpRuntime -Transport Stdio -Wait"
    }

    It 'writes into a workspace, by its folder or by the current one' {
        $workspace = (New-Item -ItemType Directory (Join-Path $TestDrive 'work space')).FullName
        (Register-McpClient -WorkspacePath $workspace).Path | Should -Be (Join-Path $workspace '.vscode' 'mcp.json')
        Push-Location $workspace
        try { (Register-McpClient -Scope Workspace -Name two).Path | Should -Be (Join-Path $workspace '.vscode' 'mcp.json') }
        finally { Pop-Location }
        (Get-Content -Raw (Join-Path $workspace '.vscode' 'mcp.json') | ConvertFrom-Json).servers.psobject.Properties.Name |
            Should -Be 'mcp-runtime', 'two'
    }

    It 'passes what the server is to serve, with absolute paths' {
        Push-Location $TestDrive
        try { $registration = Register-McpClient -ConfigurationPath $file -ConnectorPath "it's" -Tool 'get_*', 'list_*' -ReadOnly -HotReload -Expose Search -Profile 'box=work,me' }
        finally { Pop-Location }
        $folder = (Join-Path $TestDrive "it's") -replace "'", "''"
        $registration.Arguments[-1] | Should -BeLike "*-ConnectorPath '$folder' -HotReload -ReadOnly -Expose Search -Profile 'box=work,me' -Tool 'get_*','list_*'"
    }

    It 'asks for the token of a gateway by the input of VS Code, and never writes it' {
        $token = ConvertTo-SecureString -AsPlainText 't-secret'
        $job = [pscustomobject]@{ Name = 'team'; Endpoint = [uri] 'http://127.0.0.1:8000/mcp'; Token = $token }
        $registration = $job | Register-McpClient -ConfigurationPath $file
        $registration.Name | Should -Be 'team'
        $registration.Uri | Should -Be 'http://127.0.0.1:8000/mcp'
        $registration.Command | Should -BeNullOrEmpty
        $written = Get-Content -Raw $file
        $written | Should -Not -Match 't-secret'
        $content = $written | ConvertFrom-Json
        $content.servers.team.type | Should -Be 'http'
        $content.servers.team.url | Should -Be 'http://127.0.0.1:8000/mcp'
        $content.servers.team.headers.Authorization | Should -Be "Bearer `${input:$($content.inputs[0].id)}"
        $content.inputs[0].type | Should -Be 'promptString'
        $content.inputs[0].password | Should -BeTrue
        # Entries with one input would share one token.
        $null = Register-McpClient -Name 'team x' -Uri https://mcp.example/mcp -ConfigurationPath $file
        $null = Register-McpClient -Name 'team-x' -Uri https://other.example/mcp -ConfigurationPath $file
        $null = Register-McpClient -Name team -Uri http://127.0.0.1:8001/mcp -ConfigurationPath $file
        $content = Get-Content -Raw $file | ConvertFrom-Json
        ($content.inputs.id | Sort-Object -Unique).Count | Should -Be 3
        $content.servers.team.url | Should -Be 'http://127.0.0.1:8001/mcp'
    }

    It 'takes the input away with the entry, and nothing else' {
        [IO.File]::WriteAllText($file, "{`n  ""inputs"": [ { ""id"": ""mine"", ""type"": ""promptString"" } ], // mine`n  ""servers"": {}`n}`n")
        $null = Register-McpClient -Name one -Uri http://127.0.0.1:8000/mcp -ConfigurationPath $file
        $null = Register-McpClient -Name two -Uri http://127.0.0.1:8000/mcp -ConfigurationPath $file
        (Get-Content -Raw $file | ConvertFrom-Json).inputs.id | Should -Be 'mine', 'mcp-runtime-token-one', 'mcp-runtime-token-two'
        Unregister-McpClient -Name one -ConfigurationPath $file
        $null = Register-McpClient -Name two -ConfigurationPath $file
        $content = Get-Content -Raw $file
        ($content | ConvertFrom-Json).inputs.id | Should -Be 'mine'
        ($content | ConvertFrom-Json).servers.two.type | Should -Be 'stdio'
        $content | Should -Match '// mine'
    }

    It 'refuses <Case>' -TestCases @(
        @{ Case = 'a profile that is not one'; Given = @{ Profile = 'box=a b' }; Message = "*'box=a b' is not a profile*" }
        @{ Case = 'a profile of a gateway'; Given = @{ Uri = 'http://127.0.0.1:8000/mcp'; Profile = 'work' }; Message = '-Profile cannot be combined with -Uri*' }
        @{ Case = 'what only a program serves'; Given = @{ Uri = 'http://127.0.0.1:8000/mcp'; ReadOnly = $true }; Message = '-ReadOnly cannot be combined with -Uri*' }
        @{ Case = 'a client without inputs'; Given = @{ Uri = 'http://127.0.0.1:8000/mcp'; Client = 'ClaudeDesktop' }; Message = '*ClaudeDesktop*' }
        @{ Case = 'a token over plain HTTP'; Given = @{ Uri = 'http://mcp.example/mcp' }; Message = '*plain HTTP*Use https*' }
        @{ Case = 'a password in the URL'; Given = @{ Uri = 'https://me:secret@mcp.example/mcp' }; Message = '*user name or password*' }
        @{ Case = 'a path'; Given = @{ Uri = '/mcp' }; Message = '*not an absolute http or https URL*' }
    ) {
        { Register-McpClient @Given -ConfigurationPath $file } | Should -Throw $Message -ErrorId 'ArgumentInvalid,*'
        Test-Path $file | Should -BeFalse
    }

    It 'keeps comments and other entries, and a backup' {
        $before = "{`n  // mine`n  ""servers"": {`n    ""other"": { ""command"": ""x"" } // stays`n  }`n}`n"
        [IO.File]::WriteAllText($file, $before)
        $registration = Register-McpClient -ConfigurationPath $file
        $after = [IO.File]::ReadAllText($file)
        $after | Should -Match '// mine'
        $after | Should -Match '"other": \{ "command": "x" \}, // stays'
        $registration.BackupPath | Should -Be "$file.bak"
        [IO.File]::ReadAllText("$file.bak") | Should -BeExactly $before
    }

    It 'changes nothing the second time' {
        $null = Register-McpClient -ConfigurationPath $file
        $written = (Get-Item $file).LastWriteTimeUtc
        (Register-McpClient -ConfigurationPath $file).BackupPath | Should -BeNullOrEmpty
        (Get-Item $file).LastWriteTimeUtc | Should -Be $written
    }

    It 'replaces its own entry, and a foreign one only with -Force' {
        $null = Register-McpClient -ConfigurationPath $file
        (Register-McpClient -ConfigurationPath $file -ReadOnly).Arguments[-1] | Should -BeLike '* -ReadOnly'
        Set-Content $file '{ "servers": { "mcp-runtime": { "command": "node" } } }'
        $null = Register-McpClient -ConfigurationPath $file -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ClientEntryExists,*'
        $problem[0].CategoryInfo.Category | Should -Be 'ResourceExists'
        Get-Content -Raw $file | Should -Match 'node'
        $null = Register-McpClient -ConfigurationPath $file -Force
        Get-Content -Raw $file | Should -Not -Match 'node'
    }

    It 'writes nothing with -WhatIf, not even with -Force' {
        Register-McpClient -ConfigurationPath $file -WhatIf -Force | Should -BeNullOrEmpty
        $file | Should -Not -Exist
    }

    It 'takes client, name and path from the pipeline by property name' {
        $registration = [pscustomobject]@{ Client = 'ClaudeDesktop'; Name = 'piped'; Path = $file } | Register-McpClient
        $registration.Name | Should -Be 'piped'
        (Get-Content -Raw $file | ConvertFrom-Json).mcpServers.piped | Should -Not -BeNullOrEmpty
    }

    It 'leaves a file that is not JSON alone and says where it breaks' {
        [IO.File]::WriteAllText($file, "{`n  oops`n}")
        Register-McpClient -ConfigurationPath $file -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ClientConfigurationInvalid,*'
        $problem[0].CategoryInfo.Category | Should -Be 'ParserError'
        $problem[0].Exception.Message | Should -BeLike '*is not valid JSON with comments at line 2*'
        Get-Content -Raw $file | Should -BeExactly "{`n  oops`n}"
        "$file.bak" | Should -Not -Exist
    }

    It 'keeps a link a link' -Skip:$IsWindows {
        $target = Join-Path $TestDrive 'dotfile.json'
        Set-Content $target '{}'
        $null = New-Item -ItemType SymbolicLink -Path $file -Target $target
        $null = Register-McpClient -ConfigurationPath $file
        (Get-Item $file).LinkType | Should -Be 'SymbolicLink'
        Get-Content -Raw $target | Should -Match 'Start-McpRuntime'
    }

    It 'reports <Id> for <Case>' -TestCases @(
        @{ Case = 'a workspace that is not there'; Id = 'PathNotFound'; Parameters = @{ WorkspacePath = '/nowhere/at/all' } }
        @{ Case = 'a workspace of a client without one'; Id = 'ClientLocationUnknown'; Parameters = @{ Client = 'ClaudeDesktop'; Scope = 'Workspace' } }
        @{ Case = 'a path of another provider'; Id = 'ProviderNotSupported'; Parameters = @{ ConfigurationPath = 'Env:/X' } }
        @{ Case = 'an unknown drive'; Id = 'PathNotFound'; Parameters = @{ ConfigurationPath = 'nope:/x' } }
    ) {
        Register-McpClient @Parameters -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem[0].FullyQualifiedErrorId | Should -Be "$Id,McpRuntime.Cmdlets.Clients.RegisterMcpClientCommand"
    }

    It 'ends with an error where pwsh could not carry the path' {
        { Register-McpClient -ConfigurationPath $file -ConnectorPath (Join-Path $TestDrive 'a$input') } |
            Should -Throw -ErrorId 'PathNotUsable,McpRuntime.Cmdlets.Clients.RegisterMcpClientCommand'
    }

    It 'shows name, client and path' {
        $view = Register-McpClient -ConfigurationPath $file | Out-String -Width 300
        $view | Should -Match 'Name +Client +Path'
        $view | Should -Match "mcp-runtime +VSCode +$([regex]::Escape($file))"
    }
}

Describe 'The file of <Client>' -ForEach @(
    @{ Client = 'VSCode'; FileName = 'VSCode.json'; Section = 'servers'; User = $null; Workspace = '.vscode/mcp.json'; Fields = 'type', 'command', 'args'; Token = 'input' }
    @{ Client = 'VSCodeInsiders'; FileName = 'VSCode.json'; Section = 'servers'; User = $null; Workspace = '.vscode/mcp.json'; Fields = 'type', 'command', 'args'; Token = 'input' }
    @{ Client = 'ClaudeDesktop'; FileName = 'ClaudeDesktop.json'; Section = 'mcpServers'; User = $null; Workspace = $null; Fields = 'command', 'args'; Token = $null }
    @{ Client = 'ClaudeCode'; FileName = 'ClaudeCode.json'; Section = 'mcpServers'; User = '.claude.json'; Workspace = '.mcp.json'; Fields = 'type', 'command', 'args'; Token = '${MCP_RUNTIME_TOKEN_GATEWAY}'; Moved = 'CLAUDE_CONFIG_DIR' }
    @{ Client = 'Cursor'; FileName = 'Cursor.json'; Section = 'mcpServers'; User = '.cursor/mcp.json'; Workspace = '.cursor/mcp.json'; Fields = 'type', 'command', 'args'; Token = '${env:MCP_RUNTIME_TOKEN_GATEWAY}' }
    @{ Client = 'VisualStudio'; FileName = 'VisualStudio.json'; Section = 'servers'; User = '.mcp.json'; Workspace = '.mcp.json'; Fields = 'type', 'command', 'args'; Token = 'input' }
    @{ Client = 'CopilotCli'; FileName = 'CopilotCli.json'; Section = 'mcpServers'; User = '.copilot/mcp-config.json'; Workspace = '.github/mcp.json'; Fields = 'type', 'command', 'args', 'tools'; Token = '${MCP_RUNTIME_TOKEN_GATEWAY}'; Moved = 'COPILOT_HOME' }
    @{ Client = 'Codex'; FileName = 'Codex.toml'; Section = 'mcp_servers'; User = '.codex/config.toml'; Workspace = '.codex/config.toml'; Fields = 'command', 'args'; Token = 'MCP_RUNTIME_TOKEN_GATEWAY'; Moved = 'CODEX_HOME' }
    @{ Client = 'GeminiCli'; FileName = 'GeminiCli.json'; Section = 'mcpServers'; User = '.gemini/settings.json'; Workspace = '.gemini/settings.json'; Fields = 'command', 'args'; Token = '${MCP_RUNTIME_TOKEN_GATEWAY}' }
) {
    BeforeAll {
        # The fields of an entry, of JSON or of TOML, whose lines are 'key = JSON value'.
        function Read-Entry([string] $Path, [string] $Name) {
            $text = [IO.File]::ReadAllText($Path)
            if ($Path -notlike '*.toml') { return ($text | ConvertFrom-Json -AsHashtable).$Section.$Name }
            $entry = [ordered]@{}
            $table = [regex]::Match($text, "(?m)^\[$Section\.$Name\]\n(?<lines>([^[\n].*\n?)*)").Groups['lines'].Value
            foreach ($line in $table.Split("`n").Where({ $_.Contains(' = ') })) { $entry[$line.Split(' = ')[0]] = $line.Substring($line.IndexOf(' = ') + 3) | ConvertFrom-Json }
            $entry
        }
    }

    BeforeEach {
        $sample = [IO.File]::ReadAllText((Join-Path $PSScriptRoot '../cases/clients' $FileName))
        $target = Join-Path $TestDrive (New-Guid) $FileName
        $null = New-Item -ItemType Directory (Split-Path $target)
        [IO.File]::WriteAllText($target, $sample)
    }

    It 'gets an entry that starts the server; other entries and comments keep their bytes' {
        $registration = Register-McpClient $Client -ConfigurationPath $target -ReadOnly
        $entry = Read-Entry $target 'mcp-runtime'
        $entry.Keys | Should -Be $Fields
        $entry.command | Should -Be $registration.Command
        $entry.args | Should -Be $registration.Arguments
        $entry.args[-1] | Should -BeLike "Import-Module *; Start-McpRuntime -Transport Stdio -Wait -ReadOnly"
        if ($Client -eq 'CopilotCli') { $entry.type, $entry.tools | Should -Be 'local', '*' }
        elseif ($entry.type) { $entry.type | Should -Be 'stdio' }
        # Every line of the sample is still there, in its order; the last of a list may have got a comma.
        $lines = [IO.File]::ReadAllLines($target)
        $at = 0
        foreach ($line in $sample.TrimEnd().Split("`n")) {
            while ($at -lt $lines.Count -and $lines[$at] -ne $line -and $lines[$at].Replace('},', '}') -ne $line) { $at++ }
            $at | Should -BeLessThan $lines.Count -Because "'$line' is a line of the sample"
            $at++
        }
    }

    It 'gets it back as it was' {
        $null = Register-McpClient $Client -ConfigurationPath $target
        (Register-McpClient $Client -ConfigurationPath $target).BackupPath | Should -BeNullOrEmpty -Because 'nothing has changed'
        [IO.File]::ReadAllText("$target.bak") | Should -BeExactly $sample
        Unregister-McpClient $Client -ConfigurationPath $target
        [IO.File]::ReadAllText($target) | Should -BeExactly $sample
    }

    It 'is replaced in one step' -Skip:$IsWindows {
        # A second name of the old file: it keeps the old content, so nobody reads a half-written one.
        $null = New-Item -ItemType HardLink -Path "$target.old" -Target $target
        $null = Register-McpClient $Client -ConfigurationPath $target
        [IO.File]::ReadAllText("$target.old") | Should -BeExactly $sample
        (Get-ChildItem (Split-Path $target) -Force).Name | Sort-Object | Should -Be (@($FileName, "$FileName.bak", "$FileName.old") | Sort-Object)
    }

    It 'is where the client looks for it' {
        $registration = Register-McpClient $Client -Name placed
        if ($User) { $registration.Path | Should -Be (Join-Path $HOME $User) }
        if ($Moved) {
            Set-Item "Env:$Moved" (Join-Path $TestDrive 'moved')
            try { (Register-McpClient $Client -Name moved -WhatIf:$false).Path | Should -Be (Join-Path $TestDrive 'moved' (Split-Path -Leaf $User)) }
            finally { Remove-Item "Env:$Moved" }
        }
        if ($Workspace) { (Register-McpClient $Client -WorkspacePath (Split-Path $target)).Path | Should -Be (Join-Path (Split-Path $target) $Workspace) }
        Unregister-McpClient $Client -Name placed
    }

    It 'gets an entry for a gateway, and never its token' {
        if (-not $Token) {
            { Register-McpClient $Client -Uri https://mcp.example/mcp -ConfigurationPath $target } | Should -Throw "The configuration file of $Client does not take a URL*"
            return
        }
        $registration = Register-McpClient $Client -Name gateway -Uri https://mcp.example/mcp -ConfigurationPath $target -WarningVariable warnings -WarningAction SilentlyContinue
        $entry = Read-Entry $target 'gateway'
        $entry.url ?? $entry.httpUrl | Should -Be 'https://mcp.example/mcp'
        $written = $entry.bearer_token_env_var ?? $entry.headers.Authorization
        if ($Token -eq 'input') {
            $written | Should -Be 'Bearer ${input:mcp-runtime-token-gateway}'
            $registration.TokenVariable | Should -BeNullOrEmpty
            $warnings | Should -BeNullOrEmpty
        }
        else {
            $written -replace '^Bearer ' | Should -Be $Token
            $registration.TokenVariable | Should -Be 'MCP_RUNTIME_TOKEN_GATEWAY'
            $warnings | Should -BeLike "$Client takes the token of 'gateway' from the environment variable MCP_RUNTIME_TOKEN_GATEWAY.*"
        }
        # An entry of this module is replaced and removed without -Force.
        $null = Register-McpClient $Client -Name gateway -ConfigurationPath $target
        (Read-Entry $target 'gateway').Keys | Should -Be $Fields
        Unregister-McpClient $Client -Name gateway -ConfigurationPath $target
        (Read-Entry $target 'gateway').Keys | Should -BeNullOrEmpty
    }

    It 'keeps a foreign entry without -Force' {
        $other = @{ ClaudeCode = 'github'; Cursor = 'files'; VisualStudio = 'github'; CopilotCli = 'playwright'; Codex = 'docs'; GeminiCli = 'python'; ClaudeDesktop = 'files' }[$Client] ?? 'other'
        Register-McpClient $Client -Name $other -ConfigurationPath $target -ErrorAction SilentlyContinue -ErrorVariable problem
        Unregister-McpClient $Client -Name $other -ConfigurationPath $target -ErrorAction SilentlyContinue -ErrorVariable +problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'ClientEntry*'
        $problem.Count | Should -Be 2
        [IO.File]::ReadAllText($target) | Should -BeExactly $sample
    }
}

Describe 'A path that a client would change' {
    It 'is refused for <_>, which replaces $NAME' -ForEach 'CopilotCli', 'GeminiCli' {
        { Register-McpClient $_ -ConnectorPath (Join-Path $TestDrive 'a$b') -ConfigurationPath (Join-Path $TestDrive 'x.json') } |
            Should -Throw -ErrorId 'PathNotUsable,*'
    }

    It 'is fine for <_>, which does not' -ForEach 'VSCode', 'Codex' {
        (Register-McpClient $_ -ConnectorPath (Join-Path $TestDrive 'a$b') -ConfigurationPath (Join-Path $TestDrive "$_.toml")).Arguments[-1] | Should -BeLike '*a$b*'
    }
}
