using System.Text.Json;
using Parley.Contacts;
using Parley.Log;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Conversations.Streaming;

/// <summary>Entries and marks: to customers those of their own threads, to agents those of the conversations that they have open.</summary>
internal sealed class EntryPart(StreamPublishing publishing, Threads threads, Desk desk, LogReader log) : IStreamPart
{
    /// <summary>Who missed more begins anew: a page of the timeline is quicker than a thousand frames.</summary>
    private const int MostMissed = 1_000;
    private const int Page = 200;

    public IReadOnlyList<string> Takes { get; } = ["open", "close"];

    public async ValueTask Begin(StreamClient client)
    {
        if (client.Who is VisitorPrincipal visitor)
        {
            await FollowOwn(client, await Own(visitor));
        }
    }

    public async ValueTask Hear(StreamClient client, string type, JsonElement said)
    {
        if (client.Who is VisitorPrincipal || !said.TryGetProperty("conversation", out var text) || text.ValueKind != JsonValueKind.String)
        {
            return;
        }

        var id = ConversationId.Parse(text.GetString());
        if (type == "close")
        {
            client.Room.Unfollow(client, id);
            return;
        }

        if (await Found(client.Who, id) is { } found)
        {
            var after = said.TryGetProperty("after", out var seq) && seq.TryGetInt64(out var number) ? Math.Max(0, number) : (long?)null;
            await Open(client, found, after);
        }
    }

    private async Task Open(StreamClient client, Found found, long? after)
    {
        var subscription = publishing.Follow(client, found);
        if (after is { } from)
        {
            client.Rewind(subscription, from);
            var page = await threads.Timeline(client.Who, found, from, null, MostMissed);
            if (page.More)
            {
                client.Gone();
                client.Room.Unfollow(client, found.Id);
                return;
            }

            foreach (var entry in page.Items.Where(entry => Access.May(client.Who, entry)))
            {
                publishing.Missed(client, subscription, entry, client.Cursor);
            }
        }

        await Marks(client, [found]);
    }

    private async Task<Found?> Found(Principal who, ConversationId id)
    {
        try
        {
            return await threads.Find(who, id);
        }
        catch (ProblemException)
        {
            // There is none, or none for this client: both look the same, here by silence.
            return null;
        }
    }

    /// <summary>
    /// The threads that this person opened, on whichever device, as the contacts' own timelines say in the store: what this node keeps of them is as old as what it was told last, and the
    /// client's place may be further.
    /// </summary>
    private async Task<List<ConversationId>> Own(VisitorPrincipal visitor) =>
    [
        .. (await Task.WhenAll(visitor.Contacts.Select(contact => desk.Look(visitor.Workspace, Contact.Subject(contact)).AsTask())))
            .SelectMany(contact => contact is null ? [] : ((Contact)contact.State).Threads).Select(thread => thread.Thread),
    ];

    /// <summary>First followed, then read: what is written in between comes twice, and the second is dropped.</summary>
    private async Task FollowOwn(StreamClient client, IReadOnlyList<ConversationId> ids)
    {
        var states = await desk.Look([.. ids.Select(Conversation.Subject)]);
        var followed = new List<(Subscription To, Found Found)>();
        foreach (var (subject, versioned) in states)
        {
            var (id, it) = (new ConversationId(subject.Id), (Conversation)versioned.State);
            if (Access.May(client.Who, versioned.Workspace, it.Inbox, it.Contact, id))
            {
                var found = new Found(id, it, versioned.LastPublic);
                followed.Add((publishing.Follow(client, found), found));
            }
        }

        // Greeted and not yet followed: what was written in that moment was told to nobody.
        var from = client.Resumed ?? client.Began;
        if (client.Resumed is not null || client.Room.Position.Entries > from.Entries)
        {
            await Replay(client, followed, from);
        }

        await Marks(client, [.. followed.Select(thread => thread.Found)]);
    }

    private async Task Replay(StreamClient client, List<(Subscription To, Found Found)> followed, StreamPosition resumed)
    {
        var missed = new List<(Subscription To, Entry Entry)>();
        foreach (var (to, found) in followed)
        {
            for (long? before = null; ;)
            {
                var page = await threads.Timeline(client.Who, found, null, before, Page);
                missed.AddRange(page.Items.Where(entry => entry.Position > resumed.Entries).Select(entry => (to, entry)));
                if (missed.Count > MostMissed)
                {
                    client.Gone();
                    return;
                }

                if (!page.More || page.Items[0].Position <= resumed.Entries)
                {
                    // This node may be behind the one that the client comes from, and would tell it what it has heard there.
                    client.Rewind(to, page.Items.LastOrDefault(entry => entry.Position <= resumed.Entries)?.Seq ?? 0);
                    break;
                }

                before = page.Items[0].Seq;
            }
        }

        foreach (var (to, entry) in missed.OrderBy(pair => pair.Entry.Position))
        {
            publishing.Missed(client, to, entry, client.Room.CursorAt(new(entry.Position, resumed.Summaries)));
        }
    }

    private async Task Marks(StreamClient client, IReadOnlyList<Found> threads)
    {
        var shown = client.Audience == Audience.Customer ? threads.ToDictionary(found => found.Id.Value, found => found.LastPublic) : null;
        foreach (var mark in await log.Marks(Conversation.Kind, [.. threads.Select(found => found.Id.Value)]))
        {
            if (StreamFrames.Mark(mark, client.Audience, shown?[mark.Subject.Id] ?? long.MaxValue) is { } frame)
            {
                client.Send(frame);
            }
        }
    }
}
