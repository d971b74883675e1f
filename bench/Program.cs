using System.Diagnostics;
using System.Net.Http.Json;
using Parley.Bench;
using InboxId = Parley.Platform.Id<Parley.Workspaces.InboxIds>;
using AgentId = Parley.Platform.Id<Parley.Workspaces.AgentIds>;

if (args is ["relay", var url])
{
    await Relay.Run(url);
    return;
}

// usage: Parley.Bench [REPORT.md] [quick] [only=messages|lists|routing|saturation|console|inbox500|visitors] [sizes=10000,100000,1000000] [engines=sqlite,postgres] [keep=FOLDER] [postgres=CONNECTION] [part=seed|measure] [rounds=3] [warm=45]      quick: short rounds and no million; saturation: Parley alone, to profile it; lists are seeded into the folder, or measured in it, one by one
var quick = args.Contains("quick");
var only = args.FirstOrDefault(arg => arg.StartsWith("only=", StringComparison.Ordinal))?[5..];
var rounds = args.FirstOrDefault(arg => arg.StartsWith("rounds=", StringComparison.Ordinal)) is { } given ? int.Parse(given[7..], System.Globalization.CultureInfo.InvariantCulture) : quick ? 1 : 3;
var warmth = args.FirstOrDefault(arg => arg.StartsWith("warm=", StringComparison.Ordinal)) is { } said ? int.Parse(said[5..], System.Globalization.CultureInfo.InvariantCulture) : quick ? 8 : 45;
var folder = Directory.CreateTempSubdirectory("parley-bench-").FullName;
string[] free = ["rate.visitorPerSecond=1000000", "rate.visitorBurst=1000000", "rate.addressPerSecond=1000000", "rate.addressBurst=1000000", "rate.startsPerHour=1000000"];
try
{
    await Child.Run("agent", "add", "--data", folder, "--name", "Kim", "--email", Stage.Email, "--password", Stage.Password, "--role", "owner");
    if (only == "saturation")
    {
        await using var server = await Child.Parley(folder, free);
        await using var stage = await Stage.OnParley(server.Address, threads: 200, agents: 8);
        for (var round = 0; round < 3; round++)
        {
            Say($"{await Load.Saturate(stage, server, 128, TimeSpan.FromSeconds(round == 0 ? warmth : 2), TimeSpan.FromSeconds(6))}");
        }

        Say($"{await Load.Pace(stage, 1_000, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(6))}");
        Say(await Figures(stage));
        return;
    }

    var sizes = Given("sizes", quick ? "10000" : "10000,100000,1000000").Select(size => int.Parse(size, System.Globalization.CultureInfo.InvariantCulture)).ToList();
    if (only == "lists")
    {
        foreach (var engine in Given("engines", "sqlite,postgres"))
        {
            foreach (var conversations in sizes)
            {
                Console.WriteLine((await Lists(conversations, engine))?.Text());
            }
        }

        return;
    }

    if (only == "console")
    {
        await Screened();
        return;
    }

    if (only == "visitors")
    {
        foreach (var size in Given("sizes", "1000,10000").Select(size => int.Parse(size, System.Globalization.CultureInfo.InvariantCulture)))
        {
            var place = Directory.CreateTempSubdirectory("parley-bench-").FullName;
            await Child.Run("agent", "add", "--data", place, "--name", "Kim", "--email", Stage.Email, "--password", Stage.Password, "--role", "owner");
            await using var server = await Child.Parley(place, free);
            Console.WriteLine(await Looking.Measure(server, size, lookers: 20, moves: 50, TimeSpan.FromSeconds(15)));
        }

        return;
    }

    if (only == "inbox500")
    {
        await Crowded();
        return;
    }

    const int waiting = 10_000, staff = 500;
    if (only == "routing")
    {
        (await Routing(waiting, staff)).ForEach(given => Console.WriteLine(given));
        return;
    }

    var (relay, parley, relayPaced, parleyPaced) = await Messages();
    Say("idle streams");
    var streams = quick ? 2_000 : 8_000;
    double relayIdle, parleyIdle;
    await using (var server = await Child.Relay())
    {
        relayIdle = await Idle.Measure(server, parley: false, streams);
    }

    var started = Stopwatch.GetTimestamp();
    double start;
    await using (var server = await Child.Parley(folder, free))
    {
        start = Stopwatch.GetElapsedTime(started).TotalSeconds;
        parleyIdle = await Idle.Measure(server, parley: true, streams);
    }

    var report = new Report
    {
        Relay = relay, Parley = parley, RelayPaced = relayPaced, ParleyPaced = parleyPaced, Streams = streams, RelayIdle = relayIdle, ParleyIdle = parleyIdle, Start = start, Queued = waiting, Staff = staff,
    };
    if (only is null)
    {
        report.Giving.AddRange(await Routing(waiting, staff));
        foreach (var engine in Given("engines", "sqlite,postgres"))
        {
            foreach (var conversations in sizes)
            {
                report.Lists.Add((await Lists(conversations, engine))!);
            }
        }
    }

    var text = report.Text();
    Console.WriteLine(text);
    if (args.FirstOrDefault(arg => arg.EndsWith(".md", StringComparison.Ordinal)) is { } path)
    {
        await File.WriteAllTextAsync(path, text);
    }
}
finally
{
    Child.End();
    Directory.Delete(folder, recursive: true);
}

// Round by round in turn, so that a machine that has other things to do slows both. Paced comes last: a server is judged by the days after its first minute.
async Task<(List<Saturation> Relay, List<Saturation> Parley, Latency RelayPaced, Latency ParleyPaced)> Messages()
{
    var (warm, time) = (TimeSpan.FromSeconds(warmth), TimeSpan.FromSeconds(quick ? 5 : 10));
    var (relayRounds, parleyRounds) = (new List<Saturation>(), new List<Saturation>());
    Latency relayPaced = null!, parleyPaced = null!;
    for (var round = 0; round < rounds; round++)
    {
        Say($"messages, round {round + 1}");
        await using (var server = await Child.Relay())
        await using (var stage = await Stage.OnRelay(server.Address, threads: 200, agents: 8))
        {
            relayRounds.Add(await Load.Saturate(stage, server, 128, warm, time));
            relayPaced = await Load.Pace(stage, 1_000, time, time);
            Say($"  relay {relayPaced}; {relayRounds[^1]}");
        }

        await using (var server = await Child.Parley(folder, free))
        await using (var stage = await Stage.OnParley(server.Address, threads: 200, agents: 8))
        {
            parleyRounds.Add(await Load.Saturate(stage, server, 128, warm, time));
            parleyPaced = await Load.Pace(stage, 1_000, time, time);
            Say($"  Parley {parleyPaced}; {parleyRounds[^1]}");
            Say(await Figures(stage));
        }
    }

    return (relayRounds, parleyRounds, relayPaced, parleyPaced);
}

// Those who wait are of one inbox, whoever comes is of another; the agents are of both.
async Task<List<Given>> Routing(int waiting, int staff)
{
    Say($"{waiting:N0} waiting, {staff:N0} agents");
    var store = Path.Combine(folder, "routing");
    string[] settings = [.. free, "people.hashRounds=1000"];
    await Child.Run("agent", "add", "--data", store, "--name", "Kim", "--email", Stage.Email, "--password", Stage.Password, "--role", "owner");
    InboxId inbox;
    await using (var server = await Child.Parley(store, settings))
    await using (var stage = await Stage.Empty(server.Address, parley: true))
    {
        inbox = InboxId.Parse(stage.Inbox);
    }

    await new Seeding(new Parley.Platform.Store.SqliteDialect(Path.Combine(store, "parley.db")), inbox, default, waiting: true).Add(waiting);

    await using (var server = await Child.Parley(store, settings))
    await using (var stage = await Stage.Empty(server.Address, parley: true))
    {
        using var policy = await stage.Http.PutAsJsonAsync($"/v1/inboxes/{stage.Inbox}/policy", new { profile = "blended", hours = "always", queueLimit = 1_000 });
        policy.EnsureSuccessStatusCode();
        await using var giving = new Giving(stage, staff);
        await giving.Staff();
        await giving.Settled();
        return await giving.Measure();
    }
}

// Who looks at one busy inbox, and who sits beside it.
async Task Crowded()
{
    const int agents = 500, few = 20;
    await using var server = await Child.Parley(folder, [.. free, "people.hashRounds=1000"]);
    await using var stage = await Stage.Empty(server.Address, parley: true);
    using var other = await stage.Http.PostAsJsonAsync("/v1/inboxes", new { name = "Quiet", channel = "web" });
    var quiet = $"inbox:{(await other.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("id").GetString()}";
    await using var crowd = new Crowd(stage, server, rate: 50, TimeSpan.FromSeconds(quick ? 3 : 6));
    await crowd.Open(agents + few);
    Say("signed in");
    await crowd.Warm(at: 300, TimeSpan.FromSeconds(quick ? 4 : 10));
    Console.WriteLine("| who is there | server ms a message | frames a message | µs a frame, all in |\n| --- | --- | --- | --- |");
    Console.WriteLine(await crowd.Measure("nobody"));
    await crowd.Seat("look at the list", "all", few);
    Console.WriteLine(await crowd.Measure($"{few} who look"));
    await crowd.Seat("look at another inbox", quiet, agents / 4);
    await crowd.Seat("look at what is theirs alone", "mine", agents / 4);
    Console.WriteLine(await crowd.Measure($"{few} who look, {agents / 2} who do not"));
    await crowd.Seat("look at another inbox", quiet, agents / 4);
    await crowd.Seat("look at what is theirs alone", "mine", agents / 4);
    Console.WriteLine(await crowd.Measure($"{few} who look, {agents} who do not"));
    await crowd.Clear();
    await crowd.Seat("have one thread open", "thread", agents);
    Console.WriteLine(await crowd.Measure($"{agents} who have one thread of it open"));
    await crowd.Clear();
    await crowd.Seat("look at the list", "all", agents);
    Console.WriteLine(await crowd.Measure($"{agents} who look"));
    Console.WriteLine(await Crowd.Relayed(agents, rate: 50, TimeSpan.FromSeconds(quick ? 3 : 6)));
}

// A real inbox of a few thousand conversations, one agent, and customers who write without end.
async Task Screened()
{
    var store = Path.Combine(folder, "console");
    await Child.Run("agent", "add", "--data", store, "--name", "Kim", "--email", Stage.Email, "--password", Stage.Password, "--role", "owner");
    InboxId inbox;
    AgentId agent;
    await using (var server = await Child.Parley(store, free))
    await using (var stage = await Stage.Empty(server.Address, parley: true))
    {
        inbox = InboxId.Parse(stage.Inbox);
        agent = AgentId.Parse((await stage.Http.GetFromJsonAsync<System.Text.Json.JsonElement>("/v1/me")).GetProperty("id").GetString());
    }

    const int conversations = 6_000;
    await new Seeding(new Parley.Platform.Store.SqliteDialect(Path.Combine(store, "parley.db")), inbox, agent).Add(conversations);
    await using (var server = await Child.Parley(store, free))
    await using (var stage = await Stage.Empty(server.Address, parley: true))
    {
        await Reading.CaughtUp(stage, conversations, TimeSpan.FromMinutes(2));
        await using var screens = new Screens(stage, rate: 50, seconds: quick ? 10 : 30) { Profile = Given("profile", "")[0] is { Length: > 0 } file ? file : null };
        await screens.Open();
        Console.WriteLine(Screening.Head);
        foreach (var width in Given("widths", "1280,390").Select(width => int.Parse(width, System.Globalization.CultureInfo.InvariantCulture)))
        {
            foreach (var scene in Given("scenes", "list,thread"))
            {
                Console.WriteLine(await screens.Measure(scene == "thread", width));
            }
        }
    }
}

async Task<LongLists?> Lists(int conversations, string engine)
{
    Say($"lists at {conversations:N0} on {engine}");
    var (keep, part) = (Given("keep", folder)[0], Given("part", "")[0]);
    var lists = new LongStore(Path.Combine(keep, $"lists{conversations}{engine}"), conversations, engine == "postgres", Given("postgres", "")[0], free);
    if (part != "measure")
    {
        await lists.Seed(Say);
    }

    return part == "seed" ? null : await lists.Measure(Say);
}

// What the server says of its own batches and readers: where to look when a round is slow.
static async Task<string> Figures(Stage stage) => string.Join('\n', (await stage.Http.GetStringAsync("/metrics")).Split('\n')
    .Where(line => line.StartsWith("parley_batch", StringComparison.Ordinal) && !line.Contains("_bucket") || line.StartsWith("parley_reader_lag{", StringComparison.Ordinal) || line.StartsWith("parley_commands_total", StringComparison.Ordinal))
    .Select(line => $"    {line}"));

string[] Given(string name, string usual) => (args.FirstOrDefault(arg => arg.StartsWith($"{name}=", StringComparison.Ordinal))?[(name.Length + 1)..] ?? usual).Split(',');

static void Say(string what) => Console.Error.WriteLine(what);
