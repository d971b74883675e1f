using System.Collections.Immutable;
using System.Diagnostics;
using Parley.Platform.Store;

namespace Parley.Log;

/// <summary>What a transaction wrote: an outcome for every command, in order, and what to tell and keep once it is committed.</summary>
internal sealed record Written(Outcome[] Outcomes, IReadOnlyList<Committed> Committed, IReadOnlyDictionary<Subject, Versioned> States, IReadOnlyCollection<WorkspaceId> Workspaces)
{
    /// <summary>Of which of the states the row was written as well, where rows follow.</summary>
    public required IReadOnlySet<Subject> Firm { get; init; }
}

/// <summary>
/// One transaction for all that waits: lock the heads, find what was done already, read the versions, decide, append, raise the heads.
/// Nothing is decided, refusals included, before the states are known to be current.
/// </summary>
internal sealed class Batching(SubjectKinds kinds, EntryTypes types, TimeProvider time, StateCache cache)
{
    /// <summary>Where the heads stood when a transaction began that has not been known to end.</summary>
    private readonly Dictionary<WorkspaceId, long> _begun = [];

    /// <summary>Where this process alone writes; null where each commit writes its rows.</summary>
    public StateRows? Following { get; set; }

    /// <summary>The session of the last transaction, and what it said of others' writing.</summary>
    private (Session Session, long Others)? _known;

    /// <summary>What the first question of a transaction took at best: with the locks alone, and with all else.</summary>
    private readonly TimeSpan[] _least = [TimeSpan.MaxValue, TimeSpan.MaxValue];

    /// <summary>For how long the last transaction waited for its locks beyond what the way to the store and back takes.</summary>
    public TimeSpan Waited { get; private set; }

    /// <param name="late">Hands out what came while the locks were waited for and needs none but them; null: they are asked for together with all else, which is quicker where nobody holds them.</param>
    public async Task<Written> Run(Session session, List<Desk.Pending> pendings, Func<IReadOnlySet<WorkspaceId>, Desk.Pending?>? late = null)
    {
        var started = Stopwatch.GetTimestamp();
        var locks = Heads.Lock(pendings.Select(pending => pending.Command.Origin.Workspace));
        if (late is not null)
        {
            await session.Ask([.. locks]);
            Wait(0, started);
            var locked = pendings.Select(pending => pending.Command.Origin.Workspace).ToHashSet();
            while (late(locked) is { } pending)
            {
                pendings.Add(pending);
            }
        }

        var commands = pendings.Select(pending => pending.Command).ToList();
        var subjects = commands.SelectMany(command => command.Others.Prepend(command.Subject)).Distinct().ToList();
        // Where others write too, what is in memory is held against the store in the same breath.
        var known = Trusted(session) || Following is not null ? null : Known(subjects, Kept);
        var (repeats, versions) = (Done(commands), Versions(known is null ? [] : known.Keys));
        // The locks first: what is asked after them sees all that was committed before.
        await session.Ask(late is null ? [.. locks, repeats, versions] : [repeats, versions]);
        if (late is null)
        {
            Wait(1, started);
        }

        var heads = locks.SelectMany(locked => locked.Found).ToDictionary(head => head.Workspace, head => head.Position);
        var missed = await Missed(session, heads);
        var done = repeats.Found.ToDictionary(row => row.Key, row => row.Repeat);
        var states = await Load(session, subjects, known is null ? Known(subjects, Kept) : Current(known, versions), cache.Keep);
        var work = new Work(kinds, types, time.GetUtcNow(), heads, states, Following is not null);
        var outcomes = new Outcome[commands.Count];
        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = await One(session, work, done, commands[i]);
        }

        await work.Save(session);
        return new Written(outcomes, work.Committed(missed), work.Changed, heads.Keys) { Firm = work.Firm };
    }

    private void Wait(int question, long started)
    {
        var took = Stopwatch.GetElapsedTime(started);
        _least[question] = took < _least[question] ? took : _least[question];
        Waited = took - _least[question];
    }

    /// <summary>After COMMIT only.</summary>
    public void Keep(Written written)
    {
        // First what is owed: who reads between the two finds it there, and never keeps an older row for good.
        Following?.Keep(written);
        cache.Grow();
        foreach (var workspace in written.Workspaces)
        {
            _begun.Remove(workspace);
        }

        foreach (var (subject, state) in written.States)
        {
            cache.Keep(subject, state);
        }
    }

    public void Forget() => cache.Clear();

    /// <summary>
    /// What another node wrote is added to what is known here, so that its states need not be read back. When the subject is to be woken does not follow from its entries: where that may
    /// be another now it counts as unknown, and is written once more.
    /// </summary>
    public void Hear(Committed committed)
    {
        foreach (var entry in committed.Entries)
        {
            if (cache.Find(entry.Subject) is { } state && state.Seq == entry.Seq - 1 && state.Workspace == entry.Workspace)
            {
                var kind = kinds[entry.Subject.Kind];
                var next = state.With(kind, entry);
                cache.Advance(entry.Subject, next with { Armed = next.Armed == kind.Due(next.State) ? next.Armed : null });
            }
        }
    }

    public Versioned? Kept(Subject subject) => Following?.Find(subject) ?? cache.Find(subject);

    /// <param name="anew">As the store has them; where rows follow, what is owed to it counts as its own.</param>
    public async Task<IReadOnlyDictionary<Subject, Versioned>> Look(Session session, IReadOnlyList<Subject> subjects, bool anew = false)
    {
        var (age, asked) = (cache.Age, subjects.Distinct().ToList());
        var known = await Compared(session, Known(asked, anew && Following is { } following ? following.Find : Kept));
        return await Load(session, asked, known, (subject, state) => cache.Keep(subject, state, age));
    }

    /// <summary>The same, but those that other code folded are only named: to fold anew may take long.</summary>
    public async Task<(IReadOnlyDictionary<Subject, Versioned> Found, IReadOnlySet<Subject> Old)> Glance(Session session, IReadOnlyList<Subject> subjects)
    {
        var (age, old) = (cache.Age, new HashSet<Subject>());
        return (await Load(session, subjects, await Compared(session, Known(subjects, Kept)), (subject, state) => cache.Keep(subject, state, age), old), old);
    }

    /// <summary>
    /// What an earlier attempt wrote after all: its commit seemed to fail and did not. Nobody was told of it yet; its commands will find themselves
    /// done, so it is told with this transaction.
    /// </summary>
    private async Task<List<Entry>> Missed(Session session, Dictionary<WorkspaceId, long> heads)
    {
        var missed = new List<Entry>();
        foreach (var (workspace, head) in heads)
        {
            var begun = _begun.GetValueOrDefault(workspace, head);
            _begun[workspace] = begun;
            if (begun < head)
            {
                missed.AddRange(await LogReader.After(session, types, workspace, begun, (int)(head - begun)));
            }
        }

        if (missed.Count > 0 && Following is { } following)
        {
            await following.Missed(session, missed);
        }

        return missed;
    }

    private async Task<Outcome> One(Session session, Work work, Dictionary<CommandKey, Repeat> done, Command command)
    {
        if (!work.Knows(command.Origin.Workspace))
        {
            return new Outcome { Refusal = Refusal.Unknown("workspace") };
        }

        var key = CommandKey.Of(command);
        var fingerprint = command.Fingerprint();
        if (Found(done, key, command) is { } repeat)
        {
            // What was written before it was noted what was sent is known by what it came to.
            return repeat.Hash == fingerprint || (command is { Sent: not null, Unfit: null } && repeat.Hash == command.Fingerprint(null))
                ? new Outcome { Repeated = true, Subject = repeat.Subject, Entries = await First(session, work, repeat) }
                : new Outcome { Refusal = new("clientId.reused", "This clientId was used before, for something else.") };
        }

        if (command.Fence is { } fence && !await work.Holds(fence, session))
        {
            return new Outcome { Refusal = new("lease.lost", "Somebody else does this now.") };
        }

        Decision decision = command.Unfit is { } unfit ? unfit : work.Decide(command);
        if (decision.Refusal is null && await TakenKey(session, work, command, decision) is { } taken)
        {
            decision = taken;
        }

        if (decision.Refusal is { } refusal)
        {
            return new Outcome { Refusal = refusal };
        }

        var entries = work.Accept(command, decision);
        if (entries.FirstOrDefault(entry => entry.Subject == command.Subject) is { } first)
        {
            done[key] = new Repeat(fingerprint, command.Subject, first.Seq, entries.Last(entry => entry.Subject == command.Subject).Seq);
            work.Remember(key, done[key]);
        }

        return new Outcome { Entries = entries, Subject = command.Subject };
    }

    public static async Task<bool> Did(Session session, Command command)
    {
        var repeats = Done([command]);
        await session.Ask(repeats);
        return Found(repeats.Found.ToDictionary(row => row.Key, row => row.Repeat), CommandKey.Of(command), command) is not null;
    }

    private static Repeat? Found(Dictionary<CommandKey, Repeat> done, CommandKey key, Command command)
    {
        if (done.TryGetValue(key, out var repeat))
        {
            return repeat;
        }

        foreach (var former in CommandKey.Formerly(command))
        {
            if (done.TryGetValue(former, out repeat) && command.MayFind(repeat.Subject))
            {
                return repeat;
            }
        }

        return null;
    }

    private static async Task<Refusal?> TakenKey(Session session, Work work, Command command, Decision decision)
    {
        foreach (var claim in decision.Claims.Where(claim => !claim.Release))
        {
            var holder = work.Claimed(command.Origin.Workspace, claim.Key) ?? await Claims.Holder(session, command.Origin.Workspace, claim.Key);
            if (holder is { } other && other != claim.Holder)
            {
                return claim.Taken ?? new("key.taken", "Somebody else has this already.");
            }
        }

        return null;
    }

    private async Task<ImmutableArray<Entry>> First(Session session, Work work, Repeat repeat) =>
        work.Fresh(repeat) ?? [.. await LogReader.Slice(session, types, repeat.Subject, repeat.First, repeat.Last)];

    private static Question<(CommandKey Key, Repeat Repeat)> Done(List<Command> commands)
    {
        var keys = commands.Select(CommandKey.Of).Concat(commands.SelectMany(CommandKey.Formerly)).Distinct().Select(key => new object[] { key.ClientId, key.Author.Bytes, key.Scope.ToByteArray(bigEndian: true) }).ToList();
        return new(LogStore.Done, keys, row => (
            new CommandKey(row.Text(0), Author.FromBytes(row.Bytes(1)), new Guid(row.Bytes(2), bigEndian: true)),
            new Repeat(row.Integer(3), new Subject(row.Text(5), new Guid(row.Bytes(4), bigEndian: true)), row.Integer(6), row.Integer(7))));
    }

    private static Question<(Guid Id, long Seq)> Versions(IEnumerable<Subject> subjects) =>
        new(LogStore.Versions, [.. subjects.Select(subject => new object[] { subject.Bytes })], row => (new Guid(row.Bytes(0), bigEndian: true), row.Integer(1)));

    /// <summary>Where the store can say that nobody else wrote to it since the last transaction, what is in memory is what was committed last.</summary>
    private bool Trusted(Session session)
    {
        if (session.Dialect.Others(session) is not { } others)
        {
            return false;
        }

        if (_known != (session, others))
        {
            _known = (session, others);
            cache.Clear();
        }

        return true;
    }

    private static Dictionary<Subject, Versioned> Known(IReadOnlyCollection<Subject> subjects, Func<Subject, Versioned?> find)
    {
        var known = new Dictionary<Subject, Versioned>(subjects.Count);
        foreach (var subject in subjects)
        {
            if (find(subject) is { } state)
            {
                known[subject] = state;
            }
        }

        return known;
    }

    /// <summary>What is in memory, without that of which the store has a newer version; not where rows follow, for there it is newer than they are.</summary>
    private async Task<Dictionary<Subject, Versioned>> Compared(Session session, Dictionary<Subject, Versioned> known)
    {
        if (Following is not null)
        {
            return known;
        }

        var versions = Versions(known.Keys);
        await session.Ask(versions);
        return Current(known, versions);
    }

    private static Dictionary<Subject, Versioned> Current(Dictionary<Subject, Versioned> known, Question<(Guid Id, long Seq)> versions)
    {
        var stored = versions.Found.ToDictionary(row => row.Id, row => row.Seq);
        foreach (var (subject, _) in known.Where(pair => stored.GetValueOrDefault(pair.Key.Id, -1) != pair.Value.Seq).ToList())
        {
            known.Remove(subject);
        }

        return known;
    }

    /// <summary>Current states of the subjects that exist: what is known to be current, and the others read (and folded anew where the fold's code changed).</summary>
    /// <param name="keep">Is given what was read.</param>
    /// <param name="old">Takes those that are not folded anew here; null: all are.</param>
    private async Task<Dictionary<Subject, Versioned>> Load(
        Session session, IReadOnlyList<Subject> subjects, Dictionary<Subject, Versioned> known, Action<Subject, Versioned> keep, HashSet<Subject>? old = null)
    {
        var byId = subjects.Where(subject => !known.ContainsKey(subject)).ToDictionary(subject => subject.Id);
        var rows = await session.Read(LogStore.Full, byId.Keys.Select(id => new object[] { id.ToByteArray(bigEndian: true) }).ToList(),
            row => (Id: new Guid(row.Bytes(0), bigEndian: true), Workspace: WorkspaceId.From(row.Bytes(1)), Seq: row.Integer(2), Fold: row.Integer(3), Json: row.Text(4)));
        foreach (var row in rows)
        {
            var subject = byId[row.Id];
            var kind = kinds[subject.Kind];
            if (row.Fold != kind.Fold && old is not null)
            {
                old.Add(subject);
                continue;
            }

            known[subject] = row.Fold == kind.Fold
                ? Versioned.Read(row.Workspace, row.Seq, row.Json, kind)
                : await Folding.Anew(session, types, kind, subject, row.Workspace);
            keep(subject, known[subject]);
        }

        return known;
    }
}

/// <summary>Under which a command is found again.</summary>
internal readonly record struct CommandKey(string ClientId, Author Author, Guid Scope)
{
    public static CommandKey Of(Command command) => new(command.Origin.ClientId, command.Origin.Author, command.Scope.Id);

    /// <summary>Under which those sent it who turned out to be its author.</summary>
    public static IEnumerable<CommandKey> Formerly(Command command) =>
        command.Origin.Formerly.IsEmpty ? [] : command.Origin.Formerly.Select(author => new CommandKey(command.Origin.ClientId, author, command.ScopeOf(author).Id));
}

/// <summary>The first answer to a command: where its entries stand.</summary>
internal readonly record struct Repeat(long Hash, Subject Subject, long First, long Last);
