using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Parley.Channels.Connections;
using Parley.Platform.Hosting;
using Parley.Platform.Store;

namespace Parley.Channels.Receiving;

/// <summary>A request that was kept.</summary>
internal sealed record Arrival(ArrivalId Id, InboxId Inbox, DateTimeOffset At, int Tries, RawRequest Request)
{
    /// <summary>By which nobody else works it.</summary>
    public required Claim Claim { get; init; }
}

/// <summary>What could not be worked, as a person sees it.</summary>
/// <param name="Outcome">Which pieces of it, and why.</param>
public sealed record StrangeArrival(ArrivalId Id, InboxId Inbox, DateTimeOffset At, string Outcome, string Text);

/// <summary>
/// What providers sent, as it came: kept before they are answered, once under its key, and worked afterwards. What was worked is blanked, for its words stand in the log then;
/// what could not be stays to be seen and worked again.
/// </summary>
public sealed class Arrivals(Database database, TimeProvider time)
{
    public const string Ddl = """
        create table arrivals (
            id bytea primary key, inbox bytea not null, key text not null, method text not null, path text not null, headers text not null, query text not null, body bytea not null,
            at bigint not null, due bigint not null, state bigint not null, tries bigint not null default 0, outcome text not null default '');
        create unique index arrivals_key on arrivals (inbox, key);
        create index arrivals_due on arrivals (state, due);
        create index arrivals_inbox on arrivals (inbox, state, id);
        create table arrival_people (arrival bytea not null, person bytea not null, primary key (arrival, person));
        create index arrival_people_person on arrival_people (person);
        """;

    /// <summary>Which inboxes have something waiting is found at once, however much it is. By no sum SQLite would look through all that waits, in the index by state.</summary>
    public const string WaitingDdl = "create index arrivals_waiting on arrivals (inbox, state) where state + 0 = 0;";

    private const int Waiting = 0;
    private const int Worked = 1;
    private const int Strange = 2;
    private const int Early = 3;
    private const int ShownText = 2_000;
    private const int LongestKey = 400;

    /// <summary>So many of one inbox are taken at once, if they are small.</summary>
    private const int Together = 40;
    private const int Small = 256 * 1024;

    /// <summary>So many bytes of the first of each are in memory at once, or one that is larger.</summary>
    private const long Held = 64L * 1024 * 1024;

    /// <summary>How long what a node took that died waits for another.</summary>
    internal static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    private Action _listener = () => { };
    private long _last;

    public void Listen(Action listener) => _listener += listener;

    /// <summary>Bytes as they lie, to be read.</summary>
    internal static Stream Open(ReadOnlyMemory<byte> bytes) => System.Runtime.InteropServices.MemoryMarshal.TryGetArray(bytes, out var part) ? new MemoryStream(part.Array!, part.Offset, part.Count, writable: false) : new MemoryStream(bytes.ToArray(), writable: false);

    /// <summary>Keeps a request, on disk when this returns. False: it came before under this key.</summary>
    public async Task<bool> Keep(InboxId inbox, RawRequest request, string? key = null) => await Keep(inbox, [(request, key)]) == 1;

    /// <summary>Keeps several in one transaction, all or none.</summary>
    /// <param name="also">What stands or falls with them.</param>
    /// <returns>How many did not come before under their key.</returns>
    internal async Task<int> Keep(InboxId inbox, IReadOnlyList<(RawRequest Request, string? Key)> some, Func<Session, Task>? also = null)
    {
        var kept = await database.Write(async session =>
        {
            await ConnectionStore.CameIn(session, inbox, time.GetUtcNow());
            await (also?.Invoke(session) ?? Task.CompletedTask);
            var fresh = 0;
            foreach (var (request, key) in some)
            {
                fresh += await Insert(session, inbox, request, key);
            }

            return fresh;
        });
        if (kept > 0)
        {
            _listener();
        }

        return kept;
    }

    /// <summary>In the order in which they are kept, also within a millisecond: by their ids they are worked.</summary>
    private ArrivalId Next(long now)
    {
        long last, next;
        do
        {
            last = Interlocked.Read(ref _last);
            next = Math.Max(now, last + 1);
        }
        while (Interlocked.CompareExchange(ref _last, next, last) != last);

        return new(Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(next)));
    }

    private Task<int> Insert(Session session, InboxId inbox, RawRequest request, string? key)
    {
        var id = Next(Now);
        return session.Execute(
            "insert into arrivals (id, inbox, key, method, path, headers, query, body, at, due, state) values (@id, @inbox, @key, @Method, @Path, @headers, @query, @body, @Now, @Now, @state) on conflict (inbox, key) do nothing",
            new
            {
                id = id.Bytes,
                inbox = inbox.Bytes,
                key = key is { Length: > LongestKey } ? key[..LongestKey] : key ?? id.ToString(),
                request.Method,
                Path = Platform.Words.Clean(request.Path),
                headers = JsonSerializer.Serialize(request.Headers, Platform.Json.Options),
                query = JsonSerializer.Serialize(request.Query, Platform.Json.Options),
                body = Whole(request.Body),
                Now,
                state = Waiting,
            });
    }

    /// <summary>What is due, the oldest of each inbox with some that came right behind it, claimed for this node: what came first is worked first, and nothing behind it before.</summary>
    internal Task<List<List<Arrival>>> Take(int limit) => database.Write(async session =>
    {
        var (taken, held) = (new List<List<Arrival>>(), 0L);
        foreach (var row in await session.Query<Row>(
            """
            with recursive inboxes (inbox) as (
                select (select inbox from arrivals where state + 0 = 0 order by inbox limit 1)
                union all select (select a.inbox from arrivals a where a.state + 0 = 0 and a.inbox > i.inbox order by a.inbox limit 1) from inboxes i where i.inbox is not null)
            select id, inbox, cast(length(body) as bigint) as size, state, due from arrivals
            where id in (select (select a.id from arrivals a where a.inbox = i.inbox and a.state = 0 order by a.id limit 1) from inboxes i where i.inbox is not null) and due <= @now
            union all select id, inbox, cast(length(body) as bigint) as size, state, due from (select * from arrivals where state = 3 and due <= @now order by due limit @limit) early
            order by due limit @limit
            """,
            new { now = Now, limit }))
        {
            if (taken.Count > 0 && held + row.Size > Held)
            {
                break;
            }

            var ids = new List<byte[]> { row.Id };
            held += row.Size;
            foreach (var (id, size) in row.State == Waiting && row.Size <= Small ? await Behind(session, row) : [])
            {
                if (held + size > Held)
                {
                    break;
                }

                ids.Add(id);
                held += size;
            }

            // Behind one that somebody else has nothing is taken.
            var claim = new Claim(Until);
            if (await Claimed(session, claim, [row.Id]) is [var first])
            {
                taken.Add([first, .. ids.Count > 1 ? await Claimed(session, claim, ids[1..]) : []]);
            }
        }

        return taken;
    });

    /// <summary>Small ones alone: what is large is in memory by itself.</summary>
    private async Task<IEnumerable<(byte[] Id, long Size)>> Behind(Session session, Row first) =>
        (await session.Query<(byte[] Id, long Size, long Due)>(
            "select id, cast(length(body) as bigint) as size, due from arrivals where inbox = @Inbox and state = 0 and id > @Id order by id limit @most", new { first.Inbox, first.Id, most = Together }))
        .TakeWhile(one => one.Due <= Now && one.Size <= Small).Select(one => (one.Id, one.Size));

    /// <summary>What nobody else claimed meanwhile, in order.</summary>
    private async Task<List<Arrival>> Claimed(Session session, Claim claim, List<byte[]> ids)
    {
        var (now, until) = (Now, await claim.By(at => Task.FromResult(at)));
        var rows = await session.Query<Row>(
            $"update arrivals set due = @until where {session.Dialect.In("id", "ids")} and due <= @now and state in (0, 3) returning id, inbox, method, path, headers, query, body, at, due, state, tries",
            new { until, now, ids = ids.ToArray() });
        return [.. rows.OrderBy(row => ids.FindIndex(id => id.AsSpan().SequenceEqual(row.Id))).Select(row => Map(row, claim))];
    }

    private long Until => Now + (long)Life.TotalMilliseconds;

    /// <summary>Keeps what was taken for this node for as long as it is worked.</summary>
    internal async Task Keep(IReadOnlyList<Arrival> taken, ILogger log, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await Task.Delay(Life / 3, time, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!over.IsCancellationRequested)
            {
                // What cannot be written now is tried again well before the claim ends.
                await Rounds.Do(log, "arrivals", () => Renew(taken), CancellationToken.None);
            }
        }
    }

    internal Task Renew(IReadOnlyList<Arrival> taken) => taken[0].Claim.Renew(Until, (before, until) => database.Write(session => session.Execute(
        $"update arrivals set due = @until where {session.Dialect.In("id", "ids")} and due = @before and state in (0, 3)", new { ids = Ids(taken), before, until })));

    private Task<int> By(Claim claim, string change, object said, IReadOnlyCollection<Arrival> all) => claim.By(claimed => database.Write(session =>
    {
        var parameters = new Dapper.DynamicParameters(said);
        parameters.Add("claimed", claimed);
        parameters.Add("ids", Ids(all));
        return session.Execute($"update arrivals set {change} where {session.Dialect.In("id", "ids")} and due = @claimed", parameters);
    }));

    /// <summary>Where one process owns the store, whoever had claimed something before is gone.</summary>
    internal Task Begin() => !database.Dialect.OneWriter ? Task.CompletedTask : database.Write(session => session.Execute("update arrivals set due = @now where state = 0 and due > @now", new { now = Now }));

    /// <summary>What stood behind one that has to wait: it waits, too.</summary>
    internal Task Release(IReadOnlyCollection<Arrival> rest) => rest.Count == 0 ? Task.CompletedTask : By(rest.First().Claim, "due = @Now", new { Now }, rest);

    internal Task<DateTimeOffset?> Next() => database.Read(async session =>
        await session.One<long?>("select min(due) from arrivals where state in (0, 3)") is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : (DateTimeOffset?)null);

    /// <summary>All in these was worked: nothing of what they said stays here.</summary>
    internal Task Done(IReadOnlyCollection<Arrival> all) => all.Count == 0 ? Task.CompletedTask : By(
        all.First().Claim, "state = @state, headers = '{}', query = '{}', body = @empty, outcome = ''", new { state = Worked, empty = Array.Empty<byte>() }, all);

    private static byte[][] Ids(IEnumerable<Arrival> some) => [.. some.Select(arrival => arrival.Id.Bytes)];

    /// <summary>It is worked again then.</summary>
    /// <param name="early">It told of what nobody knows here yet, or of what is still on its way, and nothing behind it waits for that; false: we could not.</param>
    internal Task Later(Arrival arrival, DateTimeOffset due, bool early) =>
        By(arrival.Claim, "due = @due, tries = tries + 1, state = @state", new { due = due.ToUnixTimeMilliseconds(), state = early ? Early : Waiting }, [arrival]);

    /// <summary>Some of it could not be worked, and will not be by itself.</summary>
    /// <param name="left">What of it is still to be worked.</param>
    /// <param name="people">The addresses of those who say something in that, empty where nobody can read whose it is: who is forgotten is forgotten here, too.</param>
    internal Task Fail(Arrival arrival, string outcome, RawRequest left, IEnumerable<string> people) => arrival.Claim.By(claimed => database.Write(async session =>
    {
        foreach (var person in people.Distinct())
        {
            await session.Execute("insert into arrival_people (arrival, person) values (@id, @person) on conflict (arrival, person) do nothing", new { id = arrival.Id.Bytes, person = Person(arrival.Inbox, person) });
        }

        return await session.Execute(
            "update arrivals set state = @state, outcome = @outcome, body = @body where id = @id and due = @claimed", new { id = arrival.Id.Bytes, claimed, state = Strange, outcome = Platform.Words.Clean(outcome), body = left.Body.ToArray() });
    }));

    /// <summary>A conversation is erased: so is what its customer said here that nobody could work, and what nobody could read in which their address stands.</summary>
    internal static async Task Forget(Session session, ConversationId conversation)
    {
        foreach (var (inbox, address) in await Ledger.AddressesOf(session, conversation))
        {
            foreach (var id in await session.Query<byte[]>(
                "select a.id from arrivals a join arrival_people p on p.arrival = a.id where a.state = @state and p.person = @nobody", new { state = Strange, nobody = Person(inbox, "") }))
            {
                if (await session.One<byte[]>("select body from arrivals where id = @id", new { id }) is { } body && Naming.Names(Encoding.UTF8.GetString(body), address))
                {
                    await session.Execute("delete from arrivals where id = @id", new { id });
                }
            }

            await session.Execute(
                "delete from arrivals where state = @state and id in (select arrival from arrival_people where person = @person)", new { state = Strange, person = Person(inbox, address) });
            await session.Execute("delete from arrival_people where person = @person", new { person = Person(inbox, address) });
        }
    }

    /// <summary>What could not be worked, the newest first.</summary>
    /// <param name="before">Only older ones; null: from the newest on.</param>
    public Task<List<StrangeArrival>> Failed(IReadOnlyCollection<InboxId> inboxes, byte[]? before, int limit) => inboxes.Count == 0 ? Task.FromResult(new List<StrangeArrival>()) : database.Read(async session =>
        (await session.Query<(byte[] Id, byte[] Inbox, long At, string Outcome, byte[] Body)>(
            $"select id, inbox, at, outcome, body from arrivals where state = 2 and id < @before and {session.Dialect.In("inbox", "inboxes")} order by id desc limit @limit", new { inboxes = inboxes.Select(inbox => inbox.Bytes).ToArray(), before = before ?? Last, limit }))
        .ConvertAll(row => new StrangeArrival(ArrivalId.From(row.Id), InboxId.From(row.Inbox), DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Outcome, Shown(row.Body))));

    /// <summary>Works one again that could not be.</summary>
    public async Task<bool> Again(IReadOnlyCollection<InboxId> inboxes, ArrivalId id)
    {
        var found = await database.Write(session => session.Execute(
            $"update arrivals set state = 0, due = @now, tries = 0 where id = @id and state = 2 and {session.Dialect.In("inbox", "inboxes")}", new { id = id.Bytes, now = Now, inboxes = inboxes.Select(inbox => inbox.Bytes).ToArray() }));
        _listener();
        return found == 1;
    }

    /// <summary>Works all of them again.</summary>
    /// <returns>How many.</returns>
    public async Task<int> Again(IReadOnlyCollection<InboxId> inboxes)
    {
        var found = inboxes.Count == 0 ? 0 : await database.Write(session => session.Execute(
            $"update arrivals set state = 0, due = @now, tries = 0 where state = 2 and {session.Dialect.In("inbox", "inboxes")}", new { now = Now, inboxes = inboxes.Select(inbox => inbox.Bytes).ToArray() }));
        _listener();
        return found;
    }

    public async Task<bool> Drop(IReadOnlyCollection<InboxId> inboxes, ArrivalId id) => await database.Write(session => session.Execute(
        $"delete from arrivals where id = @id and state = 2 and {session.Dialect.In("inbox", "inboxes")}", new { id = id.Bytes, inboxes = inboxes.Select(inbox => inbox.Bytes).ToArray() })) == 1;

    /// <summary>Lets go of what is too old to come a second time, and of what nobody worked for so long.</summary>
    internal Task Sweep(DateTimeOffset before) => database.Write(async session =>
    {
        // A mailbox whose numbers changed is read again, so far back: of a mail that was there once nothing is left here but that it was, also when its conversation was erased.
        var keys = time.GetUtcNow() - Platform.Mail.Imap.ImapWatch.Again - TimeSpan.FromDays(2);
        await session.Execute(
            "delete from arrivals where state <> 0 and at < @before and (state <> @worked or method <> @mail or at < @keys)",
            new { before = before.ToUnixTimeMilliseconds(), worked = Worked, mail = Email.Reading.EmailReading.Imap, keys = keys.ToUnixTimeMilliseconds() });
        return await session.Execute("delete from arrival_people where not exists (select 1 from arrivals a where a.id = arrival_people.arrival)");
    });

    /// <summary>Without a copy where they are an array already.</summary>
    private static byte[] Whole(ReadOnlyMemory<byte> bytes) => System.Runtime.InteropServices.MemoryMarshal.TryGetArray(bytes, out var part) && part.Array is { } all && part.Offset == 0 && part.Count == all.Length ? all : bytes.ToArray();

    private static readonly byte[] Last = [.. Enumerable.Repeat((byte)0xff, 16)];

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static byte[] Person(InboxId inbox, string address) => SHA256.HashData(Encoding.UTF8.GetBytes($"{inbox}\n{address.Trim()}")).AsSpan(0, 16).ToArray();

    /// <summary>Bytes that are no text are shown as that they are.</summary>
    private static string Shown(byte[] body) => Platform.Words.Clean(Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, ShownText))));

    private static Arrival Map(Row row, Claim claim) => new(
        ArrivalId.From(row.Id),
        InboxId.From(row.Inbox),
        DateTimeOffset.FromUnixTimeMilliseconds(row.At),
        (int)row.Tries,
        new RawRequest(row.Method, row.Path, Named(row.Headers), Named(row.Query), row.Body)) { Claim = claim };

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, string> Named(string json) =>
        JsonSerializer.Deserialize<System.Collections.Immutable.ImmutableSortedDictionary<string, string>>(json, Platform.Json.Options)!;

    private sealed class Row
    {
        public byte[] Id { get; init; } = [];

        public byte[] Inbox { get; init; } = [];

        public string Method { get; init; } = "";

        public string Path { get; init; } = "";

        public string Headers { get; init; } = "";

        public string Query { get; init; } = "";

        public byte[] Body { get; init; } = [];

        public long Size { get; init; }

        public long At { get; init; }

        public long State { get; init; }

        public long Tries { get; init; }
    }
}
