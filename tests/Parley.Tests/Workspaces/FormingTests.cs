using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Parley.Platform;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Workspaces;

[Trait("row", "PA2")]
public class FormingTests
{
    [Theory]
    [InlineData("""{"name":"a","type":"text","label":"A"}""")]
    [InlineData("""{"name":"name","type":"text","label":"A","required":true,"maxLength":50}""")]
    [InlineData("""{"name":"a-b_9","type":"longText","label":{"en":"A","pt-BR":"B"},"hint":{"en":"C"},"maxLength":5000}""")]
    [InlineData("""{"name":"email","type":"email","label":"A"}""")]
    [InlineData("""{"name":"phone","type":"phone","label":"A"}""")]
    [InlineData("""{"name":"a","type":"number","label":"A","min":-1.5,"max":2}""")]
    [InlineData("""{"name":"a","type":"number","label":"A","min":2,"max":2}""")]
    [InlineData("""{"name":"a","type":"date","label":"A"}""")]
    [InlineData("""{"name":"a","type":"choice","label":"A","options":[{"id":"x","label":"X"}]}""")]
    [InlineData("""{"name":"a","type":"choices","label":"A","options":[{"id":"x","label":{"en":"X"}},{"id":"y","label":"Y"}]}""")]
    [InlineData("""{"name":"a","type":"consent","label":"A","required":true}""")]
    public void A_form_asks_for_anything_of_these(string field) => Flaws(field).ShouldBeEmpty();

    [Theory]
    [InlineData("""{"name":"","type":"text","label":"A"}""", "fields[0].name invalid")]
    [InlineData("""{"name":"9a","type":"text","label":"A"}""", "fields[0].name invalid")]
    [InlineData("""{"name":"a b","type":"text","label":"A"}""", "fields[0].name invalid")]
    [InlineData("""{"name":"ä","type":"text","label":"A"}""", "fields[0].name invalid")]
    [InlineData("""{"name":"id","type":"text","label":"A"}""", "fields[0].name invalid")]
    [InlineData("""{"name":"a\n","type":"text","label":"A"}""", "fields[0].name invalid")]
    [InlineData("""{"name":"name","type":"longText","label":"A"}""", "fields[0].type invalid")]
    [InlineData("""{"name":"email","type":"text","label":"A"}""", "fields[0].type invalid")]
    [InlineData("""{"name":"phone","type":"number","label":"A"}""", "fields[0].type invalid")]
    [InlineData("""{"name":"a","type":"text","label":" "}""", "fields[0].label required")]
    [InlineData("""{"name":"a","type":"text","label":{"en":"A","de":""}}""", "fields[0].label.de required")]
    [InlineData("""{"name":"a","type":"text","label":{"english":"A"}}""", "fields[0].label language")]
    [InlineData("""{"name":"a","type":"text","label":"A","hint":""}""", "fields[0].hint required")]
    [InlineData("""{"name":"a","type":"text","label":"A","maxLength":0}""", "fields[0].maxLength invalid")]
    [InlineData("""{"name":"a","type":"text","label":"A","maxLength":5001}""", "fields[0].maxLength invalid")]
    [InlineData("""{"name":"a","type":"date","label":"A","maxLength":5}""", "fields[0].maxLength invalid")]
    [InlineData("""{"name":"a","type":"text","label":"A","min":1}""", "fields[0].min invalid")]
    [InlineData("""{"name":"a","type":"date","label":"A","max":1}""", "fields[0].max invalid")]
    [InlineData("""{"name":"a","type":"number","label":"A","min":2,"max":1}""", "fields[0].max invalid")]
    [InlineData("""{"name":"a","type":"choice","label":"A"}""", "fields[0].options required")]
    [InlineData("""{"name":"a","type":"choices","label":"A","options":[]}""", "fields[0].options required")]
    [InlineData("""{"name":"a","type":"text","label":"A","options":[{"id":"x","label":"X"}]}""", "fields[0].options invalid")]
    [InlineData("""{"name":"a","type":"choice","label":"A","options":[{"id":"x y","label":"X"}]}""", "fields[0].options[0].id invalid")]
    [InlineData("""{"name":"a","type":"choice","label":"A","options":[{"id":"x","label":""}]}""", "fields[0].options[0].label required")]
    [InlineData("""{"name":"a","type":"choice","label":"A","options":[{"id":"x","label":"X"},{"id":"x","label":"Y"}]}""", "fields[0].options[1].id twice")]
    [InlineData("""{"name":"a","type":"text","label":"A"},{"name":"a","type":"text","label":"B"}""", "fields[1].name twice")]
    public void What_is_wrong_is_named(string field, string flaw) => Flaws(field).ShouldBe([$"form.{flaw}"]);

    [Fact]
    public void Labels_fields_and_options_are_of_bounded_number_and_length()
    {
        Flaws($$"""{"name":"a","type":"text","label":"{{new string('x', 200)}}"}""").ShouldBeEmpty();
        Flaws($$"""{"name":"a","type":"text","label":"{{new string('x', 201)}}"}""").ShouldBe(["form.fields[0].label tooLong"]);
        Flaws(Many(30)).ShouldBeEmpty();
        Flaws(Many(31)).ShouldBe(["form.fields tooMany"]);
        Flaws($$"""{"name":"a","type":"choice","label":"A","options":[{{string.Join(',', Enumerable.Range(0, 101).Select(i => $$"""{"id":"o{{i}}","label":"O"}"""))}}]}""").ShouldBe(["form.fields[0].options tooMany"]);
    }

    [Fact]
    public async Task An_inbox_keeps_forms_and_says_which_stand_before_the_chat_and_while_nobody_is_here()
    {
        await using var house = await Lighthouse.Open();
        var path = $"/v1/inboxes/{house.Inbox}";
        var first = (await house.Kim.Get(path)).Expect(HttpStatusCode.OK);
        (first.Body.GetProperty("forms").GetArrayLength(), first["rating"], first.Has("preChat")).ShouldBe((0, "False", false));

        object Form(string id, string name) => new { id, name, title = "Hello", fields = new[] { new { name = "name", type = "text", label = new { en = "Name", de = "Ihr Name" } } } };
        (await house.Kim.Patch(path, new { forms = new[] { Form("who", "Who are you"), Form("later", "While we sleep") }, preChat = "who", offline = "later", rating = true })).Expect(HttpStatusCode.OK);
        var inbox = (await house.Kim.Get(path)).Expect(HttpStatusCode.OK);
        (inbox["preChat"], inbox["offline"], inbox["rating"]).ShouldBe(("who", "later", "True"));
        inbox.Body.GetProperty("forms")[1].GetProperty("name").GetString().ShouldBe("While we sleep");

        var shown = (await house.Stranger().Get($"/v1/widget/inboxes/{house.Inbox}")).Expect(HttpStatusCode.OK);
        shown["preChat.id"].ShouldBe("who");
        shown["offline.fields"].ShouldContain("Ihr Name");
        shown.Text.ShouldNotContain("While we sleep");

        var without = (await house.Kim.Patch(path, new { preChat = "" })).Expect(HttpStatusCode.OK);
        (without.Has("preChat"), without["offline"]).ShouldBe((false, "later"));
        (await house.Kim.Patch(path, new { rating = true })).Expect(HttpStatusCode.OK)["version"].ShouldBe(without["version"]);
    }

    [Fact, Trait("row", "LC24")]
    public async Task LC24_An_inbox_that_shows_a_form_and_has_made_none_shows_ours()
    {
        await using var house = await Lighthouse.Open();
        (await house.Kim.Put($"/v1/inboxes/{house.Inbox}/policy", new { profile = "strictLive", hours = new { zone = "UTC", week = new[] { new { day = "tue", from = "09:00", to = "17:00" } } } })).Expect(HttpStatusCode.OK);
        var shown = (await house.Stranger().Get($"/v1/widget/inboxes/{house.Inbox}")).Expect(HttpStatusCode.OK);
        (shown["offline.id"], shown["availability.button"]).ShouldBe(("away", "form"));
        var ana = await house.Ana();
        (await ana.Post("/v1/widget/conversations", new { clientId = "1", content = new { type = "text", text = "Hello?" } })).Refused(HttpStatusCode.Conflict, "inbox.closed");
        (await ana.Post("/v1/widget/conversations", new { clientId = "2", form = new { id = "away", values = new { email = "ana" } } })).Refused(HttpStatusCode.BadRequest, "form.invalid");
        var thread = (await ana.Post("/v1/widget/conversations", new { clientId = "3", form = new { id = "away", values = new { email = "ana@example.test", message = "Do you mend sails?" } } })).Expect(HttpStatusCode.Created)["conversation.id"];
        var seen = (await house.Kim.Get($"/v1/conversations/{thread}")).Expect(HttpStatusCode.OK);
        (seen["mode"], seen["promise.ground"]).ShouldBe(("messaging", "openingHours"));
        (await house.Kim.Put($"/v1/inboxes/{house.Inbox}/policy", new { profile = "blended" })).Expect(HttpStatusCode.OK);
        (await house.Stranger().Get($"/v1/widget/inboxes/{house.Inbox}")).Has("offline").ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"preChat":"nowhere"}""", "preChat", "unknown")]
    [InlineData("""{"offline":"nowhere"}""", "offline", "unknown")]
    [InlineData("""{"forms":[{"name":"N","fields":[{"name":"a","type":"text","label":"A"}]}]}""", "forms[0].id", "required")]
    [InlineData("""{"forms":[{"id":"a","fields":[{"name":"a","type":"text","label":"A"}]}]}""", "forms[0].name", "required")]
    [InlineData("""{"forms":[{"id":"a","name":"N"}]}""", "forms[0].fields", "required")]
    [InlineData("""{"forms":[{"id":"a","name":"N","fields":[{"name":"a","type":"text","label":"A"}]},{"id":"a","name":"M","fields":[{"name":"a","type":"text","label":"A"}]}]}""", "forms[1].id", "twice")]
    [InlineData("""{"forms":[{"id":"a","name":"N","fields":[{"name":"a","type":"number","label":"A","min":2,"max":1}]}]}""", "forms[0].fields[0].max", "invalid")]
    public async Task An_inbox_takes_no_form_that_could_not_be_asked(string change, string field, string code)
    {
        await using var house = await Lighthouse.Open();
        var refused = (await house.Kim.Raw(HttpMethod.Patch, $"/v1/inboxes/{house.Inbox}", change)).Refused(HttpStatusCode.BadRequest, "forms.invalid");
        var error = refused.Body.GetProperty("errors")[0];
        (error.GetProperty("field").GetString(), error.GetProperty("code").GetString()).ShouldBe((field, code));
    }

    [Theory]
    [InlineData("""{"forms":[{"id":"a","name":"N","fields":[{"name":"a","type":"hologram","label":"A"}]}]}""", "forms[0].fields[0].type")]
    [InlineData("""{"forms":[{"id":"a","name":"N","fields":[{"name":"a","type":"text"}]}]}""", "forms[0].fields[0].label")]
    [InlineData("""{"forms":[{"id":"a","name":"N","fields":[{"name":"a","type":"text","label":[]}]}]}""", "forms[0].fields[0].label")]
    public async Task What_is_not_of_the_right_kind_is_named_too(string change, string field)
    {
        await using var house = await Lighthouse.Open();
        var refused = (await house.Kim.Raw(HttpMethod.Patch, $"/v1/inboxes/{house.Inbox}", change)).Refused(HttpStatusCode.BadRequest, "request.malformed");
        refused.Body.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe(field);
    }

    private static IEnumerable<string> Flaws(string fields) =>
        Forming.Flaws(JsonSerializer.Deserialize<Form>($$"""{"fields":[{{fields}}]}""", Json.Options)!, "form").Select(flaw => $"{flaw.Field} {flaw.Code}");

    private static string Many(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"name":"f{{i}}","type":"text","label":"F"}"""));
}
