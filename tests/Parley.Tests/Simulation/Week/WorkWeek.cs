using Microsoft.Data.Sqlite;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Workspaces;
using Profile = Parley.Workspaces.Profile;
using Shouldly;

namespace Parley.Tests.Simulation.Week;

/// <summary>
/// A week of a company, on a clock of its own and in one thread: agents in shifts, customers who come, drop, leave and come back, a server that is killed now and
/// then, and from the middle of the week on answers that take longer. The product is the real one; only time and people are played.
/// </summary>
internal sealed class WorkWeek : IAsyncDisposable
{
    /// <summary>A Monday, midnight.</summary>
    public static readonly DateTimeOffset Begins = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly DateTimeOffset Middle = Begins.AddDays(3.5);

    /// <summary>Friday, when those who are closed at weekends go home.</summary>
    public static readonly DateTimeOffset Weekend = Begins.AddDays(4).AddHours(18);

    public static readonly DateTimeOffset Ends = Begins.AddDays(7);

    /// <summary>Nobody new comes in these days: what was promised in the week is answered, or broken, so that all of it is known.</summary>
    private const int DaysAfter = 2;

    public const int WorkDays = 7 + DaysAfter;

    /// <summary>So many seconds are one moment: what falls into it happens in it, one after the other.</summary>
    private const int Grain = 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("parley-week-").FullName;
    private readonly OneThread _thread = new();
    private readonly PriorityQueue<Action, (DateTimeOffset At, long Order)> _plans = new();
    private readonly PriorityQueue<ConversationId, DateTimeOffset> _due = new();
    private readonly List<Committed> _heard = [];
    private readonly HashSet<Wish> _open = [];
    private readonly List<Task> _running = [];
    private readonly HashSet<(ConversationId, AgentId)> _idle = [];
    private long _order;
    private long _wishes;

    public WorkWeek(int seed, int conversations, int agents)
    {
        Random = new Random(seed);
        Time = new VirtualTime(Begins);
        Workspace = WorkspaceId.New(Time);
        Server = Server.Start(Path.Combine(_folder, "parley.db"), new LivingTime(Time), _thread, Workspace);
        Crew = new Crew(this, agents);
        Crowd = new Crowd(this, conversations);
    }

    public Random Random { get; }

    public VirtualTime Time { get; }

    public WorkspaceId Workspace { get; }

    public Server Server { get; private set; }

    public Watch Watch { get; } = new();

    public Crew Crew { get; }

    public Crowd Crowd { get; }

    /// <summary>False while the server is down: nobody has a stream.</summary>
    public bool Up { get; private set; } = true;

    public int Restarts { get; private set; }

    public int Moments { get; private set; }

    public List<InboxId> Inboxes { get; } = [];

    public void Run()
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_thread);
        try
        {
            Open();
            Crew.Plan();
            Crowd.Plan();
            for (var day = 0; day < 7; day++)
            {
                Plan(Begins.AddDays(day).AddHours(8 + (12 * Random.NextDouble())), () => Kill(TimeSpan.FromSeconds(Random.Next(3, 45))));
            }

            while (Next() is { } next && next <= Begins.AddDays(WorkDays))
            {
                Live(next);
            }

            Finish();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    public void Plan(DateTimeOffset at, Action what) => _plans.Enqueue(what, (at, ++_order));

    public void In(double seconds, Action what) => Plan(Time.Now.AddSeconds(seconds), what);

    /// <summary>Somebody wishes something, and asks until they are answered, over a restart too.</summary>
    /// <param name="make">The command as it is asked now; null: they do not wish it any more.</param>
    public void Do(Func<string, ValueTask<Command?>> make, Action<Outcome>? then = null) => Ask(new Wish(make, then ?? (_ => { }), $"w{++_wishes}"));

    public double Lognormal(double mean, double sigma)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - Random.NextDouble())) * Math.Cos(2 * Math.PI * Random.NextDouble());
        return mean * Math.Exp((sigma * normal) - (sigma * sigma / 2));
    }

    public bool Chance(double share) => Random.NextDouble() < share;

    public double Between(double low, double high) => low + ((high - low) * Random.NextDouble());

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private void Open()
    {
        Server.Wait(new Migrations(Server.Database, Product.Migrations, Time).Apply());
        Server.Wait(Server.Database.Write<int>(async session =>
        {
            await Heads.Begin(session, Workspace);
            return 0;
        }));
        Server.Fanout.Listen(_heard.Add);
        Server.Begin();
        var system = new Origin(Workspace, Author.System, "founding");
        var brand = BrandId.New(Time);
        Command[] first =
        [
            new Parley.Workspaces.Found(system, "Lighthouse", brand),
            .. new (string Name, Profile Profile, Calendar Hours)[]
            {
                ("Shop", Profile.Blended, Calendar.Always),
                ("Post", Profile.Messaging, Clock("08:00", "18:00", Day.Mon, Day.Tue, Day.Wed, Day.Thu, Day.Fri)),
                ("Hotline", Profile.StrictLive, Clock("08:00", "20:00", [.. Enum.GetValues<Day>()])),
            }.Select(inbox => new AddInbox(system with { ClientId = inbox.Name }, NewInbox(), new InboxSettings(inbox.Name, "web", brand, inbox.Profile, [], ["en"], Wording.None) { Calendar = inbox.Hours })),
            .. Crew.Hired(),
        ];
        foreach (var command in first)
        {
            Server.Wait(Server.Desk.Handle(command).AsTask()).Refusal.ShouldBeNull();
        }

        Server.Wait(Server.Rosters.Of(Workspace).AsTask());
        Hear();
    }

    private static Calendar Clock(string from, string to, params Day[] days) => new(new Timetable("Europe/Berlin", [.. days.Select(day => new WeekSpan(day, from, to))]));

    private InboxId NewInbox()
    {
        Inboxes.Add(InboxId.New(Time));
        return Inboxes[^1];
    }

    private DateTimeOffset? Next()
    {
        DateTimeOffset? next = _plans.TryPeek(out _, out var plan) ? plan.At : null;
        foreach (var other in new[] { Time.Next, Up && _due.TryPeek(out _, out var due) ? due : (DateTimeOffset?)null })
        {
            next = next is null || other < next ? other ?? next : next;
        }

        return next;
    }

    /// <summary>One moment: what is planned, what rings, what is due, and all that follows from it.</summary>
    private void Live(DateTimeOffset at)
    {
        Moments++;
        var grain = TimeSpan.FromSeconds(Grain).Ticks;
        var then = new DateTimeOffset((at.UtcTicks + grain - 1) / grain * grain, TimeSpan.Zero);
        Time.Now = then > Time.Now ? then : Time.Now;
        while (_plans.TryPeek(out var what, out var plan) && plan.At <= Time.Now)
        {
            _plans.Dequeue();
            what();
        }

        Time.Ring();
        Settle();
        Wake();
        if (Moments % 12 == 0)
        {
            Look();
        }

        if (Up && Moments % 120 == 0)
        {
            Server.Wait(Server.Following.Step());
        }
    }

    private void Settle()
    {
        do
        {
            if (Up)
            {
                Server.Settle();
            }
        }
        while (Hear());
        if (_running.Find(task => task.IsFaulted) is { } failed)
        {
            throw failed.Exception!;
        }

        _running.RemoveAll(task => task.IsCompleted);
    }

    /// <summary>What has been written since: watched, and told to whom it concerns.</summary>
    private bool Hear()
    {
        var heard = _heard.ToArray();
        _heard.Clear();
        foreach (var committed in heard)
        {
            foreach (var id in Watch.Take(committed))
            {
                if (Watch.Due(id) is { } due)
                {
                    _due.Enqueue(id, due);
                }

                Crew.Hear(id, Watch.All[id]);
            }

            foreach (var entry in committed.Entries)
            {
                Crew.Hear(entry);
                Crowd.Hear(entry);
            }
        }

        return heard.Length > 0;
    }

    private void Wake()
    {
        while (Up && _due.TryPeek(out _, out var first) && first <= Time.Now)
        {
            var woken = new List<ConversationId>();
            while (_due.TryPeek(out var id, out var due) && due <= Time.Now)
            {
                woken.Add(_due.Dequeue());
            }

            while (Server.Wait(Server.WakeUps.Fire()) >= 500)
            {
                Settle();
            }

            Settle();
            foreach (var id in woken)
            {
                (Watch.Due(id) is { } left && left <= Time.Now).ShouldBeFalse($"{id} was due and is not done.");
            }
        }
    }

    /// <summary>Whoever waits and could be taken is offered to somebody: seen twice, a minute apart, nobody is.</summary>
    private void Look()
    {
        var idle = new HashSet<(ConversationId, AgentId)>();
        foreach (var id in Up ? Watch.Seeking : [])
        {
            var it = Watch.All[id];
            foreach (var agent in it.Queue is { Lost: null } ? Crew.Free(id) : [])
            {
                (_idle.Contains((id, agent)) && it.Queue!.Since < Time.Now.AddMinutes(-1)).ShouldBeFalse($"{id} waits, and {agent} has nothing to do.");
                idle.Add((id, agent));
            }
        }

        _idle.Clear();
        _idle.UnionWith(idle);
        foreach (var id in Up ? Watch.Live : [])
        {
            Crowd.Accounted(id, Watch.All[id]);
        }
    }

    /// <summary>The server dies in the middle of what it does, and is started anew on the same store.</summary>
    private void Kill(TimeSpan outage)
    {
        (Up, Restarts) = (false, Restarts + 1);
        var dying = Server.DisposeAsync().AsTask();
        while (!dying.IsCompleted)
        {
            _thread.Run();
        }

        Crew.Lose();
        Crowd.Lose();
        Plan(Time.Now + outage, () =>
        {
            Server = Server.Start(Path.Combine(_folder, "parley.db"), new LivingTime(Time), _thread, Workspace);
            Server.Fanout.Listen(_heard.Add);
            Up = true;
            Server.Begin();
            Crew.Return();
            Crowd.Return();
            foreach (var wish in _open.ToList())
            {
                Ask(wish);
            }
        });
    }

    private void Ask(Wish wish)
    {
        _open.Add(wish);
        if (Up)
        {
            _running.Add(Told(wish, Server));
        }
    }

    private async Task Told(Wish wish, Server server)
    {
        if (await wish.Make(wish.Id) is not { } command)
        {
            _open.Remove(wish);
            return;
        }

        var outcome = await server.Desk.Handle(command);
        if (server == Server && _open.Remove(wish))
        {
            (outcome.Refusal?.Status).ShouldNotBe(500);
            wish.Then(outcome);
        }
    }

    /// <summary>The week is over: what waits for a time goes on until nothing does, and the readers reach the end.</summary>
    private void Finish()
    {
        Settle();
        while (Server.Wait(Server.Following.Step()) > 0)
        {
            Time.Now = Time.Now.AddSeconds(1);
        }
    }

    private sealed record Wish(Func<string, ValueTask<Command?>> Make, Action<Outcome> Then, string Id);
}
