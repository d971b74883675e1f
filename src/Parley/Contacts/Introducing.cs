using System.Collections.Immutable;
using Parley.Log;

namespace Parley.Contacts;

/// <summary>The contact exists: from its first word on, or since a site vouched for it.</summary>
public sealed record ContactCreated(string Channel) : EntryBody;

/// <summary>The contact opened a conversation.</summary>
public sealed record ThreadOpened(ConversationId Thread, InboxId Inbox, string Device) : EntryBody;

/// <summary>What the contact's own timeline gets when it opens a conversation, in the same transaction.</summary>
/// <param name="First">Only when the contact does not exist yet: nothing is stored of a visitor before they speak.</param>
/// <param name="Each">Every time.</param>
public sealed record Introduction(Subject Contact, ImmutableArray<EntryBody> First, ImmutableArray<EntryBody> Each)
{
    /// <summary>The unique keys that the contact holds from its first word on: its address on a channel.</summary>
    public ImmutableArray<string> Keys { get; init; } = [];
}

public static class Introducing
{
    /// <param name="known">What the visitor said of themselves before they spoke (their claims), and where they are; null: nothing.</param>
    public static Introduction Of(ContactId contact, string channel, ConversationId thread, InboxId inbox, string device, Acquaintance? known)
    {
        var first = ImmutableArray.Create<EntryBody>(new ContactCreated(channel));
        if (known?.Claims is { } claims)
        {
            first = first.Add(claims);
        }

        if (known?.Visit is { } visit)
        {
            first = first.Add(new Visited(visit.ForGood));
        }

        return new Introduction(Contact.Subject(contact), first, [new ThreadOpened(thread, inbox, device)]);
    }
}
