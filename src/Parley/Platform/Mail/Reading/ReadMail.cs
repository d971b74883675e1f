using System.Net;

namespace Parley.Platform.Mail.Reading;

/// <summary>A mail as it came in: whom it is from and for, what it says, what is attached. The other end of a <see cref="Letter"/>.</summary>
public sealed class ReadMail(MailPart body)
{
    private (string? Text, string? Page)? _said;

    /// <summary>The tree of its parts; its root is the mail itself.</summary>
    public MailPart Body => body;

    public HeaderFields Headers => body.Headers;

    public string Subject => Headers.Text("Subject") ?? "";

    public IReadOnlyList<Mailbox> From => Headers.People("From");

    public IReadOnlyList<Mailbox> ReplyTo => Headers.People("Reply-To");

    public IReadOnlyList<Mailbox> To => Headers.People("To");

    public IReadOnlyList<Mailbox> Cc => Headers.People("Cc");

    public IReadOnlyList<Mailbox> Bcc => Headers.People("Bcc");

    public DateTimeOffset? Date => MailDate.Parse(Headers["Date"]);

    /// <summary>Without its brackets; null: it has none, or one that is empty.</summary>
    public string? MessageId => MessageIds.Parse(Headers["Message-ID"]).FirstOrDefault() ?? (Headers["Message-ID"] is { } said && MessageIds.Odd(said) is { Length: > 0 } odd ? odd : null);

    public IReadOnlyList<string> InReplyTo => MessageIds.Parse(Headers["In-Reply-To"]);

    /// <summary>The mails before it, the first first.</summary>
    public IReadOnlyList<string> References => MessageIds.Parse(string.Join(' ', Headers.Each("References")));

    /// <summary>RFC 3834, 5: <c>no</c>, <c>auto-generated</c>, <c>auto-replied</c> …; null: it does not say.</summary>
    public string? AutoSubmitted => Headers["Auto-Submitted"] is { } said ? Worded.Parse(said).Value : null;

    /// <summary><c>bulk</c>, <c>list</c>, <c>junk</c>, <c>auto_reply</c> …; null: it does not say.</summary>
    public string? Precedence => Headers["Precedence"]?.Trim().ToLowerInvariant();

    /// <summary>Whether it went to many at once (RFC 2369, 2919).</summary>
    public bool IsList => Headers.All.Any(header => header.Name.StartsWith("List-", StringComparison.OrdinalIgnoreCase)) || Precedence is "bulk" or "list" or "junk";

    /// <summary>All its text; null: there is none, or some of it stands only in <see cref="Page"/>.</summary>
    public string? Text => Said.Text;

    /// <summary>The same as a page (HTML), as it came: not to be shown to anybody before it was cleaned.</summary>
    public string? Page => Said.Page;

    /// <summary>What is not text to be read with it: files, pictures, mails within, what could not be told apart.</summary>
    public IReadOnlyList<MailPart> Attachments => [.. body.All().Where(part => !part.HasParts && !part.IsBody)];

    public MailSeal Seal => body.All().Select(part => part.Seal).FirstOrDefault(seal => seal != MailSeal.None);

    /// <summary>What was wrong with it, its parts, and the mails in it (<see cref="MailFlaws"/>).</summary>
    public IReadOnlyList<string> Flaws => [.. body.All().SelectMany(part => part.Flaws.Concat(part.Mail?.Flaws ?? [])).Distinct().Order(StringComparer.Ordinal)];

    private (string? Text, string? Page) Said => _said ??= Views(body);

    private static (string? Text, string? Page) Views(MailPart part)
    {
        if (!part.HasParts)
        {
            return part is not { IsBody: true, Text: { } said } ? default : part.Type == "text/html" ? (null, said) : (said, null);
        }

        var views = part.Parts.Select(Views).Where(view => view != default).ToList();
        if (part.Type == "multipart/alternative")
        {
            // The plainest stands first, the richest last (RFC 2046, 5.1.4).
            return (views.Select(view => view.Text).FirstOrDefault(text => text is not null), views.Select(view => view.Page).LastOrDefault(page => page is not null));
        }

        return views.Count == 0 ? default : (
            views.TrueForAll(view => view.Text is not null) ? string.Join('\n', views.Select(view => view.Text)) : null,
            views.Exists(view => view.Page is not null) ? string.Join("<br>\n", views.Select(view => view.Page ?? $"<pre>{WebUtility.HtmlEncode(view.Text)}</pre>")) : null);
    }
}
