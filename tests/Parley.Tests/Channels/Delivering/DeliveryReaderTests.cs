using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Channels.Delivering;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Channels.Delivering;

/// <summary>Where what is said goes, in the whole product.</summary>
public class DeliveryReaderTests
{
    /// <summary>The same address by another account is somebody else's.</summary>
    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_has_no_way_goes_to_no_stranger_and_the_thread_says_so(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Shore.Of(engine.Url);
        var (ana, ben) = (await it.Said("ana", "Hello"), await it.Said("ben", "Hello too"));
        var (contact, other) = (await Contact(it, ana), await Contact(it, ben));
        await it.House.Services.GetRequiredService<Database>().Write(async session =>
        {
            // Nobody knows any more where the thread is, and the address is another's here.
            await session.Execute("delete from channel_threads where conversation = @id", new { id = ConversationId.Parse(ana).Bytes });
            await session.Execute("update claims set subject = @other where subject = @contact and key like 'address:%'", new { contact = ContactId.Parse(contact).Bytes, other = ContactId.Parse(other).Bytes });
        });
        await it.Answer(ana, "One");
        await Shore.Until(async () => (await it.Missed(ana)).SequenceEqual(["recipientGone"]));
        it.Took.ShouldBeEmpty();
        (await it.Kim.Get("/v1/channels/letters")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Single().GetProperty("code").GetString().ShouldBe("recipientGone");
    }

    /// <summary>A row that is gone with a backup that was put back goes out again as what it was; what took its entry's place since is another thing.</summary>
    [Fact]
    public void What_goes_out_is_called_by_what_it_is_however_often_its_row_is_made()
    {
        var entry = new Entry
        {
            Workspace = WorkspaceId.New(TimeProvider.System), Subject = Conversation.Subject(ConversationId.New(TimeProvider.System)), Seq = 3, Position = 7, At = Clock.Morning, Type = "message", V = 1,
            Author = Author.System, Visibility = Visibility.Public, Command = "m1", Body = new MergedFrom(ConversationId.New(TimeProvider.System)),
        };
        var id = DeliveryReader.IdOf(entry);
        DeliveryReader.IdOf(entry with { }).ShouldBe(id);
        new[] { entry with { Command = "m2" }, entry with { At = entry.At.AddMilliseconds(1) }, entry with { Seq = 4 }, entry with { Position = 8 } }.Select(DeliveryReader.IdOf).ShouldNotContain(id);
        (id.Value.Version, id.Value.Variant >> 2).ShouldBe((7, 2));
        DeliveryReader.IdOf(entry with { At = entry.At.AddSeconds(1) }).CompareTo(id).ShouldBeGreaterThan(0, "The store sorts them by time.");
    }

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_goes_on_in_another_thread_is_answered_from_there(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Shore.Of(engine.Url);
        var web = await it.House.Ana();
        var into = await web.Write("Hello from the web");
        var thread = await it.Said("ana", "Hello");
        var said = (await it.House.Services.GetRequiredService<LogReader>().One(Conversation.Subject(ConversationId.Parse(into)), await it.Answer(into, "One")))!;
        // As the reader finds it after a merge.
        var reader = it.House.Services.GetRequiredService<DeliveryReader>();
        var parts = await reader.Read(it.House.Workspace, [said with { Body = new MergedFrom(ConversationId.Parse(thread)), Position = said.Position + 1 }, said with { Position = said.Position + 2 }], 10);
        await it.House.Services.GetRequiredService<Database>().Write(async session =>
        {
            foreach (var part in parts)
            {
                await part(session);
            }
        });
        reader.Reached(it.House.Workspace, said.Position);
        await Shore.Until(() => Task.FromResult(!it.Took.IsEmpty));
        it.Took.ShouldBe([("ana", "One")]);
    }

    /// <summary>An agent says the first word by a channel: to whom it knows, and to nobody else.</summary>
    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task An_agent_begins_on_a_channel_with_whoever_is_known_there(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var it = await Shore.Of(engine.Url, new { windowHours = 24 });
        var thread = await it.Said("ana", "Hello");
        var ana = await Contact(it, thread);
        (await it.Kim.Put($"/v1/conversations/{thread}/closure")).Expect(HttpStatusCode.OK);
        var words = new { clientId = "k1", inbox = it.Inbox, content = new { type = "text", text = "Your sail is here." } };
        (await it.Kim.Get($"/v1/contacts/{ana}/standing?inbox={it.Inbox}")).Expect(HttpStatusCode.OK).Has("refused").ShouldBeFalse();
        var begun = (await it.Kim.Post($"/v1/contacts/{ana}/conversations", words)).Expect(HttpStatusCode.Created)["conversation.id"];
        begun.ShouldNotBe(thread);
        await Shore.Until(async () => await it.State(begun) == "sent");
        it.Took.ShouldBe([("ana", "Your sail is here.")]);
        (await it.Kim.Post($"/v1/contacts/{ana}/conversations", words)).Expect(HttpStatusCode.OK)["conversation.id"].ShouldBe(begun);
        // She answers there.
        (await it.Post(it.Inbox, it.Token, "ana", "I come by.")).Expect(HttpStatusCode.OK);
        await Shore.Until(async () => (await it.Kim.Get($"/v1/conversations/{begun}/timeline")).Text.Contains("I come by.", StringComparison.Ordinal));

        // By another account she is nobody whom anybody knows, and whoever is on the site is not on the channel.
        var (other, _) = await it.Connect(name: "Second");
        (await it.Kim.Put($"/v1/conversations/{begun}/closure")).Expect(HttpStatusCode.OK);
        (await it.Kim.Get($"/v1/contacts/{ana}/standing?inbox={other}")).Expect(HttpStatusCode.OK)["refused"].ShouldBe("contact.unreachable");
        (await it.Kim.Post($"/v1/contacts/{ana}/conversations", words with { clientId = "k2", inbox = other })).Refused(HttpStatusCode.Conflict, "contact.unreachable");
        var web = await it.House.Ben();
        var here = await web.Write("Hello from the web");
        (await it.Kim.Put($"/v1/conversations/{here}/closure")).Expect(HttpStatusCode.OK);
        await using var ear = await Ear.Of(web);
        (await it.Kim.Post($"/v1/contacts/{web.Visitor}/conversations", words with { clientId = "k3" })).Refused(HttpStatusCode.Conflict, "contact.unreachable");
        it.Took.Count.ShouldBe(1);
    }

    private static async Task<string> Contact(Shore it, string thread) => (await it.Kim.Get($"/v1/conversations/{thread}")).Expect(HttpStatusCode.OK)["contact.id"];
}
