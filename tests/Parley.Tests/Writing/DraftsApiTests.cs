using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Writing;

public class DraftsApiTests
{
    [SkippableTheory, Trait("row", "PA7")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task PA7_What_an_agent_began_is_there_on_every_device_of_theirs_and_of_nobody_else(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var house = await Lighthouse.On(engine.Url);
        var noor = await house.Hire("Noor");
        var it = await (await house.Ana()).Write("Hello");
        (await house.Kim.Get($"/v1/conversations/{it}/draft")).Expect(HttpStatusCode.OK)["version"].ShouldBe("0");
        var saved = (await house.Kim.Put($"/v1/conversations/{it}/draft", new { reply = "Dear Ana", note = "careful", mode = "note", quote = 3 })).Expect(HttpStatusCode.OK);
        await house.Restart();
        var telephone = await house.SignIn("kim@lighthouse.test");
        var there = (await telephone.Get($"/v1/conversations/{it}/draft")).Expect(HttpStatusCode.OK);
        (there["reply"], there["note"], there["mode"], there["quote"], there["version"]).ShouldBe(("Dear Ana", "careful", "note", "3", saved["version"]));
        (await telephone.Get("/v1/drafts")).Expect(HttpStatusCode.OK).Body.GetProperty("conversations")[0].GetString().ShouldBe(it);
        (await noor.Get($"/v1/conversations/{it}/draft")).Expect(HttpStatusCode.OK)["reply"].ShouldBe("");
        (await noor.Get("/v1/drafts")).Body.GetProperty("conversations").GetArrayLength().ShouldBe(0);
        // What was sent is no draft any more; and what somebody wrote meanwhile elsewhere is not lost by that.
        (await house.Kim.Put($"/v1/conversations/{it}/draft", new { reply = "", version = 7 })).Refused(HttpStatusCode.Conflict, "draft.newer");
        (await house.Kim.Put($"/v1/conversations/{it}/draft", new { reply = "", version = long.Parse(saved["version"]) })).Expect(HttpStatusCode.OK)["version"].ShouldBe("0");
        (await house.Kim.Put($"/v1/conversations/{it}/draft", new { reply = "", version = 7 })).Expect(HttpStatusCode.OK)["version"].ShouldBe("0");
        (await house.Kim.Put($"/v1/conversations/{it}/draft", new { reply = "Dear" })).Expect(HttpStatusCode.OK);
        (await house.Kim.Delete($"/v1/conversations/{it}/draft")).Expect(HttpStatusCode.NoContent);
        (await telephone.Get($"/v1/conversations/{it}/draft"))["version"].ShouldBe("0");
    }

    [SkippableTheory, Trait("row", "PA7")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task PA7_Newer_words_of_another_window_are_not_overwritten_unseen(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var house = await Lighthouse.On(engine.Url);
        var path = $"/v1/conversations/{await (await house.Ana()).Write("Hello")}/draft";
        var first = (await house.Kim.Put(path, new { reply = "one" })).Expect(HttpStatusCode.OK)["version"];
        var second = (await house.Kim.Put(path, new { reply = "two", version = long.Parse(first) })).Expect(HttpStatusCode.OK)["version"];
        long.Parse(second).ShouldBeGreaterThan(long.Parse(first));
        (await house.Kim.Put(path, new { reply = "other", version = long.Parse(first) })).Refused(HttpStatusCode.Conflict, "draft.newer");
        (await house.Kim.Put(path, new { reply = "other" })).Refused(HttpStatusCode.Conflict, "draft.newer");
        // The same words again are no news.
        (await house.Kim.Put(path, new { reply = "two", version = long.Parse(first) })).Expect(HttpStatusCode.OK)["version"].ShouldBe(second);
        (await house.Kim.Get(path))["reply"].ShouldBe("two");
        // Of two at the same moment one is first.
        var both = await Task.WhenAll(new[] { "left", "right" }.Select(text => house.Kim.Put(path, new { reply = text, version = long.Parse(second) })));
        both.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        both.Single(answer => answer.Status != HttpStatusCode.OK).Refused(HttpStatusCode.Conflict, "draft.newer");
    }

    [Fact, Trait("row", "UC9")]
    public async Task UC9_The_fields_of_a_mail_are_kept_with_the_words_as_they_stand_also_what_is_no_address_yet()
    {
        await using var house = await Lighthouse.Open();
        var path = $"/v1/conversations/{await (await house.Ana()).Write("Hello")}/draft";
        var mail = new { subject = "Re: Sails", to = "Ana <ana@example.org>", cc = "ben@exam", bcc = "" };
        var version = (await house.Kim.Put(path, new { reply = "", mail })).Expect(HttpStatusCode.OK).Body.GetProperty("version").GetInt64();
        var kept = (await house.Kim.Get(path)).Expect(HttpStatusCode.OK).Body;
        JsonElement.DeepEquals(kept.GetProperty("mail"), JsonSerializer.SerializeToElement(mail)).ShouldBeTrue(kept.GetProperty("mail").GetRawText());
        kept.GetProperty("version").GetInt64().ShouldBe(version);
        // What stands there already is not saved again, whichever version is named.
        (await house.Kim.Put(path, new { reply = "", mail, version = 1 })).Expect(HttpStatusCode.OK).Body.GetProperty("version").GetInt64().ShouldBe(version);
        (await house.Kim.Put(path, new { reply = "", version })).Expect(HttpStatusCode.OK).Body.GetProperty("version").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task It_is_refused_with_the_field_named_and_where_one_may_not_look()
    {
        await using var house = await Lighthouse.Open();
        var path = $"/v1/conversations/{await (await house.Ana()).Write("Hello")}/draft";
        foreach (var (body, field) in new (object, string)[] { (new { reply = new string('x', 40_001) }, "reply"), (new { note = new string('x', 40_001) }, "note"), (new { mode = "shout" }, "mode"), (new { quote = 0 }, "quote"), (new { version = -1 }, "version"), (new { mail = new { cc = new string('x', 20_001) } }, "mail.cc") })
        {
            (await house.Kim.Put(path, body)).Refused(HttpStatusCode.BadRequest, "draft.invalid").Body.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe(field);
        }

        var team = (await house.Kim.Post("/v1/teams", new { name = "Sails" })).Expect(HttpStatusCode.Created)["id"];
        (await house.Kim.Patch($"/v1/inboxes/{house.Inbox}", new { teams = new[] { team } })).Expect(HttpStatusCode.OK);
        var noor = await house.Hire("Noor");
        (await noor.Put(path, new { reply = "x" })).Refused(HttpStatusCode.NotFound, "conversation.unknown");
    }

    [SkippableTheory, Trait("row", "PA18")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Of_an_erased_conversation_no_draft_stays(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var house = await Lighthouse.On(engine.Url);
        var ana = await house.Ana();
        var (it, other) = (await ana.Write("Hello"), await (await house.Ben()).Write("And me"));
        (await house.Kim.Put($"/v1/conversations/{it}/draft", new { reply = "Dear Ana" })).Expect(HttpStatusCode.OK);
        (await house.Kim.Put($"/v1/conversations/{other}/draft", new { reply = "Dear Ben" })).Expect(HttpStatusCode.OK);
        (await house.Kim.Post($"/v1/contacts/{ana.Visitor}/erasure", new { reason = "asked" })).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.Accepted);
        var database = house.Services.GetRequiredService<Database>();
        var head = await database.Read(session => session.One<long>("select position from heads"));
        (await house.Services.GetRequiredService<Following>().Reached("drafts", house.Workspace, head, TimeSpan.FromSeconds(10))).ShouldBeTrue();
        (await database.Read(session => session.Query<string>("select body from drafts"))).Single().ShouldContain("Dear Ben");
        (await house.Kim.Put($"/v1/conversations/{it}/draft", new { reply = "again" })).Refused(HttpStatusCode.Gone, "conversation.erased");
    }
}
