# Secrets in files of the vault's parameter Folder. While there is a file hold-STEP the vault waits at that step, and says
# so by a file at-STEP: before, half (a part of the secret is written, as by a vault that writes in place) and after.
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingConvertToSecureStringWithPlainText', '')]
param()

function Wait-Gate([string] $Folder, [string] $Step) {
    $hold = Join-Path $Folder "hold-$Step"
    if (-not (Test-Path -LiteralPath $hold)) { return }
    $null = New-Item -Force (Join-Path $Folder "at-$Step")
    while (Test-Path -LiteralPath $hold) { Start-Sleep -Milliseconds 20 }
}

function Get-Secret {
    param($Name, $VaultName, $AdditionalParameters)
    $path = Join-Path $AdditionalParameters.Folder $Name
    if (Test-Path -LiteralPath $path) { Get-Content -LiteralPath $path -Raw | ConvertTo-SecureString -AsPlainText -Force }
}

function Set-Secret {
    param($Name, $Secret, $VaultName, $AdditionalParameters)
    $folder = $AdditionalParameters.Folder
    $path = Join-Path $folder $Name
    $text = ConvertFrom-SecureString $Secret -AsPlainText
    Wait-Gate $folder 'before'
    if (Test-Path -LiteralPath (Join-Path $folder 'hold-half')) {
        Set-Content -LiteralPath $path -NoNewline -Value $text.Substring(0, $text.Length / 2)
        Wait-Gate $folder 'half'
    }
    Set-Content -LiteralPath "$path.$PID" -NoNewline -Value $text
    # In one step, unlike Move-Item -Force: others read meanwhile.
    [IO.File]::Move("$path.$PID", $path, $true)
    Wait-Gate $folder 'after'
}

function Remove-Secret {
    param($Name, $VaultName, $AdditionalParameters)
    Remove-Item -LiteralPath (Join-Path $AdditionalParameters.Folder $Name)
}

function Get-SecretInfo { param($Filter, $VaultName, $AdditionalParameters) }

function Test-SecretVault { param($VaultName, $AdditionalParameters) $true }
