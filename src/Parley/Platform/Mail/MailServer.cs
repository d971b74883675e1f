using System.ComponentModel;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Parley.Platform.Mail;

/// <summary>What of a mailbox's settings does not hold, so that a person knows where to look.</summary>
public enum MailFault
{
    [Description("No machine has that name.")] Host,
    [Description("The machine does not answer there, or something else does.")] Port,
    [Description("The connection is not private, or the machine is not who it says.")] Encryption,
    [Description("The name or the password (or the token) is not taken.")] Login,
    [Description("There is no such folder.")] Folder,
    [Description("The server asks to come again later.")] Busy,
    [Description("The server hung up, or says nothing any more.")] Silent,
    [Description("What the server says cannot be understood.")] Broken,
}

/// <summary>A mail server could not be spoken with, and what of it is to be looked at.</summary>
public sealed class MailServerFailed(MailFault fault, string message, Exception? cause = null) : Exception(message, cause)
{
    public MailFault Fault { get; } = fault;
}

/// <summary>Where a mail server stands and how one is let in, to send or to fetch.</summary>
public sealed record MailServer(string Host, int Port, MailSecurity Security)
{
    /// <summary>Characters of certificates that somebody may type.</summary>
    public const int LongestPem = 64 * 1024;

    /// <summary>Null: one need not sign in.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>Instead of a password: what a provider gives for a while (OAuth 2), asked for at each signing in.</summary>
    public Func<CancellationToken, Task<string>>? Token { get; init; }

    /// <summary>Another token than one that was refused though its time was not over; null: there is no other.</summary>
    public Func<string, CancellationToken, Task<string?>>? Renewed { get; init; }

    /// <summary>A file (PEM) with the certificate that it shows; null: what this machine trusts.</summary>
    public string? Certificate { get; init; }

    /// <summary>The same as text, one or several; it goes before the file.</summary>
    public string? Pem { get; init; }

    /// <summary>Which machines may be called under its name, where somebody typed that who may not call all; null: any.</summary>
    public Func<IPAddress, bool>? May { get; init; }

    public int TimeoutSeconds { get; init; } = 30;

    /// <summary>For how long all is said that stands around a letter, however quick each answer is; the letter itself may take as long as it moves.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan Patience => TimeSpan.FromSeconds(TimeoutSeconds);

    public bool IsThisMachine => Host == "localhost" || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    public override string ToString() => $"{Host}:{Port}";

    /// <summary>What XOAUTH2 says (Google's and Microsoft's; older than RFC 7628), before base64.</summary>
    internal static byte[] Bearer(string user, string token) => Encoding.UTF8.GetBytes($"user={user}\u0001auth=Bearer {token}\u0001\u0001");

    /// <summary>RFC 4616.</summary>
    internal static byte[] Plain(string user, string password) => Encoding.UTF8.GetBytes($"\0{user}\0{password}");

    /// <summary>A connection, encrypted already where that is from the first byte. Whoever is half gone is found out by the system within two minutes.</summary>
    internal async Task<TcpClient> Dial(CancellationToken cancel)
    {
        if (Security == MailSecurity.None && (User is not null || Token is not null) && !IsThisMachine)
        {
            throw new MailServerFailed(MailFault.Encryption, "Without encryption (mail.security: none) the password is not sent to another machine in the clear.");
        }

        // What was looked at is what is called: a name that leads elsewhere in a moment gains nothing.
        var addresses = (await Addresses(cancel)).Where(address => May?.Invoke(address) != false).ToArray();
        if (addresses.Length == 0)
        {
            throw new MailServerFailed(MailFault.Host, $"{this}: that is this very machine.");
        }

        var socket = new TcpClient();
        try
        {
            socket.NoDelay = true;
            await socket.ConnectAsync(addresses, Port, cancel);
            socket.Client.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.Client.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
            socket.Client.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 15);
            socket.Client.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 4);
            return socket;
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new MailServerFailed(MailFault.Port, $"{this}: {error.Message}", error);
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether certificates stand in a text (PEM) that can be read.</summary>
    internal static bool HasCertificates(string pem)
    {
        try
        {
            return pem.Length <= LongestPem && Certificates(pem).Count > 0;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>A field of one line has taken their line breaks: each begins on a line of its own again.</summary>
    private static X509Certificate2Collection Certificates(string pem)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPem(pem.Replace("-----BEGIN", "\n-----BEGIN", StringComparison.Ordinal));
        return all;
    }

    internal async Task<Stream> Encrypted(Stream stream, CancellationToken cancel)
    {
        var safe = new SslStream(stream);
        try
        {
            var trusted = Trusted();
            await safe.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = Host,
                    CertificateChainPolicy = trusted,
                    RemoteCertificateValidationCallback = trusted is null ? null : (_, shown, chain, errors) => errors == SslPolicyErrors.None || (errors == SslPolicyErrors.RemoteCertificateChainErrors && IsNamed(trusted, shown, chain)),
                },
                cancel);
            return safe;
        }
        catch (Exception error) when (error is AuthenticationException or CryptographicException or IOException)
        {
            await safe.DisposeAsync();
            throw new MailServerFailed(MailFault.Encryption, $"{this}: {error.Message}", error);
        }
    }

    /// <summary>Of two that were signed by themselves under one name the system looks for the signer by that name and finds the wrong one: the very certificate that was named is trusted all the same.</summary>
    private static bool IsNamed(X509ChainPolicy trusted, X509Certificate? shown, X509Chain? chain) =>
        shown is not null && chain is not null && chain.ChainStatus.All(one => one.Status == X509ChainStatusFlags.UntrustedRoot) && trusted.CustomTrustStore.Any(one => one.RawDataMemory.Span.SequenceEqual(shown.GetRawCertData()));

    private async Task<IPAddress[]> Addresses(CancellationToken cancel)
    {
        try
        {
            return IPAddress.TryParse(Host, out var address) ? [address] : await Dns.GetHostAddressesAsync(Host, cancel);
        }
        catch (Exception error) when (error is SocketException or ArgumentException or OperationCanceledException)
        {
            throw new MailServerFailed(MailFault.Host, $"{this}: nobody knows a machine of that name.", error);
        }
    }

    /// <summary>What a server of one's own shows is trusted by name, and then nothing else is; null: what this machine trusts.</summary>
    private X509ChainPolicy? Trusted()
    {
        if (Certificate is null && Pem is null)
        {
            return null;
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        if (Pem is { } text)
        {
            policy.CustomTrustStore.AddRange(Certificates(text));
        }
        else
        {
            policy.CustomTrustStore.ImportFromPemFile(Certificate!);
        }

        return policy;
    }
}
