using Parley.Conversations;
using Parley.Log;
using Parley.Notifications.Transcripts;
using Parley.Platform.Mail;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Notifications;

/// <summary>
/// Follows the log for what customers may not have seen, and hands over what is to be mailed: the mail's row is written with the reader's cursor, so that a
/// crash neither loses nor doubles one. Set back to the beginning it mails nothing again, for each row knows how far it has read.
/// </summary>
internal sealed class UnseenReader(Database database, Desk desk, Addressing addressing, Outbox outbox, MailLinks links, TimeProvider time) : IReader
{
    private Action _listener = () => { };
    private int _saved;
    private int _added;

    public string Name => "unseen";

    public Database Store => database;

    /// <summary>Told when there may be something new to look at.</summary>
    public void Listen(Action listener) => _listener += listener;

    public async Task<IReadOnlyList<Func<Session, Task>>> Read(WorkspaceId workspace, IReadOnlyList<Entry> entries, int rows)
    {
        var parts = new List<Func<Session, Task>>();
        foreach (var entry in entries)
        {
            await links.Revoke(entry);
            if (entry is { Body: Erased, Subject.Kind: Conversation.Kind })
            {
                parts.Add(session => Outbox.Withdraw(session, TranscriptMail.Name, TranscriptMail.About(new ConversationId(entry.Subject.Id))));
            }
        }

        var threads = entries.Where(entry => entry.Subject.Kind == Conversation.Kind && (entry.Type == "message" || entry.Body is Notified or Undelivered or Erased)).ToLookup(entry => new ConversationId(entry.Subject.Id));
        var known = threads.Count == 0 ? [] : await database.Read(session => UnseenStore.Find(session, [.. threads.Select(thread => thread.Key)]));
        // Of a customer to whom nobody has said anything yet there is nothing to keep.
        var told = threads.Where(thread => known.ContainsKey(thread.Key) || thread.Any(Unseen.IsWord)).ToList();
        var states = told.Count == 0 ? new Dictionary<Subject, Versioned>() : await desk.Look([.. told.Select(thread => Conversation.Subject(thread.Key))]);
        foreach (var thread in told)
        {
            if (states.TryGetValue(Conversation.Subject(thread.Key), out var found) && found.State is Conversation { Exists: true } it
                && await Follow(workspace, thread.Key, it, known.GetValueOrDefault(thread.Key), [.. thread]) is { } part)
            {
                parts.Add(part);
            }
        }

        return parts;
    }

    public void Reached(WorkspaceId workspace, long position)
    {
        // Most of the log is about nothing of this: nobody looks after mails for it.
        if (Interlocked.Exchange(ref _saved, 0) == 1)
        {
            _listener();
        }

        if (Interlocked.Exchange(ref _added, 0) == 1)
        {
            outbox.Tell();
        }
    }

    public Task<int> Clear(Session session, WorkspaceId workspace, int limit) => Task.FromResult(0);

    private async Task<Func<Session, Task>?> Follow(WorkspaceId workspace, ConversationId id, Conversation it, Unseen? before, IReadOnlyList<Entry> entries)
    {
        var (was, now) = (before ?? Unseen.None with { Elsewhere = it.Channel != AddInbox.WebChannel }, time.GetUtcNow());
        var after = await addressing.MailAfter(workspace, it.Inbox);
        var next = was;
        foreach (var entry in entries)
        {
            next = next.With(entry, after, now, entry.Via is { } via && await addressing.Elsewhere(workspace, via.Inbox));
        }

        if (next == was)
        {
            return null;
        }

        var told = entries.LastOrDefault(entry => entry.Position > was.Position && entry.Body is Notified { By: Noticing.Mail })?.Body as Notified;
        var letter = told?.Last == next.Mailed ? await addressing.Of(workspace, id, it) : null;
        return async session =>
        {
            await UnseenStore.Save(session, workspace, id, next);
            Interlocked.Exchange(ref _saved, 1);
            if (it.Erased)
            {
                await Outbox.Withdraw(session, AnswerMail.Name, AnswerMail.About(id));
            }
            else if (letter is not null)
            {
                await outbox.Add(session, AnswerMail.Name, letter.Address, letter.Language, AnswerMail.Detail(id, told!), workspace.Value);
                Interlocked.Exchange(ref _added, 1);
            }
        };
    }
}
