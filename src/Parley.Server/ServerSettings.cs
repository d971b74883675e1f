using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Parley.Server;

public enum LogFormat { Text, Json }

public enum LogDetail { Debug, Information, Warning, Error }

/// <summary>How the process stands in its surroundings.</summary>
public sealed record ServerSettings(
    [Description("The folder of this server: settings, lock, and the embedded store with its files.")] string Data = "data",
    [Description("Addresses to listen on, separated by commas.")] string Urls = "http://127.0.0.1:5080",
    [Description("What the world calls this server (https://chat.example.org): all links that are copied or mailed begin with it, and 'parley doctor' looks there. None: where an owner last signed in.")] string? PublicUrl = null,
    [Description("Addresses or networks (10.0.0.0/8) of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed. Without any, these headers are ignored.")] string[]? TrustedProxies = null,
    [Description("A certificate with its chain (PEM) for https addresses.")] string? Certificate = null,
    [Description("The certificate's key (PEM).")] string? CertificateKey = null,
    [Description("How the log is written to the standard error.")] LogFormat Log = LogFormat.Text,
    [Description("The least important that is still logged.")] LogDetail LogLevel = LogDetail.Information,
    [Description("Seconds for which a server that was told to end still answers, and says at /health/ready that it should be given no more work: proxies that ask need them. None: 2 on PostgreSQL, 0 with the embedded store."), Range(0, 60)] int? DrainSeconds = null);
