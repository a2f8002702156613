BeforeAll {
    $root = Split-Path (Split-Path $PSScriptRoot)
    $publish = Join-Path -Path $root -ChildPath 'eng/publish/nuget.ps1'
    . (Join-Path $PSScriptRoot 'Upstream.ps1')
    $version = (Import-PowerShellDataFile (Join-Path $root 'McpRuntime.psd1')).ModuleVersion
    $null = New-Item -ItemType Directory -Force (Join-Path $TestDrive 'nuget')
    foreach ($id in 'McpRuntime', 'McpRuntime.any', 'McpRuntime.linux-x64', 'McpRuntime.Http', 'McpRuntime.Http.any') {
        Set-Content -NoNewline -Path (Join-Path -Path $TestDrive -ChildPath "nuget/$id.$version.nupkg") -Value "content of $id"
    }
    Set-Content -Path (Join-Path $TestDrive 'nuget/McpRuntime.0.0.1.nupkg') -Value 'of another version'
}

Describe 'publish/nuget.ps1' {
    BeforeEach {
        $upstream = Start-TestUpstream @{ 'PUT /api/v2/package' = @{ Status = 201; Body = '' } }
        $source = "$($upstream.Url)/api/v2/package"
        $env:NUGET_API_KEY = 'a key of the feed'
    }

    AfterEach {
        Stop-TestUpstream $upstream
        $env:NUGET_API_KEY = $null
    }

    It 'publishes packages of platforms before those that point to them' {
        $lines = & $publish -Output $TestDrive -Source $source
        $lines | Should -Be @(
            'McpRuntime.any', 'McpRuntime.Http.any', 'McpRuntime.linux-x64', 'McpRuntime', 'McpRuntime.Http' |
                ForEach-Object { "$_.$version.nupkg: published" })
        $bodies = $upstream.Requests.ToArray().Body
        $bodies.Count | Should -Be 5
        $bodies[2] | Should -Match 'content of McpRuntime\.linux-x64'
        $upstream.Requests.ToArray().ForEach({ $_.Headers['X-NuGet-ApiKey'] }) | Should -Be (, 'a key of the feed' * 5)
    }

    It 'takes the key out of the environment' {
        $null = & $publish -Output $TestDrive -Source $source
        $env:NUGET_API_KEY | Should -BeNullOrEmpty
    }

    It 'goes on where a package is there already' {
        Stop-TestUpstream $upstream
        $upstream = Start-TestUpstream @{ 'PUT /api/v2/package' = @(@{ Status = 409; Body = '' }, @{ Status = 201; Body = '' }) }
        $lines = & $publish -Output $TestDrive -Source "$($upstream.Url)/api/v2/package"
        $lines[0] | Should -Be "McpRuntime.any.$version.nupkg: is there already"
        $lines.Count | Should -Be 5
    }

    It 'stops at the first refusal, and names package, source and answer' {
        Stop-TestUpstream $upstream
        $upstream = Start-TestUpstream @{ 'PUT /api/v2/package' = @{ Status = 403; Body = '' } }
        { & $publish -Output $TestDrive -Source "$($upstream.Url)/api/v2/package" } |
            Should -Throw "McpRuntime.any.$version.nupkg: $($upstream.Url)/api/v2/package answered 403*"
        $upstream.Requests.Count | Should -Be 1
    }

    It 'sends the key nowhere else: a redirect is a refusal' {
        Stop-TestUpstream $upstream
        $other = Start-TestUpstream @{ 'PUT /' = @{ Status = 201; Body = '' } }
        $upstream = Start-TestUpstream @{ 'PUT /api/v2/package' = @{ Status = 307; Body = ''; Headers = @{ Location = "$($other.Url)/" } } }
        try {
            { & $publish -Output $TestDrive -Source "$($upstream.Url)/api/v2/package" } |
                Should -Throw "McpRuntime.any.$version.nupkg: *"
            $other.Requests.Count | Should -Be 0
        }
        finally { Stop-TestUpstream $other }
    }

    It 'shows with -WhatIf, without a key' {
        $env:NUGET_API_KEY = $null
        & $publish -Output $TestDrive -Source $source -WhatIf
        $upstream.Requests.Count | Should -Be 0
    }

    It 'asks for the key by its name' {
        $env:NUGET_API_KEY = $null
        { & $publish -Output $TestDrive -Source $source } | Should -Throw '*NUGET_API_KEY*'
    }

    It 'says what to run when there is nothing to publish' {
        { & $publish -Output (Join-Path $TestDrive 'none') -Source $source } | Should -Throw '*release.ps1*'
    }
}
