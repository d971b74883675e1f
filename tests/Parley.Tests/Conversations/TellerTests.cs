using System.Net;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Conversations;

public class TellerTests
{
    private static readonly object Office = new { zone = "Europe/London", week = new[] { new { day = "mon", from = "09:00", to = "17:00" }, new { day = "tue", from = "09:00", to = "17:00" } } };

    [Fact]
    public async Task OP8_UC4_What_is_shown_beforehand_is_what_a_customer_is_then_told_to_the_letter()
    {
        await using var it = await Lighthouse.Open();
        (await it.Kim.Put($"/v1/inboxes/{it.Inbox}/policy", new { profile = "blended", hours = Office, promise = new { kind = "fixed", seconds = 600 } })).Expect(HttpStatusCode.OK);
        it.Clock.Advance(TimeSpan.FromHours(9));
        (await Told(it)).ShouldBe("Thank you for your message. Our answer will be here by Tuesday, 09:15.");

        // Worded anew it is so in both places; what the widget says at the door is nothing of it.
        var ours = (await it.Kim.Get("/v1/texts")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().First(one => one.GetProperty("language").GetString() == "en");
        ours.GetProperty("told").GetProperty("promise.first").GetString().ShouldBe("Thank you for your message. Our answer will be here {when}.");
        ours.GetProperty("when").GetString().ShouldBe("by Tuesday, 09:00");
        (await it.Kim.Patch($"/v1/inboxes/{it.Inbox}", new { texts = new { en = new Dictionary<string, string> { ["promise.first"] = "Good night! We write {when}." } } })).Expect(HttpStatusCode.OK);
        (await Told(it)).ShouldBe("Good night! We write by Tuesday, 09:15.");
        (await it.Stranger().Get($"/v1/widget/inboxes/{it.Inbox}")).Text.ShouldNotContain("Good night");
        (await it.Kim.Patch($"/v1/inboxes/{it.Inbox}", new { texts = new { en = new Dictionary<string, string> { ["promise.first"] = "Good night!" } } })).Refused(HttpStatusCode.BadRequest, "texts.invalid");

        var ana = await it.Ana();
        var thread = await ana.Write("Is anybody there?");
        (await ana.Read(thread)).Expect(HttpStatusCode.OK).Text.ShouldContain("Good night! We write by Tuesday, 09:15.");
    }

    [Fact]
    public async Task Where_one_talks_or_finds_no_button_nothing_is_told()
    {
        await using var it = await Lighthouse.Open();
        (await it.Kim.Put($"/v1/inboxes/{it.Inbox}/policy", new { profile = "blended", hours = Office, whenClosed = "hide" })).Expect(HttpStatusCode.OK);
        (await it.Kim.Get($"/v1/inboxes/{it.Inbox}/availability?at=2026-03-09T10:00:00Z")).Has("told").ShouldBeFalse();
        (await it.Kim.Get($"/v1/inboxes/{it.Inbox}/availability?at=2026-03-09T20:00:00Z")).Has("told").ShouldBeFalse();
    }

    private static async Task<string> Told(Lighthouse it) => (await it.Kim.Get($"/v1/inboxes/{it.Inbox}/availability")).Expect(HttpStatusCode.OK)["told.text"];
}
