using System.Net;

namespace Parley.Specs.Channels;

/// <summary>What every channel holds to, in the real product over HTTP, on both engines: what its provider sends is taken once and in order, what is answered goes out once and in order, and whatever breaks, nothing is lost.</summary>
public abstract class ChannelSpec
{
    /// <summary>What every work item has, wherever it is from.</summary>
    private static readonly string[] Shared = ["id", "contact", "inbox", "status", "mode", "holder", "priority", "channel", "waitingSince", "promise"];

    protected abstract Provider Provider();

    [SkippableTheory, Trait("row", "CH14"), Trait("row", "OP5"), Trait("row", "CH12"), Trait("row", "ZD3")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task CH14_OP5_A_customer_writes_by_the_channel_finds_the_same_list_as_from_the_web_and_is_answered_there(string name)
    {
        await using var it = await Stand.On(name, Provider());
        (await it.Say("m1", "ana", "Where is my sail?", "Ana")).Expect(HttpStatusCode.OK);
        var row = (await it.Rows(1))[0];
        row.GetProperty("channel").GetString().ShouldBe(it.Provider.Kind);
        row.GetProperty("contact").GetProperty("name").GetString().ShouldBe("Ana");
        // The same work item as one from the web, in one list with it: it waits, has a priority, and somebody is promised an answer.
        await (await it.House.Ana()).Write("Hello from the web");
        var both = await it.Rows(2);
        foreach (var one in both)
        {
            Shared.Except(one.EnumerateObject().Select(field => field.Name)).ShouldBeEmpty(one.GetRawText());
        }

        both.Select(one => one.GetProperty("priority").GetString()).Distinct().Count().ShouldBe(1);
        await it.Answer(row, "It is on its way.");
        (await it.Heard(1)).Single().ShouldSatisfyAllConditions(said => said.To.ShouldBe("ana"), said => said.Text.ShouldBe("It is on its way."));
        (await it.Say("m2", "ana", "Thank you")).Expect(HttpStatusCode.OK);
        await it.Words(row, ["Where is my sail?", "It is on its way.", "Thank you"]);
        await it.States(row, "sent");
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_comes_twice_counts_once_and_one_bad_piece_harms_no_other(string name)
    {
        await using var it = await Stand.On(name, Provider());
        (await it.Provider.Say(it.Stranger, "r1", new("m1", "ana", "One"), new("m2", "ben", "Two"))).Expect(HttpStatusCode.OK);
        (await it.Provider.Say(it.Stranger, "r1", new("m1", "ana", "One"), new("m2", "ben", "Two"))).Expect(HttpStatusCode.OK);
        // The same words in another request: the provider calls them the same.
        (await it.Provider.Say(it.Stranger, "r2", new("m2", "ben", "Two"), new("m3", "ana", "Three"))).Expect(HttpStatusCode.OK);
        (await it.Provider.Mangle(it.Stranger, new("m4", "ben", "Four"))).Expect(HttpStatusCode.OK);
        var rows = await it.Rows(2);
        var (anas, bens) = (await it.Of("One", rows), await it.Of("Two", rows));
        await it.Words(anas, ["One", "Three"]);
        await it.Words(bens, ["Two", "Four"]);
        await it.Until(async () => (await it.Letters()).Count == 1);
        var letter = (await it.Letters())[0];
        letter.GetProperty("outgoing").GetBoolean().ShouldBeFalse();
        // Worked again it is as strange as before, and what was good in it does not come a second time.
        (await it.House.Kim.Post($"/v1/channels/letters/{letter.GetProperty("id").GetString()}/retry", new { })).Expect(HttpStatusCode.NoContent);
        await it.Until(async () => (await it.Letters()).Count == 1);
        await it.Words(bens, ["Two", "Four"]);
        (await it.House.Kim.Delete($"/v1/channels/letters/{letter.GetProperty("id").GetString()}")).Expect(HttpStatusCode.NoContent);
        (await it.Letters()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_is_believed_who_cannot_prove_it()
    {
        await using var it = await Stand.On("sqlite", Provider());
        (await it.Provider.Forge(it.Stranger, old: false, new("m1", "ana", "Let me in"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await it.Provider.Forge(it.Stranger, old: true, new("m2", "ana", "Let me in again"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await it.Provider.Flood(it.Stranger)).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await it.Say("m3", "ana", "It is me")).Expect(HttpStatusCode.OK);
        await it.Words((await it.Rows(1))[0], ["It is me"]);
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_could_not_go_out_goes_later_in_order_and_once(string name)
    {
        await using var it = await Stand.On(name, Provider());
        await it.Say("m1", "ana", "Hello");
        var row = (await it.Rows(1))[0];
        it.Provider.Mood = Mood.Down;
        await it.Answer(row, "First");
        await it.Answer(row, "Second");
        await it.Failed(row, "unreachable");
        await it.States(row, "queued", "queued");
        it.Provider.Mood = Mood.Throttles;
        it.House.Clock.Advance(TimeSpan.FromMinutes(1));
        await it.Failed(row, "throttled");
        it.Provider.Mood = Mood.Takes;
        it.House.Clock.Advance(TimeSpan.FromMinutes(5));
        await it.Heard(2);
        it.Provider.Order.ShouldBe(["First", "Second"]);
        it.Provider.All.ShouldAllBe(said => said.Times == 1);
        await it.States(row, "sent", "sent");
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_the_settings_spoil_waits_is_told_to_admins_and_goes_once_they_are_mended(string name)
    {
        await using var it = await Stand.On(name, Provider());
        await it.Say("m1", "ana", "Hello");
        var row = (await it.Rows(1))[0];
        it.Provider.Mood = Mood.WrongSettings;
        await it.Answer(row, "Good morning");
        await it.Until(async () => (await it.Channel())["state"] == "broken");
        (await it.Channel())["waiting"].ShouldBe("1");
        var calls = it.Provider.Calls;
        await it.Answer(row, "Are you there?");
        await it.States(row, "queued", "queued");
        it.Provider.Calls.ShouldBe(calls);
        it.Provider.Mood = Mood.Takes;
        (await it.House.Kim.Patch($"/v1/channels/{it.Inbox}", new { settings = it.Provider.Settings })).Expect(HttpStatusCode.OK);
        await it.Heard(2);
        it.Provider.Order.ShouldBe(["Good morning", "Are you there?"]);
        await it.Until(async () => (await it.Channel())["state"] == "working");
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_will_never_be_taken_is_told_in_the_thread_and_a_person_can_send_it_again(string name)
    {
        await using var it = await Stand.On(name, Provider());
        await it.Say("m1", "ana", "Hello");
        var row = (await it.Rows(1))[0];
        it.Provider.Mood = Mood.Refuses;
        await it.Answer(row, "Good morning");
        await it.States(row, "failed");
        await it.Until(async () => (await it.Entries(row)).Any(entry => entry.GetProperty("type").GetString() == "undelivered" && entry.GetProperty("cause").GetString() == "rejected"));
        it.Provider.Mood = Mood.Takes;
        var letter = (await it.Letters()).Single();
        letter.GetProperty("code").GetString().ShouldBe("rejected");
        (await it.House.Kim.Post($"/v1/channels/letters/{letter.GetProperty("id").GetString()}/retry", new { })).Expect(HttpStatusCode.NoContent);
        await it.Heard(1);
        await it.States(row, "sent");
        await it.Until(async () => (await it.Entries(row)).Any(entry => entry.GetProperty("type").GetString() == "reached"));
        (await it.Letters()).ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_may_have_arrived_bears_its_first_id_if_it_is_sent_again(string name)
    {
        await using var it = await Stand.On(name, Provider());
        await it.Say("m1", "ana", "Hello");
        var row = (await it.Rows(1))[0];
        it.Provider.Mood = Mood.TakesAndHangs;
        await it.Answer(row, "Good morning");
        await it.Failed(row, "outcomeUnknown");
        it.Provider.Mood = Mood.Takes;
        it.House.Clock.Advance(TimeSpan.FromMinutes(1));
        await it.Until(async () => await it.State(row) is "sent" or "unknown");
        it.Provider.All.Count.ShouldBe(1);
        it.Provider.Order.ShouldBe(["Good morning"]);
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task States_only_move_forward_in_whatever_order_they_are_told(string name)
    {
        await using var it = await Stand.On(name, Provider());
        await it.Say("m1", "ana", "Hello");
        var row = (await it.Rows(1))[0];
        await it.Answer(row, "Good morning");
        var said = (await it.Heard(1)).Single();
        (await it.Provider.Tell(it.Stranger, "r2", said.Id, "read")).Expect(HttpStatusCode.OK);
        await it.States(row, "read");
        (await it.Provider.Tell(it.Stranger, "r1", said.Id, "delivered")).Expect(HttpStatusCode.OK);
        (await it.Provider.Tell(it.Stranger, "r3", said.Id, "failed")).Expect(HttpStatusCode.OK);
        (await it.Say("m2", "ana", "I see")).Expect(HttpStatusCode.OK);
        await it.Words(row, ["Hello", "Good morning", "I see"]);
        await it.States(row, "read");
    }
}
