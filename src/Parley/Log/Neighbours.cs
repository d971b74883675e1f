using System.Collections.Immutable;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Platform.Fanout;
using Parley.Platform.Hosting;
using Parley.Platform.Store;

namespace Parley.Log;

/// <summary>
/// Tells the other nodes what was committed here (one word a batch: up to where the log goes, and the marks), and this node what was committed there,
/// read from the log. This node's listeners hear every position once and in order, whichever node committed it. Every two seconds it looks for itself,
/// so a lost word costs a moment, never a message.
/// </summary>
public sealed class Neighbours(Bus bus, Fanout fanout, Database database, LogReader log, ILogger<Neighbours> logger) : BackgroundService
{
    private const string Topic = "log";
    private const int Slice = 1_000;
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(2);

    private readonly Channel<Word> _words = Channel.CreateUnbounded<Word>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<WorkspaceId, long> _told = [];

    public override async Task StartAsync(CancellationToken cancel)
    {
        if (await Begin())
        {
            await base.StartAsync(cancel);
        }
    }

    /// <summary>From now on this node tells and hears. False where there are no others.</summary>
    internal async Task<bool> Begin()
    {
        await bus.Start();
        if (!bus.Shared)
        {
            return false;
        }

        // First listened, then looked: what is committed in between is heard.
        bus.Listen(Topic, Hear);
        bus.Lost(() => _words.Writer.TryWrite(Word.Look));
        foreach (var (workspace, head) in await Heads())
        {
            _told[workspace] = head;
        }

        fanout.Through(committed =>
        {
            var word = new Word(committed.Workspace, committed.Head, committed.Marks, committed);
            var taken = _words.Writer.TryWrite(word);
            Say(committed);
            return taken ? word.Done.Task : Task.CompletedTask;
        });
        return true;
    }

    /// <summary>All that was said so far. A simulation calls it step by step.</summary>
    internal async Task Step()
    {
        while (_words.Reader.TryRead(out var word))
        {
            await Do(word);
        }
    }

    /// <summary>A word may have been lost: looks for itself, as the loop does every two seconds.</summary>
    internal void Look() => _words.Writer.TryWrite(Word.Look);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        _ = Glances(stop);
        try
        {
            await foreach (var word in _words.Reader.ReadAllAsync(stop))
            {
                await Do(word);
            }
        }
        finally
        {
            // This node ends and has nobody left to tell; whoever still commits here must not wait for it.
            _words.Writer.TryComplete();
            while (_words.Reader.TryRead(out var word))
            {
                word.Done.TrySetResult();
            }
        }
    }

    /// <summary>Whatever happens to one word, the next is taken: whoever committed here waits for theirs.</summary>
    private async Task Do(Word word)
    {
        await Rounds.Do(logger, "neighbours", () => Take(word));
        word.Done.TrySetResult();
    }

    private async Task Glances(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Glance);
        while (!stop.IsCancellationRequested && await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            Look();
        }
    }

    private async Task Take(Word word)
    {
        if (word == Word.Look)
        {
            foreach (var (workspace, head) in await Heads())
            {
                await CatchUp(workspace, head, []);
            }
        }
        else if (word.Own is { Entries: [var first, ..] } own && first.Position == _told.GetValueOrDefault(word.Workspace) + 1)
        {
            // Nobody else wrote in between: what was committed here need not be read back. Marks alone say nothing of that.
            _told[word.Workspace] = Math.Max(own.Head, _told.GetValueOrDefault(word.Workspace));
            fanout.Tell(own);
        }
        else
        {
            await CatchUp(word.Workspace, word.Head, word.Marks);
        }
    }

    private async Task CatchUp(WorkspaceId workspace, long head, ImmutableArray<Mark> marks)
    {
        // On every stream of this node somebody waits for it.
        Patience.Await();
        var told = _told.GetValueOrDefault(workspace);
        while (told < head)
        {
            var entries = await log.After(workspace, told, Slice);
            if (entries.Count == 0)
            {
                break;
            }

            told = entries[^1].Position;
            _told[workspace] = told;
            fanout.Tell(new Committed(workspace, [.. entries], [], told));
        }

        if (!marks.IsEmpty)
        {
            fanout.Tell(new Committed(workspace, [], marks, told));
        }
    }

    private async Task<List<(WorkspaceId, long)>> Heads() =>
        (await database.Read(session => session.Query<(byte[] Workspace, long Position)>("select workspace, position from heads")))
            .ConvertAll(row => (WorkspaceId.From(row.Workspace), row.Position));

    private void Say(Committed committed)
    {
        var marks = committed.Marks.Select(mark => new Told(mark.Subject.Kind, mark.Subject.Bytes, mark.Kind, mark.Participant.Bytes, mark.Seq, mark.At));
        foreach (var part in marks.Chunk(30).DefaultIfEmpty([]))
        {
            bus.Post(Topic, JsonSerializer.Serialize(new Said(committed.Workspace, committed.Head, part.Length == 0 ? null : part), Platform.Json.Options));
        }
    }

    private void Hear(string text)
    {
        var said = JsonSerializer.Deserialize<Said>(text, Platform.Json.Options)!;
        var marks = said.Marks?.Select(mark => new Mark(
            new Subject(mark.Kind, new Guid(mark.Subject, bigEndian: true)), mark.Mark, Author.FromBytes(mark.Participant), mark.Seq, mark.At)).ToImmutableArray() ?? [];
        _words.Writer.TryWrite(new Word(said.Workspace, said.Head, marks, null));
    }

    private sealed record Word(WorkspaceId Workspace, long Head, ImmutableArray<Mark> Marks, Committed? Own)
    {
        public static readonly Word Look = new(default, 0, [], null);

        /// <summary>Set once this node has been told.</summary>
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed record Said(WorkspaceId Workspace, long Head, Told[]? Marks = null);

    private sealed record Told(string Kind, byte[] Subject, string Mark, byte[] Participant, long Seq, DateTimeOffset At);
}
