using System.Globalization;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Keys;
using Parley.Platform.Mail;
using Parley.Workspaces;

namespace Parley.Notifications.Transcripts;

/// <summary>A conversation as a mail, for who asked for it: written when it is sent, so that what was taken back or erased since is not in it.</summary>
internal sealed class TranscriptMail(Desk desk, Rosters rosters, People people, Faces faces, Letterheads heads, LogReader log) : IMailWriter
{
    public const string Name = "transcript";

    private const int Most = 500;

    public string Kind => Name;

    public static string Detail(ConversationId id, long last) => string.Create(CultureInfo.InvariantCulture, $"{About(id)}{last}");

    /// <summary>How the details of all mails of a conversation begin.</summary>
    public static string About(ConversationId id) => $"{id} ";

    public async Task<(Letter Letter, Guid Workspace)?> Write(MailJob job)
    {
        var (workspace, parts) = (new WorkspaceId(job.Workspace), job.Detail.Split(' '));
        var (id, last) = (ConversationId.Parse(parts[0]), long.Parse(parts[1], CultureInfo.InvariantCulture));
        if (await desk.Look(workspace, Conversation.Subject(id)) is not { State: Conversation { Exists: true, Erased: false } it } || await rosters.Of(workspace) is not { } roster || roster.Inbox(it.Inbox) is not { } inbox)
        {
            return null;
        }

        if (!(await log.OfType(Conversation.Subject(id), "notified", last)).Any(entry => entry.Body is Notified { By: Name } noted && noted.Last == last && (noted.Mail ?? job.Id) == job.Id))
        {
            // Who was about to say so never did; or the thread says it of another, for it was asked again.
            return null;
        }

        var customer = await people.Behind(workspace, it.Contact, id);
        var telling = Telling.Of(roster, inbox.Settings).By(customer?.Zone(null));
        var head = await heads.Of(roster, inbox.Settings);
        var words = TranscriptWords.Of(job.Language, head.Brand);
        var lines = TranscriptLetter.Fold(
            (await All(id, last, it.CustomerSeesFrom)).Where(entry => entry.Seq <= last || entry.Body is Edited),
            entry => entry.Author.Kind == AuthorKind.Contact ? entry.Body is Message { Content.Mail.From: { } other } ? other.Name ?? words.Other : customer?.Name ?? words.Customer : faces(workspace, entry.Author)?.Name ?? head.Brand,
            entry => telling.Local(entry.OccurredAt ?? entry.At).ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture));
        if (lines.Count == 0)
        {
            return null;
        }

        var (text, page) = TranscriptLetter.Write(words, job.Language, head, lines);
        var box = await heads.Box(workspace, inbox.Settings.Brand);
        return (new Letter(job.To, words.Subject, text)
        {
            Page = page,
            Picture = head.Logo,
            From = head.Brand,
            By = box,
            // What comes back of it, and what is answered, belongs to this thread.
            MessageId = heads.Name(box, id, last, job.Id),
        }, job.Workspace);
    }

    /// <summary>Nobody is there: whoever asked for it sees that it did not come.</summary>
    public async Task<bool> Refused(MailJob job, string why)
    {
        await Missed(job, "refused");
        return true;
    }

    public Task GivenUp(MailJob job) => Missed(job, "givenUp");

    private async Task Missed(MailJob job, string cause)
    {
        var parts = job.Detail.Split(' ');
        var last = long.Parse(parts[1], CultureInfo.InvariantCulture);
        await desk.Handle(new MissCustomer(new Origin(new WorkspaceId(job.Workspace), Author.System, $"missed:{job.Id:N}") { Trigger = new Trigger(Reader: Name) }, ConversationId.Parse(parts[0]), Name, last, last, cause));
    }

    /// <summary>What a customer may see, page by page, up to what had been said when it was asked for; with what was changed since.</summary>
    private async Task<List<Entry>> All(ConversationId id, long last, long from)
    {
        var (all, after) = (new List<Entry>(), 0L);
        while (await log.Timeline(Conversation.Subject(id), after, before: null, Most, publicOnly: true, from) is { Items: { Count: > 0 } items } page)
        {
            all.AddRange(items.Where(entry => entry.Body is Message or Edited));
            after = items[^1].Seq;
            if (!page.More)
            {
                break;
            }
        }

        return all;
    }
}

/// <summary>In whose name a mail comes to a customer, by which mailbox, and what it is called.</summary>
internal sealed class Letterheads(Logos logos, IMailboxes mailboxes, KeyRing keys, MailSettings settings)
{
    public async Task<Letterhead> Of(Roster roster, InboxSettings inbox)
    {
        var face = Workspaces.Face.Of(roster, inbox);
        return new(string.Concat(face.Name.Where(letter => !char.IsControl(letter))), face.Color, await logos.Of(face.Logo));
    }

    /// <param name="last">The last entry that is in the transcript.</param>
    public string? Name(MailAccount? box, ConversationId id, long last, Guid mail) =>
        (box?.Address ?? settings.From) is { } from ? NoticeNames.OfTranscript(keys, id, last, mail, from[(from.LastIndexOf('@') + 1)..]) : null;

    public ValueTask<MailAccount?> Box(WorkspaceId workspace, BrandId brand) => mailboxes.Of(workspace, brand);
}
