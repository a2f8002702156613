BeforeAll {
    $root = Split-Path (Split-Path $PSScriptRoot)
    $scripts = Join-Path -Path $root -ChildPath 'eng/publish'
    $version = (Import-PowerShellDataFile (Join-Path $root 'McpRuntime.psd1')).ModuleVersion
    function Add-Artefact([string] $Name, [string] $Content = 'content') {
        $path = Join-Path $TestDrive $Name
        $null = New-Item -ItemType Directory -Force (Split-Path $path)
        Set-Content -NoNewline -LiteralPath $path -Value $Content
    }
    foreach ($name in 'archives/a.tar.gz', 'bundle/b.mcpb', 'plugin/c.zip', 'sbom/d.json', 'SHA256SUMS') { Add-Artefact $name }
    Add-Artefact 'registry/server.json' '{"name":"io.github.acme/mcp-runtime"}'
    foreach ($name in 'mcp-runtime', 'mcp-runtime-http') {
        foreach ($architecture in 'x64', 'arm64') { Add-Artefact "containers/$name-$version-linux-$architecture.tar" }
    }
}

# The programs of others are stand-ins that record how they are called: the real ones need accounts.
Describe 'publish/page.ps1' {
    BeforeEach {
        $global:calls = [System.Collections.Generic.List[string]]::new()
        $global:isThere = $false
        function global:gh { $global:calls.Add("gh $args"); $global:LASTEXITCODE = [int]($args[1] -eq 'view' -and -not $global:isThere) }
    }
    AfterEach { Remove-Item Function:/gh }

    It 'uploads every file to a draft, and then shows it' {
        & (Join-Path $scripts 'page.ps1') -Output $TestDrive
        $calls -replace '^(gh release \w+).*$', '$1' | Should -Be @('view', 'create', 'upload', 'edit').ForEach({ "gh release $_" })
        $calls[1] | Should -BeLike "gh release create v$version *--verify-tag --draft"
        foreach ($name in 'a.tar.gz', 'b.mcpb', 'c.zip', 'server.json', 'd.json', 'SHA256SUMS') { $calls[2] | Should -Match ([regex]::Escape($name)) }
        $calls[3] | Should -BeLike "gh release edit v$version *--draft=false"
    }

    It 'goes on with a page that was begun' {
        $global:isThere = $true
        & (Join-Path $scripts 'page.ps1') -Output $TestDrive
        $calls -replace '^(gh release \w+).*$', '$1' | Should -Be @('view', 'upload', 'edit').ForEach({ "gh release $_" })
    }

    It 'has the text of the changelog' {
        & (Join-Path $scripts 'page.ps1') -Output $TestDrive
        Get-Content -Raw (Join-Path $TestDrive 'release-notes.md') | Should -Match '(?m)^- '
    }

    It 'shows with -WhatIf' {
        & (Join-Path $scripts 'page.ps1') -Output $TestDrive -WhatIf
        $calls.Count | Should -Be 0
    }
}

Describe 'publish/registry.ps1' {
    BeforeAll {
        # A client that records how it is started, in the archive that its release would have.
        $client = New-Item -ItemType Directory (Join-Path $TestDrive 'client')
        Set-Content -LiteralPath (Join-Path $client 'mcp-publisher') -Value "#!/bin/sh`necho ""`$@ in `$(pwd)"" >> '$TestDrive/started'"
        $archive = Join-Path $client 'mcp-publisher_linux_amd64.tar.gz'
        if (-not $IsWindows) { chmod +x (Join-Path $client 'mcp-publisher') }
        tar -czf $archive -C $client mcp-publisher
        $hash = (Get-FileHash $archive).Hash
    }
    BeforeEach {
        $global:archive = $archive
        function global:gh { Copy-Item $global:archive $args[$args.IndexOf('--dir') + 1]; $global:LASTEXITCODE = 0 }
        Remove-Item -ErrorAction Ignore (Join-Path $TestDrive 'started')
    }
    AfterEach { Remove-Item Function:/gh }

    It 'signs in and publishes the entry' -Skip:$IsWindows {
        & (Join-Path $scripts 'registry.ps1') -Output $TestDrive -ClientHash $hash
        Get-Content (Join-Path $TestDrive 'started') | Should -Be @("login github-oidc in $TestDrive/registry", "publish in $TestDrive/registry")
    }

    It 'does not start a client that is another than expected' {
        { & (Join-Path $scripts 'registry.ps1') -Output $TestDrive } | Should -Throw '*It was not started.'
        Join-Path $TestDrive 'started' | Should -Not -Exist
    }
}

Describe 'publish/containers.ps1' {
    BeforeEach {
        $global:calls = [System.Collections.Generic.List[string]]::new()
        function global:podman { $global:calls.Add("podman $args"); $global:LASTEXITCODE = 0 }
    }
    AfterEach { Remove-Item Function:/podman }

    It 'pushes the platforms of an image behind one name' {
        & (Join-Path $scripts 'containers.ps1') -Output $TestDrive -Registry registry.example/acme
        @($calls -like 'podman manifest add *').Count | Should -Be 4
        $pushed = $calls -like 'podman manifest push *' -replace '^.* '
        $pushed | Should -Be @(foreach ($name in 'mcp-runtime', 'mcp-runtime-http') {
                foreach ($tag in $version, 'latest') { "docker://registry.example/acme/${name}:$tag" } })
        $calls -match 'tls-verify=False' | Should -BeNullOrEmpty
        @($calls -like 'podman manifest rm *').Count | Should -Be 2
    }

    It 'shows with -WhatIf' {
        & (Join-Path $scripts 'containers.ps1') -Output $TestDrive -WhatIf
        $calls.Count | Should -Be 0
    }

    It 'says what to run when there is no image' {
        { & (Join-Path $scripts 'containers.ps1') -Output (Join-Path $TestDrive 'none') } | Should -Throw '*release.ps1*'
    }
}
