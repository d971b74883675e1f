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

    private readonly ConcurrentDictionary<(WorkspaceId Workspace, ConversationId Conversation, bool ToContact), (Author To, long Seq)> _due = new();
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
        if (_due.IsEmpty || Interlocked.Exchange(ref _busy, 1) == 1)
        {
            return;
        }

        try
        {
            // Each has its turn before any has another, however busy some threads are.
            if (_turn.Count == 0)
            {
                _due.Keys.ToList().ForEach(_turn.Enqueue);
            }

            var told = new List<Task<Outcome>>();
            while (told.Count < AtOnce && _turn.TryDequeue(out var key))
            {
                if (_due.TryRemove(key, out var last))
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

    private sealed class Note(Delivering delivering, (WorkspaceId, ConversationId, bool) key, Author to) : IReceipt
    {
        public void Written(long number) => delivering._due.AddOrUpdate(
            key, static (_, now) => now, static (_, before, now) => now.Seq > before.Seq ? now : before, (To: to, Seq: number));
    }
}
