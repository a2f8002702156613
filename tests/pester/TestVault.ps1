# A vault of the tests' own, registered as the default one: it keeps secrets in files of a folder, says there when it is
# asked and when it has answered, takes as many seconds as the file 'seconds' says, and waits while there is a file 'hold'.
function New-SlowVault {
    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '')]
    param([string] $Folder)
    $module = Join-Path -Path $Folder -ChildPath 'Slow'
    $extension = Join-Path -Path $module -ChildPath 'Slow.Extension'
    $null = New-Item -ItemType Directory -Force $extension, (Join-Path $Folder 'secrets')
    Set-Content (Join-Path $module 'Slow.psd1') "@{ ModuleVersion = '1.0'; NestedModules = @('./Slow.Extension'); FunctionsToExport = @() }"
    Set-Content (Join-Path $extension 'Slow.Extension.psd1') "@{ ModuleVersion = '1.0'; RootModule = 'Slow.Extension.psm1'; FunctionsToExport = '*-Secret*' }"
    Set-Content (Join-Path $extension 'Slow.Extension.psm1') @'
function Get-Secret {
    param($Name, $VaultName, $AdditionalParameters)
    $folder = $AdditionalParameters.Folder
    Add-Content "$folder/asked" $Name
    [Console]::WriteLine('The vault says something.')
    Start-Sleep -Seconds (Get-Content "$folder/seconds")
    while (Test-Path "$folder/hold") { Start-Sleep -Milliseconds 20 }
    Add-Content "$folder/answered" $Name
    if (Test-Path "$folder/secrets/$Name") { Get-Content "$folder/secrets/$Name" | ConvertTo-SecureString -AsPlainText }
}
function Set-Secret {
    param($Name, $Secret, $VaultName, $AdditionalParameters)
    ConvertFrom-SecureString $Secret -AsPlainText | Set-Content "$($AdditionalParameters.Folder)/secrets/$Name"
}
function Remove-Secret { param($Name, $VaultName, $AdditionalParameters) Remove-Item "$($AdditionalParameters.Folder)/secrets/$Name" }
function Get-SecretInfo { param($Filter, $VaultName, $AdditionalParameters) }
function Test-SecretVault { param($VaultName, $AdditionalParameters) $true }
'@
    Set-Content (Join-Path $Folder 'seconds') 0
    Register-SecretVault -Name Slow -ModuleName $module -VaultParameters @{ Folder = $Folder } -DefaultVault
}
