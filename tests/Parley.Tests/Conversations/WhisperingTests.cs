using System.Net;
using Parley.Conversations;
using Parley.Log;
using Parley.Tests.Cast;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class WhisperingTests
{
    private const string Secret = "offerheronefree";

    [Fact, Trait("row", "PA16")]
    public void PA16_A_whisper_is_a_note_for_who_has_the_conversation()
    {
        var story = AnaWrote().Given(ByKim, new Assigned(Noor, null, null, null, "manual")).When(new Whisper(ByKim, It, "Offer her one free"));
        var note = story.Decision.Drafts.Single().Body.ShouldBeOfType<Note>();
        (note.Text, note.To, note.Mentions!.Value.Single(), note.Visibility).ShouldBe(("Offer her one free", Noor, Noor, Visibility.Internal));
    }

    [Fact, Trait("row", "PA16")]
    public void PA16_Nobody_whispers_to_nobody_nor_to_themselves_nor_without_words()
    {
        AnaWrote().When(new Whisper(ByKim, It, "Hello?")).ThenRefused("whisper.nobody");
        AnaWrote().Given(ByKim, new Assigned(Kim, null, null, null, "manual")).When(new Whisper(ByKim, It, "Hello?")).ThenRefused("whisper.nobody");
        AnaWrote().Given(ByKim, new Assigned(Noor, null, null, null, "manual")).When(new Whisper(ByKim, It, " ")).ThenRefused("content.empty", 400);
    }

    [Fact, Trait("row", "PA16")]
    public async Task PA16_No_customer_ever_hears_a_whisper_nor_that_somebody_looks()
    {
        await using var it = await Tests.Cast.Lighthouse.Open();
        using var ana = await it.Ana();
        var conversation = await ana.Write("My sail is torn");
        var noor = await it.Hire("Noor");
        (await it.Kim.Put($"/v1/conversations/{conversation}/assignment", new { agent = noor.Id })).Expect(HttpStatusCode.OK);
        await using var anas = await Ear.Of(ana);
        await anas.Say(new { type = "open", conversation });
        await using var noors = await Ear.Of(noor);
        await noors.Say(new { type = "open", conversation });
        // Kim looks, and whispers.
        await using var kims = await Ear.Of(it.Kim);
        await kims.Say(new { type = "supervise" });
        await kims.Say(new { type = "open", conversation });
        (await it.Kim.Get($"/v1/conversations/{conversation}/timeline")).Expect(HttpStatusCode.OK);
        var heard = anas.Heard.Count;
        var whispered = (await it.Kim.Post($"/v1/conversations/{conversation}/whispers", new { text = Secret, clientId = "w1" })).Expect(HttpStatusCode.Created);
        (await noors.Next("event", frame => frame.TryGetProperty("entry", out var entry) && entry.GetProperty("type").GetString() == "note")).GetProperty("entry").GetProperty("to").GetString().ShouldBe(noor.Id);
        (await it.Kim.Post($"/v1/conversations/{conversation}/whispers", new { text = Secret, clientId = "w1" })).Expect(HttpStatusCode.OK)["seq"].ShouldBe(whispered["seq"]);

        (await noor.Post($"/v1/conversations/{conversation}/messages", new { clientId = "m", content = new { type = "text", text = "Bring it in" } })).Expect(HttpStatusCode.Created);
        await anas.Next("event", frame => frame.TryGetProperty("entry", out var entry) && entry.GetProperty("type").GetString() == "message", heard);
        anas.Heard.ShouldNotContain(frame => frame.GetRawText().Contains(Secret));
        anas.Heard.Skip(heard).Select(frame => frame.GetRawText()).ShouldAllBe(frame => !frame.Contains(it.Kim.Id));
        anas.Heard.Skip(heard).ShouldNotContain(frame => frame.GetProperty("type").GetString() == "mark" && frame.GetRawText().Contains("seen"));
        foreach (var path in new[] { $"/v1/widget/conversations/{conversation}/timeline", "/v1/widget/conversations" })
        {
            (await ana.Get(path)).Expect(HttpStatusCode.OK).Text.ShouldNotContain(Secret, Case.Insensitive, path);
        }

        (await ana.Post($"/v1/conversations/{conversation}/whispers", new { text = "Me too" })).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await noor.Post($"/v1/conversations/{conversation}/whispers", new { text = "Me too" })).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
    }
}
