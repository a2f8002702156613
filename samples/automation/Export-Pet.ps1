#Requires -Version 7.6
#Requires -Modules McpRuntime

<#
.SYNOPSIS
    Imports an API, calls it and writes what it answers to a CSV file.
.DESCRIPTION
    A whole automation in one script: the connector is imported when it is not there yet, the key is set where one is
    given, and every page of the list is fetched by a tool of the API.
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
    $import = @{ Path = $Document; Name = 'petshop' }
    if ($BaseUrl) { $import.BaseUrl = $BaseUrl }
    $connector = Import-McpConnector @import
    Write-Verbose "Imported $($connector.Tools.Count) tools; about $($connector.EstimatedTokens) tokens."
}
if ($ApiKey) {
    Set-McpCredential petshop -ApiKey $ApiKey
}

# Every page of the list. The prefix is the connector: another one may have a tool of this name too.
$number = 1
$pets = do {
    $page = Invoke-McpTool petshop__list_pets -page $number -pageSize 50
    $page.items
    $number++
} while ($number -le [Math]::Ceiling($page.total / 50))

$pets | Select-Object id, name, species, priceCents | Export-Csv -Path $Destination
Get-Item -Path $Destination
