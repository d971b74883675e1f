using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Mail.Reading;
using Parley.Platform.Mail.Threads;
using Parley.Platform.Store;

namespace Parley.Channels.Receiving;

/// <summary>Who is in a thread, by their mail addresses, and who holds an address.</summary>
internal sealed class Circle(Database database, People people, LogReader log)
{
    /// <summary>So far back it is looked for who else had mails of it.</summary>
    private const int Lately = 200;

    /// <summary>Whose an address is; null: nobody's so far.</summary>
    public Task<Subject?> Holder(WorkspaceId workspace, string key) => database.Read(session => Claims.Holder(session, workspace, key));

    public async Task<ThreadPeople> Of(WorkspaceId workspace, ConversationId id, Conversation it)
    {
        var same = await people.Same(workspace, it.Contact);
        var contact = (await people.Own(workspace, [.. same])).Values
            .SelectMany(profile => profile.Identities.Where(identity => identity is { Kind: "email" }).Select(identity => identity.Value).Append(profile.Email)).OfType<string>();
        // Who had it without the others seeing is not in it.
        var page = await log.Timeline(Conversation.Subject(id), after: null, before: null, Lately, publicOnly: true);
        var others = page.Items.Select(entry => entry.Body).OfType<Message>().Select(message => message.Content.Mail)
            .Where(mail => mail is { Unverified: not true }).SelectMany(mail => (mail!.To ?? []).Concat(mail.Cc ?? [])).Select(one => one.Address);
        return new(Small(contact), Small(others));
    }

    /// <summary>The address as it is the person's own, where it is one from which something came back; null: it is none.</summary>
    public async Task<string?> Refused(WorkspaceId workspace, ContactId contact, string address) =>
        (await people.Of(workspace, contact))?.Identities.FirstOrDefault(identity => identity is { Kind: "email", Refused: true } && Mailbox.IsSame(identity.Value, address))?.Value;

    /// <summary>Whether a message of ours went to somebody beside the customer: they were named in it, or have the mails of the thread.</summary>
    public async Task<bool> HadCopy(ConversationId id, long seq, string address)
    {
        var page = await log.Timeline(Conversation.Subject(id), after: null, before: seq + 1, Lately, publicOnly: true);
        var mails = page.Items.Select(entry => (entry.Seq, (entry.Body as Message)?.Content.Mail)).Where(each => each.Mail is { Unverified: not true });
        return mails.SelectMany(each => (each.Mail!.To ?? []).Concat(each.Mail.Cc ?? []).Concat(each.Seq == seq ? each.Mail.Bcc ?? [] : []).Append(each.Mail.From)).OfType<MailAddress>().Any(one => Mailbox.IsSame(one.Address, address));
    }

    private static HashSet<string> Small(IEnumerable<string> addresses) => [.. addresses.Select(address => address.Trim().ToLowerInvariant())];
}
