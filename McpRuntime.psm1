using namespace System.Reflection
using namespace System.Runtime.InteropServices
using namespace System.Runtime.Loader

# The assemblies live in a load context of their own: other modules bring other versions of YamlDotNet or
# Microsoft.Extensions, and neither side may get the other's. Assemblies cannot be unloaded, so the context is made
# once a process and found again by Import-Module -Force and by every further runspace.
$context = [AssemblyLoadContext]::All.Where({ $_.Name -eq 'McpRuntime' }, 'First')[0]
$isReload = $null -ne $context
if (-not $isReload) {
    $context = [AssemblyLoadContext]::new('McpRuntime')
    $portable = [IO.Path]::Combine($PSScriptRoot, 'bin')
    # Compiled ahead of time for this platform where the package has it: the same code, which starts sooner.
    $compiled = [IO.Path]::Combine($portable, [RuntimeInformation]::RuntimeIdentifier)
    # Everything is loaded now. A handler of the Resolving event would be a script block, which cannot run on the
    # threads that ask.
    foreach ($file in [IO.Directory]::EnumerateFiles($portable, '*.dll')) {
        $ahead = [IO.Path]::Combine($compiled, [IO.Path]::GetFileName($file))
        $null = $context.LoadFromAssemblyPath([IO.File]::Exists($ahead) ? $ahead : $file)
    }
}
$cmdlets = $context.Assemblies.Where({ $_.GetName().Name -eq 'McpRuntime.Cmdlets' }, 'First')[0]
if ($cmdlets.Location -notlike ([WildcardPattern]::Escape($PSScriptRoot) + '*')) {
    throw "This process already holds McpRuntime from '$($cmdlets.Location)', and assemblies cannot be replaced. " +
        "Start a new pwsh to use the module in '$PSScriptRoot'."
}

$inner = Import-Module -Assembly $cmdlets -Force:$isReload -PassThru
if ($isReload) {
    # A second import of an assembly comes from a cache and exports nothing (PowerShell issue 20710).
    $export = [PSModuleInfo].GetMethod('AddExportedCmdlet', [BindingFlags]'Instance, NonPublic')
    foreach ($command in $inner.ExportedCmdlets.Values) {
        $export.Invoke($ExecutionContext.SessionState.Module, @(, $command))
    }
}

# Servers end with the module that started them. They would end with the process in any case: their standard input does.
$ExecutionContext.SessionState.Module.OnRemove = {
    foreach ($job in Get-Job) {
        if ($job.PSJobTypeName -eq 'McpRuntime') { $job.StopJob() }
    }
}
