# What the test files share. They change the home folder's vault and settings, so they run only where dotnet test has
# put them into a home of their own.
if (-not $env:TEST_HOME) {
    throw 'Run these tests with: dotnet test tests/McpRuntime.Module.Tests'
}
$ErrorActionPreference = 'Stop'
$env:MCP_RUNTIME_CONNECTORS_DIR = Join-Path $TestDrive 'connectors'
$env:MCP_RUNTIME_DATA_DIR = Join-Path $TestDrive 'data'
Import-Module $env:TEST_MODULE

# A manifest with a reading and a writing tool, in the connectors folder or another one; returns its path.
function New-TestConnector {
    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
    param(
        [string] $Name = 'petstore',
        [string] $BaseUrl = 'https://pets.example',
        [string] $Folder = $env:MCP_RUNTIME_CONNECTORS_DIR,
        [string] $Tail = ''
    )
    $path = Join-Path $Folder "$Name.yaml"
    $null = New-Item -ItemType Directory -Force (Split-Path $path)
    Set-Content -LiteralPath $path -Value @"
connector:
  manifest_version: 2
  name: '$Name'
  version: 1.2.3
  title: Pet shop
  base_url: $BaseUrl
  security_schemes:
    api_key: { type: api_key, location: header, key_name: X-Key }
  security: []
  tools:
  - name: get_pet
    description: Finds a pet by its number.
    endpoint: GET /pets/{id}
    arguments:
      id: { in: path, name: id }
      verbose: { in: query, name: verbose }
    input_schema:
      type: object
      properties:
        id: { type: integer, description: Number of the pet. }
        verbose: { type: boolean }
      required: [id]
  - name: add_pet
    description: Adds a pet.
    endpoint: POST /pets
    arguments:
      name: { in: body, name: name }
      tags: { in: body, name: tags }
    body: { content_type: application/json, required: true }
    security: [ { api_key: [] } ]
    input_schema:
      type: object
      properties:
        name: { type: string }
        tags: { type: array, items: { type: string } }
      required: [name]
$Tail
"@
    $path
}

# Completions of a line at its end.
function Get-Completion([string] $Line) {
    (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches.CompletionText
}

# A real SecretStore in this test's home that opens without a password, as the default vault.
function New-TestVault {
    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
    param([string] $Name = 'Store')
    Reset-SecretStore -Authentication None -Interaction None -Scope CurrentUser -Force -Confirm:$false -WarningAction SilentlyContinue | Out-Null
    Register-SecretVault -Name $Name -ModuleName Microsoft.PowerShell.SecretStore -DefaultVault -AllowClobber
}

# Stops commands of another runspace once $HasBegun says that they wait for somebody, and gives the seconds it took.
function Measure-TestStop([string] $Script, [scriptblock] $HasBegun) {
    $powershell = [powershell]::Create()
    try {
        $waiting = $powershell.AddScript("Import-Module `$env:TEST_MODULE; $Script").BeginInvoke()
        while (-not (& $HasBegun) -and -not $waiting.IsCompleted) { Start-Sleep -Milliseconds 20 }
        $waiting.IsCompleted | Should -BeFalse
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $powershell.Stop()
        $watch.Elapsed.TotalSeconds
    }
    finally {
        $powershell.Dispose()
    }
}
