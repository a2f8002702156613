# LoadFile gives the loader a context of its own: nothing of the module gets into the default one.
$loader = [System.Reflection.Assembly]::LoadFile([System.IO.Path]::Combine($PSScriptRoot, 'bin', 'McpRuntime.Loader.dll'))
$context = $loader.GetType('McpRuntime.Loader.ModuleContext')
$isReload = $context::IsOpen
$cmdlets = $context::Open([System.IO.Path]::Combine($PSScriptRoot, 'bin'))
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

# Sessions and servers end with the module that opened them. When pwsh exits they end through the event Exiting, and if
# it is killed, through their standard input.
$session = $cmdlets.GetType('McpRuntime.Cmdlets.Shell.ModuleSession')
$ExecutionContext.SessionState.Module.OnRemove = { $session::End() }
