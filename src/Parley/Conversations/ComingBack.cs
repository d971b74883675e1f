using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Contacts;
using Parley.Log;
using Parley.Platform.Hosting;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>
/// Notices customers who come back to an inbox that answers otherwise now: with their stream, or with a word. Whoever has never been there, or knows it so, is
/// told nothing. Where no inbox changed lately this costs a look into memory; what was missed (a node that dies in between) the next coming or word makes good.
/// </summary>
internal sealed class ComingBack(Rosters rosters, People people, Desk desk, Fanout fanout, TimeProvider time, ILogger<ComingBack> log) : IStreamPart, IHostedService
{
    /// <summary>What has been so for longer is not news.</summary>
    private static readonly TimeSpan News = TimeSpan.FromDays(60);

    private IDisposable? _listening;

    public IReadOnlyList<string> Takes { get; } = [];

    public Task StartAsync(CancellationToken cancel)
    {
        _listening = fanout.Listen(Hear);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancel)
    {
        _listening?.Dispose();
        return Task.CompletedTask;
    }

    public ValueTask Hear(StreamClient client, string type, JsonElement said) => ValueTask.CompletedTask;

    /// <summary>They are here: what is new is told in the thread that they have last begun in the inbox.</summary>
    public ValueTask Begin(StreamClient client)
    {
        if (client.Who is VisitorPrincipal { Only: null } visitor && Turned(visitor.Workspace, visitor.Inbox) is not null)
        {
            _ = Rounds.Do(log, "comingBack", () => Look(visitor.Workspace, visitor.Inbox, visitor.Person, null));
        }

        return ValueTask.CompletedTask;
    }

    private void Hear(Committed committed)
    {
        foreach (var entry in committed.Entries)
        {
            if (entry is { Type: "message", Author: { Kind: AuthorKind.Contact, Id: { } id }, Historic: false } && entry.Subject.Kind == Conversation.Kind && AnyTurned(committed.Workspace))
            {
                _ = Rounds.Do(log, "comingBack", () => Look(committed.Workspace, null, new ContactId(id), new ConversationId(entry.Subject.Id)));
            }
        }
    }

    private bool AnyTurned(WorkspaceId workspace) => rosters.Now(workspace).Inboxes.Values.Any(inbox => Recent(inbox) is not null);

    private ProfileTurn? Turned(WorkspaceId workspace, InboxId inbox) => rosters.Now(workspace).Inbox(inbox) is { } card ? Recent(card) : null;

    private ProfileTurn? Recent(InboxCard inbox) => inbox.Turns is [.., var last] && time.GetUtcNow() - last.At < News ? last : null;

    /// <param name="spoken">Where they have just said something; null: they came.</param>
    private async Task Look(WorkspaceId workspace, InboxId? at, ContactId contact, ConversationId? spoken)
    {
        var state = await people.State(workspace, contact);
        var person = state?.Becomes ?? contact;
        var thread = spoken is { } said ? await Find(workspace, said) : null;
        if ((at ?? thread?.Inbox) is not { } id || rosters.Now(workspace).Inbox(id) is not { } inbox || Recent(inbox) is not { } turn || await Knows(workspace, person, inbox, turn) is not { } knows
            || knows == inbox.Settings.Profile)
        {
            return;
        }

        var target = spoken ?? await Last(workspace, person, inbox);
        if (target is { } where && (thread ?? await Find(workspace, where)) is { } it && !Goes(it, turn))
        {
            var origin = new Origin(workspace, Author.System, Guid.CreateVersion7(time.GetUtcNow()).ToString("N")) { Trigger = new Trigger(Reader: "comingBack") };
            await desk.Handle(new Inform(origin, where, person, inbox.Settings.Profile, turn.At) { Moment = new Moment { Telling = Telling.Of(rosters.Now(workspace), inbox.Settings) } });
        }
    }

    /// <summary>How the inbox answered when they were here last, as they have seen or were told it; null for who has never been here before it changed.</summary>
    private async Task<Workspaces.Profile?> Knows(WorkspaceId workspace, ContactId person, InboxCard inbox, ProfileTurn turn)
    {
        (DateTimeOffset At, Workspaces.Profile Profile)? last = null;
        foreach (var each in await people.Same(workspace, person))
        {
            if (await people.State(workspace, each) is not { Erased: false } it)
            {
                continue;
            }

            foreach (var thread in it.Threads.Where(thread => thread.Inbox == inbox.Id && thread.At < turn.At))
            {
                last = last is { } before && before.At >= thread.At ? last : (thread.At, inbox.ProfileAt(thread.At));
            }

            if (it.Known.GetValueOrDefault(inbox.Id) is { } told && !(last?.At > told.At))
            {
                last = (told.At, told.Profile);
            }
        }

        return last?.Profile;
    }

    private async Task<ConversationId?> Last(WorkspaceId workspace, ContactId person, InboxCard inbox)
    {
        var threads = new List<OpenedThread>();
        foreach (var each in await people.Same(workspace, person))
        {
            threads.AddRange((await people.State(workspace, each))?.Threads.Where(thread => thread.Inbox == inbox.Id) ?? []);
        }

        foreach (var thread in threads.OrderByDescending(thread => thread.At))
        {
            if (await Find(workspace, thread.Thread) is { Erased: false, Spam: false, Mode: not Mode.Ended })
            {
                return thread.Thread;
            }
        }

        return null;
    }

    /// <summary>Who is in the middle of a talk that began before has not come back, and keeps the rules that it began with.</summary>
    private static bool Goes(Conversation it, ProfileTurn turn) => it.Mode is Mode.Waiting or Mode.Live or Mode.Paused && it.OpenedAt < turn.At;

    private async Task<Conversation?> Find(WorkspaceId workspace, ConversationId id) =>
        await desk.Look(workspace, Conversation.Subject(id)) is { State: Conversation { Exists: true } it } ? it : null;
}
