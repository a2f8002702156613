#Requires -Version 7.6
#Requires -Modules McpRuntime

<#
.SYNOPSIS
    Writes what an API lists to a CSV file, with commands for the API.
.DESCRIPTION
    A whole automation in one script: the API is imported when it is not there yet, which makes commands such as
    Get-ShopPet, the key is set where one is given, and all pages of the list are read.
.EXAMPLE
    ./Export-Pet.ps1 -Document http://localhost:5000/openapi.json -BaseUrl http://localhost:5000 -Destination pets.csv
.EXAMPLE
    ./Export-Pet.ps1 -Document http://localhost:5000/openapi.json -BaseUrl http://localhost:5000 -ApiKey (Read-Host -AsSecureString) -Destination pets.csv
#>
[CmdletBinding()]
param(
    # Path or URL of the API's OpenAPI document.
    [Parameter(Mandatory)]
    [string] $Document,

    # The CSV file to write.
    [Parameter(Mandatory)]
    [string] $Destination,

    # Kept in the default vault for this run and later ones.
    [securestring] $ApiKey,

    # Server to call, where it is not the document's.
    [uri] $BaseUrl
)

$ErrorActionPreference = 'Stop'

if (-not (Get-McpConnector 'petshop*')) {
    $import = @{ Path = $Document; Name = 'petshop'; Prefix = 'Shop' }
    if ($BaseUrl) { $import.BaseUrl = $BaseUrl }
    $connector = Import-McpConnector @import
    Write-Verbose "Made the commands $($connector.Commands -join ', ')."
}
if ($ApiKey) {
    Set-McpCredential petshop -ApiKey $ApiKey
}

Get-ShopPet -All | Select-Object id, name, species, priceCents | Export-Csv -Path $Destination
Get-Item -Path $Destination
