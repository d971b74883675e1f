using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using Parley.Platform.Mail.Writing;
using Parley.Platform.Mail.Reading;

namespace Parley.Platform.Mail;

/// <summary>What the server said when it took a letter, and to whom of those who were to have it too it said no.</summary>
public sealed record MailTaken(string Said, IReadOnlyList<(string Address, string Why)> Refused);

/// <summary>Hands letters to a mail server (RFC 5321): greeting, STARTTLS, signing in, one letter, goodbye; or one after the other, where <see cref="SmtpLines"/> keeps the conversation.</summary>
public sealed class Smtp
{
    private static readonly TimeSpan Brief = TimeSpan.FromSeconds(5);

    private readonly Func<MailServer> _server;
    private readonly Func<string> _from;
    private readonly TimeProvider _time;
    private readonly SmtpLines? _lines;

    /// <summary>By the installation's own server.</summary>
    public Smtp(MailSettings settings, TimeProvider time) => (_server, _from, _time) = (() => settings.Server, () => settings.From!, time);

    /// <summary>By another server, as this address.</summary>
    /// <param name="lines">Where conversations are kept; null: each ends with its letter.</param>
    public Smtp(MailServer server, string from, TimeProvider time, SmtpLines? lines = null) => (_server, _from, _time, _lines) = (() => server, () => from, time, lines);

    /// <exception cref="MailFailed">Says what is to be done.</exception>
    public async Task<MailTaken> Send(Letter letter, Guid id, CancellationToken cancel = default)
    {
        MailTaken? taken = null;
        var kept = await Kept();
        await Speak(async line => taken = await Hand(letter, id, line, cancel), kept, cancel);
        return taken!;
    }

    /// <summary>One that is still there: of another nobody knows whether it would have taken anything.</summary>
    private async Task<SmtpLine?> Kept()
    {
        while (_lines?.Take(_server()) is { } line)
        {
            using var brief = new CancellationTokenSource(Brief);
            line.Talk.Begin(() => { }, brief);
            try
            {
                await line.Talk.Ask("RSET", 250);
                return line;
            }
            catch (Exception error) when (error is MailFailed or IOException or OperationCanceledException or ObjectDisposedException)
            {
                // It hung up while nobody spoke.
                await line.DisposeAsync();
            }
        }

        return null;
    }

    /// <summary>Everything but a letter: whether the server is there, can be trusted and lets us in.</summary>
    public Task Check(CancellationToken cancel = default) => Speak(_ => Task.CompletedTask, kept: null, cancel);

    private async Task<MailTaken> Hand(Letter letter, Guid id, SmtpTalk line, CancellationToken cancel)
    {
        var isWide = line.Does("SMTPUTF8");
        var to = Address(letter.To, isWide);
        var refused = new List<(string, string)>();
        var others = letter.Others.Concat(letter.Cc).Select(one => one.Address).Concat(letter.Bcc).Distinct().Where(Writes).ToDictionary(one => one, one => Address(one, isWide));
        var said = letter with { To = to, Others = Known(letter.Others), Cc = Known(letter.Cc) };
        // Who is addressed in another script gets a header in it (RFC 6532); to all others letters go in ASCII, which no server on the way changes.
        var wide = !others.Values.Append(to).All(one => System.Text.Ascii.IsValid(one));
        var head = new LetterHead(_from(), id, _time.GetUtcNow(), wide && line.Does("8BITMIME"));
        var size = new Counting();
        await LetterWriting.Write(said, head, size, cancel);
        var limit = line.Limit;
        if (limit is { } most && size.Length > most)
        {
            throw new MailFailed($"The letter has {size.Length} bytes, and the mail server takes {most}.", final: true) { Kind = MailRefusal.Rejected };
        }

        var asks = letter.Notices && line.Does("DSN");
        await line.Ask($"MAIL FROM:<{_from()}>{(limit is null ? "" : string.Create(CultureInfo.InvariantCulture, $" SIZE={size.Length}"))}{(head.Eight ? " BODY=8BITMIME" : "")}{(wide ? " SMTPUTF8" : "")}{(asks ? $" RET=HDRS ENVID={id:N}" : "")}", 250, MailNo.To.Sender);
        await line.Ask($"RCPT TO:<{to}>{Notify(asks)}", 250, MailNo.To.Recipient, SmtpTalk.Recipient, final: true);
        foreach (var other in others.Where(one => letter.Only is not { } only || only.Any(lacks => Mailbox.IsSame(lacks, one.Value) || Mailbox.IsSame(lacks, one.Key))).Select(one => one.Value).Distinct())
        {
            try
            {
                await line.Ask($"RCPT TO:<{other}>{Notify(asks)}", 250, MailNo.To.Recipient, SmtpTalk.Recipient, final: true);
            }
            catch (MailFailed no) when (no.Code is not null and not 421)
            {
                refused.Add((other, no.Message));
            }
        }

        await line.Ask("DATA", 354, MailNo.To.Data, final: true);
        // No line of ours begins with a dot: headers do not, and no packing leaves one there.
        await LetterWriting.Write(said, head, line.Body, line.Cancel);
        return new(await line.Hand(), refused);

        IReadOnlyList<LetterPerson> Known(IReadOnlyList<LetterPerson> people) => [.. people.Where(one => others.ContainsKey(one.Address)).Select(one => one with { Address = others[one.Address] })];

        // What cannot be written of a copy keeps the letter from nobody else.
        bool Writes(string one)
        {
            try
            {
                Address(one, isWide);
                return true;
            }
            catch (MailFailed no)
            {
                refused.Add((one, no.Message));
                return false;
            }
        }
    }

    private static string Notify(bool asks) => asks ? " NOTIFY=FAILURE,DELAY" : "";

    /// <summary>As every mail server takes it: a name of a machine in any script has an ASCII form (RFC 5891); what stands before the @ has none, and needs a server that takes other scripts.</summary>
    private static string Address(string address, bool isWide)
    {
        var at = address.LastIndexOf('@');
        var (name, domain) = (address[..Math.Max(at, 0)], address[(at + 1)..]);
        if (address.Any(letter => char.IsControl(letter) || letter is '<' or '>' or ' '))
        {
            throw new MailFailed("In the address stands what none has.", final: true) { Kind = MailRefusal.Rejected };
        }

        try
        {
            return isWide || name.All(char.IsAscii)
                ? $"{name}@{(domain.All(char.IsAscii) ? domain : new IdnMapping().GetAscii(domain))}"
                : throw new MailFailed("Before the @ of the address stand letters that need SMTPUTF8 (RFC 6531), which the mail server does not offer.", final: true) { Kind = MailRefusal.Rejected };
        }
        catch (ArgumentException error)
        {
            throw new MailFailed("What stands behind the @ of the address is not the name of a machine (RFC 5891).", final: true, cause: error) { Kind = MailRefusal.Rejected };
        }
    }

    private async Task Speak(Func<SmtpTalk, Task> say, SmtpLine? kept, CancellationToken cancel)
    {
        var server = _server();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(server.Patience);
        var handed = false;
        try
        {
            var line = kept ?? await Call(server, patience);
            line.Talk.Begin(() => handed = true, patience);
            await Say(server, line, say);
        }
        catch (MailServerFailed failed)
        {
            var kind = failed.Fault switch { MailFault.Encryption or MailFault.Login => MailRefusal.Misconfigured, MailFault.Busy => MailRefusal.Throttled, _ => MailRefusal.Unreachable };
            throw new MailFailed(failed.Message, cause: failed) { Kind = kind, Fault = failed.Fault, ForAll = true };
        }
        catch (OperationCanceledException error) when (!cancel.IsCancellationRequested)
        {
            throw new MailFailed($"{server} did not answer within {server.TimeoutSeconds} seconds.", cause: error) { Kind = Lost(handed), Fault = handed ? null : MailFault.Silent };
        }
        catch (Exception error) when (error is SocketException or IOException or AuthenticationException or CryptographicException)
        {
            throw new MailFailed($"{server}: {error.Message}", cause: error) { Kind = Lost(handed), Fault = handed ? null : MailFault.Silent };
        }
    }

    private static MailRefusal Lost(bool handed) => handed ? MailRefusal.Unknown : MailRefusal.Unreachable;

    private static async Task<SmtpLine> Call(MailServer server, CancellationTokenSource patience)
    {
        var socket = await server.Dial(patience.Token);
        try
        {
            Stream stream = server.Security == MailSecurity.Tls ? await server.Encrypted(socket.GetStream(), patience.Token) : socket.GetStream();
            var line = await Greeted(server, new SmtpTalk(stream, () => { }, patience, server.Patience, server.Longest), socket);
            await SignIn(server, line);
            return new(socket, line);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A server that says no to one letter says yes to the next; one that went is left.</summary>
    private async Task Say(MailServer server, SmtpLine line, Func<SmtpTalk, Task> say)
    {
        var isThere = false;
        try
        {
            await say(line.Talk);
            isThere = true;
        }
        catch (MailFailed no) when (no.Code is not (null or 421))
        {
            isThere = true;
            throw;
        }
        finally
        {
            line.Letters++;
            if (!isThere || _lines?.Keep(server, line) != true)
            {
                await (isThere ? line.Talk.Leave() : Task.CompletedTask);
                await line.DisposeAsync();
            }
        }
    }

    private static async Task<SmtpTalk> Greeted(MailServer server, SmtpTalk line, TcpClient socket)
    {
        await line.Hear(220);
        line.Offers = await line.Ask($"EHLO {Name(socket)}", 250);
        if (server.Security != MailSecurity.StartTls)
        {
            return line;
        }

        // Never without it where it was asked for: whoever sits between could take the offer out of the greeting.
        if (!line.Does("STARTTLS"))
        {
            throw new MailServerFailed(MailFault.Encryption, $"{server} does not offer STARTTLS, and nothing is sent in the clear. mail.security: tls where it is encrypted from the first byte, none for a server on this machine.");
        }

        await line.Ask("STARTTLS", 220);
        // What came before the encryption is not believed: a new reader, and the offers once more.
        var safe = line.Over(await server.Encrypted(line.Stream, line.Cancel));
        safe.Offers = await safe.Ask($"EHLO {Name(socket)}", 250);
        return safe;
    }

    private static async Task SignIn(MailServer server, SmtpTalk line)
    {
        if (server.Token is { } token)
        {
            if (!line.Does("AUTH", "XOAUTH2"))
            {
                throw new MailServerFailed(MailFault.Login, $"{server} takes no tokens (AUTH XOAUTH2).");
            }

            var first = await token(line.Cancel);
            try
            {
                await Show(first);
            }
            catch (MailFailed no) when (no.Kind == MailRefusal.Misconfigured)
            {
                if (server.Renewed is not { } renewed || await renewed(first, line.Cancel) is not { } second)
                {
                    throw;
                }

                await Show(second);
            }
        }
        else if (server.User is not { } user)
        {
            return;
        }
        else if (line.Does("AUTH", "PLAIN"))
        {
            await line.SignIn($"AUTH PLAIN {Convert.ToBase64String(MailServer.Plain(user, server.Password ?? ""))}");
        }
        else if (line.Does("AUTH", "LOGIN"))
        {
            await line.Ask("AUTH LOGIN", 334);
            await line.Ask(Base64(user), 334, shown: "AUTH");
            await line.SignIn(Base64(server.Password ?? ""));
        }
        else
        {
            throw new MailServerFailed(MailFault.Login, $"{server} lets nobody sign in as Parley can (AUTH PLAIN or LOGIN), and mail.user is set.");
        }

        Task Show(string shown) => line.SignIn($"AUTH XOAUTH2 {Convert.ToBase64String(MailServer.Bearer(server.User ?? "", shown))}");
    }

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>An address in brackets is a name that every server takes (RFC 5321, 4.1.3).</summary>
    private static string Name(TcpClient socket) => socket.Client.LocalEndPoint is IPEndPoint { Address: var address }
        ? address.MapToIPv4() is var four && address.IsIPv4MappedToIPv6 || address.AddressFamily == AddressFamily.InterNetwork ? $"[{four}]" : $"[IPv6:{address}]"
        : "[127.0.0.1]";

    /// <summary>How long something is that is written nowhere.</summary>
    private sealed class Counting : MemoryStream
    {
        private long _length;

        public override long Length => _length;

        public override void Write(ReadOnlySpan<byte> buffer) => _length += buffer.Length;

        public override void Write(byte[] buffer, int offset, int count) => _length += count;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _length += buffer.Length;
            return ValueTask.CompletedTask;
        }
    }
}
