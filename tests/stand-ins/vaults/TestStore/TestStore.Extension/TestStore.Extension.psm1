# Secrets in files of the home folder, which processes of one test share. Once a password is set, each process has to
# unlock the store for itself, as with SecretStore.
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingConvertToSecureStringWithPlainText', '')]
param()

# The name by which the module recognizes a locked vault.
class PasswordRequiredException : Exception {
    PasswordRequiredException() : base('A valid password is required to access the TestStore vault.') { }
}

$unlocked = 'TestStore.Unlocked'

function Get-StorePath([string] $Child) { Join-Path -Path $HOME -ChildPath '.test-store' -AdditionalChildPath $Child }

function Get-SecretPath([string] $Name) { Get-StorePath (Join-Path 'secrets' "$([uri]::EscapeDataString($Name)).xml") }

function Get-Lock {
    $path = Get-StorePath 'lock'
    if (Test-Path -LiteralPath $path) { Get-Content -LiteralPath $path -Raw }
}

# All runspaces of a process share what it unlocked.
function Assert-Unlocked {
    $lock = Get-Lock
    if ($lock -and [AppDomain]::CurrentDomain.GetData($unlocked) -ne $lock) { throw [PasswordRequiredException]::new() }
}

function Get-Hash([securestring] $Password) {
    $bytes = [Text.Encoding]::UTF8.GetBytes((ConvertFrom-SecureString $Password -AsPlainText))
    [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData($bytes))
}

function Get-Secret {
    param($Name, $VaultName, $AdditionalParameters)
    Assert-Unlocked
    $path = Get-SecretPath $Name
    if (Test-Path -LiteralPath $path) { , (Import-Clixml -LiteralPath $path) }
}

function Set-Secret {
    param($Name, $Secret, $VaultName, $AdditionalParameters)
    Assert-Unlocked
    $path = Get-SecretPath $Name
    $null = New-Item -ItemType Directory -Force (Split-Path $path)
    Export-Clixml -InputObject $Secret -LiteralPath "$path.$PID"
    Move-Item -LiteralPath "$path.$PID" -Destination $path -Force
}

function Remove-Secret {
    param($Name, $VaultName, $AdditionalParameters)
    Assert-Unlocked
    Remove-Item -LiteralPath (Get-SecretPath $Name)
}

function Get-SecretInfo {
    param($Filter, $VaultName, $AdditionalParameters)
    Assert-Unlocked
    foreach ($file in Get-ChildItem (Get-StorePath 'secrets') -Filter *.xml -ErrorAction Ignore) {
        $name = [uri]::UnescapeDataString($file.BaseName)
        if ($name -like $Filter) { [pscustomobject]@{ Name = $name; VaultName = $VaultName } }
    }
}

function Test-SecretVault {
    param($VaultName, $AdditionalParameters)
    $lock = Get-Lock
    -not $lock -or [AppDomain]::CurrentDomain.GetData($unlocked) -eq $lock
}

function Unlock-SecretVault {
    param($Password, $VaultName, $AdditionalParameters)
    $hash = Get-Hash $Password
    if ($hash -ne (Get-Lock)) { throw [PasswordRequiredException]::new() }
    [AppDomain]::CurrentDomain.SetData($unlocked, $hash)
}

# Sets a password: other processes have to unlock the store from now on.
function Lock-TestStore([securestring] $Password) {
    $hash = Get-Hash $Password
    $null = New-Item -ItemType Directory -Force (Get-StorePath 'secrets')
    Set-Content -LiteralPath (Get-StorePath 'lock') -Value $hash -NoNewline
    [AppDomain]::CurrentDomain.SetData($unlocked, $hash)
}

# Removes the password, and with -All the secrets too.
function Reset-TestStore([switch] $All) {
    Remove-Item -LiteralPath (Get-StorePath 'lock') -ErrorAction Ignore
    if ($All) { Remove-Item -LiteralPath (Get-StorePath 'secrets') -Recurse -ErrorAction Ignore }
}
