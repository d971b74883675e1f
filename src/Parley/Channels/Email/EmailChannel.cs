using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Parley.Channels.Email.Fetching;
using Parley.Channels.Email.Reading;
using Parley.Channels.Email.Sending;
using Parley.Platform;
using Parley.Platform.Keys;
using Parley.Platform.Mail;
using Parley.Platform.Mail.Imap;
using Parley.Platform.Web;

namespace Parley.Channels.Email;

/// <summary>
/// A mailbox becomes a channel: fetched by IMAP, handed in by a mail server's pipe (<c>/mime</c>) or by a provider's hook (<c>/inbound/postmark</c>), answered by SMTP. A thread is found
/// again by what of ours stands in a mail, and never by its subject.
/// </summary>
internal sealed class EmailChannel(EmailSending sending, EmailTokens tokens, MailboxStates states, KeyRing keys, ChannelSettings settings, TimeProvider time) : Channel<EmailSettings>
{
    private const int LargestFile = 20 * 1024 * 1024;

    private static readonly TimeSpan Passing = TimeSpan.FromMinutes(2);

    public override string Kind => "email";

    public override LocalText Name { get; } = EmailSettings.Texts("E-mail", "E-Mail", "E-mail", "Correo electrónico");

    public override LocalText About { get; } = EmailSettings.Texts(
        "Mails to one of your addresses become conversations.",
        "Mails an eine Ihrer Adressen werden zu Gesprächen.",
        "Mails naar een van uw adressen worden gesprekken.",
        "Los correos a una de sus direcciones se convierten en conversaciones.");

    public override Capabilities Capabilities { get; } = new()
    {
        Media = [new("", LargestFile)],
        ReplyTo = true,
        OneThread = false,
        Vouches = false,
        Repeatable = true,
        FilesBeside = true,
        LinkDays = 30,
        Begins = true,
        Address = AddressKind.Email,
        AddressesAreShared = true,
        Receipts = Receipts.Delivered,
        GiveUpAfter = TimeSpan.FromDays(3),
        RequestLimit = 64L * 1024 * 1024,
    };

    public override ImmutableArray<Field> Fields => EmailSettings.Fields;

    internal static IReadOnlySet<string> Secrets { get; } = EmailSettings.Fields.Where(field => field.IsSecret).Select(field => field.Name).ToHashSet();

    public override IEnumerable<FieldFlaw> Flaws(Connection connection)
    {
        var it = SettingsOf(connection);
        if (it.Address.Length > 254 || it.Address.IndexOf('@') is not (> 0 and var at) || at != it.Address.LastIndexOf('@') || it.Domain.Length == 0 || it.Address.Any(letter => !char.IsAscii(letter) || char.IsControl(letter) || letter is ' ' or '<' or '>' or '"' or ',' or ';'))
        {
            yield return new("settings.address", "invalid", "That is no address.");
        }
        else if (at > MailSettings.LongestMailbox)
        {
            yield return new("settings.address", "tooLong", $"At most {MailSettings.LongestMailbox} characters before the @: which conversation an answer belongs to stands behind them.");
        }

        foreach (var (name, host) in new[] { ("receiveHost", it.ReceiveHost), ("sendHost", it.SendHost) })
        {
            if (host is not null && (host.Length > 253 || Uri.CheckHostName(host) == UriHostNameType.Unknown))
            {
                yield return new($"settings.{name}", "invalid", "That is no name of a server.");
            }
            else if (!settings.AllowLoopback && host is not null && (host.TrimEnd('.').Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && !OpenNetwork.IsElsewhere(address))))
            {
                yield return new($"settings.{name}", "private", "That is this very machine.");
            }
        }

        foreach (var (name, server) in new[] { ("receiveSecurity", it.Receives(token: null)), ("sendSecurity", it.Sends(token: null)) })
        {
            if (server is { Security: MailSecurity.None, IsThisMachine: false })
            {
                yield return new($"settings.{name}", "invalid", "To another machine nothing goes in the clear.");
            }
        }

        foreach (var (name, port) in new[] { ("receivePort", it.ReceivePort), ("sendPort", it.SendPort) })
        {
            if (port is < 1 or > 65_535)
            {
                yield return new($"settings.{name}", "invalid", "That is no port.");
            }
        }

        if (it.LoopPerMinutes is < 1 or > 1_000)
        {
            yield return new("settings.loopPerMinutes", "invalid", "Between 1 and 1,000.");
        }

        if (it.Certificate is { } pem && !MailServer.HasCertificates(pem))
        {
            yield return new("settings.certificate", "invalid", "That is no certificate (PEM).");
        }

        if (it.HasToken && it.TokenUrl is null)
        {
            yield return new("settings.tokenUrl", "required", "This is needed.");
        }
    }

    public override IEnumerable<string> Elsewhere(Connection before, Connection after)
    {
        var (was, now) = (SettingsOf(before), SettingsOf(after));
        var receives = !IsSame(was.ReceiveHost, now.ReceiveHost);
        var sends = !IsSame(was.SendHost ?? was.ReceiveHost, now.SendHost ?? now.ReceiveHost);
        return new[]
        {
            ("password", receives || (sends && now.SendPassword is null)), ("sendPassword", sends), ("tokenSecret", !IsSame(was.TokenUrl, now.TokenUrl)),
            ("tokenRefresh", receives || !IsSame(was.TokenUrl, now.TokenUrl) || (sends && now.SendPassword is null)),
        }.Where(secret => secret.Item2).Select(secret => secret.Item1);

        static bool IsSame(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
    }

    public override Admission.Refused? Stranger(RawRequest head, Connection connection, DateTimeOffset now) =>
        head.Method != "POST" ? new Admission.Refused("method.unknown", "Mails are posted.", 405)
        : Shown(head) is { } shown && SettingsOf(connection).Hook is { Length: > 0 } hook && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(shown)), SHA256.HashData(Encoding.UTF8.GetBytes(hook))) ? null
        : new Admission.Refused("token.wrong", "This request does not show the secret for handing mails in.");

    public override Admission Admit(RawRequest request, Connection connection, DateTimeOffset now) =>
        Stranger(request, connection, now) is { } stranger ? stranger
        : EmailHooks.Mail(request) is not { } mail ? new Admission.Refused("request.malformed", "That is no mail: raw (RFC 5322) at /mime, or what Postmark posts at /inbound/postmark.", 400)
        : Kept(EmailHooks.Kept(mail));

    private static Admission.Kept Kept(RawRequest mail) => new(EmailReading.Key(mail.Body)) { As = mail };

    public override IReadOnlyList<Inbound> Receive(RawRequest request, Connection connection) => new EmailReading(keys, SettingsOf(connection), time).Read(request);

    public override Task<SendOutcome> Send(Outbound outbound, Connection connection, CancellationToken cancel) => sending.Send(outbound, SettingsOf(connection), connection, cancel);

    public override MailAccount? Mailbox(Connection connection) => SettingsOf(connection) is var it && sending.ServerOf(it, connection) is { } server ? new(server, it.Address) : null;

    public override string? Signature(Connection connection) => SettingsOf(connection).Signature?.Trim() is { Length: > 0 } signature ? signature : null;

    /// <summary>What passes by itself in a moment is nobody's concern.</summary>
    public override async Task<Trouble?> Trouble(Connection connection) => await states.Of(connection.Inbox) is { Fault: { } fault } state && (fault is not (MailFault.Busy or MailFault.Silent) || time.GetUtcNow() - state.Since > Passing)
        ? new(CodeOf(fault), state.Why, state.Since)
        : null;

    public override async Task<Failure?> Check(Connection connection, CancellationToken cancel)
    {
        var it = SettingsOf(connection);
        try
        {
            if (tokens.Held(it.Receives(stop => tokens.Of(connection, stop)), connection) is { } mailbox)
            {
                await using var session = await ImapSession.Open(mailbox, time, cancel);
                foreach (var folder in it.FolderNames)
                {
                    await session.Examine(folder, cancel);
                }
            }

            if (tokens.Held(it.Sends(stop => tokens.Of(connection, stop)), connection) is { } server)
            {
                await new Smtp(server, it.Address, time).Check(cancel);
            }

            return null;
        }
        catch (MailServerFailed failed)
        {
            return failed.Fault is MailFault.Busy or MailFault.Silent ? new Failure.Unreachable(failed.Message) : new Failure.Misconfigured(failed.Message);
        }
        catch (MailFailed failed)
        {
            return failed.Kind is MailRefusal.Misconfigured ? new Failure.Misconfigured(failed.Message) : new Failure.Unreachable(failed.Message);
        }
    }

    /// <summary>In the words of the trial.</summary>
    private static string CodeOf(MailFault fault) => fault switch
    {
        MailFault.Host => "host",
        MailFault.Port or MailFault.Broken => "port",
        MailFault.Encryption => "tls",
        MailFault.Login => "password",
        MailFault.Folder => "folder",
        _ => "busy",
    };

    /// <summary>Bearer, or the password of basic authentication, whatever the name.</summary>
    private static string? Shown(RawRequest request)
    {
        if (request.Header("authorization") is not { } header)
        {
            return null;
        }

        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return header[7..].Trim();
        }

        var bytes = new byte[header.Length];
        return header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) && Convert.TryFromBase64String(header[6..].Trim(), bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length) is var pair && pair.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? pair[(colon + 1)..] : null;
    }
}
