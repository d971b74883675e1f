using System.Collections.Immutable;
using System.Net;
using Parley.Conversations;
using Parley.Tests.Cast;
using Parley.Tests.Routing;
using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class DirectingTests
{
    private static readonly TeamId Rigs = new(Guid.Parse("00000000-0000-7000-8000-0000000000bb"));

    [Fact, Trait("row", "HS1")]
    public void HS1_A_rule_that_asks_for_few_has_a_way_out_of_it()
    {
        Directing.Of(new SortingRule("r", "Rigs") { Hard = true }).Fallbacks!.Value.ShouldBe([new Fallback(120)]);
        Directing.Of(new SortingRule("r", "Rigs", Label: "rig")).ShouldBe(new Route("r", "Rigs"));
        Directing.Says(new Route("r", "Rigs")).ShouldBeFalse();
    }

    [Fact, Trait("row", "ZD9")]
    public void ZD9_What_is_known_of_somebody_counts_as_what_they_fill_in_and_behind_it()
    {
        var gold = new Parley.Contacts.Profile(Ana) { Attributes = ImmutableSortedDictionary<string, Parley.Contacts.Profile.Known>.Empty.Add("plan", new("gold", default)) };
        var rule = new SortingRule("g", "Gold") { Fields = [new FieldTest("plan", ["gold"])] };
        rule.Fits(Sorting.Matter(null, null, null, null, default, gold)).ShouldBeTrue();
        rule.Fits(Sorting.Matter(null, null, null, null, default)).ShouldBeFalse();
        var said = new Parley.Conversations.Shapes.FormAnswer("f", new Dictionary<string, Parley.Conversations.Shapes.FormValue> { ["plan"] = new() { Text = "free" } });
        rule.Fits(Sorting.Matter(null, said, null, null, default, gold)).ShouldBeFalse();
    }

    [Fact]
    public void Nobody_had_time_others_are_asked_one_after_the_other()
    {
        var route = new Route("r", "Rigs") { Fallbacks = [new Fallback(60), new Fallback(300, Rigs)] };
        var story = AnaWrote().Given(ByKim, new Directed(route));
        var kind = new ConversationKind();
        kind.Due(story.State).ShouldBe(Noon.AddSeconds(60));
        story.When(new Wake(ByKim, It)).ThenNothing();
        story.After(TimeSpan.FromSeconds(60)).When(new Wake(ByKim, It)).Then(new Widened(1)).Done();
        story.State.Route!.Strict.ShouldBeFalse();
        story.After(TimeSpan.FromSeconds(240)).When(new Wake(ByKim, It)).Then(new Widened(2), new Assigned(null, Rigs, null, null, "fallback")).Done();
        story.After(TimeSpan.FromDays(1)).When(new Wake(ByKim, It)).ThenNothing();
    }

    [Fact]
    public void While_it_is_closed_no_time_runs_and_who_has_it_needs_no_other()
    {
        var route = new Route("r", "Rigs") { Fallbacks = [new Fallback(60)], From = Noon.AddHours(9) };
        var story = AnaWrote().Given(ByKim, new Directed(route));
        Directing.Due(story.State).ShouldBe(Noon.AddHours(9).AddSeconds(60));
        Directing.Due(story.Given(ByKim, new Assigned(Kim, null, null, null, "manual")).State).ShouldBeNull();
    }

    [Fact]
    public void Another_matter_finds_its_people_anew() =>
        AnaWrote().Given(ByKim, new Directed(new Route("r")), new EpisodeOpened(2, Blended)).State.Route.ShouldBeNull();

    [Fact, Trait("row", "ZD9"), Trait("row", "HS1")]
    public async Task ZD9_What_was_filled_in_decides_who_is_asked_and_the_offer_says_why()
    {
        await using var it = await Floor.Open();
        var noor = await it.House.Hire("Noor");
        (await it.House.Kim.Put($"/v1/agents/{noor.Id}/skills", new { skills = new { rigging = 2 } })).Expect(HttpStatusCode.OK);
        await it.Change(new
        {
            forms = new[] { new { id = "before", name = "Before", fields = new[] { new { name = "topic", type = "text", label = "Topic" } } } },
            preChat = "before",
            sorting = new[] { new { id = "rigs", name = "Rigs", fields = new[] { new { field = "topic", values = new[] { "rig*" } } }, skills = new { rigging = 2 }, priority = "high" } },
        });
        var (kims, noors) = (await it.Sits(it.House.Kim), await it.Sits(noor));
        var ana = await it.House.Ana();
        it.Keep(await Ear.Of(ana));
        var opened = await ana.Post("/v1/widget/conversations", new { clientId = "1", content = new { type = "text", text = "Help" }, form = new { id = "before", values = new { topic = "Rigging" } } });
        var conversation = opened.Expect(HttpStatusCode.Created)["conversation.id"];
        await Floor.Offer(noors, conversation);
        var why = (await noor.Get($"/v1/conversations/{conversation}/why")).Expect(HttpStatusCode.OK).Body;
        var first = why.GetProperty("items")[0].GetProperty("why");
        (first.GetProperty("rule").GetString(), first.GetProperty("name").GetString(), first.GetProperty("of").GetInt32()).ShouldBe(("rigs", "Rigs", 1));
        first.GetProperty("candidates")[0].GetProperty("agent").GetString().ShouldBe(noor.Id);
        first.GetProperty("skills").GetProperty("rigging").GetInt32().ShouldBe(2);
        (await it.Summary(conversation)).GetProperty("priority").GetString().ShouldBe("high");
        // Kim has all the room there is, and is asked once Noor has let it pass for two minutes.
        (await Floor.Answers(noor, await Floor.Offer(noors, conversation), "decline")).Expect(HttpStatusCode.OK);
        it.House.Clock.Advance(TimeSpan.FromSeconds(121));
        await Floor.Offer(kims, conversation);
        await it.Entry(conversation, "widened");
    }

    [Fact, Trait("row", "OP1"), Trait("row", "LC20")]
    public async Task LC20_What_is_urgent_is_talked_about_and_the_rest_is_written_about_whatever_the_inbox_does()
    {
        await using var it = await Floor.Open(new { profile = "messaging", hours = "always" });
        await it.Change(new { sorting = new[] { new { id = "adrift", name = "In need", words = new[] { "sinking" }, priority = "urgent", pace = "live" } } });
        var kims = await it.Sits(it.House.Kim);
        var (_, _, calm) = await it.Writes("Do you sell ropes?");
        var (_, _, urgent) = await it.Writes("We are sinking");
        await Floor.Offer(kims, urgent);
        (await it.Summary(urgent)).GetProperty("mode").GetString().ShouldBe("waiting");
        (await it.Summary(calm)).GetProperty("mode").GetString().ShouldBe("messaging");

        await it.Policy(new { profile = "blended", hours = "always" });
        await it.Change(new { sorting = new[] { new { id = "bills", name = "Bills", words = new[] { "invoice" }, pace = "messaging" } } });
        var (browser, _, bill) = await it.Writes("My invoice is wrong");
        (await it.Summary(bill)).GetProperty("mode").GetString().ShouldBe("messaging");
        // Their next word is of the same matter: it does not ask for talk after all.
        (await browser.Post($"/v1/widget/conversations/{bill}/messages", new { clientId = "2", content = new { type = "text", text = "It really is" } })).Expect(HttpStatusCode.Created);
        (await it.Summary(bill)).GetProperty("mode").GetString().ShouldBe("messaging");
    }

    [Fact]
    public async Task Letters_are_given_to_who_they_should_go_to_where_the_inbox_says_so()
    {
        await using var it = await Floor.Open(new { profile = "messaging", hours = "always", letters = "handOut" });
        await it.Sits(it.House.Kim);
        var (browser, _, letter) = await it.Writes("A letter");
        var given = await it.Entry(letter, "assigned");
        (given.GetProperty("agent").GetString(), given.GetProperty("cause").GetString()).ShouldBe((it.House.Kim.Id, "routed"));
        given.GetProperty("why").GetProperty("candidates")[0].GetProperty("agent").GetString().ShouldBe(it.House.Kim.Id);

        // One that came while nobody was here is given out once somebody is, also after a restart.
        (await it.House.Kim.Put("/v1/me/presence", new { state = "away" })).Expect(HttpStatusCode.OK);
        var other = await it.House.Ben();
        var late = await other.Write("Another");
        await it.House.Restart();
        await it.Sits(it.House.Kim);
        (await it.Entry(late, "assigned")).GetProperty("agent").GetString().ShouldBe(it.House.Kim.Id);
    }

    [Fact, Trait("row", "LC7")]
    public async Task LC7_Who_writes_again_comes_to_who_had_their_last_matter_or_whose_they_are()
    {
        await using var it = await Floor.Open();
        var noor = await it.House.Hire("Noor");
        var (browser, _, first) = await it.Writes();
        (await it.House.Kim.Put($"/v1/conversations/{first}/assignment", new { agent = noor.Id })).Expect(HttpStatusCode.OK);
        (await it.House.Kim.Put($"/v1/conversations/{first}/closure", new { })).Expect(HttpStatusCode.OK);
        var (kims, noors) = (await it.Sits(it.House.Kim), await it.Sits(noor));
        var second = await browser.Write("It is torn again");
        await Floor.Offer(noors, second);
        var contact = (await it.Summary(second)).GetProperty("contact").GetProperty("id").GetString();
        (await it.House.Kim.Put($"/v1/contacts/{contact}/owner", new { agent = it.House.Kim.Id })).Expect(HttpStatusCode.OK);
        (await it.House.Kim.Get($"/v1/contacts/{contact}/owner"))["agent"].ShouldBe(it.House.Kim.Id);
        var third = await browser.Write("And again");
        await Floor.Offer(kims, third);
        (await it.House.Kim.Put($"/v1/contacts/{contact}/owner", new { agent = "agt_00000000000000000000000000" })).Refused(HttpStatusCode.BadRequest, "agent.unknown");
    }
}
