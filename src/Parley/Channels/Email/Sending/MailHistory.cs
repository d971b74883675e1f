using System.Collections.Immutable;
using System.Globalization;
using Parley.Channels.Receiving;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Keys;
using Parley.Platform.Mail.Threads;

namespace Parley.Channels.Email.Sending;

/// <summary>Reads the mails of a thread from the log: those of the customer, ours, and those that told them of what they had not seen.</summary>
internal sealed class MailHistory(LogReader log, People people, Faces faces, KeyRing keys, Ledger ledger)
{
    /// <summary>So many of the newest words are looked through.</summary>
    private const int Most = 200;

    /// <summary>What a mail of ours is called, by the word that it has: the same however often it is sent, and another where another word stood in its place before a backup was put back.</summary>
    public async Task<string> NameOf(ConversationId conversation, long seq, int part, string domain) =>
        part == 0 && (await ledger.Sent(conversation)).GetValueOrDefault(seq) is { } sent ? sent : NameOf(conversation, seq, await log.One(Conversation.Subject(conversation), seq), part, domain);

    private string NameOf(ConversationId conversation, long seq, Entry? said, int part, string domain) =>
        ThreadNames.MessageId(keys, conversation.Value, string.Create(CultureInfo.InvariantCulture, $"w{seq}{(part == 0 ? "" : $"p{part + 1}")}{(said is null ? "" : $"x{NoticeNames.Tag(said)}")}"), domain);

    /// <param name="before">The word that is about to go.</param>
    /// <param name="domain">Of the address that ours come from.</param>
    public async Task<ThreadMails> Of(WorkspaceId workspace, ConversationId conversation, ContactId? contact, long before, string domain)
    {
        var subject = Conversation.Subject(conversation);
        var words = (await log.Timeline(subject, after: null, before, Most, publicOnly: true)).Items;
        var (known, sent) = (await ledger.Called(conversation), await ledger.Sent(conversation));
        var customer = contact is { } id ? await people.Behind(workspace, id, conversation) : null;
        var mails = new List<ThreadMail>();
        foreach (var entry in words)
        {
            if (entry.Body is not Message { Content: var content })
            {
                continue;
            }

            if (entry.Author.Kind == AuthorKind.Contact)
            {
                if (content.Mail is { } mail)
                {
                    mails.Add(new(entry.Seq, Ours: false, known.GetValueOrDefault(entry.Seq), mail, Who(mail.From, customer), content.Text ?? "", entry.OccurredAt ?? entry.At));
                }
            }
            else if (content.Mail is not null || mails.Count > 0)
            {
                mails.Add(new(entry.Seq, Ours: true, sent.GetValueOrDefault(entry.Seq) ?? NameOf(conversation, entry.Seq, entry, 0, domain), content.Mail, faces(workspace, entry.Author)?.Name ?? "", content.Plain(), entry.At));
            }
        }

        var told = (await log.OfType(subject, "notified", 0)).Where(entry => entry.Seq < before && entry.Body is Notified { By: "mail" });
        foreach (var (entry, about) in told.Select(entry => (entry, (Notified)entry.Body)))
        {
            if ((words.FirstOrDefault(word => word.Seq == about.Last) ?? await log.One(subject, about.Last)) is { } said)
            {
                mails.Add(new(entry.Seq, Ours: true, NoticeNames.Of(keys, conversation, about.First, said, domain), null, "", "", entry.At));
            }
        }

        return new([.. mails.OrderBy(mail => mail.Seq)]);
    }

    private static string Who(MailAddress? from, Profile? customer) => from is not null ? Named(from.Name, from.Address) : Named(customer?.Name, customer?.Email);

    private static string Named(string? name, string? address) => (name, address) switch
    {
        ({ Length: > 0 }, { Length: > 0 }) => $"{name} <{address}>",
        ({ Length: > 0 }, _) => name,
        (_, { Length: > 0 }) => address,
        _ => "?",
    };
}
