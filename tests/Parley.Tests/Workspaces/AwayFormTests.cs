using System.Net;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Workspaces;

public class AwayFormTests
{
    [Fact, Trait("row", "LC24")]
    public async Task LC24_Where_a_form_is_all_there_is_and_nobody_chose_one_there_is_one_and_what_it_says_is_promised_an_answer()
    {
        await using var it = await Lighthouse.Open();
        (await it.Kim.Put($"/v1/inboxes/{it.Inbox}/policy", new { profile = "strictLive", hours = "always" })).Expect(HttpStatusCode.OK);
        var ana = await it.Ana();
        var widget = (await it.Stranger().Get($"/v1/widget/inboxes/{it.Inbox}")).Expect(HttpStatusCode.OK);
        widget["availability.button"].ShouldBe("form");
        var fields = widget.Body.GetProperty("offline").GetProperty("fields").EnumerateArray().ToList();
        fields.Select(field => field.GetProperty("name").GetString()).ShouldBe(["name", "email", "phone", "message"]);
        fields.Select(field => field.TryGetProperty("required", out var required) && required.GetBoolean()).ShouldBe([false, true, false, true]);

        var id = widget["offline.id"];
        (await Sends(ana, id, new { message = "My sail is torn" })).Refused(HttpStatusCode.BadRequest, "form.invalid");
        var begun = (await Sends(ana, id, new { email = "ana@example.test", message = "My sail is torn" })).Expect(HttpStatusCode.Created)["conversation.id"];
        var seen = (await it.Kim.Get($"/v1/conversations/{begun}")).Expect(HttpStatusCode.OK);
        seen["mode"].ShouldBe("messaging");
        seen.Body.GetProperty("promise").GetProperty("due").GetDateTimeOffset().ShouldBeGreaterThan(it.Clock.GetUtcNow());
        (await ana.Read(begun)).Text.ShouldContain("My sail is torn");
    }

    [Fact]
    public async Task What_was_chosen_stands_there_instead_and_where_one_may_write_nothing_does()
    {
        await using var it = await Lighthouse.Open();
        (await it.Stranger().Get($"/v1/widget/inboxes/{it.Inbox}")).Body.TryGetProperty("offline", out _).ShouldBeFalse();
        object[] fields = [new { name = "text", label = "Message", type = "longText", required = true }];
        (await it.Kim.Patch($"/v1/inboxes/{it.Inbox}", new { forms = new[] { new { id = "ours", name = "Ours", fields } }, offline = "ours" })).Expect(HttpStatusCode.OK);
        (await it.Kim.Put($"/v1/inboxes/{it.Inbox}/policy", new { profile = "strictLive", hours = "always" })).Expect(HttpStatusCode.OK);
        (await it.Stranger().Get($"/v1/widget/inboxes/{it.Inbox}"))["offline.id"].ShouldBe("ours");
    }

    [Fact]
    public async Task What_it_asks_is_asked_in_the_voice_of_the_inbox()
    {
        await using var it = await Lighthouse.Open();
        (await it.Kim.Put($"/v1/inboxes/{it.Inbox}/policy", new { profile = "strictLive", hours = "always" })).Expect(HttpStatusCode.OK);
        (await Labels()).ShouldBe(["Wie können wir Ihnen helfen?", "Hoe kunnen we je helpen?", "¿En qué podemos ayudarte?"]);
        (await it.Kim.Patch($"/v1/inboxes/{it.Inbox}", new { voice = new { de = "informal", nl = "formal", es = "formal" } })).Expect(HttpStatusCode.OK);
        (await Labels()).ShouldBe(["Wie können wir dir helfen?", "Hoe kunnen wij u helpen?", "¿En qué podemos ayudarle?"]);

        async Task<string?[]> Labels()
        {
            var label = (await it.Stranger().Get($"/v1/widget/inboxes/{it.Inbox}")).Expect(HttpStatusCode.OK).Body.GetProperty("offline").GetProperty("fields")[3].GetProperty("label");
            return [label.GetProperty("de").GetString(), label.GetProperty("nl").GetString(), label.GetProperty("es").GetString()];
        }
    }

    private static Task<Answer> Sends(Browser who, string id, object values) => who.Post("/v1/widget/conversations", new { clientId = Guid.CreateVersion7().ToString("N"), form = new { id, values } });
}
