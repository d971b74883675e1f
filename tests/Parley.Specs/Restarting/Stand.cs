using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Routing;
using Parley.Tests.Cast;
using Profile = Parley.Workspaces.Profile;

namespace Parley.Specs.Restarting;

/// <summary>The Lighthouse with an inbox of each profile, its two agents at their chairs, and all that was left there.</summary>
internal sealed class Stand(Lighthouse house, Person noor, (Browser Browser, string Device) ana, (Browser Browser, string Device) ben, BrandId brand, Dictionary<Profile, InboxId> inboxes)
{
    private long _position;

    /// <summary>What became of it.</summary>
    internal sealed record Now(Left Left, string Row, Conversation State, long Seq, IReadOnlyList<Entry> Fresh)
    {
        public int Count(Func<Entry, bool> which) => Fresh.Count(which);

        public override string ToString() => $"{Left}: {string.Join(' ', Fresh.Select(entry => entry.Type))}";
    }

    public List<Left> Left { get; } = [];

    public Browser Ana => ana.Browser;

    private Database Store => house.Services.GetRequiredService<Database>();

    public static async Task<Stand> Make(Lighthouse house)
    {
        var noor = await house.Hire("Noor");
        var inboxes = new Dictionary<Profile, InboxId>();
        foreach (var (profile, policy) in new (Profile, object)[]
        {
            (Profile.StrictLive, new { profile = "strictLive", whenClosed = "messaging", hours = "always" }),
            (Profile.Messaging, new { profile = "messaging", hours = "always" }),
            (Profile.Blended, new { profile = "blended", hours = "always" }),
        })
        {
            var inbox = (await house.Kim.Post("/v1/inboxes", new { name = $"{profile}", channel = "web" })).Expect(HttpStatusCode.Created)["id"];
            (await house.Kim.Put($"/v1/inboxes/{inbox}/policy", policy)).Expect(HttpStatusCode.OK);
            inboxes[profile] = InboxId.Parse(inbox);
        }

        foreach (var agent in new[] { house.Kim, noor })
        {
            (await agent.Put("/v1/me/presence", new { state = "online" })).Expect(HttpStatusCode.OK);
        }

        var brand = (await house.Kim.Get("/v1/brands")).Body.GetProperty("items")[0].GetProperty("id").GetString();
        return new Stand(house, noor, await Visits(house), await Visits(house), BrandId.Parse(brand), inboxes);
    }

    private static async Task<(Browser Browser, string Device)> Visits(Lighthouse house)
    {
        var browser = house.Browser();
        return (browser, (await browser.Begin()).Expect(HttpStatusCode.Created)["device"]);
    }

    /// <summary>While no server is there: all that the one before had written, and that it was gone in the midst of it.</summary>
    public async Task Play(Func<Dialect> store)
    {
        var (kim, noors) = (AgentId.Parse(house.Kim.Id), AgentId.Parse(noor.Id));
        await using (var before = new Before(store()))
        {
            var now = house.Clock.GetUtcNow();
            var end = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
            Left.AddRange(await before.Play(end, true, profile => new(house.Workspace, inboxes[profile], brand, profile, ContactId.Parse(ana.Browser.Visitor), ana.Device, kim, noors)));
            Left.AddRange(await before.Play(end, false, profile => new(house.Workspace, inboxes[profile], brand, profile, ContactId.Parse(ben.Browser.Visitor), ben.Device, noors, kim)));
        }

        SqliteConnection.ClearAllPools();
    }

    /// <summary>From here on it is another server that writes.</summary>
    public async Task Begin() => _position = await Head();

    /// <summary>Each as it is now, and what was written in it since the server before was there.</summary>
    public async Task<List<Now>> Look()
    {
        await house.Services.GetRequiredService<Desk>().Follow();
        var fresh = (await house.Services.GetRequiredService<LogReader>().After(house.Workspace, _position, 100_000)).ToLookup(entry => entry.Subject);
        return await Store.Read(async session =>
        {
            var all = new List<Now>();
            foreach (var left in Left)
            {
                var (row, it, seq) = await Before.Row(session, left.Id);
                all.Add(new Now(left, row, it, seq, [.. fresh[Conversation.Subject(left.Id)]]));
            }

            return all;
        });
    }

    /// <summary>Who waits where, in the order of their places.</summary>
    public ILookup<InboxId, ConversationId> Places() => house.Services.GetRequiredService<Halls>().Places(house.Workspace)
        .OrderBy(place => place.Place).ToLookup(place => Left.Single(left => left.Id == place.Id).State.Inbox, place => place.Id);

    /// <summary>Everybody who waited has the place that they had; nobody else has one.</summary>
    /// <param name="taken">Who need not wait any more.</param>
    public void ShouldHaveKeptPlaces(Func<Left, bool> taken)
    {
        var (places, waited) = (Places(), Left.Where(left => left.State.Mode == Mode.Waiting && !taken(left)).ToList());
        foreach (var inbox in inboxes.Values)
        {
            places[inbox].ShouldBe(waited.Where(left => left.State.Inbox == inbox).OrderBy(left => left.State.Queue!.Since).ThenBy(left => left.Id).Select(left => left.Id));
        }
    }

    /// <summary>So many seconds after a moment, when all that was due by then is done.</summary>
    public async Task At(DateTimeOffset from, double seconds)
    {
        var ahead = from.AddSeconds(seconds) - house.Clock.GetUtcNow();
        ahead.ShouldBeGreaterThan(TimeSpan.Zero, "The machine is too slow for this test.");
        house.Clock.Advance(ahead);
        await Settled();
    }

    /// <summary>Nothing is due, and nothing has been written for a moment.</summary>
    public async Task Settled()
    {
        var still = 0;
        await Until(async () =>
        {
            var before = await Head();
            await Task.Delay(40);
            var now = house.Clock.GetUtcNow().ToUnixTimeMilliseconds();
            var due = await Store.Read(session => session.One<long>("select count(*) from wakeups where due <= @now", new { now }));
            still = due == 0 && before == await Head() ? still + 1 : 0;
            return still == 4;
        }, "It never comes to rest.");
    }

    public async Task Until(Func<Task<bool>> so, string what)
    {
        for (var tries = 0; !await so(); tries++)
        {
            tries.ShouldBeLessThan(300, what);
            await Task.Delay(30);
        }
    }

    private async Task<long> Head() => (await house.Services.GetRequiredService<LogReader>().Head(house.Workspace))!.Value.Position;
}
