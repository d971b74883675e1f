using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Parley.Tests.Cast;

/// <summary>Certificates that nobody signed but themselves.</summary>
public static class Certificates
{
    /// <param name="until">When it ends; else tomorrow.</param>
    public static X509Certificate2 Of(string name, DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var end = until ?? TimeProvider.System.GetUtcNow().AddDays(1);
        return request.CreateSelfSigned(end.AddDays(-2), end);
    }
}
