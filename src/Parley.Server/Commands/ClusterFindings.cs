using Parley.Platform.Store;

namespace Parley.Server.Commands;

/// <summary>What <c>parley doctor</c> finds where nodes share a PostgreSQL: whether it takes the connections of all, and whether its clock is theirs.</summary>
internal static class ClusterFindings
{
    /// <summary>Who is in charge of the server gets in even when it is full.</summary>
    private const long Reserved = 3;

    /// <summary>Leases are held for seconds, and what is due is due by the clock of whichever node looks.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(2);

    public static async Task<List<(Verdict, string)>> Look(Database store, int own, TimeProvider time)
    {
        var most = await store.Read(session => session.One<long>("select current_setting('max_connections')::bigint"));
        var before = time.GetUtcNow();
        var there = DateTimeOffset.FromUnixTimeMilliseconds(await store.Read(session => session.One<long>("select (extract(epoch from clock_timestamp()) * 1000)::bigint")));
        return [Connections(own, most), Clock(before, there, time.GetUtcNow())];
    }

    internal static (Verdict, string) Connections(long own, long most) => own > most - Reserved
        ? (Verdict.Bad, $"connections: this node may open {own} and PostgreSQL takes {most} from all together. Put 'Maximum Pool Size={Math.Max(5, (most - Reserved) / 3)}' into store.url, or raise max_connections.")
        : (Verdict.Good, $"connections: at most {own} of this node; PostgreSQL takes {most}, room for {(most - Reserved) / own} such nodes");

    /// <param name="before">When PostgreSQL was asked, and <paramref name="after"/> when it had answered.</param>
    internal static (Verdict, string) Clock(DateTimeOffset before, DateTimeOffset there, DateTimeOffset after)
    {
        var ahead = before - there > there - after ? before - there : there - after;
        return ahead > Apart
            ? (Verdict.Bad, $"clock: this machine and PostgreSQL's are {ahead.TotalSeconds:0} s apart. Let all machines follow a time server (timedatectl set-ntp true).")
            : (Verdict.Good, "clock: the same as PostgreSQL's");
    }
}
