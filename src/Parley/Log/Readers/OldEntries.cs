namespace Parley.Log.Readers;

/// <summary>
/// The pages of the log that were read back last. Readers that are far behind come past the same places, and to read and understand a page costs most of them more than
/// what they do with it: whoever comes first does it for all. A page that is not full is the log's end, which moves on: it is not kept, and ends what was. After some seconds a page is let go: what is
/// in it may be erased from the log meanwhile.
/// </summary>
internal sealed class OldEntries(LogReader log, TimeProvider time)
{
    private const int Most = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private readonly List<Page> _pages = [];

    /// <summary>Up to <paramref name="limit"/> entries after a position, in order. The list is shared and stays as it is.</summary>
    public async Task<IReadOnlyList<Entry>> After(WorkspaceId workspace, long position, int limit)
    {
        Tidy();
        Page page;
        var mine = false;
        lock (_gate)
        {
            if (_pages.Find(kept => (kept.Workspace, kept.Position, kept.Limit) == (workspace, position, limit)) is { } known)
            {
                page = known;
            }
            else
            {
                (page, mine) = (new Page(workspace, position, limit, time.GetUtcNow()), true);
                _pages.Add(page);
                if (_pages.Count > Most)
                {
                    _pages.RemoveAt(0);
                }
            }
        }

        if (mine)
        {
            await Read(page);
        }

        return await page.Entries.Task;
    }

    /// <summary>Called now and then by every reader, also by one that has nothing to read.</summary>
    public void Tidy()
    {
        if (_pages.Count > 0)
        {
            lock (_gate)
            {
                _pages.RemoveAll(kept => time.GetUtcNow() - kept.Since > Patience);
            }
        }
    }

    private async Task Read(Page page)
    {
        var ended = true;
        try
        {
            var entries = await log.After(page.Workspace, page.Position, page.Limit);
            ended = entries.Count < page.Limit;
            page.Entries.SetResult(entries);
        }
        catch (Exception error)
        {
            // Whoever waits for it is told, and tries again.
            page.Entries.SetException(error);
        }
        finally
        {
            if (ended)
            {
                lock (_gate)
                {
                    _pages.RemoveAll(kept => kept.Workspace == page.Workspace);
                }
            }
        }
    }

    private sealed record Page(WorkspaceId Workspace, long Position, int Limit, DateTimeOffset Since)
    {
        public TaskCompletionSource<IReadOnlyList<Entry>> Entries { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
