using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Keys;
using Parley.Platform.Mail.Threads;
using Parley.Workspaces;

namespace Parley.Channels.Email.Sending;

/// <summary>Collects what must be known before a letter is written.</summary>
internal sealed class Gathering(MailHistory history, MailFiles files, People people, Rosters rosters, Desk desk, KeyRing keys)
{
    /// <summary>Null: its thread is gone.</summary>
    /// <param name="part">Which piece of its message it is.</param>
    public async Task<MailScene?> Of(Outbound outbound, Connection connection, MailSender sender, int part)
    {
        var workspace = connection.Workspace;
        if (await desk.Look(workspace, Conversation.Subject(outbound.Conversation)) is not { State: Conversation { Exists: true, Erased: false } it }
            || await rosters.Of(workspace) is not { } roster || (roster.Inbox(connection.Inbox) ?? roster.Inbox(it.Inbox)) is not { } inbox)
        {
            return null;
        }

        var domain = sender.Address[(sender.Address.LastIndexOf('@') + 1)..];
        var person = await people.Behind(workspace, it.Contact, outbound.Conversation);
        var telling = Telling.Of(roster, inbox.Settings).By(person?.Zone(null));
        var (attached, pictures) = await files.Of(outbound.Part.Files, domain);
        return new MailScene
        {
            Sender = sender with { Name = sender.Name.Length > 0 ? sender.Name : roster.Brand(inbox.Settings.Brand)?.Name ?? "" },
            Mails = await history.Of(workspace, outbound.Conversation, it.Contact, outbound.Seq, domain),
            Customer = person?.Name,
            Language = Sayings.Spoken(telling, outbound.Content?.Language ?? it.Language ?? person?.Language),
            Telling = telling,
            Signature = outbound.Agent is { } agent && await desk.Look(workspace, AgentKind.Of(agent)) is { State: AgentState state } ? state.Signature : null,
            MessageId = await history.NameOf(outbound.Conversation, outbound.Seq, part, domain),
            ReplyTo = ThreadNames.Address(keys, sender.Address, outbound.Conversation.Value),
            Files = attached,
            Pictures = pictures,
        };
    }
}
