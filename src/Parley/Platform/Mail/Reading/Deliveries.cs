using System.Text;
using System.Text.RegularExpressions;

namespace Parley.Platform.Mail.Reading;

/// <summary>What became of a mail of ours: refused for good, given up for now, still being tried, arrived, or read.</summary>
public enum DeliveryOutcome { Permanent, Temporary, Delayed, Delivered, Read }

/// <summary>What a mail server or a mail program says of one recipient of one mail.</summary>
/// <param name="MessageId">The mail it is about, without brackets; null: it does not say.</param>
/// <param name="Recipient">Null: it does not say.</param>
/// <param name="Status">As in <c>5.1.1</c> (RFC 3463) or <c>550</c> (RFC 5321); null: it does not say.</param>
/// <param name="Why">In the words of the server.</param>
public sealed record Delivery(string? MessageId, string? Recipient, DeliveryOutcome Outcome, string? Status, string? Why);

/// <summary>Mails that are no letters but say what became of one: by the standard (RFC 3464, 8098), and as servers say it that know none.</summary>
public static partial class Deliveries
{
    private const int Most = 200;

    private const int MostReports = 10;

    private const int LongestWhy = 500;

    /// <summary>None: it is an ordinary mail.</summary>
    public static IReadOnlyList<Delivery> Read(ReadMail mail)
    {
        var parts = mail.Body.All().ToList();
        var about = About(mail, parts);
        var said = parts.Where(part => part.Type is "message/delivery-status" or "message/global-delivery-status").Take(MostReports).SelectMany(part => Standard(part.Text ?? "", about)).Take(Most).ToList();
        if (said.Count > 0)
        {
            return said;
        }

        var read = parts.Where(part => part.Type is "message/disposition-notification" or "message/global-disposition-notification").SelectMany(part => Shown(part.Text ?? "", about)).Take(Most).ToList();
        return read.Count > 0 ? read : IsServer(mail) ? [.. Wild(mail, about)] : [];
    }

    /// <summary>Whether it says nothing beside: a report by the standard, or what only a server sends, from one.</summary>
    public static bool IsAlone(ReadMail mail) => mail.Body.Type is "multipart/report"
        || (mail.From.FirstOrDefault() is { } from && Daemon().IsMatch($"{from.Address} {from.Name}") && (mail.Headers["Return-Path"]?.Replace(" ", "", StringComparison.Ordinal) is { } path ? path == "<>" : mail.AutoSubmitted is { Length: > 0 } said and not "no"));

    /// <summary>Whether a server wrote it, by whom it is from or what it is about.</summary>
    internal static bool IsServer(ReadMail mail) => mail.From.FirstOrDefault() is { } from && Daemon().IsMatch($"{from.Address} {from.Name}") || mail.Headers["X-Failed-Recipients"] is not null
        || (mail.Headers["Return-Path"]?.Replace(" ", "", StringComparison.Ordinal) == "<>" && Failure().IsMatch(mail.Subject));

    /// <summary>The mail it is about: it comes back whole, or its header does, or a few lines of it in the text.</summary>
    private static (string? Id, string? To) About(ReadMail mail, List<MailPart> parts)
    {
        if (parts.Select(part => part.Mail).FirstOrDefault(within => within is not null) is { } returned)
        {
            return (returned.MessageId, returned.To is [var only] ? only.Address : null);
        }

        if (parts.FirstOrDefault(part => part.Type is "text/rfc822-headers" or "message/global-headers")?.Text is { } headers)
        {
            var header = MailReader.Read(Encoding.UTF8.GetBytes(headers.Trim() + "\n\n"));
            return (header.MessageId, header.To is [var only] ? only.Address : null);
        }

        var text = Text(mail);
        return (Id().Match(text) is { Success: true } id ? id.Groups[1].Value : mail.InReplyTo.FirstOrDefault() ?? (mail.References is [.., var last] ? last : null), null);
    }

    private static IEnumerable<Delivery> Standard(string text, (string? Id, string? To) about)
    {
        foreach (var block in Blocks(text))
        {
            var (action, status, code) = (block["Action"]?.Split(' ', ';')[0].Trim().ToLowerInvariant(), Code(block["Status"]), block["Diagnostic-Code"]);
            var recipient = Address(block["Final-Recipient"]) ?? Address(block["Original-Recipient"]);
            if (action is null && status is null && recipient is null)
            {
                continue;
            }

            var shown = status ?? Code(code);
            yield return new(about.Id, recipient ?? about.To, Outcome(action, Code(code) is ['4' or '5', ..] exact && shown is null or "5.0.0" ? Code(code) : shown), shown, Short(code));
        }
    }

    private static DeliveryOutcome Outcome(string? action, string? status) => (action, status) switch
    {
        ("delayed", _) => DeliveryOutcome.Delayed,
        ("delivered" or "relayed" or "expanded", _) => DeliveryOutcome.Delivered,
        (null, ['4', ..]) => DeliveryOutcome.Delayed,
        (null, ['2', ..]) => DeliveryOutcome.Delivered,
        (_, ['4', ..]) => DeliveryOutcome.Temporary,
        _ => DeliveryOutcome.Permanent,
    };

    /// <summary>RFC 8098: shown to a person, or handled without.</summary>
    private static IEnumerable<Delivery> Shown(string text, (string? Id, string? To) about) =>
        from block in Blocks(text)
        where block["Disposition"] is not null
        let isRead = block["Disposition"]!.Contains("displayed", StringComparison.OrdinalIgnoreCase)
        select new Delivery(MessageIds.Parse(block["Original-Message-ID"]).FirstOrDefault() ?? about.Id, Address(block["Final-Recipient"]) ?? about.To, isRead ? DeliveryOutcome.Read : DeliveryOutcome.Delivered, null, Short(block["Disposition"]));

    /// <summary>qmail, Exim, old Exchange and many more: the address and the reason stand in the text.</summary>
    private static IEnumerable<Delivery> Wild(ReadMail mail, (string? Id, string? To) about)
    {
        var text = Text(mail);
        // Above the mail that comes back.
        var told = text[..(Returned().Match(text) is { Success: true } cut ? cut.Index : text.Length)];
        var known = mail.Headers.People("X-Failed-Recipients").Select(one => one.Address).ToList();
        var own = mail.To.Concat(mail.From).Select(one => one.Address).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var named = known.Count > 0 ? known : [.. Addressed().Matches(told).Select(match => match.Groups[1].Value).Where(address => !own.Contains(address)).Distinct(StringComparer.OrdinalIgnoreCase).Take(Most)];
        // A number of what went well says nothing of a failure.
        var status = Code(told) is ['4' or '5', ..] code ? code : null;
        var isDelayed = Delay().IsMatch(mail.Subject + "\n" + told) && status is not ['5', ..];
        if (named.Count == 0 && status is null && !isDelayed && !Failure().IsMatch(mail.Subject))
        {
            return [];
        }

        var outcome = isDelayed ? DeliveryOutcome.Delayed : status is ['4', ..] ? DeliveryOutcome.Temporary : DeliveryOutcome.Permanent;
        return named.DefaultIfEmpty(about.To).Select(recipient => new Delivery(about.Id, recipient, outcome, status, Short(Reason(told))));
    }

    private static string Text(ReadMail mail) => mail.Text ?? (mail.Page is { } page ? PageText.Read(page) : "");

    private static string? Reason(string told) => told.Split('\n').FirstOrDefault(line => Code(line) is not null);

    private static IEnumerable<HeaderFields> Blocks(string text) => text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Take(Most)
        .Select(block => MailReader.Read(Encoding.UTF8.GetBytes(block.Trim('\n') + "\n\n")).Headers);

    /// <summary><c>rfc822; ana@ben.test</c></summary>
    private static string? Address(string? recipient) => recipient is null ? null
        : Mailbox.Parse(recipient[(recipient.IndexOf(';', StringComparison.Ordinal) + 1)..]).Select(one => one.Address).FirstOrDefault(address => address.Length > 0);

    private static string? Code(string? text) => text is null ? null
        : Enhanced().Match(text) is { Success: true } enhanced ? enhanced.Value : Basic().Match(text) is { Success: true } basic ? basic.Groups[1].Value : null;

    private static string? Short(string? why) => why is null ? null : HeaderFields.OneLine(why) is var line && line.Length > LongestWhy ? line[..(LongestWhy - (char.IsHighSurrogate(line[LongestWhy - 1]) ? 1 : 0))] : line;

    [GeneratedRegex(@"\b[245]\.\d{1,3}\.\d{1,3}\b")]
    private static partial Regex Enhanced();

    [GeneratedRegex(@"(?<![\d.])([245]\d\d)(?=[ -])")]
    private static partial Regex Basic();

    [GeneratedRegex(@"\bmailer-?daemon\b|\bpostmaster@|mail delivery (?:sub)?system|microsoftexchange\w*@|\bmail-daemon\b", RegexOptions.IgnoreCase)]
    private static partial Regex Daemon();

    [GeneratedRegex(@"undeliver|delivery (?:status|failure|has failed|failed|problem)|delivery.{0,20}(?:fail|delay)|failure notice|returned mail|mail delivery|could not send|not delivered|non remis|unzustellbar|nicht zugestellt|niet bezorgd|onbestelbaar|no se (?:puede|ha podido|pudo) entregar|devuelto|non recapitabile|недостав", RegexOptions.IgnoreCase)]
    private static partial Regex Failure();

    [GeneratedRegex(@"delay|will keep trying|will be retried|still (?:undelivered|trying)|not yet been delivered|verzögert|vertraagd|retras", RegexOptions.IgnoreCase)]
    private static partial Regex Delay();

    [GeneratedRegex(@"^[ >]*Message-ID:\s*<([^<>\s]+)>", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Id();

    [GeneratedRegex(@"^(?:-+ ?(?:this is a copy|original message|below this line|returned message|the original|message header)|return-path:|received: )", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Returned();

    [GeneratedRegex(@"^[ \t]*(?:to:|recipient:|rcpt to:)?[ \t]*<?([^\s<>()"":;,]{1,64}@[^\s<>()"":;,]{3,200}?)>?[.:,;]?[ \t]*(?:$|:|\(|\.\.\.)", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Addressed();
}
