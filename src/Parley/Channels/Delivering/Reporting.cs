using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;

namespace Parley.Channels.Delivering;

/// <summary>Tells a thread how far its messages have got: marks that only move forward, and an entry where one did not go out.</summary>
internal sealed class Reporting(Desk desk)
{
    /// <returns>False: it could not be told, and has to be once more.</returns>
    public Task<bool> Sent(Outgoing it, ContactId contact) => Handle(new Hand(Origin(it.Workspace, $"sent:{it.Seq}"), it.Conversation, Customer(contact), it.Seq));

    public Task Delivered(WorkspaceId workspace, ConversationId conversation, ContactId contact, long seq) =>
        Handle(new Deliver(Origin(workspace, $"delivered:{seq}"), conversation, Customer(contact), seq));

    /// <summary>On the customer's own device: what they read there, they read.</summary>
    public Task Read(WorkspaceId workspace, ConversationId conversation, ContactId contact, long seq) =>
        Handle(new Seen(new Origin(workspace, Customer(contact), $"read:{seq}") { Trigger = Reader }, conversation, seq));

    /// <param name="round">Which time it was: each is told.</param>
    public Task<bool> Failed(WorkspaceId workspace, ConversationId conversation, long seq, (string Kind, string Code) why, DateTimeOffset round) =>
        Handle(new MissCustomer(Origin(workspace, $"missed:{seq}:{round.ToUnixTimeMilliseconds()}"), conversation, why.Kind, seq, seq, why.Code));

    /// <summary>What was told to have failed went out after all.</summary>
    public Task<bool> Reached(WorkspaceId workspace, ConversationId conversation, long seq, string kind) =>
        Handle(new ReachCustomer(Origin(workspace, $"reached:{seq}"), conversation, kind, seq));

    private static readonly Trigger Reader = new(Reader: "channels");

    private static Author Customer(ContactId contact) => new(AuthorKind.Contact, contact.Value);

    private static Origin Origin(WorkspaceId workspace, string id) => new(workspace, Author.System, id) { Trigger = Reader };

    /// <summary>A refusal (the conversation is gone) needs no answer; where the store could not, it is told later.</summary>
    private async Task<bool> Handle(Command command) => (await desk.Handle(command)).Refusal is not { Status: >= 500 };
}
