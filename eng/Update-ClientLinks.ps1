#!/usr/bin/env pwsh

<#
.SYNOPSIS
    Writes the links that add the server to a client, from eng/templates/client.json, wherever a page asks for them.
.DESCRIPTION
    A page asks with the lines <!-- client-links --> and <!-- /client-links -->; what is between them is replaced.
    ClientLinkTests read every link back.
.EXAMPLE
    ./eng/Update-ClientLinks.ps1
#>
param(
    # The pages; README.md and all of docs by default.
    [string[]] $Path
)
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0

$root = Split-Path $PSScriptRoot
$Path ??= @(Join-Path $root 'README.md') + @((Get-ChildItem -Recurse -Filter *.md (Join-Path $root 'docs')).FullName)
$server = Get-Content -Raw (Join-Path $PSScriptRoot 'templates/client.json') | ConvertFrom-Json
$program = [ordered]@{ command = $server.command; args = $server.args } | ConvertTo-Json -Compress
$named = [ordered]@{ name = $server.name; type = 'stdio'; command = $server.command; args = $server.args } | ConvertTo-Json -Compress

function Encode([string] $Text) { [uri]::EscapeDataString($Text) }
function Encode64([string] $Text) { Encode ([Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes($Text))) }

# GitHub shows no links with a scheme of a program; the clients' own pages pass such links on.
$links = [ordered]@{
    'VS Code'          = "https://insiders.vscode.dev/redirect?url=$(Encode "vscode:mcp/install?$(Encode $named)")"
    'VS Code Insiders' = "https://insiders.vscode.dev/redirect?url=$(Encode "vscode-insiders:mcp/install?$(Encode $named)")"
    'Visual Studio'    = "https://vs-open.link/mcp-install?$(Encode $named)"
    'Cursor'           = "https://cursor.com/en/install-mcp?name=$(Encode $server.name)&config=$(Encode64 $program)"
    'LM Studio'        = "https://lmstudio.ai/install-mcp?name=$(Encode $server.name)&config=$(Encode64 $program)"
}
$line = ($links.Keys | ForEach-Object { "[$_]($($links[$_]))" }) -join " ·`n"
foreach ($file in Convert-Path -LiteralPath $Path) {
    $text = [System.IO.File]::ReadAllText($file)
    $new = [regex]::Replace($text, '(?s)(<!-- client-links -->\r?\n).*?(<!-- /client-links -->)', { "$($args[0].Groups[1])$line`n$($args[0].Groups[2])" })
    if ($new -ceq $text) { continue }
    [System.IO.File]::WriteAllText($file, $new)
    $file
}
