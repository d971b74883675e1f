using System.Net.Http.Json;
using System.Text.Json;
using Parley.Platform.Store;
using AgentId = Parley.Platform.Id<Parley.Workspaces.AgentIds>;
using InboxId = Parley.Platform.Id<Parley.Workspaces.InboxIds>;

namespace Parley.Bench;

/// <summary>What is measured when it is asked for by name, and prints: what people then write into the page of figures.</summary>
internal sealed class Scenes(Options options, Action<string> say)
{
    private readonly bool _quick = options.Quick;

    public async Task Print(string name)
    {
        var folder = Directory.CreateTempSubdirectory("parley-bench-").FullName;
        try
        {
            await (name switch
            {
                "saturation" => Saturated(),
                "lists" => Listed(folder),
                "console" => Screened(folder),
                "visitors" => Visited(folder),
                "inbox500" => Crowded(folder),
                "routing" => Routed(folder),
                _ => throw new ArgumentException($"No part is called {name}."),
            });
        }
        finally
        {
            Child.End();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Parley alone, to look at it with a profiler.</summary>
    private async Task Saturated()
    {
        await using var parley = await Contender.Start(Contender.Embedded);
        for (var round = 0; round < 3; round++)
        {
            say($"{await Load.Saturate(parley.Stage, parley.Meter, 128, round == 0 ? options.Seconds("warm", _quick ? 8 : 45) : TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(6))}");
        }

        foreach (var rate in options.Numbers("rates", "1000"))
        {
            say($"{await Load.Pace(parley.Stage, rate, TimeSpan.FromSeconds(2), options.Seconds("pace", 6), parley.Meter)}");
        }

        say(await Figures(parley.Stage));
    }

    private async Task Listed(string folder)
    {
        foreach (var engine in options.Words("engines", "sqlite,postgres"))
        {
            foreach (var conversations in options.Numbers("sizes", _quick ? "10000" : "10000,100000,1000000"))
            {
                say($"lists at {conversations:N0} on {engine}");
                var (keep, part) = (options.Word("keep", folder), options.Word("part", ""));
                var lists = new LongStore(Path.Combine(keep, $"lists{conversations}{engine}"), conversations, engine == "postgres", options.Word("postgres", ""), Child.Unlimited);
                if (part != "measure")
                {
                    await lists.Seed(say);
                }

                Console.WriteLine(part == "seed" ? "" : (await lists.Measure(say)).Text());
            }
        }
    }

    private async Task Visited(string folder)
    {
        foreach (var size in options.Numbers("sizes", "1000,10000"))
        {
            var place = Path.Combine(folder, $"visitors{size}");
            await Child.Hire(place);
            await using var server = await Child.Parley(place, Child.Unlimited);
            Console.WriteLine(await Looking.Measure(server, size, lookers: 20, moves: 50, TimeSpan.FromSeconds(15)));
        }
    }

    /// <summary>Those who wait are of one inbox, whoever comes is of another; the agents are of both.</summary>
    private async Task Routed(string folder)
    {
        const int waiting = 10_000, staff = 500;
        say($"{waiting:N0} waiting, {staff:N0} agents");
        string[] settings = Child.Unlimited;
        await Child.Hire(folder);
        InboxId inbox;
        await using (var server = await Child.Parley(folder, settings))
        await using (var stage = await Stage.Empty(server.Address, parley: true))
        {
            inbox = InboxId.Parse(stage.Inbox);
        }

        await new Seeding(new SqliteDialect(Path.Combine(folder, "parley.db")), inbox, default, waiting: true).Add(waiting);

        await using (var server = await Child.Parley(folder, settings))
        await using (var stage = await Stage.Empty(server.Address, parley: true))
        {
            using var policy = await stage.Http.PutAsJsonAsync($"/v1/inboxes/{stage.Inbox}/policy", new { profile = "blended", hours = "always", queueLimit = 1_000 });
            policy.EnsureSuccessStatusCode();
            await using var giving = new Giving(stage, staff);
            await giving.Staff();
            await giving.Settled();
            (await giving.Measure()).ForEach(given => Console.WriteLine($"| {given.What} | {given.P50:N1} | {given.P95:N1} | {given.Worst:N1} | {(given.P95 < 20 ? "met" : "**short**")} |"));
        }
    }

    /// <summary>Who looks at one busy inbox, and who sits beside it.</summary>
    private async Task Crowded(string folder)
    {
        const int agents = 500, few = 20;
        await Child.Hire(folder);
        await using var server = await Child.Parley(folder, Child.Unlimited);
        await using var stage = await Stage.Empty(server.Address, parley: true);
        using var other = await stage.Http.PostAsJsonAsync("/v1/inboxes", new { name = "Quiet", channel = "web" });
        var quiet = $"inbox:{(await other.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()}";
        await using var crowd = new Crowd(stage, server, rate: 50, TimeSpan.FromSeconds(_quick ? 3 : 6));
        await crowd.Open(agents + few);
        say("signed in");
        await crowd.Warm(at: 300, TimeSpan.FromSeconds(_quick ? 4 : 10));
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
        Console.WriteLine(await Crowd.Relayed(agents, rate: 50, TimeSpan.FromSeconds(_quick ? 3 : 6)));
    }

    /// <summary>A real inbox of a few thousand conversations, one agent, and customers who write without end.</summary>
    private async Task Screened(string folder)
    {
        await Child.Hire(folder);
        InboxId inbox;
        AgentId agent;
        await using (var server = await Child.Parley(folder, Child.Unlimited))
        await using (var stage = await Stage.Empty(server.Address, parley: true))
        {
            inbox = InboxId.Parse(stage.Inbox);
            agent = AgentId.Parse((await stage.Http.GetFromJsonAsync<JsonElement>("/v1/me")).GetProperty("id").GetString());
        }

        const int conversations = 6_000;
        await new Seeding(new SqliteDialect(Path.Combine(folder, "parley.db")), inbox, agent).Add(conversations);
        await using (var server = await Child.Parley(folder, Child.Unlimited))
        await using (var stage = await Stage.Empty(server.Address, parley: true))
        {
            await Reading.CaughtUp(stage, conversations, TimeSpan.FromMinutes(2));
            await using var screens = new Screens(stage, rate: 50, seconds: _quick ? 10 : 30) { Profile = options.Word("profile", "") is { Length: > 0 } file ? file : null };
            await screens.Open();
            Console.WriteLine(Screening.Head);
            foreach (var width in options.Numbers("widths", "1280,390"))
            {
                foreach (var scene in options.Words("scenes", "list,thread"))
                {
                    Console.WriteLine(await screens.Measure(scene == "thread", width));
                }
            }
        }
    }

    /// <summary>What the server says of its own batches and readers: where to look when a round is slow.</summary>
    private static async Task<string> Figures(Stage stage) => string.Join('\n', (await stage.Http.GetStringAsync("/metrics")).Split('\n')
        .Where(line => line.StartsWith("parley_batch", StringComparison.Ordinal) && !line.Contains("_bucket") || line.StartsWith("parley_reader_lag{", StringComparison.Ordinal) || line.StartsWith("parley_commands_total", StringComparison.Ordinal))
        .Select(line => $"    {line}"));
}
