using System.Globalization;
using System.Text;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Mail;
using Parley.Workspaces;

namespace Parley.Notifications;

/// <summary>Where and in which language somebody is written to.</summary>
/// <param name="Person">Whose address it is: the customer, or whom they turned out to be.</param>
internal sealed record Addressee(ContactId Person, string Address, string? Name, string Language);

/// <summary>What it takes to write to a customer: where, after how long, and how far they have read.</summary>
internal sealed class Addressing(Rosters rosters, People people, LogReader log, NotificationSettings settings, MailSettings mail, IMailboxes mailboxes)
{
    private const int LongestName = 40;

    /// <summary>The last entry that the customer has seen, on whichever device.</summary>
    public async Task<long> Seen(ConversationId id, Conversation it) => (await log.Marks(Conversation.Kind, [id.Value]))
        .Where(mark => mark.Kind == Seeing.SeenMark && mark.Participant == new Author(AuthorKind.Contact, it.Contact.Value))
        .Select(mark => mark.Seq).FirstOrDefault();

    /// <summary>Null: this inbox mails nothing. In one of a channel that holds for whoever reads on the web at last.</summary>
    public async ValueTask<TimeSpan?> MailAfter(WorkspaceId workspace, InboxId inbox)
    {
        if (await rosters.Of(workspace) is not { } roster || roster.Inbox(inbox) is not { } card || !(mail.Set || mailboxes.Has(roster, card.Settings.Brand)))
        {
            return null;
        }

        var seconds = (IsWeb(card) ? card.Settings.MailAfterSeconds : null) ?? settings.MailAfterSeconds;
        return seconds == 0 ? null : TimeSpan.FromSeconds(seconds);
    }

    /// <summary>Whether a word came by another way than the web: whoever wrote it is answered there, and need not be told of it.</summary>
    public async ValueTask<bool> Elsewhere(WorkspaceId workspace, InboxId inbox) => (await rosters.Of(workspace))?.Inbox(inbox) is { } card && !IsWeb(card);

    /// <summary>In which language the customer of a conversation is told something.</summary>
    public async ValueTask<string> Language(WorkspaceId workspace, Conversation it) =>
        await rosters.Of(workspace) is { } roster && roster.Inbox(it.Inbox) is { } inbox ? Sayings.Spoken(Telling.Of(roster, inbox.Settings), it.Language) : "en";

    private static bool IsWeb(InboxCard card) => card.Settings.Channel == AddInbox.WebChannel;

    /// <summary>Null: there is no address, or nobody is there.</summary>
    public async ValueTask<Addressee?> Of(WorkspaceId workspace, ConversationId id, Conversation it)
    {
        if (it.Erased || it.Spam || await rosters.Of(workspace) is not { } roster || roster.Inbox(it.Inbox) is not { } inbox || await people.Behind(workspace, it.Contact, id) is not { Erased: false } person)
        {
            return null;
        }

        // Who wrote as a guest and was known later may have said only then where to write to.
        var guest = person.Id == it.Contact ? person : (await people.Own(workspace, [it.Contact])).GetValueOrDefault(it.Contact);
        var known = person.Email is null && guest is { Erased: false } ? guest : person;
        return known.Mailbox is { } address
            ? new(known.Id, address, Greeted(person) ?? Greeted(guest), Sayings.Spoken(Telling.Of(roster, inbox.Settings), it.Language ?? person.Language))
            : null;
    }

    /// <summary>Null: no name to greet by. Whoever types somebody else's address may type a name that is a message to them; nothing of that kind goes out as ours.</summary>
    private static string? Greeted(Contacts.Profile? person) => person is { Name: { } name } && (!person.NameTyped || IsName(name)) ? name : null;

    private static bool IsName(string text) =>
        text.Length <= LongestName && text.EnumerateRunes().All(rune => Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark || " '’-".Contains(rune.ToString(), StringComparison.Ordinal));
}
