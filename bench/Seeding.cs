using System.Diagnostics;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Workspaces;
using WorkspaceId = Parley.Platform.Id<Parley.Log.WorkspaceIds>;
using BrandId = Parley.Platform.Id<Parley.Workspaces.BrandIds>;
using InboxId = Parley.Platform.Id<Parley.Workspaces.InboxIds>;
using AgentId = Parley.Platform.Id<Parley.Workspaces.AgentIds>;
using ContactId = Parley.Platform.Id<Parley.Contacts.ContactIds>;
using ConversationId = Parley.Platform.Id<Parley.Conversations.ConversationIds>;

namespace Parley.Bench;

/// <summary>
/// Writes a log of many conversations straight into the store's tables, as years of use would have left it, and nothing else: lists, counts and search
/// are then made from it by the server's own readers.
/// </summary>
/// <param name="waiting">Of customers who wait for somebody to talk to, each with an hour for whoever is asked.</param>
internal sealed class Seeding(Dialect store, InboxId inbox, AgentId agent, bool waiting = false)
{
    private const int Slice = 5_000;
    private static readonly string[] Words = [.. Enumerable.Range(0, 4_000).Select(i => $"w{Convert.ToString(i * 7919 % 4_000, 8)}k")];

    private readonly ConversationKind _kind = new();
    private readonly EntryTypes _types = new(ConversationKind.Entries);
    private readonly Random _random = new(1);

    /// <summary>Conversations that are open, and the agent's.</summary>
    public List<string> Held { get; } = [];

    /// <summary>Adds conversations until there are <paramref name="count"/> more. Seconds it took.</summary>
    public async Task<double> Add(int count)
    {
        var started = Stopwatch.GetTimestamp();
        await using var database = new Database(store);
        for (var done = 0; done < count; done += Slice)
        {
            var (from, size) = (done, Math.Min(Slice, count - done));
            await database.Write(session => Write(session, from, size));
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Every 10,000th says "gennaker", every tenth "sail"; every hundredth wears a label.</summary>
    private string Text(int number)
    {
        // Few words are said often and most seldom, as people speak.
        var words = Enumerable.Range(0, 12).Select(_ => Words[(int)(Words.Length * Math.Pow(_random.NextDouble(), 4))]);
        return string.Join(' ', words) + (number % 10_000 == 0 ? " gennaker" : "") + (number % 10 == 0 ? " sail" : "");
    }

    private EntryBody[] Waiting(int number, ContactId contact) =>
    [
        new Opened(inbox, default, contact, "web", Mode.Waiting, "en"), new EpisodeOpened(1, new Terms("blended", 72) { Switches = new Switches { AcceptSeconds = 3_600, LiveWaitSeconds = 86_400 } }),
        new Message(Content.Of(Text(number))), new Queued(number + 1, Gone: true),
    ];

    /// <summary>Ten entries of a matter, as years leave them: asked, labelled, handed on, answered or not, closed or not.</summary>
    private EntryBody[] Years(int number, ContactId contact)
    {
        var held = number % 3 != 0;
        var closed = number % 2 != 0;
        return
        [
            new Opened(inbox, default, contact, "web", Mode.Messaging, "en"), new EpisodeOpened(1, new Terms("blended", 72)), new Message(Content.Of(Text(number))),
            new Labelled(number % 100 == 0 ? "refund" : "shop"), new PriorityChanged(Priority.Normal, Priority.High), new PriorityChanged(Priority.High, Priority.Normal),
            new Assigned(agent, null, null, null, "manual"), held ? new Note("handed on") : new Assigned(null, null, agent, null, "manual"),
            closed ? new Closed("manual") : new SetPending(PendingOn.Customer), closed ? new EpisodeClosed(1) : new Unpended("manual"),
        ];
    }

    private async Task Write(Session session, int from, int size)
    {
        var (id, position) = await session.One<(byte[], long)>("select workspace, position from heads limit 1");
        var workspace = WorkspaceId.From(id);
        var (entries, states) = (new List<object?[]>(size * 2), new List<object?[]>(size));
        for (var i = from; i < from + size; i++)
        {
            var at = DateTimeOffset.UtcNow - TimeSpan.FromDays(30) + TimeSpan.FromSeconds(i * 2);
            var conversation = new ConversationId(Guid.CreateVersion7(at));
            var subject = Conversation.Subject(conversation);
            var contact = new ContactId(Guid.CreateVersion7(at));
            var state = Versioned.New(workspace, _kind);
            EntryBody[] bodies = waiting ? Waiting(i, contact) : Years(i, contact);
            foreach (var body in bodies)
            {
                var type = _types.Of(body);
                var entry = new Entry
                {
                    Workspace = workspace, Subject = subject, Seq = state.Seq + 1, Position = ++position, Prev = body.Visibility == Visibility.Public ? state.LastPublic : null, At = at,
                    Type = type.Name, V = type.V, Author = new Author(AuthorKind.Contact, contact.Value), Visibility = body.Visibility, Command = $"seed{i}", Body = body,
                };
                entries.Add(LogStore.Row(entry));
                state = state.With(_kind, entry);
            }

            if (!waiting && i % 2 == 0 && i % 3 != 0)
            {
                Held.Add(conversation.ToString());
            }

            states.Add([subject.Bytes, workspace.Bytes, state.Seq, (long)_kind.Fold, state.Json(_kind)]);
        }

        await session.Write(LogStore.Entries, entries);
        await session.Write(LogStore.States, states);
        await session.Execute("update heads set position = @position where workspace = @id", new { position, id });
        await session.Execute("update folded set position = @position where workspace = @id", new { position, id });
    }
}
