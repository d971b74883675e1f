using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Parley.Server.Commands;

/// <summary>Whether what https addresses are served with is there, belongs together, and holds.</summary>
internal static class CertificateFindings
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    public static IEnumerable<(Verdict, string)> Look(ServerSettings server, DateTimeOffset now)
    {
        if (Certificates.Flaw(server) is { } flaw)
        {
            return [(Verdict.Bad, $"certificate: {flaw}")];
        }

        return server.Certificate is { } path ? [Read(path, server.CertificateKey, now)] : [];
    }

    private static (Verdict, string) Read(string path, string? key, DateTimeOffset now)
    {
        using var certificate = X509Certificate2.CreateFromPemFile(path, key);
        var until = new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
        return until < now ? (Verdict.Bad, $"certificate: {path} ended on {until:yyyy-MM-dd}. Put a new one in its place and start again.")
            : until < now + Soon ? (Verdict.Note, $"certificate: {path} ends on {until:yyyy-MM-dd}")
            : (Verdict.Good, $"certificate: {path}, until {until:yyyy-MM-dd}");
    }
}
