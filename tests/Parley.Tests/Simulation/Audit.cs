using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Tests.Log;
using Shouldly;

namespace Parley.Tests.Simulation;

/// <summary>Looks at the store with eyes of its own, after every step, and holds it to what the model promises.</summary>
internal sealed class Audit(Database database, LogReader reader, WorkspaceId workspace)
{
    private readonly Dictionary<Subject, Versioned> _folds = [];
    private readonly Dictionary<Subject, List<Entry>> _entries = [];
    private readonly Dictionary<(string Command, Subject Subject), (long First, long Last)> _runs = [];
    private long _position;

    public int Entries => (int)_position;

    public WorkspaceId Workspace => workspace;

    public IReadOnlyDictionary<Subject, Versioned> Folds => _folds;

    /// <summary>The entries of a subject, as they were written.</summary>
    public IReadOnlyList<Entry> Of(Subject subject) => _entries.GetValueOrDefault(subject) ?? [];

    public async Task Check(IReadOnlyList<Wish> ledger)
    {
        var fresh = await reader.After(workspace, _position, 10_000);
        foreach (var entry in fresh)
        {
            (_entries.TryGetValue(entry.Subject, out var own) ? own : _entries[entry.Subject] = []).Add(entry);
            Number(entry);
            Unique(entry);
            Fold(entry);
        }

        await Head();
        await States(fresh.Select(entry => entry.Subject).Distinct());
        await WakeUps();
        foreach (var wish in ledger)
        {
            Kept(wish);
        }
    }

    /// <summary>Everything again from the first entry, as it stands in the store now: overwritten bodies must come to the same states.</summary>
    public async Task CheckAnew()
    {
        var before = _folds.ToDictionary(pair => pair.Key, pair => Kind(pair.Key).Write(pair.Value.State));
        (_position, _) = (0, 0);
        _folds.Clear();
        _entries.Clear();
        _runs.Clear();
        await Check([]);
        _folds.ToDictionary(pair => pair.Key, pair => Kind(pair.Key).Write(pair.Value.State)).ShouldBe(before, ignoreOrder: true);
    }

    public async Task CheckTally()
    {
        var (entries, positions) = await database.Read(session => session.One<(long, long)>("select entries, positions from tally where workspace = @workspace", new { workspace = workspace.Bytes }));
        entries.ShouldBe(_position, "A reader works in every entry once.");
        positions.ShouldBe(_position * (_position + 1) / 2);
    }

    /// <summary>The lists' rows and the kept counts against the folds, without the code that keeps them.</summary>
    public async Task CheckLists()
    {
        var threads = _folds.Where(pair => pair.Key.Kind == Conversation.Kind).ToDictionary(pair => pair.Key.Id, pair => (pair.Value.Seq, State: (Conversation)pair.Value.State));
        var rows = await database.Read(session => session.Query<(byte[] Id, long Status, byte[] Agent, byte[]? Team)>("select conversation, status, agent, team from summaries"));
        rows.ToDictionary(row => new Guid(row.Id, bigEndian: true), row => ((Status)row.Status, Convert.ToHexString(row.Agent), row.Team is null ? null : Convert.ToHexString(row.Team)))
            .ShouldBe(threads.ToDictionary(pair => pair.Key, pair => (pair.Value.State.Status, Hex(pair.Value.State.Agent?.Bytes ?? []), pair.Value.State.Team is { } team ? Hex(team.Bytes) : null)), ignoreOrder: true);
        var open = threads.Values.Where(thread => thread.State.Status != Status.Closed).ToList();
        (await Count("all")).ShouldBe(open.Count);
        (await Count("closed")).ShouldBe(threads.Count - open.Count);
        (await Count("unassigned")).ShouldBe(open.Count(thread => thread.State.Agent is null));
    }

    /// <summary>All that the lists hold, as text.</summary>
    public Task<List<string>> Lists() => database.Read(async session =>
    {
        var rows = await session.Query<string>("select hex(conversation) || status || closed || hex(agent) || coalesce(hex(team), '') || at || ' ' || position || details from summaries order by conversation");
        var counts = await session.Query<string>("select name || hex(inbox) || ' ' || n from counts where n <> 0 order by name, inbox");
        var mentions = await session.Query<string>("select hex(agent) || hex(conversation) from mentions order by 1");
        return rows.Concat(counts).Concat(mentions).ToList();
    });

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes);

    private Task<long> Count(string name) => database.Read(session => session.One<long>("select coalesce(sum(n), 0) from counts where name = @name", new { name }));

    private static SubjectKind Kind(Subject subject) => DeskRig.Kinds[subject.Kind];

    private void Number(Entry entry)
    {
        entry.Position.ShouldBe(++_position, "Positions have no gap.");
        var state = _folds.GetValueOrDefault(entry.Subject) ?? Versioned.New(workspace, Kind(entry.Subject));
        entry.Seq.ShouldBe(state.Seq + 1, "Numbers in a subject have no gap.");
        entry.At.ShouldBeGreaterThanOrEqualTo(state.At, "Time does not go back within a subject.");
        entry.Prev.ShouldBe(entry.Visibility == Visibility.Public ? state.LastPublic : null, "A public entry names the public one before it.");
    }

    private void Unique(Entry entry)
    {
        // An opening's id counts within the contact; its entries stand in one conversation all the same.
        // Of what a command leads to the system is the author of some: modes, promises.
        var key = (entry.Command, entry.Subject);
        if (_runs.TryGetValue(key, out var run))
        {
            entry.Position.ShouldBe(run.Last + 1, $"The command {entry.Command} wrote twice.");
            _runs[key] = (run.First, entry.Position);
        }
        else
        {
            _runs[key] = (entry.Position, entry.Position);
        }
    }

    private void Fold(Entry entry)
    {
        var kind = Kind(entry.Subject);
        var state = _folds.GetValueOrDefault(entry.Subject) ?? Versioned.New(workspace, kind);
        _folds[entry.Subject] = state.With(kind, entry);
    }

    private async Task Head() =>
        (await reader.Head(workspace))!.Value.Position.ShouldBe(_position, "The head stands at the last entry.");

    private async Task States(IEnumerable<Subject> changed)
    {
        foreach (var subject in changed)
        {
            var (seq, json) = await database.Read(session => session.One<(long, string)>("select seq, json from states where subject = @subject", new { subject = subject.Bytes }));
            var (kind, fold) = (Kind(subject), _folds[subject]);
            seq.ShouldBe(fold.Seq);
            var stored = Versioned.Read(workspace, seq, json, kind);
            kind.Write(stored.State).ShouldBe(kind.Write(fold.State), "The stored state is the fold of the log.");
            (stored.At, stored.LastPublic).ShouldBe((fold.At, fold.LastPublic));
        }
    }

    private async Task WakeUps()
    {
        var rows = (await database.Read(session => session.Query<(byte[] Subject, long Due)>("select subject, due from wakeups"))).ToDictionary(row => new Guid(row.Subject, bigEndian: true), row => row.Due);
        foreach (var (subject, fold) in _folds)
        {
            if (Kind(subject).Due(fold.State) is { } due)
            {
                rows.ShouldContainKey(subject.Id, $"{subject} waits until {due:O} and nothing will wake it.");
                rows[subject.Id].ShouldBeLessThanOrEqualTo(due.ToUnixTimeMilliseconds(), "A row comes no later than what is due.");
            }
        }
    }

    private void Kept(Wish wish)
    {
        if (wish.Told is not { Accepted: true, Entries: [var first, ..] })
        {
            return;
        }

        _folds.ShouldContainKey(first.Subject);
        var key = (wish.Command.Origin.ClientId, first.Subject);
        _runs.ShouldContainKey(key, $"{wish.Command.GetType().Name} {wish.Command.Origin.ClientId} was acknowledged and is not in the log.");
        _runs[key].First.ShouldBe(first.Position, "The answer names the entries that stand in the log.");
    }
}
