# Runs one file of Pester tests in this process. Started by McpRuntime.Module.Tests, which gives the process a home of
# its own; the exit code is the number of failures.
[CmdletBinding()]
param([Parameter(Mandatory)][string] $Path)

Import-Module Pester -MinimumVersion 5.0 -Global
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Detailed'
$configuration.Output.RenderMode = 'Plaintext'
$result = Invoke-Pester -Configuration $configuration
# A file that does not even run has no failed test, but a failed container or block.
exit [Math]::Min(100, $result.FailedCount + $result.FailedContainersCount + $result.FailedBlocksCount + [int]($result.TotalCount -eq 0))
