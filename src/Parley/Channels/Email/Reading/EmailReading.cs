using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Parley.Channels.Receiving;
using Parley.Conversations;
using Parley.Platform.Keys;
using Parley.Platform.Mail;
using Parley.Platform.Mail.Reading;
using Parley.Platform.Mail.Threads;

namespace Parley.Channels.Email.Reading;

/// <summary>What a mail says: what became of one of ours, or somebody's word with all that belongs to it.</summary>
internal sealed partial class EmailReading(KeyRing keys, EmailSettings settings, TimeProvider time)
{
    /// <summary>How a mail came that was fetched.</summary>
    public const string Imap = "IMAP";

    /// <summary>Of one that was fetched: it lay there before anybody looked.</summary>
    public const string Old = "x-parley-old";

    /// <summary>Of one that was fetched: when it came into the mailbox, in milliseconds.</summary>
    public const string Received = "x-parley-received";

    /// <summary>Of one that could not be fetched: why.</summary>
    public const string Missed = "x-parley-missed";

    /// <summary>A date that a mail gives itself is believed so far back.</summary>
    private static readonly TimeSpan Believed = TimeSpan.FromDays(30);

    /// <summary>By what a mail that comes again is known, whichever way it comes.</summary>
    public static string Key(ReadOnlyMemory<byte> mail)
    {
        using var stream = Arrivals.Open(mail);
        var read = MailReader.Head(stream);
        if (read is { MessageId: not null, Date: null })
        {
            stream.Position = 0;
            read = MailReader.Read(stream);
        }

        return MailTies.Key(read, read.MessageId is null ? SHA256.HashData(mail.Span) : default);
    }

    public IReadOnlyList<Inbound> Read(RawRequest request)
    {
        if (Fetched(request, Missed) is { } why)
        {
            return [new InboundUnknown("missed", why)];
        }

        if (EmailHooks.Mail(request) is not { } raw)
        {
            return [new InboundUnknown("mail", "mail.unreadable")];
        }

        using var stream = Arrivals.Open(raw);
        var mail = Wrapped.Open(MailReader.Read(stream, _ => new MemoryStream()));
        var (key, ties) = (Key(raw), MailTies.Of(mail, keys));
        var told = Told(mail, key, ties);
        if (told.Count > 0 && Deliveries.IsAlone(mail))
        {
            return told;
        }

        var sender = Sender(mail, ties);
        if (sender is null || (mail.MessageId is { } id && ThreadNames.OfMessageId(keys, id) is not null))
        {
            // We wrote it ourselves.
            return told;
        }

        // Somebody may have attached what a server said to them, or is called as servers are: their words are words.
        return [.. told, Word(mail, key, sender, ties, request)];
    }

    /// <summary>What servers say of mails of ours. What they say of anybody else's is a mail like any other.</summary>
    private List<Inbound> Told(ReadMail mail, string key, MailTies ties)
    {
        var told = new List<Inbound>();
        foreach (var (number, one) in Deliveries.Read(mail).Index())
        {
            var thread = one.MessageId is { } id ? ThreadNames.OfMessageId(keys, id) : null;
            thread ??= ties.Addressed.Concat(ties.Answers).Select(each => (Guid?)each).FirstOrDefault();
            if (thread is null)
            {
                continue;
            }

            told.Add(new InboundReceipt(number == 0 ? key : string.Create(CultureInfo.InvariantCulture, $"{key}.{number}"), one.MessageId ?? "?", State(one.Outcome), Why(one)) { At = mail.Date, Recipient = one.Recipient, Conversation = one.MessageId is null ? new ConversationId(thread.Value) : null });
        }

        return told;
    }

    private static ReceiptState State(DeliveryOutcome outcome) => outcome switch
    {
        DeliveryOutcome.Delivered => ReceiptState.Delivered,
        DeliveryOutcome.Read => ReceiptState.Read,
        DeliveryOutcome.Delayed => ReceiptState.Delayed,
        _ => ReceiptState.Failed,
    };

    private static Failure Why(Delivery it)
    {
        var said = string.Join(' ', new[] { it.Recipient, it.Status, it.Why }.Where(part => !string.IsNullOrWhiteSpace(part)));
        return it.Outcome switch
        {
            DeliveryOutcome.Permanent when NoMailbox.Says($"{(it.Status?.Contains('.') == true ? "550 " : "")}{it.Status} {it.Why}") => new Failure.RecipientGone(said),
            DeliveryOutcome.Permanent => new Failure.Rejected(said),
            _ => new Failure.Unreachable(said),
        };
    }

    /// <summary>Whoever wrote it. A form on a page of our own often writes as we do, or as nobody, and says whom to answer; null: we did. With a tie of ours that is not believed: whoever has one would speak as anybody.</summary>
    private Sender? Sender(ReadMail mail, MailTies ties)
    {
        var from = mail.From.FirstOrDefault(one => one.Address.Length > 0);
        var isOwn = from is not null && MailGuard.Bare(from.Address) == settings.Bare;
        if (ties is { Answers.Count: 0, Addressed.Count: 0 } && (isOwn || from is null || Nobody().IsMatch(from.Address)) && mail.ReplyTo is [{ Address.Length: > 0 } asked] && MailGuard.Bare(asked.Address) != settings.Bare)
        {
            from = asked;
        }
        else if (isOwn)
        {
            return null;
        }

        return new(from?.Address.Trim().ToLowerInvariant() ?? "", from?.Name is { Length: > 0 } name ? name : null);
    }

    private InboundMessage Word(ReadMail mail, string key, Sender sender, MailTies ties, RawRequest request)
    {
        var visible = Visible.Read(mail);
        var subject = mail.Subject is { Length: > 0 } said ? said : null;
        return new(key, sender, visible.Text is { Length: > 0 } text ? text : Hidden(mail) ?? (mail.Attachments.Count == 0 ? subject : null))
        {
            Name = mail.MessageId,
            Answers = [.. ties.References],
            Files = Files(mail),
            At = At(mail, request),
            Mail = new(
                new Mailed
                {
                    Subject = subject,
                    To = Others(mail.To),
                    Cc = Others(mail.Cc),
                    Folded = string.Join("\n", visible.Pieces.Where(piece => piece.Kind != PieceKind.Said).Select(piece => piece.Text)).Trim('\n') is { Length: > 0 } folded ? folded : null,
                    Forwarded = subject is not null && Forward().IsMatch(subject) ? true : null,
                },
                mail.Page,
                ties,
                Automatic.Of(mail),
                Fetched(request, Old) is not null,
                settings.LoopPerMinutes ?? MailGuard.Often)
            {
                Received = Came(request),
            },
        };
    }

    /// <summary>What is encrypted nobody here can read, and that is said; the mail as it came lies beside it.</summary>
    private static string? Hidden(ReadMail mail) => mail.Seal switch { MailSeal.SmimeEncrypted => "🔒 S/MIME", MailSeal.PgpEncrypted => "🔒 PGP", _ => null };

    /// <summary>Whom it named beside us.</summary>
    private ImmutableArray<MailAddress>? Others(IReadOnlyList<Mailbox> people)
    {
        var others = people.Where(one => one.Address.Length > 0 && MailGuard.Bare(one.Address) != settings.Bare).DistinctBy(one => one.Address.ToLowerInvariant())
            .Take(Mailed.AddressesLimit).Select(one => new MailAddress(one.Address, one.Name.Length > 0 ? one.Name : null)).ToImmutableArray();
        return others.IsEmpty ? null : others;
    }

    /// <summary>When it came; what a mail says itself is believed only where it can be.</summary>
    private DateTimeOffset? At(ReadMail mail, RawRequest request) =>
        Came(request) is { } came && came <= time.GetUtcNow() ? came
        : mail.Date is { } date && time.GetUtcNow() is var now && date <= now && date > now - Believed ? date.ToUniversalTime()
        : null;

    /// <summary>What is said of a mail by who fetched it. Whoever hands one in says nothing of the kind.</summary>
    private static string? Fetched(RawRequest request, string name) => request.Method == Imap ? request.Header(name) : null;

    private static DateTimeOffset? Came(RawRequest request) =>
        long.TryParse(Fetched(request, Received), NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    /// <summary>What is attached; mails within as text, with what is attached to them; texts that could not be read, as they came.</summary>
    private static ImmutableArray<InboundFile> Files(ReadMail mail)
    {
        var files = ImmutableArray.CreateBuilder<InboundFile>();
        foreach (var part in mail.Body.All().Where(part => !part.HasParts))
        {
            if (part.Mail is { } within)
            {
                files.Add(new(Named(within), "text/plain", Encoding.UTF8.GetBytes(Shown(within))) { IsMail = true });
                files.AddRange(Files(within));
            }
            else if (part.Headers[EmailPacking.LeftOut] is { } left)
            {
                files.Add(new(part.Name ?? "file", part.Type, default) { Left = long.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0, IsMail = true });
            }
            else if ((part.Bytes ?? (part.IsBody || part.Text is null ? null : Encoding.UTF8.GetBytes(part.Text))) is { Length: > 0 } bytes)
            {
                files.Add(new(part.Name ?? Named(part), part.IsBody ? null : part.Type, bytes) { ContentId = part.ContentId, IsMail = true });
            }
        }

        return files.ToImmutable();
    }

    internal static string Named(ReadMail within) => $"{(string.Concat(within.Subject.Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-')) is var subject && subject.Trim().Length > 0 ? subject.Trim()[..Math.Min(60, subject.Trim().Length)] : "mail")}.txt";

    private static string Named(MailPart part) => part.IsBody ? "original.dat" : part.Type.Split('/') switch
    {
        ["image", "jpeg" or "pjpeg"] => "image.jpg",
        ["image", var kind] => $"image.{kind}",
        ["text", "calendar"] => "invitation.ics",
        ["text", "vcard" or "x-vcard" or "directory"] => "contact.vcf",
        ["text", "plain"] => "attachment.txt",
        ["application", "pdf"] => "attachment.pdf",
        ["application", "pgp-encrypted" or "pgp-signature"] => "signature.asc",
        _ => "attachment",
    };

    internal static string Shown(ReadMail within) => string.Join('\n', new[] { "From", "To", "Cc", "Date", "Subject" }
        .Select(name => within.Headers.Text(name) is { Length: > 0 } value ? $"{name}: {value}" : null).OfType<string>()) + "\n\n" + string.Join("\n", Visible.Read(within).Pieces.Select(piece => piece.Text));

    [GeneratedRegex(@"^\s*(?:fwd?|wg|tr|rv|enc|doorst|i)\s*:", RegexOptions.IgnoreCase)]
    private static partial Regex Forward();

    [GeneratedRegex(@"^(?:no-?reply|do-?not-?reply|noreply)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Nobody();
}
