#Requires -Version 7.6
#Requires -Modules McpRuntime

<#
.SYNOPSIS
    Adds the pets of a CSV file to the pet shop that Export-Pet.ps1 imported.
.DESCRIPTION
    Each row is an object whose properties become parameters of Add-ShopPet, by their names: name, species, priceCents,
    birthDate. With -WhatIf the requests are shown and not sent.
.EXAMPLE
    ./Export-Pet.ps1 -Document http://localhost:5000/openapi.json -BaseUrl http://localhost:5000 -Destination pets.csv
    ./Import-Pet.ps1 -Path pets.csv -WhatIf
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # The CSV file to read.
    [Parameter(Mandatory)]
    [string] $Path
)

$ErrorActionPreference = 'Stop'

# -WhatIf and -Confirm of the script are those of the command.
Import-Csv -Path $Path | Add-ShopPet
