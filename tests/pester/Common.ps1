# What the test files share. They change the home folder's vault and settings, so they run only where dotnet test has
# put them into a home of their own.
if (-not $env:TEST_HOME) {
    throw 'Run these tests with: dotnet test tests/McpRuntime.Module.Tests'
}
$ErrorActionPreference = 'Stop'
Import-Module $env:TEST_MODULE
