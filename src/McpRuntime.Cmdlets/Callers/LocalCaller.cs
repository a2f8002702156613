using System.Management.Automation;
using McpRuntime.Cmdlets.Credentials;
using McpRuntime.Configuration;
using McpRuntime.Credentials;
using McpRuntime.Server;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpRuntime.Cmdlets.Callers;

/// <summary>
/// Calls tools of connectors for the commands of one session: connections, tokens, and what the limits of a manifest
/// count go from one command to the next.
/// </summary>
internal sealed class LocalCaller : IDisposable
{
    private readonly RuntimeSettings _settings;
    private readonly VaultCredentialSource _vault;
    private readonly Lazy<UpstreamInvoker> _previews;

    public LocalCaller(PSCmdlet cmdlet, RuntimeSettings settings)
    {
        _settings = settings;
        _vault = new VaultCredentialSource(new SecretVault(RunspaceScripts.Beside(cmdlet)), settings);
        var others = CredentialSources.For(settings);
        Invoker = new UpstreamInvoker(settings, [_vault, .. others], NullLoggerFactory.Instance);
        _previews = new Lazy<UpstreamInvoker>(() =>
            new UpstreamInvoker(
                settings,
                [new RecordedCredentials(_vault, new SecretRecordStore(settings.DataFolder)), .. others],
                NullLoggerFactory.Instance
            )
        );
    }

    public UpstreamInvoker Invoker { get; }

    /// <summary>Calls are recorded in a file.</summary>
    public bool IsAudited => _settings.AuditFile is not null;

    /// <summary>For -WhatIf: it opens no vault.</summary>
    public UpstreamInvoker Previews => _previews.Value;

    /// <summary>Made with the same settings; which connectors are called is not among them.</summary>
    public bool Fits(RuntimeSettings settings) =>
        // A setting that is new counts until someone says here that it does not.
        _settings
        == settings with
        {
            ConnectorsFolder = _settings.ConnectorsFolder,
            HotReload = _settings.HotReload,
            AllowedNetworks = settings.AllowedNetworks.SequenceEqual(_settings.AllowedNetworks)
                ? _settings.AllowedNetworks
                : settings.AllowedNetworks,
            ExtraRoots = HasSameRoots(settings) ? _settings.ExtraRoots : settings.ExtraRoots,
        };

    /// <summary>A command begins: a secret of the user's own, which has no stamp, is asked for anew.</summary>
    public void Begin() => _vault.DropOwn();

    public void Dispose()
    {
        Invoker.Dispose();
        if (_previews.IsValueCreated)
            _previews.Value.Dispose();
        _vault.Dispose();
    }

    private bool HasSameRoots(RuntimeSettings settings) =>
        settings
            .ExtraRoots?.Select(root => root.Thumbprint)
            .SequenceEqual((_settings.ExtraRoots ?? []).Select(root => root.Thumbprint))
        ?? _settings.ExtraRoots is null;
}
