using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Log;
using Parley.Platform.Hosting;
using Parley.Platform.Realtime;

namespace Parley.Conversations.Streaming;

/// <summary>
/// Marks messages as delivered once they were written to a stream of the other side. Many come to one mark, and only so many a second, for a mark that
/// comes a moment later harms nobody and a message that does, does.
/// </summary>
internal sealed class Delivering(Desk desk, TimeProvider time, ILogger<Delivering> log) : IHostedService, IDisposable
{
    private const int AtOnce = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentQueue<Note> _noted = new();
    private readonly Dictionary<(WorkspaceId Workspace, ConversationId Conversation, bool ToContact), (Author To, long Seq)> _due = [];
    private readonly Queue<(WorkspaceId Workspace, ConversationId Conversation, bool ToContact)> _turn = new();
    private ITimer? _timer;
    private int _busy;

    public IReceipt Receipt(WorkspaceId workspace, ConversationId conversation, Author to) => new Note(this, (workspace, conversation, to.Kind == AuthorKind.Contact), to);

    public Task StartAsync(CancellationToken cancel)
    {
        _timer = time.CreateTimer(_ => _ = Rounds.Do(log, "delivered", Tell), null, Pause, Pause);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;

    public void Dispose() => _timer?.Dispose();

    private async Task Tell()
    {
        if (Interlocked.Exchange(ref _busy, 1) == 1)
        {
            return;
        }

        try
        {
            Gather();
            // Each has its turn before any has another, however busy some threads are.
            if (_turn.Count == 0)
            {
                _due.Keys.ToList().ForEach(_turn.Enqueue);
            }

            var told = new List<Task<Outcome>>();
            while (told.Count < AtOnce && _turn.TryDequeue(out var key))
            {
                if (_due.Remove(key, out var last))
                {
                    var origin = new Origin(key.Workspace, Author.System, $"delivered:{last.Seq}") { Trigger = new Trigger(Reader: "stream") };
                    told.Add(desk.Handle(new Deliver(origin, key.Conversation, last.To, last.Seq)).AsTask());
                }
            }

            // A refusal (the queue is full, the conversation is gone) needs no answer: the next message's mark says as much.
            await Task.WhenAll(told);
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    private void Gather()
    {
        while (_noted.TryDequeue(out var note))
        {
            var seq = note.Take();
            if (!_due.TryGetValue(note.Key, out var before) || seq > before.Seq)
            {
                _due[note.Key] = (note.To, seq);
            }
        }
    }

    /// <summary>How far one stream's side has got. Told for every message on every stream, so it only counts, and stands in line once.</summary>
    private sealed class Note(Delivering delivering, (WorkspaceId, ConversationId, bool) key, Author to) : IReceipt
    {
        private long _seq;
        private int _stands;

        public (WorkspaceId, ConversationId, bool) Key => key;

        public Author To => to;

        public void Written(long number)
        {
            StreamRoom.Raise(ref _seq, number);
            if (Interlocked.Exchange(ref _stands, 1) == 0)
            {
                delivering._noted.Enqueue(this);
            }
        }

        /// <summary>Leaves the line first: what is written meanwhile puts it there again.</summary>
        public long Take()
        {
            Interlocked.Exchange(ref _stands, 0);
            return Volatile.Read(ref _seq);
        }
    }
}
