# What the test files share. They change the home folder's vault and settings, so they run only where dotnet test has
# put them into a home of their own.
if (-not $env:TEST_HOME) {
    throw 'Run these tests with: dotnet test tests/McpRuntime.Module.Tests'
}
$ErrorActionPreference = 'Stop'
$env:MCP_RUNTIME_CONNECTORS_DIR = Join-Path $TestDrive 'connectors'
$env:MCP_RUNTIME_DATA_DIR = Join-Path $TestDrive 'data'
$env:MCP_RUNTIME_CACHE_DIR = Join-Path $TestDrive 'cache'
Import-Module $env:TEST_MODULE

# A manifest in a folder, with the rest of its text; returns its path.
function Write-TestManifest([string] $Name, [string] $BaseUrl, [string] $Folder, [string] $Rest) {
    $path = Join-Path $Folder "$Name.yaml"
    $null = New-Item -ItemType Directory -Force (Split-Path $path)
    Set-Content -LiteralPath $path -Value @"
connector:
  manifest_version: 2
  name: '$Name'
  version: 1.2.3
  title: Pet shop
  base_url: $BaseUrl
$Rest
"@
    $path
}

# A manifest with a reading and a writing tool, in the connectors folder or another one; returns its path.
function New-TestConnector {
    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
    param(
        [string] $Name = 'petstore',
        [string] $BaseUrl = 'https://pets.example',
        [string] $Folder = $env:MCP_RUNTIME_CONNECTORS_DIR,
        [string] $Tail = ''
    )
    Write-TestManifest $Name $BaseUrl $Folder @"
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
}

# Seconds after which something hangs: many times what it takes on a slow machine under load.
$hangGuard = 300

# Whether a condition holds, at the latest when the guard ends.
function Wait-Until([scriptblock] $Condition) {
    $limit = [DateTime]::UtcNow.AddSeconds($hangGuard)
    # It is not asked again after it held: it may hold for a moment, or do something.
    while (-not ($holds = & $Condition) -and [DateTime]::UtcNow -lt $limit) { Start-Sleep -Milliseconds 50 }
    [bool] $holds
}

# Arguments that make pwsh an MCP server with the tools of the connectors folder.
function Get-TestServerLine {
    '-NoProfile', '-NonInteractive', '-Command', "Import-Module '$env:TEST_MODULE'; Start-McpRuntime -Transport Stdio -Wait"
}

# What Tab offers at the end of a line. Completers give up after two seconds, so what took as long is asked for again.
function Get-CompletionMatch([string] $Line) {
    $limit = [DateTime]::UtcNow.AddSeconds($hangGuard)
    do {
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $found = (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches
    } while ($watch.Elapsed.TotalSeconds -ge 2 -and [DateTime]::UtcNow -lt $limit)
    $found
}

# Completions of a line at its end.
function Get-Completion([string] $Line) { (Get-CompletionMatch $Line).CompletionText }

# A vault in this test's home that opens without a password, as the default one: SecretStore where it is installed, else
# the tests' own store.
function New-TestVault {
    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
    param([string] $Name = 'Store')
    if ($env:TEST_STORE -eq 'TestStore') { TestStore\Reset-TestStore -All }
    else { Reset-SecretStore -Authentication None -Interaction None -Scope CurrentUser -Force -Confirm:$false -WarningAction SilentlyContinue | Out-Null }
    Register-SecretVault -Name $Name -ModuleName $env:TEST_STORE -DefaultVault -AllowClobber
}

# From now on other processes have to unlock the vault, with the password 'pw'.
function Lock-TestVault {
    $password = ConvertTo-SecureString -AsPlainText pw
    if ($env:TEST_STORE -eq 'TestStore') { TestStore\Lock-TestStore $password }
    else { Set-SecretStoreConfiguration -Authentication Password -Interaction None -Password $password -Confirm:$false }
}

# It opens without a password again.
function Unlock-TestVault {
    if ($env:TEST_STORE -eq 'TestStore') { TestStore\Reset-TestStore }
    else { Set-SecretStoreConfiguration -Authentication None -Interaction None -Password (ConvertTo-SecureString -AsPlainText pw) -Confirm:$false }
}

# Stops commands of another runspace once $HasBegun says that they wait for an answer, which does not come: whatever
# waited for it would not end. Says whether they ended.
function Test-Stop([string] $Script, [scriptblock] $HasBegun) {
    $powershell = [powershell]::Create()
    try {
        $waiting = $powershell.AddScript("Import-Module `$env:TEST_MODULE; $Script").BeginInvoke()
        while (-not (& $HasBegun) -and -not $waiting.IsCompleted) { Start-Sleep -Milliseconds 20 }
        $waiting.IsCompleted | Should -BeFalse
        $powershell.BeginStop($null, $null).AsyncWaitHandle.WaitOne([timespan]::FromSeconds($hangGuard))
    }
    finally {
        $powershell.Dispose()
    }
}

# A connector whose tools have the commands Get-PetPet (parameter sets List and Get) and Remove-PetPet; returns its path.
function New-CommandConnector {
    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
    param(
        [string] $Name = 'petstore',
        [string] $BaseUrl = 'https://pets.example',
        [string] $Folder = $env:MCP_RUNTIME_CONNECTORS_DIR,
        [string] $Prefix = 'Pet',
        [string] $Description = 'Lists pets.',
        [string] $Source = ''
    )
    Write-TestManifest $Name $BaseUrl $Folder @"
  command_prefix: $Prefix
  $Source
  security: []
  tools:
  - name: list_pets
    command: Get-Pet
    description: $($Description | ConvertTo-Json)
    endpoint: GET /pets
    arguments: { status: { in: query, name: status } }
    input_schema:
      type: object
      properties:
        status: { type: string, enum: [available, sold], description: $($Description | ConvertTo-Json) }
  - name: get_pet
    command: Get-Pet
    description: Finds a pet by its number.
    endpoint: GET /pets/{petId}
    arguments: { petId: { in: path, name: petId } }
    input_schema:
      type: object
      properties: { petId: { type: integer, description: Number of the pet. } }
      required: [petId]
  - name: delete_pet
    command: Remove-Pet
    description: Deletes a pet.
    endpoint: DELETE /pets/{petId}
    arguments: { petId: { in: path, name: petId } }
    input_schema:
      type: object
      properties: { petId: { type: integer, description: Number of the pet. } }
      required: [petId]
"@
}

# Output of a new PowerShell session, which finds modules as a user's does.
function Invoke-NewSession([string] $Script) {
    & pwsh -NoProfile -NonInteractive -Command $Script
}
