using System.Collections.Immutable;
using Parley.Platform.Store;

namespace Parley.Log;

/// <summary>What a transaction wrote: an outcome for every command, in order, and what to tell and keep once it is committed.</summary>
internal sealed record Written(Outcome[] Outcomes, IReadOnlyList<Committed> Committed, IReadOnlyDictionary<Subject, Versioned> States, IReadOnlyCollection<WorkspaceId> Workspaces);

/// <summary>
/// One transaction for all that waits: lock the heads, find what was done already, read the versions, decide, append, raise the heads.
/// Nothing is decided, refusals included, before the states are known to be current.
/// </summary>
internal sealed class Batching(SubjectKinds kinds, EntryTypes types, TimeProvider time, StateCache cache)
{
    /// <summary>Where the heads stood when a transaction began that has not been known to end.</summary>
    private readonly Dictionary<WorkspaceId, long> _begun = [];

    /// <summary>The session of the last transaction, and what it said of others' writing.</summary>
    private (Session Session, long Others)? _known;

    public async Task<Written> Run(Session session, IReadOnlyList<Desk.Pending> pendings)
    {
        var commands = pendings.Select(pending => pending.Command).ToList();
        var heads = await Heads.Lock(session, commands.Select(command => command.Origin.Workspace));
        var missed = await Missed(session, heads);
        var trusted = Trusted(session);
        var done = await Done(session, commands);
        var states = await Load(session, commands.SelectMany(command => command.Others.Prepend(command.Subject)).Distinct().ToList(), trusted, cache.Keep);
        var work = new Work(kinds, types, time.GetUtcNow(), heads, states);
        var outcomes = new Outcome[commands.Count];
        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = await One(session, work, done, commands[i]);
        }

        await work.Save(session);
        return new Written(outcomes, work.Committed(missed), work.Changed, heads.Keys);
    }

    /// <summary>After COMMIT only.</summary>
    public void Keep(Written written)
    {
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

    public Versioned? Kept(Subject subject) => cache.Find(subject);

    public async Task<Versioned?> Look(Session session, WorkspaceId workspace, Subject subject)
    {
        var states = await Look(session, [subject]);
        return states.TryGetValue(subject, out var state) && state.Workspace == workspace ? state : null;
    }

    public async Task<IReadOnlyDictionary<Subject, Versioned>> Look(Session session, IReadOnlyList<Subject> subjects)
    {
        var age = cache.Age;
        return await Load(session, [.. subjects.Distinct()], trusted: false, (subject, state) => cache.Keep(subject, state, age));
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

    public static async Task<bool> Did(Session session, Command command) => Found(await Done(session, [command]), CommandKey.Of(command), command) is not null;

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

    private static async Task<Dictionary<CommandKey, Repeat>> Done(Session session, List<Command> commands)
    {
        var keys = commands.Select(CommandKey.Of).Concat(commands.SelectMany(CommandKey.Formerly)).Distinct().Select(key => new object[] { key.ClientId, key.Author.Bytes, key.Scope.ToByteArray(bigEndian: true) }).ToList();
        var rows = await session.Read(LogStore.Done, keys, row => (
            new CommandKey(row.Text(0), Author.FromBytes(row.Bytes(1)), new Guid(row.Bytes(2), bigEndian: true)),
            new Repeat(row.Integer(3), new Subject(row.Text(5), new Guid(row.Bytes(4), bigEndian: true)), row.Integer(6), row.Integer(7))));
        return rows.ToDictionary(row => row.Item1, row => row.Item2);
    }

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

    /// <summary>Current states of the subjects that exist: from memory where the store has no newer version, else read (and folded anew where the fold's code changed).</summary>
    /// <param name="keep">Is given what was read.</param>
    private async Task<Dictionary<Subject, Versioned>> Load(Session session, List<Subject> subjects, bool trusted, Action<Subject, Versioned> keep)
    {
        var known = new Dictionary<Subject, Versioned>(subjects.Count);
        foreach (var subject in subjects)
        {
            if (cache.Find(subject) is { } state)
            {
                known[subject] = state;
            }
        }

        if (!trusted)
        {
            await DropOld(session, known);
        }

        var byId = subjects.Where(subject => !known.ContainsKey(subject)).ToDictionary(subject => subject.Id);
        var rows = await session.Read(LogStore.Full, byId.Keys.Select(id => new object[] { id.ToByteArray(bigEndian: true) }).ToList(),
            row => (Id: new Guid(row.Bytes(0), bigEndian: true), Workspace: WorkspaceId.From(row.Bytes(1)), Seq: row.Integer(2), Fold: row.Integer(3), Json: row.Text(4)));
        foreach (var row in rows)
        {
            var subject = byId[row.Id];
            var kind = kinds[subject.Kind];
            known[subject] = row.Fold == kind.Fold
                ? Versioned.Read(row.Workspace, row.Seq, row.Json, kind)
                : await Folding.Anew(session, types, kind, subject, row.Workspace);
            keep(subject, known[subject]);
        }

        return known;
    }

    private static async Task DropOld(Session session, Dictionary<Subject, Versioned> known)
    {
        var versions = (await session.Read(LogStore.Versions, known.Keys.Select(subject => new object[] { subject.Bytes }).ToList(),
            row => (Id: new Guid(row.Bytes(0), bigEndian: true), Seq: row.Integer(1)))).ToDictionary(row => row.Id, row => row.Seq);
        foreach (var (subject, _) in known.Where(pair => versions.GetValueOrDefault(pair.Key.Id, -1) != pair.Value.Seq).ToList())
        {
            known.Remove(subject);
        }
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
