using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Parley.Platform.Mail;

/// <summary>The mail server did not take it, or could not be spoken to.</summary>
/// <param name="final">It will not take it later either (RFC 5321, 4.2.1: 5xx).</param>
/// <param name="address">What is wrong is the address: nobody is there to take it.</param>
public sealed class MailFailed(string message, bool final = false, Exception? cause = null, bool address = false) : Exception(message, cause)
{
    public bool Final { get; } = final;

    public bool Address { get; } = address;
}

/// <summary>Hands letters to a mail server (RFC 5321): greeting, STARTTLS, signing in, one letter, goodbye. No connection is kept: there are few letters.</summary>
public sealed class Smtp(MailSettings settings, TimeProvider time)
{
    private const string Recipient = "RCPT TO";

    public async Task Send(Letter letter, Guid id, CancellationToken cancel = default)
    {
        var to = Ascii(letter.To);
        await Speak(
            async line =>
            {
                await line.Ask($"MAIL FROM:<{settings.From}>", 250);
                await line.Ask($"RCPT TO:<{to}>", 250, shown: Recipient, final: true);
                await line.Ask("DATA", 354, final: true);
                // No line of ours begins with a dot: headers do not, base64 has none.
                await line.Write([.. (letter with { To = to }).Bytes(settings.From!, id, time.GetUtcNow()), .. "."u8, .. "\r\n"u8]);
                await line.Hear(250, final: true);
            },
            cancel);
    }

    /// <summary>Everything but a letter: whether the server is there, can be trusted and lets us in.</summary>
    public Task Check(CancellationToken cancel = default) => Speak(_ => Task.CompletedTask, cancel);

    /// <summary>As every mail server takes it: a name of a machine in any script has an ASCII form (RFC 5891); what stands before the @ has none.</summary>
    private static string Ascii(string address)
    {
        var at = address.LastIndexOf('@');
        var (name, domain) = (address[..Math.Max(at, 0)], address[(at + 1)..]);
        try
        {
            return name.All(char.IsAscii)
                ? $"{name}@{(domain.All(char.IsAscii) ? domain : new IdnMapping().GetAscii(domain))}"
                : throw new MailFailed("Before the @ of the address stand letters that need SMTPUTF8 (RFC 6531), which Parley does not speak.", final: true);
        }
        catch (ArgumentException error)
        {
            throw new MailFailed("What stands behind the @ of the address is not the name of a machine (RFC 5891).", final: true, cause: error);
        }
    }

    private async Task Speak(Func<Conversing, Task> say, CancellationToken cancel)
    {
        if (settings is { Security: MailSecurity.None, User: not null } && !IsThisMachine)
        {
            throw new MailFailed("mail.security is none: the password is not sent to another machine in the clear.");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(settings.TimeoutSeconds));
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(settings.Host!, settings.Port, patience.Token);
            await using var stream = settings.Security == MailSecurity.Tls ? await Encrypted(socket.GetStream(), patience.Token) : socket.GetStream();
            var line = await Greeted(new Conversing(stream, patience.Token), socket, patience.Token);
            await SignIn(line);
            await say(line);
            await Leave(line);
        }
        catch (OperationCanceledException error) when (!cancel.IsCancellationRequested)
        {
            throw new MailFailed($"{settings.Host}:{settings.Port} did not answer within {settings.TimeoutSeconds} seconds.", cause: error);
        }
        catch (Exception error) when (error is SocketException or IOException or AuthenticationException or CryptographicException)
        {
            throw new MailFailed($"{settings.Host}:{settings.Port}: {error.Message}", cause: error);
        }
    }

    /// <summary>A goodbye that nobody answers undoes nothing: what was taken is taken, and must not be sent again.</summary>
    private static async Task Leave(Conversing line)
    {
        try
        {
            await line.Ask("QUIT", 221);
        }
        catch (Exception error) when (error is MailFailed or IOException or OperationCanceledException)
        {
            // The server went first.
        }
    }

    private async Task<Conversing> Greeted(Conversing line, TcpClient socket, CancellationToken cancel)
    {
        await line.Hear(220);
        line.Offers = await line.Ask($"EHLO {Name(socket)}", 250);
        if (settings.Security != MailSecurity.StartTls)
        {
            return line;
        }

        // Never without it where it was asked for: whoever sits between could take the offer out of the greeting.
        if (!line.Does("STARTTLS"))
        {
            throw new MailFailed($"{settings.Host}:{settings.Port} does not offer STARTTLS, and nothing is sent in the clear. mail.security: tls where it is encrypted from the first byte, none for a server on this machine.");
        }

        await line.Ask("STARTTLS", 220);
        // What came before the encryption is not believed: a new reader, and the offers once more.
        var safe = new Conversing(await Encrypted(line.Stream, cancel), cancel);
        safe.Offers = await safe.Ask($"EHLO {Name(socket)}", 250);
        return safe;
    }

    private async Task SignIn(Conversing line)
    {
        if (settings.User is not { } user)
        {
            return;
        }

        if (line.Does("AUTH", "PLAIN"))
        {
            await line.Ask($"AUTH PLAIN {Base64($"\0{user}\0{settings.Password}")}", 235, shown: "AUTH");
            return;
        }

        if (!line.Does("AUTH", "LOGIN"))
        {
            throw new MailFailed($"{settings.Host}:{settings.Port} lets nobody sign in as Parley can (AUTH PLAIN or LOGIN), and mail.user is set.");
        }

        await line.Ask("AUTH LOGIN", 334);
        await line.Ask(Base64(user), 334, shown: "AUTH");
        await line.Ask(Base64(settings.Password ?? ""), 235, shown: "AUTH");
    }

    private bool IsThisMachine => settings.Host == "localhost" || (IPAddress.TryParse(settings.Host, out var address) && IPAddress.IsLoopback(address));

    private async Task<Stream> Encrypted(Stream stream, CancellationToken cancel)
    {
        var safe = new SslStream(stream);
        await safe.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = settings.Host, CertificateChainPolicy = Trusted() }, cancel);
        return safe;
    }

    /// <summary>What a server of one's own shows is trusted by name, and then nothing else is; null: what this machine trusts.</summary>
    private X509ChainPolicy? Trusted()
    {
        if (settings.Certificate is not { } file)
        {
            return null;
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return policy;
    }

    /// <summary>An address in brackets is a name that every server takes (RFC 5321, 4.1.3).</summary>
    private static string Name(TcpClient socket) => socket.Client.LocalEndPoint is IPEndPoint { Address: var address }
        ? address.MapToIPv4() is var four && address.IsIPv4MappedToIPv6 || address.AddressFamily == AddressFamily.InterNetwork ? $"[{four}]" : $"[IPv6:{address}]"
        : "[127.0.0.1]";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>One line after the other, each answered by a number and words.</summary>
    private sealed class Conversing(Stream stream, CancellationToken cancel)
    {
        private const int LongestAnswer = 64 * 1024;

        private readonly StreamReader _reader = new(stream, Encoding.UTF8, leaveOpen: true);

        public Stream Stream => stream;

        public string Offers { get; set; } = "";

        /// <summary>Whether a line of what it offers (RFC 5321, 4.1.1.1) begins with this word and has the other in it.</summary>
        public bool Does(string what, string? how = null) => Offers.Split('\n').Where(line => line.Length > 4)
            .Select(line => line[4..].Split([' ', '=', '\r'], StringSplitOptions.RemoveEmptyEntries))
            .Any(words => words is [var first, ..] && IsSame(first, what) && (how is null || words.Skip(1).Any(word => IsSame(word, how))));

        private static bool IsSame(string word, string other) => word.Equals(other, StringComparison.OrdinalIgnoreCase);

        public ValueTask Write(byte[] bytes) => stream.WriteAsync(bytes, cancel);

        /// <param name="shown">What stands in a failure's message instead, where the line is a secret.</param>
        /// <param name="final">Whether a no for good (5xx) is one to this letter; to everything else it is one to our settings, and a person may mend these.</param>
        public async Task<string> Ask(string line, int wanted, string? shown = null, bool final = false)
        {
            await Write(Encoding.UTF8.GetBytes(line + "\r\n"));
            return await Hear(wanted, shown ?? line, final);
        }

        public async Task<string> Hear(int wanted, string? after = null, bool final = false)
        {
            var heard = new StringBuilder();
            while (await _reader.ReadLineAsync(cancel) is { } line && heard.Length < LongestAnswer)
            {
                heard.AppendLine(line);
                if (line.Length < 4 || line[3] == ' ')
                {
                    return int.TryParse(line.AsSpan(0, Math.Min(3, line.Length)), NumberStyles.None, CultureInfo.InvariantCulture, out var code) && (code == wanted || (wanted == 250 && code == 251))
                        ? heard.ToString()
                        : throw new MailFailed($"The mail server said '{line}'{(after is null ? "" : $" to {after}")}.", final: final && code >= 500, address: after == Recipient && NoMailbox.Says(line));
                }
            }

            throw new MailFailed("The mail server hung up.");
        }
    }
}
