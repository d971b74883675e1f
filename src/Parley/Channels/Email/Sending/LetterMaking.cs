using System.Text;
using Parley.Conversations;
using Parley.Platform.Mail;
using Parley.Platform.Mail.Threads;
using Parley.Platform.Mail.Writing;

namespace Parley.Channels.Email.Sending;

/// <summary>By which mailbox a letter goes, and as whom.</summary>
/// <param name="Name">What it is called where no person writes.</param>
/// <param name="Signature">Below all that goes out by it.</param>
internal sealed record MailSender(string Address, string Name, string? Signature = null);

/// <summary>What is known around a message that goes out as a mail.</summary>
internal sealed record MailScene
{
    public required MailSender Sender { get; init; }

    public required ThreadMails Mails { get; init; }

    /// <summary>What the customer is called.</summary>
    public string? Customer { get; init; }

    /// <summary>Of the customer: one that Parley speaks.</summary>
    public string Language { get; init; } = "en";

    public required Telling Telling { get; init; }

    /// <summary>Below what this agent writes.</summary>
    public string? Signature { get; init; }

    public required string MessageId { get; init; }

    public string? ReplyTo { get; init; }

    public IReadOnlyList<LetterFile> Files { get; init; } = [];

    public IReadOnlyList<Inline> Pictures { get; init; } = [];
}

/// <summary>Makes of a message the letter that somebody's mail program shows: their thread goes on in it, and what they wrote stands below.</summary>
internal static class LetterMaking
{
    private const int LongestQuote = 20_000;

    public static Letter Of(Outbound outbound, MailScene scene)
    {
        var (mail, own) = (outbound.Content?.Mail, new HashSet<string> { MailGuard.Bare(scene.Sender.Address) });
        MailAddress[] to = mail?.To is { IsDefaultOrEmpty: false } named ? [.. named] : [new(outbound.To, scene.Customer)];
        var first = to[0] with { Name = to[0].Name ?? (IsSame(to[0].Address, outbound.To) ? scene.Customer : null) };
        var also = ThreadMails.Without(to.Skip(1), first.Address, own);
        // What no person wrote goes to whom it answers alone (RFC 3834, 4): whom a mail names in copy anybody may have written there.
        var cc = mail?.Cc is { } openly ? openly : mail?.To is null && outbound.Human ? scene.Mails.Others(first.Address, own) : [];
        var copies = ThreadMails.Without([.. also, .. cc], first.Address, own);
        var text = (outbound.Part.Text ?? "").Trim();
        return new Letter(first.Address, Subject(mail, scene), Text(text, scene))
        {
            Name = first.Name,
            Others = [.. also.Select(Person)],
            Cc = [.. copies.Except(also).Select(Person)],
            Bcc = [.. ThreadMails.Without(mail?.Bcc ?? [], first.Address, own).Where(one => !copies.Any(copy => IsSame(copy.Address, one.Address))).Select(one => one.Address)],
            From = outbound is { Human: true, By: { } by } && by != scene.Sender.Name ? $"{by} via {scene.Sender.Name}" : scene.Sender.Name,
            ReplyTo = scene.ReplyTo,
            Page = Page(text, outbound.Content?.Format == "markdown", scene),
            Pictures = scene.Pictures,
            Files = scene.Files,
            MessageId = scene.MessageId,
            Answers = scene.Mails.Answers,
            References = scene.Mails.References,
            Origin = outbound.Human ? LetterOrigin.Person : scene.Mails.Last is null ? LetterOrigin.Generated : LetterOrigin.Replied,
            Notices = true,
            Repeat = outbound.Repeat,
            Only = outbound.Only,
        };
    }

    private static string Subject(Mailed? mail, MailScene scene) =>
        mail?.Subject is { Length: > 0 } own ? own : scene.Mails.Subject is { } before ? Subjects.Answer(before) : MailWords.About(scene.Language, scene.Sender.Name);

    private static string Text(string text, MailScene scene)
    {
        var letter = new StringBuilder(text).Append('\n');
        if (Signed(scene) is { Length: > 0 } signature)
        {
            letter.Append("\n-- \n").Append(signature).Append('\n');
        }

        if (Quoted(scene) is var (head, words))
        {
            letter.Append('\n').Append(head).Append('\n');
            foreach (var line in words.Split('\n'))
            {
                letter.Append(line.StartsWith('>') ? ">" : line.Length == 0 ? ">" : "> ").Append(line).Append('\n');
            }
        }

        return letter.ToString();
    }

    private static string Page(string text, bool isMarkdown, MailScene scene)
    {
        var page = new StringBuilder("<!doctype html><html lang=\"").Append(scene.Language).Append("\"><head><meta charset=\"utf-8\"></head><body>\n").Append(MarkdownPage.Of(text, isMarkdown));
        foreach (var picture in scene.Pictures)
        {
            page.Append("<p><img src=\"cid:").Append(picture.Id).Append("\" alt=\"").Append(MarkdownPage.Safe(picture.Name ?? "")).Append("\" style=\"max-width:100%\"></p>\n");
        }

        if (Signed(scene) is { Length: > 0 } signature)
        {
            page.Append("<div class=\"gmail_signature\" style=\"color:#62646d\">-- <br>\n").Append(MarkdownPage.Of(signature, isMarkdown: false)).Append("</div>\n");
        }

        if (Quoted(scene) is var (head, words))
        {
            page.Append("<div class=\"gmail_quote\"><div class=\"gmail_attr\">").Append(MarkdownPage.Safe(head)).Append("</div>\n").Append(MarkdownPage.Quote(words)).Append("</div>\n");
        }

        return page.Append("</body></html>\n").ToString();
    }

    /// <summary>The agent's own, then what stands below all that goes out by this mailbox.</summary>
    private static string Signed(MailScene scene) => string.Join('\n', new[] { scene.Signature, scene.Sender.Signature }.Select(each => each?.ReplaceLineEndings("\n").Trim()).Where(each => each is { Length: > 0 }));

    /// <summary>The mail that is answered, and nothing before it: whoever writes by an address that proves nothing is shown no more of the thread than they wrote themselves.</summary>
    private static (string Head, string Words)? Quoted(MailScene scene)
    {
        if (scene.Mails.Last is not { Text: { } said } last || said.Trim() is not { Length: > 0 } words)
        {
            return null;
        }

        words = words.Length > LongestQuote ? words[..LongestQuote] + "\n…" : words;
        return (MailWords.Wrote(scene.Language, scene.Telling.Local(last.At), last.Who), words.ReplaceLineEndings("\n"));
    }

    private static LetterPerson Person(MailAddress one) => new(one.Address, one.Name);

    private static bool IsSame(string one, string other) => one.Trim().Equals(other.Trim(), StringComparison.OrdinalIgnoreCase);
}
