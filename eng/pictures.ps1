#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Draws the pictures of docs/pictures again, from the programs as they are now.
.DESCRIPTION
    The terminal is what mcp-runtime prints for commands against the sample API, and the page is the gateway's in
    Chromium, with the same API. Both are tests: without this script, the first compares what is printed with the
    picture, and the second checks that the page can be shown.
.EXAMPLE
    ./eng/pictures.ps1
#>
[CmdletBinding()]
param()

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
$tests = Join-Path (Split-Path $PSScriptRoot) tests
$env:MCP_RUNTIME_DRAW_PICTURES = 'true'
try {
    foreach ($project in 'McpRuntime.Stdio.Tests', 'McpRuntime.Browser.Tests') {
        dotnet test (Join-Path $tests $project) --nologo --filter 'FullyQualifiedName~PictureTests'
    }
}
finally { $env:MCP_RUNTIME_DRAW_PICTURES = $null }
