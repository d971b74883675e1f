using Parley.Channels.Connections;
using Parley.Channels.Receiving;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Keys;
using Parley.Platform.Store;

namespace Parley.Channels.Delivering;

/// <summary>Tells a thread how far its messages have got: marks that only move forward, and an entry where one did not go out.</summary>
internal sealed class Reporting(Desk desk, Database database, ConnectionStore connections, Circle circle, People people, KeyRing keys)
{
    /// <summary>What is told of somebody who had a copy says nothing of the customer: who did not get it is noted. False: it is the customer's, under whatever name their servers know them.</summary>
    public async Task<bool> Copied(Outgoing? before, InboundReceipt receipt)
    {
        if (receipt.Recipient is not { } one || before is not { Address.Length: > 0 } || Platform.Mail.Reading.Mailbox.IsSame(one, before.Address) || !await circle.HadCopy(before.Conversation, before.Seq, one))
        {
            return false;
        }

        await (receipt.State == ReceiptState.Failed ? database.Write(session => DeliveryStore.Missed(session, before.Conversation, before.Seq, one, receipt.Why?.Said ?? one)) : Task.CompletedTask);
        return true;
    }

    /// <summary>Tells the thread how it ended; what could not be told is told in a later round, and told twice it is told once.</summary>
    public async Task Report(Outgoing it)
    {
        if (it.State is DeliveryState.Queued or DeliveryState.Sending or DeliveryState.Withdrawn)
        {
            return;
        }

        var kind = (await connections.Find(it.Inbox))?.Kind ?? "channel";
        if (it.State is DeliveryState.Failed or DeliveryState.Unknown ? await Gone(it) && await Failed(it, kind) : await Arrived(it, kind))
        {
            await database.Write(session => DeliveryStore.Told(session, it));
        }
    }

    /// <returns>False: it could not be told, and has to be once more.</returns>
    private Task<bool> Sent(Outgoing it, ContactId contact) => Handle(new Hand(Origin(it.Workspace, $"sent:{it.Seq}"), it.Conversation, Customer(contact), it.Seq));

    public Task Delivered(WorkspaceId workspace, ConversationId conversation, ContactId contact, long seq) =>
        Handle(new Deliver(Origin(workspace, $"delivered:{seq}"), conversation, Customer(contact), seq));

    /// <summary>On the customer's own device: what they read there, they read.</summary>
    public Task Read(WorkspaceId workspace, ConversationId conversation, ContactId contact, long seq) =>
        Handle(new Seen(new Origin(workspace, Customer(contact), $"read:{seq}") { Trigger = Reader }, conversation, seq));

    /// <summary>Nobody is at the address of the customer's own: it is noted with them, and nothing else goes there until they say it again or write from there.</summary>
    private async Task<bool> Gone(Outgoing it)
    {
        if (it is not { State: DeliveryState.Failed, Code: "recipientGone", Address.Length: > 0 } || await database.Read(session => DeliveryStore.Route(session, it.Conversation)) is not { } route
            || await people.Of(it.Workspace, route.Contact) is not { Erased: false, Mailbox: { } own } || !Platform.Mail.Reading.Mailbox.IsSame(own, it.Address))
        {
            return true;
        }

        return await Handle(new RefuseAddress(Origin(it.Workspace, $"gone:{it.Conversation}:{it.Seq}:{it.Due.ToUnixTimeMilliseconds()}"), route.Contact, "email", own, it.Said));
    }

    /// <summary>Each time that it failed is told, and each once.</summary>
    private Task<bool> Failed(Outgoing it, string kind) =>
        Handle(new MissCustomer(Origin(it.Workspace, $"missed:{it.Seq}:{it.Due.ToUnixTimeMilliseconds()}"), it.Conversation, kind, it.Seq, it.Seq, it.Code));

    /// <summary>What was told to have failed went out after all.</summary>
    private Task<bool> Reached(Outgoing it, string kind) =>
        Handle(new ReachCustomer(Origin(it.Workspace, $"reached:{it.Seq}:{it.Due.ToUnixTimeMilliseconds()}"), it.Conversation, kind, it.Seq));

    private async Task<bool> Arrived(Outgoing it, string kind) =>
        (await database.Read(session => DeliveryStore.Route(session, it.Conversation)) is not { } route || await Sent(it, route.Contact))
        && (!it.Told || await Reached(it, kind));

    /// <summary>What is told of a mail that told somebody of what they had not seen. False: it is about something else.</summary>
    public async Task<bool> Noticed(WorkspaceId workspace, InboundReceipt receipt)
    {
        if (NoticeNames.Read(keys, receipt.Message) is not var (id, first, last, isTranscript))
        {
            return false;
        }

        if (receipt.State == ReceiptState.Failed && await desk.Look(workspace, Conversation.Subject(id)) is { State: Conversation { Exists: true } } && first <= last)
        {
            await Handle(new MissCustomer(Origin(workspace, $"returned:{(isTranscript ? receipt.Message : $"{first}:{last}")}"), id, isTranscript ? "transcript" : "mail", first, last, receipt.Why is Failure.RecipientGone ? "refused" : "givenUp"));
        }

        return true;
    }

    private static readonly Trigger Reader = new(Reader: "channels");

    private static Author Customer(ContactId contact) => new(AuthorKind.Contact, contact.Value);

    private static Origin Origin(WorkspaceId workspace, string id) => new(workspace, Author.System, id) { Trigger = Reader };

    /// <summary>A refusal (the conversation is gone) needs no answer; where the store could not, it is told later.</summary>
    private async Task<bool> Handle(Command command) => (await desk.Handle(command)).Refusal is not { Status: >= 500 };
}
