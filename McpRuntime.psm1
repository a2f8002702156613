# Written for a quick start: loops and full type names, where pipelines, script blocks and "using namespace" would each
# cost the import milliseconds.

# The assemblies live in a load context of their own: other modules bring other versions of YamlDotNet or
# Microsoft.Extensions, and neither side may get the other's. Assemblies cannot be unloaded, so the context is made
# once a process and found again by Import-Module -Force and by every further runspace.
$context = $null
foreach ($known in [System.Runtime.Loader.AssemblyLoadContext]::All) {
    if ($known.Name -eq 'McpRuntime') { $context = $known }
}
$isReload = $null -ne $context
if (-not $isReload) {
    $context = [System.Runtime.Loader.AssemblyLoadContext]::new('McpRuntime')
    $portable = [System.IO.Path]::Combine($PSScriptRoot, 'bin')
    # Compiled ahead of time for this platform where the package has it: the same code, which starts sooner.
    $compiled = [System.IO.Path]::Combine($portable, [System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier)
    # Everything is loaded now. A handler of the Resolving event would be a script block, which cannot run on the
    # threads that ask.
    foreach ($file in [System.IO.Directory]::EnumerateFiles($portable, '*.dll')) {
        $ahead = [System.IO.Path]::Combine($compiled, [System.IO.Path]::GetFileName($file))
        $null = $context.LoadFromAssemblyPath([System.IO.File]::Exists($ahead) ? $ahead : $file)
    }
}
foreach ($assembly in $context.Assemblies) {
    if ($assembly.GetName().Name -eq 'McpRuntime.Cmdlets') { $cmdlets = $assembly }
}
if (-not $cmdlets.Location.StartsWith($PSScriptRoot + [System.IO.Path]::DirectorySeparatorChar, [System.StringComparison]::OrdinalIgnoreCase)) {
    throw "This process already holds McpRuntime from '$($cmdlets.Location)', and assemblies cannot be replaced. " +
        "Start a new pwsh to use the module in '$PSScriptRoot'."
}

$inner = Import-Module -Assembly $cmdlets -Force:$isReload -PassThru
if ($isReload) {
    # A second import of an assembly comes from a cache and exports nothing (PowerShell issue 20710).
    $export = [PSModuleInfo].GetMethod('AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
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
