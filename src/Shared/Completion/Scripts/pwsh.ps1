# Completion of {program} for PowerShell; printed by '{program} completion pwsh'.
Register-ArgumentCompleter -Native -CommandName '{program}', '{program}.exe' -ScriptBlock {
    param($WordToComplete, $CommandAst, $CursorPosition)
    $program = Get-Command {program} -CommandType Application -TotalCount 1 -ErrorAction Ignore
    if (-not $program) { return }
    # Nothing of the line is evaluated: a word that is not plain text is passed as it was typed.
    $words = @()
    $current = ''
    foreach ($element in @($CommandAst.CommandElements | Select-Object -Skip 1)) {
        $start = $element.Extent.StartOffset
        $isText = $element -is [System.Management.Automation.Language.StringConstantExpressionAst]
        if ($element.Extent.EndOffset -lt $CursorPosition) {
            $words += if ($isText) { $element.Value } else { $element.Extent.Text }
        }
        elseif ($start -lt $CursorPosition) {
            $isWhole = $element.Extent.EndOffset -eq $CursorPosition
            $typed = $element.Extent.Text.Substring(0, $CursorPosition - $start)
            $current = if ($isText -and $isWhole) { $element.Value } else { $typed }
        }
    }
    $exitCode = $global:LASTEXITCODE
    $PSNativeCommandArgumentPassing = 'Standard'
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new($false)
        $lines = @($null | & $program complete pwsh @words $current 2>$null)
    }
    finally {
        [Console]::OutputEncoding = $encoding
        $global:LASTEXITCODE = $exitCode
    }
    if ($lines.Count -eq 0) { return }
    if ($lines[0] -in ':files', ':folders') {
        [System.Management.Automation.CompletionCompleters]::CompleteFilename($WordToComplete) |
            Where-Object { $lines[0] -eq ':files' -or $_.ResultType -eq 'ProviderContainer' }
        return
    }
    foreach ($line in $lines | Select-Object -Skip 1) {
        # Text to insert, already quoted; text to list; description.
        $insert, $list, $tip = $line -split "`t", 3
        $type = if ($list.StartsWith('-')) { 'ParameterName' } else { 'ParameterValue' }
        [System.Management.Automation.CompletionResult]::new($insert, $list, $type, ($tip ? $tip : $list))
    }
}
