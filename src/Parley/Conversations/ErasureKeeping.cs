using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Contacts;
using Parley.Log;
using Parley.Platform.Hosting;
using Parley.Platform.Store;

namespace Parley.Conversations;

/// <summary>
/// Keeps the list of erasures beside the store, whole in the folder of every node: whichever folder is left when the store is lost has it. What was
/// erased while the node was away, or before it had a folder, is read from the log when it starts.
/// </summary>
internal sealed class ErasureKeeping(Fanout fanout, LogReader reader, Database database, Place place, ILogger<ErasureKeeping> logger) : BackgroundService
{
    private const int Slice = 1_000;
    private static readonly string[] Types = ["deleted", "redacted", "erased", "contactErased", "claimsWithdrawn", "contactNoteDropped"];
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Channel<List<Entry>> _heard = Channel.CreateUnbounded<List<Entry>>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<WorkspaceId, string> _epochs = [];

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        // First listened, then looked: what is committed in between is there twice, which does no harm.
        using var listening = fanout.Listen(Hear);
        while (!stop.IsCancellationRequested)
        {
            await Rounds.Do(logger, "erasures", () => KeepUp(stop), stop);
            await Task.Delay(Pause, stop);
        }
    }

    private async Task KeepUp(CancellationToken stop)
    {
        await CatchUp();
        await foreach (var entries in _heard.Reader.ReadAllAsync(stop))
        {
            await Keep(entries);
        }
    }

    private void Hear(Committed committed)
    {
        var entries = committed.Entries.Where(entry => Types.Contains(entry.Type)).ToList();
        if (entries.Count > 0)
        {
            _heard.Writer.TryWrite(entries);
        }
    }

    private async Task CatchUp()
    {
        var whole = await Erasures.Whole(place.Folder);
        foreach (var workspace in await database.Read(session => session.Query<byte[]>("select workspace from heads")))
        {
            await CatchUp(WorkspaceId.From(workspace), whole);
        }
    }

    private async Task CatchUp(WorkspaceId workspace, Dictionary<(WorkspaceId Workspace, string Epoch), long> whole)
    {
        var (head, epoch) = (await reader.Head(workspace))!.Value;
        _epochs[workspace] = Convert.ToHexStringLower(epoch);
        var position = whole.GetValueOrDefault((workspace, _epochs[workspace]));
        if (position >= head)
        {
            return;
        }

        List<Entry> slice;
        do
        {
            slice = await reader.OfTypes(workspace, Types, position, Slice);
            await Keep(slice);
            position = slice.Count > 0 ? slice[^1].Position : position;
        }
        while (slice.Count == Slice);

        // Not looked through again at the next start.
        await Erasures.Append(place.Folder, [new LogPlace(workspace, _epochs[workspace], head)]);
    }

    private async Task Keep(List<Entry> entries)
    {
        var lines = new List<Erasure>();
        foreach (var entry in entries)
        {
            if (!_epochs.TryGetValue(entry.Workspace, out var epoch))
            {
                var head = await reader.Head(entry.Workspace);
                epoch = _epochs[entry.Workspace] = Convert.ToHexStringLower(head!.Value.Epoch);
            }

            var line = entry.Body switch
            {
                Deleted deleted => Erasure.Of(entry, deleted.Of, "deleted"),
                Redacted redacted => Erasure.Of(entry, redacted.Of, "redacted"),
                ContactNoteDropped dropped => Erasure.Of(entry, dropped.Of, "deleted"),
                ClaimsWithdrawn withdrawn => Erasure.Of(entry, withdrawn.Of, withdrawn.Reason),
                _ => Erasure.Of(entry, null, "erased"),
            };
            lines.Add(line with { Place = new LogPlace(entry.Workspace, epoch, entry.Position) });
        }

        if (lines.Count > 0)
        {
            await Erasures.Append(place.Folder, lines);
        }
    }
}
