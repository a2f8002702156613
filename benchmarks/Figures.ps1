# What the benchmarks of the module share.
function Get-Median([double[]] $Values) {
    $sorted = @($Values | Sort-Object)
    $sorted[[int][Math]::Floor($sorted.Count / 2)]
}

# A measured value, and what it is to be.
function Write-Figure([string] $Figure, [double] $Value, [string] $Aim = '') {
    [pscustomobject]@{ Figure = $Figure; Value = [Math]::Round($Value, 2); Aim = $Aim }
}
