using Parley.Log;

namespace Parley.Contacts;

/// <summary>A link in a mail opens its thread and nothing else: by it neither another is begun nor changes who the person is or where they are written to.</summary>
public static class OneThread
{
    public static readonly Refusal Refused = new("thread.only", "The link in the mail is good for this one conversation.", 403);
}

/// <summary>All links to a thread of the contact's were taken back, and what was opened by them ends.</summary>
public sealed record LinksEnded(ConversationId Thread) : EntryBody;

public sealed record EndLinks(Origin Origin, ContactId Id, ConversationId Thread) : ContactCommand(Origin, Id);
