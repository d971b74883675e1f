using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Store;
using Parley.Tests.Cast;

namespace Parley.Specs.Channels;

/// <summary>What else a system may tell by the generic channel, and what is kept of it.</summary>
public sealed class GenericTellsSpec
{
    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_no_store_keeps_is_put_aside_and_all_behind_it_goes_on(string name)
    {
        var provider = new GenericProvider();
        await using var it = await Stand.On(name, provider);
        (await provider.Post(
            it.Stranger,
            new { id = "a\0", type = "x" },
            new { id = "b", type = "receipt", of = "b\0", state = "read" },
            new { id = "c\0", from = new { id = "cleo" }, text = "Who?" },
            new { id = "d", from = new { id = "dora\0" }, text = "Where?" },
            new { id = new string('e', 401), from = new { id = "emil" }, text = "Which?" },
            new { id = "f", from = new { id = "ana", name = "A\0na" }, text = "Hi\0 there", quotes = "q\0" })).Expect(HttpStatusCode.OK);
        (await it.Say("m2", "ben", "Two")).Expect(HttpStatusCode.OK);
        var rows = await it.Rows(2);
        await it.Words(await it.Of("Two", rows), ["Two"]);
        await it.Words(await it.Of("Hi\uFFFD there", rows), ["Hi\uFFFD there"]);
        await it.Until(async () => (await it.Letters()).Count == 1);
    }

    [Fact]
    public async Task What_breaks_in_our_hands_again_and_again_is_put_aside_and_a_person_has_it_worked()
    {
        await using var it = await Stand.On("sqlite", new GenericProvider());
        await Execute(it, "create trigger broken before insert on channel_words when new.key = 'm1' begin select raise(abort, 'broken'); end");
        (await it.Say("m1", "ana", "One")).Expect(HttpStatusCode.OK);
        (await it.Say("m2", "ben", "Two")).Expect(HttpStatusCode.OK);
        await it.Until(async () =>
        {
            it.House.Clock.Advance(TimeSpan.FromSeconds(130));
            return (await it.Letters()).Count == 1;
        });
        await it.Words((await it.Rows(1))[0], ["Two"]);
        await Execute(it, "drop trigger broken");
        (await it.House.Kim.Post($"/v1/channels/letters/{(await it.Letters())[0].GetProperty("id").GetString()}/retry", new { })).Expect(HttpStatusCode.NoContent);
        await it.Words(await it.Of("One", await it.Rows(2)), ["One"]);
    }

    [Fact]
    public async Task A_fault_of_ours_is_no_fault_of_the_message()
    {
        var provider = new GenericProvider();
        await using var it = await Stand.On("sqlite", provider);
        var folder = Path.Combine(it.House.Folder, "files");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        // No file can be kept.
        await File.WriteAllTextAsync(folder, "");
        (await provider.Post(it.Stranger, new { id = "m1", from = new { id = "ana" }, text = "See", files = new[] { new { name = "a.txt", mime = "text/plain", content = Convert.ToBase64String("Hello"u8) } } })).Expect(HttpStatusCode.OK);
        await it.Until(async () => await Count(it, "select count(*) from arrivals where tries > 0 or state = 2") == 1);
        File.Delete(folder);
        it.House.Clock.Advance(TimeSpan.FromMinutes(1));
        await it.Words((await it.Rows(1))[0], ["See"]);
        (await it.Letters()).ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_is_called_the_same_in_both_directions_is_two_things(string name)
    {
        var provider = new GenericProvider { Names = "17" };
        await using var it = await Stand.On(name, provider);
        await it.Say("16", "ana", "Hello");
        var row = (await it.Rows(1))[0];
        await it.Answer(row, "Good morning");
        await it.States(row, "sent");
        await it.Say("17", "ana", "Thanks");
        await it.Words(row, ["Hello", "Good morning", "Thanks"]);
        (await provider.Tell(it.Stranger, "r1", "17", "read")).Expect(HttpStatusCode.OK);
        await it.States(row, "read");
    }

    [Fact]
    public async Task Echoes_with_long_names_are_told_apart()
    {
        var provider = new GenericProvider();
        await using var it = await Stand.On("sqlite", provider);
        await it.Say("m1", "ana", "Hello");
        var row = (await it.Rows(1))[0];
        var prefix = new string('e', 100);
        (await provider.Post(it.Stranger, new { id = prefix + "1", type = "echo", to = "ana", text = "From the app" }, new { id = prefix + "2", type = "echo", to = "ana", text = "And more" })).Expect(HttpStatusCode.OK);
        await it.Words(row, ["Hello", "From the app", "And more"]);
        // It was said there: it does not go out there again.
        await it.Answer(row, "Now from here");
        (await it.Heard(1)).Single().Text.ShouldBe("Now from here");
        (await it.Letters()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_echo_that_comes_before_the_answer_doubles_nothing()
    {
        var provider = new GenericProvider { Mood = Mood.TakesAndHangs };
        await using var it = await Stand.On("sqlite", provider);
        await it.Say("m1", "ana", "Hello");
        var row = (await it.Rows(1))[0];
        await it.Answer(row, "Good morning");
        await it.Failed(row, "outcomeUnknown");
        (await provider.Post(it.Stranger, new { id = "e1", type = "echo", to = "ana", text = "Good morning" })).Expect(HttpStatusCode.OK);
        await it.Until(async () => await Count(it, "select count(*) from arrivals where tries > 0 or length(body) = 0") == 2);
        (provider.Names, provider.Mood) = ("e1", Mood.Takes);
        await it.Until(async () =>
        {
            it.House.Clock.Advance(TimeSpan.FromSeconds(10));
            return await it.State(row) == "sent" && await Count(it, "select count(*) from arrivals where state in (0, 3)") == 0;
        });
        await it.Words(row, ["Hello", "Good morning"]);
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_piece_that_failed_is_told_though_another_arrived(string name)
    {
        var provider = new GenericProvider();
        await using var it = await Stand.On(name, provider);
        (await it.House.Kim.Patch($"/v1/channels/{it.Inbox}", new { settings = new { textLimit = 20 } })).Expect(HttpStatusCode.OK);
        await it.Say("m1", "ana", "Hello");
        var row = (await it.Rows(1))[0];
        await it.Answer(row, "We have sails for all winds.");
        await it.States(row, "sent");
        var ids = provider.All.Select(said => said.Id).Order().ToArray();
        ids.Length.ShouldBe(2);
        await provider.Tell(it.Stranger, "r1", ids[0], "delivered");
        await it.States(row, "delivered");
        await provider.Tell(it.Stranger, "r2", ids[1], "failed");
        await it.States(row, "failed");
        await it.Until(async () => (await it.Entries(row)).Any(entry => entry.GetProperty("type").GetString() == "undelivered"));
        // Of the piece that arrived once more: the other has still failed.
        await provider.Tell(it.Stranger, "r3", ids[0], "read");
        await it.Until(async () => await Count(it, "select count(*) from arrivals where state = 1") == 4);
        await it.States(row, "failed");
        // Sent again, it begins with what failed.
        (await it.House.Kim.Post($"/v1/channels/letters/{(await it.Letters()).Single().GetProperty("id").GetString()}/retry", new { })).Expect(HttpStatusCode.NoContent);
        await it.States(row, "sent");
        provider.All.OrderBy(said => said.Id).Select(said => said.Times).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_failure_that_is_told_before_we_know_of_the_message_counts()
    {
        var provider = new GenericProvider { Mood = Mood.TakesAndHangs };
        await using var it = await Stand.On("sqlite", provider);
        await it.Say("m1", "ana", "Hello");
        var row = (await it.Rows(1))[0];
        await it.Answer(row, "Good morning");
        await it.Failed(row, "outcomeUnknown");
        await provider.Tell(it.Stranger, "r1", provider.All.Single().Id, "failed");
        await it.Until(async () => await Count(it, "select count(*) from arrivals where tries > 0 or state = 1") == 2);
        provider.Mood = Mood.Takes;
        await it.Until(async () =>
        {
            it.House.Clock.Advance(TimeSpan.FromSeconds(10));
            return await it.State(row) == "failed";
        });
    }

    [Fact]
    public async Task The_window_counts_from_when_it_was_said()
    {
        var provider = new GenericProvider();
        await using var it = await Stand.On("sqlite", provider);
        (await it.House.Kim.Patch($"/v1/channels/{it.Inbox}", new { settings = new { windowHours = 24 } })).Expect(HttpStatusCode.OK);
        await provider.Post(it.Stranger, new { id = "m1", from = new { id = "ana" }, text = "Hello", at = it.House.Clock.GetUtcNow() - TimeSpan.FromHours(25) });
        var path = $"/v1/conversations/{(await it.Rows(1))[0].GetProperty("id").GetString()}/channel";
        await it.Until(async () => (await it.House.Kim.Get(path)).Has("kind"));
        (await it.House.Kim.Get(path))["open"].ShouldBe("False");
        await it.Say("m2", "ana", "Are you there?");
        await it.Until(async () => (await it.House.Kim.Get(path))["open"] == "True");
    }

    /// <summary>After an erasure nothing says where somebody wrote from, nor what they said.</summary>
    [Fact]
    public async Task Who_is_forgotten_is_forgotten_everywhere()
    {
        const string Address = "+15550109876";
        const string Word = "spinnakerboom";
        var provider = new GenericProvider();
        await using var it = await Stand.On("sqlite", provider);
        (await provider.Post(it.Stranger, new { id = 7 }, new { id = "m1", from = new { id = Address, name = "Ana" }, text = Word })).Expect(HttpStatusCode.OK);
        var row = (await it.Rows(1))[0];
        await it.Until(async () => (await it.Letters()).Count == 1);
        // What could be worked is not kept a second time.
        (await it.Letters())[0].GetRawText().ShouldNotContain(Word);
        await it.Answer(row, "Yes?");
        await it.States(row, "sent");
        await Execute(it, "create trigger broken before insert on channel_words when new.key = 'm2' begin select raise(abort, 'broken'); end");
        (await it.Say("m2", Address, Word)).Expect(HttpStatusCode.OK);
        await it.Until(async () =>
        {
            it.House.Clock.Advance(TimeSpan.FromSeconds(130));
            return (await it.Letters()).Count == 2;
        });
        (await Found(it, Address)).ShouldNotBeEmpty();
        (await it.House.Kim.Post($"/v1/contacts/{row.GetProperty("contact").GetProperty("id").GetString()}/erasure", new { reason = "asked" })).Expect(HttpStatusCode.OK);
        List<string> found = [];
        await it.Until(async () => (found = [.. await Found(it, Address), .. await Found(it, Word)]).Count == 0, () => string.Join(", ", found));
        (await it.Letters()).Count.ShouldBe(1);
    }

    /// <summary>Of what nobody can read nobody can say whose it is: but whose address stands in it is told by the address.</summary>
    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_nobody_could_read_goes_with_whose_address_stands_in_it(string name)
    {
        var provider = new GenericProvider();
        await using var it = await Stand.On(name, provider);
        (await provider.Post(it.Stranger, new { id = "m1", from = new { id = "ana" }, text = "Hello" })).Expect(HttpStatusCode.OK);
        var row = (await it.Rows(1))[0];
        (await provider.Post(it.Stranger, new { id = "m2", from = new { id = "ana" }, text = 7 })).Expect(HttpStatusCode.OK);
        (await provider.Post(it.Stranger, new { id = "m3", from = new { id = "susana" }, text = 7 })).Expect(HttpStatusCode.OK);
        await it.Until(async () => (await it.Letters()).Count == 2);
        (await it.House.Kim.Post($"/v1/contacts/{row.GetProperty("contact").GetProperty("id").GetString()}/erasure", new { reason = "asked" })).Expect(HttpStatusCode.OK);
        await it.Until(async () => (await it.Letters()).Count == 1);
        (await it.Letters())[0].GetProperty("text").GetString()!.ShouldContain("susana");
    }

    [Fact]
    public async Task What_the_store_would_not_take_for_two_hours_is_put_aside_and_what_came_after_it_goes_on()
    {
        await using var it = await Stand.On("sqlite", new GenericProvider());
        await Execute(it, "create trigger full before insert on entries when new.body like '%spinnaker%' begin select raise(abort, 'full'); end");
        (await it.Say("m1", "ana", "spinnaker")).Expect(HttpStatusCode.OK);
        (await it.Say("m2", "ben", "Two")).Expect(HttpStatusCode.OK);
        await it.Until(async () =>
        {
            it.House.Clock.Advance(TimeSpan.FromSeconds(130));
            return (await it.Letters()).Count == 1;
        });
        await it.Words((await it.Rows(1))[0], ["Two"]);
        await Execute(it, "drop trigger full");
        (await it.House.Kim.Post("/v1/channels/letters/retry", new { })).Expect(HttpStatusCode.OK)["count"].ShouldBe("1");
        await it.Words(await it.Of("spinnaker", await it.Rows(2)), ["spinnaker"]);
    }

    [Fact]
    public async Task Who_shows_a_wrong_token_is_soon_not_heard_and_harms_nobody_else()
    {
        var provider = new GenericProvider();
        await using var it = await Stand.On("sqlite", provider);
        using var wrong = it.House.Stranger();
        wrong.Bearer = "wrong";
        (await wrong.Raw(HttpMethod.Post, $"/v1/channels/{it.Inbox}/inbound", "{}")).Refused(HttpStatusCode.Unauthorized, "token.wrong");
        await it.Until(async () => (await wrong.Raw(HttpMethod.Post, $"/v1/channels/{it.Inbox}/inbound", "{}")).Code == "rate.limited");
        (await it.Say("m1", "ana", "It is me")).Expect(HttpStatusCode.OK);
        await it.Words((await it.Rows(1))[0], ["It is me"]);
    }

    [Fact]
    public async Task Of_who_shows_a_wrong_token_nothing_is_read()
    {
        await using var it = await Stand.On("sqlite", new GenericProvider());
        using var line = new TcpClient();
        await line.ConnectAsync(it.House.Address.Host, it.House.Address.Port);
        // What is announced never comes: who waits for it would not answer.
        await line.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /v1/channels/{it.Inbox}/inbound HTTP/1.1\r\nHost: parley.test\r\nAuthorization: Bearer wrong\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n"));
        using var reader = new StreamReader(line.GetStream(), Encoding.ASCII);
        (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30))).ShouldNotBeNull().ShouldContain("401");
    }

    [Fact]
    public void What_comes_in_at_once_has_an_end()
    {
        var intake = new Parley.Channels.Receiving.Intake(100);
        using var first = intake.Enter();
        first.Take(80).ShouldBeTrue();
        using (var second = intake.Enter())
        {
            second.Take(21).ShouldBeFalse();
        }

        using var third = intake.Enter();
        third.Take(20).ShouldBeTrue();
    }

    [Fact]
    public async Task A_channels_inbox_is_never_set_so_that_it_takes_nothing()
    {
        await using var it = await Stand.On("sqlite", new GenericProvider());
        foreach (var policy in (object[])[new { profile = "strictLive" }, new { profile = "messaging", whenClosed = "hide" }, new { profile = "blended", whenClosed = "form" }])
        {
            (await it.House.Kim.Put($"/v1/inboxes/{it.Inbox}/policy", policy)).Refused(HttpStatusCode.BadRequest, "policy.invalid");
        }

        (await it.House.Kim.Patch($"/v1/inboxes/{it.Inbox}", new { profile = "strictLive" })).Refused(HttpStatusCode.BadRequest, "policy.invalid");
        (await it.House.Kim.Put($"/v1/inboxes/{it.Inbox}/trial", new { profile = "strictLive", until = it.House.Clock.GetUtcNow() + TimeSpan.FromDays(7) })).Refused(HttpStatusCode.BadRequest, "trial.invalid");
        (await it.House.Kim.Put($"/v1/inboxes/{it.Inbox}/policy", new { profile = "messaging" })).Expect(HttpStatusCode.OK);
    }

    private static Task Execute(Stand it, string sql) => it.House.Services.GetRequiredService<Database>().Write(session => session.Execute(sql));

    private static async Task<long> Count(Stand it, string sql) => await it.House.Services.GetRequiredService<Database>().Read(session => session.One<long?>(sql)) ?? 0;

    /// <summary>In which columns of the whole store a text stands.</summary>
    private static async Task<List<string>> Found(Stand it, string text)
    {
        var found = new List<string>();
        await using var store = new SqliteConnection($"Data Source={Path.Combine(it.House.Folder, "parley.db")};Mode=ReadOnly");
        await store.OpenAsync();
        var tables = new List<string>();
        await using (var names = new SqliteCommand("select name from sqlite_master where type = 'table' and sql not like '%virtual%'", store))
        await using (var reader = await names.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                tables.Add(reader.GetString(0));
            }
        }

        foreach (var table in tables)
        {
#pragma warning disable CA2100 // The names are the store's own.
            await using var all = new SqliteCommand($"select * from \"{table}\"", store);
#pragma warning restore CA2100
            await using var rows = await all.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                for (var column = 0; column < rows.FieldCount; column++)
                {
                    if ((rows.GetValue(column) switch { string said => said, byte[] bytes => Encoding.UTF8.GetString(bytes), _ => "" }).Contains(text, StringComparison.OrdinalIgnoreCase))
                    {
                        found.Add($"{table}.{rows.GetName(column)}");
                    }
                }
            }
        }

        return found;
    }
}
