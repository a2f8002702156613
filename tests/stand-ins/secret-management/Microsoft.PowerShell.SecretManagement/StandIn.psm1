# The commands of SecretManagement that the tests use, with their parameters and error ids, over vault extension modules
# of the documented form. The registered vaults are in a file of the home folder, which processes of one test share.
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
param()

function Get-RegistryPath { Join-Path -Path $HOME -ChildPath '.secret-management-stand-in' -AdditionalChildPath 'vaults.xml' }

function Read-Registry {
    $path = Get-RegistryPath
    if (Test-Path -LiteralPath $path) { Import-Clixml -LiteralPath $path } else { @{} }
}

# Another process reads the former content or the new one, never a part.
function Write-Registry([hashtable] $Vaults) {
    $path = Get-RegistryPath
    $null = New-Item -ItemType Directory -Force (Split-Path $path)
    $temporary = "$path.$PID"
    Export-Clixml -InputObject $Vaults -LiteralPath $temporary
    Move-Item -LiteralPath $temporary -Destination $path -Force
}

function New-Failure([string] $Message, [string] $Id, [string] $Target) {
    [Management.Automation.ErrorRecord]::new([Management.Automation.ItemNotFoundException]::new($Message), $Id, 'ObjectNotFound', $Target)
}

function Find-Vault([string] $Name, [string] $Id) {
    $vaults = Read-Registry
    if ($Name) {
        if ($vaults.ContainsKey($Name)) { return $vaults[$Name] }
        throw (New-Failure "Vault $Name was not found." $Id $Name)
    }
    $vaults.Values | Sort-Object { -not $_.IsDefault }, Name
}

# Runs a command of the vault's extension module in that module's own scope: its commands have the names of ours.
function Invoke-Vault([hashtable] $Vault, [string] $Command, [hashtable] $Parameters) {
    $base = Split-Path $Vault.ModulePath
    $name = [IO.Path]::GetFileNameWithoutExtension($Vault.ModulePath)
    $extension = Import-Module (Join-Path -Path $base -ChildPath "$name.Extension" -AdditionalChildPath "$name.Extension.psd1") -PassThru -Prefix Vault
    $Parameters.VaultName = $Vault.Name
    $Parameters.AdditionalParameters = $Vault.VaultParameters
    & $extension { param($Command, $Parameters) & $Command @Parameters } $Command $Parameters
}

function Get-Secret {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)][string] $Name, [Parameter(Position = 1)][string] $Vault, [switch] $AsPlainText)
    foreach ($found in Find-Vault $Vault 'GetSecretVaultNotFound') {
        $secret = Invoke-Vault $found 'Get-Secret' @{ Name = $Name }
        if ($null -eq $secret) { continue }
        if ($secret -is [string] -and -not $AsPlainText) { return ConvertTo-SecureString -String $secret -AsPlainText -Force }
        if ($secret -is [securestring] -and $AsPlainText) { return ConvertFrom-SecureString -SecureString $secret -AsPlainText }
        return , $secret
    }
    $PSCmdlet.WriteError((New-Failure "The secret $Name was not found." 'GetSecretNotFound' $Name))
}

function Set-Secret {
    [CmdletBinding(DefaultParameterSetName = 'Object')]
    param(
        [Parameter(Mandatory, Position = 0)][string] $Name,
        [Parameter(Mandatory, Position = 1, ParameterSetName = 'Object')][object] $Secret,
        [Parameter(Mandatory, ParameterSetName = 'SecureString')][securestring] $SecureStringSecret,
        [Parameter(Position = 2)][string] $Vault
    )
    $value = $PSCmdlet.ParameterSetName -eq 'Object' ? $Secret : $SecureStringSecret
    $found = @(Find-Vault $Vault 'GetSecretVaultNotFound')[0]
    $null = Invoke-Vault $found 'Set-Secret' @{ Name = $Name; Secret = $value }
}

function Remove-Secret {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)][string] $Name, [Parameter(Mandatory, Position = 1)][string] $Vault)
    $null = Invoke-Vault @(Find-Vault $Vault 'GetSecretVaultNotFound')[0] 'Remove-Secret' @{ Name = $Name }
}

function Get-SecretInfo {
    [CmdletBinding()]
    param([Parameter(Position = 0)][string] $Name = '*', [Parameter(Position = 1)][string] $Vault)
    foreach ($found in Find-Vault $Vault 'GetSecretVaultNotFound') { Invoke-Vault $found 'Get-SecretInfo' @{ Filter = $Name } }
}

function Get-SecretVault {
    [CmdletBinding()]
    param([Parameter(Position = 0)][string] $Name = '*')
    foreach ($vault in Find-Vault) {
        if ($vault.Name -like $Name) { [pscustomobject]$vault }
    }
}

function Register-SecretVault {
    [CmdletBinding()]
    param(
        [Parameter(Position = 1)][string] $Name,
        [Parameter(Mandatory, Position = 0)][string] $ModuleName,
        [hashtable] $VaultParameters = @{},
        [switch] $DefaultVault,
        [switch] $AllowClobber
    )
    $module = Get-Module -ListAvailable $ModuleName | Select-Object -First 1
    if (-not $module) { throw (New-Failure "Could not load the module $ModuleName." 'RegisterSecretVaultCantGetModuleInfo' $ModuleName) }
    $Name = $Name ? $Name : $module.Name
    $vaults = Read-Registry
    if ($vaults.ContainsKey($Name) -and -not $AllowClobber) {
        throw (New-Failure 'Provided Name for vault is already being used.' 'RegisterSecretVaultInvalidVaultName' $Name)
    }
    if ($DefaultVault) { foreach ($other in $vaults.Values) { $other.IsDefault = $false } }
    $vaults[$Name] = @{
        Name = $Name; ModuleName = $module.Name; ModulePath = $module.Path; VaultParameters = $VaultParameters; IsDefault = [bool]$DefaultVault
    }
    Write-Registry $vaults
}

function Unregister-SecretVault {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)][string] $Name)
    $vaults = Read-Registry
    $vaults.Remove($Name)
    Write-Registry $vaults
}

function Set-SecretVaultDefault {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)][string] $Name)
    $vaults = Read-Registry
    foreach ($vault in $vaults.Values) { $vault.IsDefault = $vault.Name -eq $Name }
    Write-Registry $vaults
}

function Test-SecretVault {
    [CmdletBinding()]
    param([Parameter(Position = 0)][string] $Name)
    foreach ($vault in Find-Vault $Name 'TestSecretVaultNotFound') { Invoke-Vault $vault 'Test-SecretVault' @{} }
}

function Unlock-SecretVault {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)][string] $Name, [Parameter(Mandatory, Position = 1)][securestring] $Password)
    Invoke-Vault @(Find-Vault $Name 'GetSecretVaultNotFound')[0] 'Unlock-SecretVault' @{ Password = $Password }
}
