# Before the examples: what a user has at the prompt, and what a user answers.
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingConvertToSecureStringWithPlainText', '')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidOverwritingBuiltInCmdlets', '')]
param()
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
# A user who says yes.
$ConfirmPreference = 'None'

function Read-Host {
    param([switch] $AsSecureString)
    if ($AsSecureString) { ConvertTo-SecureString -AsPlainText 'typed' } else { 'typed' }
}

function Get-Credential { [pscredential]::new('ada', (ConvertTo-SecureString -AsPlainText 'typed')) }

# A test machine has no clipboard.
function Set-Clipboard { param([Parameter(ValueFromPipeline)] $Value) process { $null = $Value } }

# A home and a current folder as the preparation left them; -Empty for examples that import by themselves.
function Reset-World([switch] $Empty) {
    Set-Location $env:EXAMPLES_FOLDER
    # PowerShell itself writes into the home while it goes, a few seconds after a module was imported.
    $PSNativeCommandUseErrorActionPreference = $false
    while ((Test-Path home, work) -contains $true) { rm -rf home work 2>$null }
    $PSNativeCommandUseErrorActionPreference = $true
    cp -r template/home template/work .
    if ($Empty) { rm -r "$HOME/.local/share/mcp-runtime" }
    Set-Location work
    # Vaults that open without a password: the default one, and one of a team.
    foreach ($vault in 'Store', 'Team') { Register-SecretVault -Name $vault -ModuleName TestStore -DefaultVault:($vault -eq 'Store') }
    Set-Secret -Name PetstoreKey -Vault Team -Secret 'of the team'
}
