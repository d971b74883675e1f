using System.Text.Json;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Conversations.Shapes;
using Parley.Log;
using Parley.Platform;
using Shouldly;
using static Parley.Tests.Conversations.Shapes.Asking;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations.Shapes;

[Trait("row", "PA2")]
public class FormAnswersTests
{
    /// <summary>One field of each type, and one of each type that must be filled in.</summary>
    private const string All = """
        {"type":"form","form":{"fields":[
          {"name":"name","type":"text","label":{"en":"Name","de":"Ihr Name"},"required":true},
          {"name":"nick","type":"text","label":"Nickname","maxLength":5},
          {"name":"story","type":"longText","label":"Story"},
          {"name":"email","type":"email","label":"E-mail"},
          {"name":"phone","type":"phone","label":"Telephone"},
          {"name":"length","type":"number","label":"Length","min":1,"max":30.5},
          {"name":"day","type":"date","label":"Day"},
          {"name":"sail","type":"choice","label":"Sail","options":[{"id":"jib","label":{"en":"Jib","de":"Fock"}},{"id":"main","label":"Mainsail"}]},
          {"name":"extras","type":"choices","label":"Extras","options":[{"id":"bag","label":"Bag"},{"id":"rope","label":"Rope"}]},
          {"name":"news","type":"consent","label":"News"}]}}
        """;

    private const string Must = """
        {"type":"form","form":{"fields":[
          {"name":"what","type":"text","label":"What","required":true},{"name":"more","type":"longText","label":"More","required":true},{"name":"email","type":"email","label":"E-mail","required":true},
          {"name":"phone","type":"phone","label":"Phone","required":true},{"name":"count","type":"number","label":"Count","required":true},{"name":"day","type":"date","label":"Day","required":true},
          {"name":"one","type":"choice","label":"One","required":true,"options":[{"id":"a","label":"A"}]},{"name":"many","type":"choices","label":"Many","required":true,"options":[{"id":"a","label":"A"}]},
          {"name":"terms","type":"consent","label":"Terms","required":true}]}}
        """;

    [Theory]
    [InlineData("""{}""", "name required")]
    [InlineData("""{"name":""}""", "name required")]
    [InlineData("""{"name":"  \t"}""", "name required")]
    [InlineData("""{"name":null}""", "name required")]
    [InlineData("""{"name":17}""", "name text")]
    [InlineData("""{"name":true}""", "name text")]
    [InlineData("""{"name":["Ana"]}""", "name text")]
    [InlineData("""{"name":{"first":"Ana"}}""", "name text")]
    [InlineData("""{"name":"Ana","nick":"Annika"}""", "nick tooLong")]
    [InlineData("""{"name":"Ana","story":1}""", "story text")]
    [InlineData("""{"name":"Ana","email":"ana"}""", "email email")]
    [InlineData("""{"name":"Ana","email":"ana@"}""", "email email")]
    [InlineData("""{"name":"Ana","email":"ana@example"}""", "email email")]
    [InlineData("""{"name":"Ana","email":"ana @example.test"}""", "email email")]
    [InlineData("""{"name":"Ana","email":7}""", "email email")]
    [InlineData("""{"name":"Ana","phone":"call me"}""", "phone phone")]
    [InlineData("""{"name":"Ana","phone":"+-()"}""", "phone phone")]
    [InlineData("""{"name":"Ana","phone":491234}""", "phone phone")]
    [InlineData("""{"name":"Ana","phone":"00000000000000000000000000000000000000000"}""", "phone phone")]
    [InlineData("""{"name":"Ana","length":"7"}""", "length number")]
    [InlineData("""{"name":"Ana","length":true}""", "length number")]
    [InlineData("""{"name":"Ana","length":[7]}""", "length number")]
    [InlineData("""{"name":"Ana","length":0.9}""", "length tooSmall")]
    [InlineData("""{"name":"Ana","length":-1}""", "length tooSmall")]
    [InlineData("""{"name":"Ana","length":31}""", "length tooLarge")]
    [InlineData("""{"name":"Ana","length":1e999}""", "length number")]
    [InlineData("""{"name":"Ana","day":"tomorrow"}""", "day date")]
    [InlineData("""{"name":"Ana","day":"2026-02-30"}""", "day date")]
    [InlineData("""{"name":"Ana","day":"31.12.2026"}""", "day date")]
    [InlineData("""{"name":"Ana","day":"2026-1-2"}""", "day date")]
    [InlineData("""{"name":"Ana","day":20261231}""", "day date")]
    [InlineData("""{"name":"Ana","sail":"genoa"}""", "sail choice")]
    [InlineData("""{"name":"Ana","sail":"Jib"}""", "sail choice")]
    [InlineData("""{"name":"Ana","sail":["jib"]}""", "sail choice")]
    [InlineData("""{"name":"Ana","sail":1}""", "sail choice")]
    [InlineData("""{"name":"Ana","extras":"bag"}""", "extras choice")]
    [InlineData("""{"name":"Ana","extras":["bag","hat"]}""", "extras choice")]
    [InlineData("""{"name":"Ana","extras":[1]}""", "extras choice")]
    [InlineData("""{"name":"Ana","extras":[["bag"]]}""", "extras choice")]
    [InlineData("""{"name":"Ana","news":"yes"}""", "news choice")]
    [InlineData("""{"name":"Ana","news":1}""", "news choice")]
    [InlineData("""{"name":"Ana","other":"x"}""", "other unknown")]
    [InlineData("""{"name":"Ana","Name":"x"}""", "Name unknown")]
    public void What_is_wrong_is_named(string values, string flaw) => Wrong(All, values).ShouldBe([flaw]);

    [Theory]
    [InlineData("what")]
    [InlineData("more")]
    [InlineData("email")]
    [InlineData("phone")]
    [InlineData("count")]
    [InlineData("day")]
    [InlineData("one")]
    [InlineData("many")]
    [InlineData("terms")]
    public void What_is_needed_is_asked_for_whatever_its_type(string name)
    {
        var all = new Dictionary<string, object>
        {
            ["what"] = "x", ["more"] = "x", ["email"] = "ana@example.test", ["phone"] = "123", ["count"] = 0, ["day"] = "2026-12-31", ["one"] = "a", ["many"] = new[] { "a" }, ["terms"] = true,
        };
        Read(Must, JsonSerializer.Serialize(all)).Type.ShouldBe("formResponse");
        Wrong(Must, JsonSerializer.Serialize(all.Where(pair => pair.Key != name).ToDictionary())).ShouldBe([$"{name} required"]);
        all[name] = all[name] is bool ? false : all[name] is string[] ? Array.Empty<string>() : "";
        Wrong(Must, JsonSerializer.Serialize(all)).ShouldBe([$"{name} required"]);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once() =>
        Wrong(All, """{"email":"x","day":"x","zzz":1}""").ShouldBe(["name required", "email email", "day date", "zzz unknown"]);

    [Fact]
    public void All_of_it_becomes_text_in_the_order_of_the_form()
    {
        var content = Read(All, """
            {"news":true,"extras":["rope","bag","rope"],"sail":"jib","day":"2026-12-31","length":7.5,"phone":" +49 (431) 123 ","email":"ana@example.test","story":" First\r\nthen ","nick":"Nan\ta","name":" Ana "}
            """);
        content.Text.ShouldBe("Name: Ana\nNickname: Nan a\nStory: First\nthen\nE-mail: ana@example.test\nTelephone: +49 (431) 123\nLength: 7.5\nDay: 2026-12-31\nSail: Jib\nExtras: Rope, Bag\nNews: ✓");
        JsonSerializer.Serialize(content.Values, Json.Options).ShouldBe(
            """{"name":"Ana","nick":"Nan a","story":"First\nthen","email":"ana@example.test","phone":"+49 (431) 123","length":7.5,"day":"2026-12-31","sail":"jib","extras":["rope","bag"],"news":true}""");
    }

    [Fact]
    public void The_labels_are_those_of_the_language_in_which_it_was_filled_in()
    {
        var answer = Said("""{"type":"formResponse","language":"de-CH","values":{"name":"Ana","sail":"jib","news":false}}""");
        var story = Asked(All).When(new Post(ByAna, It, answer, Blended) { Of = 4, Asked = new Question(4, Said(All)), Language = "en" });
        ((Message)story.Decision.Drafts[0].Body).Content.Text.ShouldBe("Ihr Name: Ana\nSail: Fock\nNews: ✗");
    }

    [Fact]
    public void A_label_that_is_a_sentence_keeps_its_own_end()
    {
        var asked = """{"type":"form","form":{"fields":[{"name":"a","type":"text","label":"How shall it fit?"},{"name":"b","type":"text","label":"Boat:"},{"name":"c","type":"text","label":"Tell us."}]}}""";
        Read(asked, """{"a":"Close","b":"Skagen","c":"All"}""").Text.ShouldBe("How shall it fit? Close\nBoat: Skagen\nTell us. All");
    }

    [Fact]
    public void What_was_left_empty_is_not_there()
    {
        var content = Read(All, """{"name":"Ana","nick":"","extras":[],"story":"  "}""");
        content.Values!.Keys.ShouldBe(["name"]);
        content.Text.ShouldBe("Name: Ana");
    }

    [Fact]
    public void A_name_and_all_answers_together_are_of_bounded_length()
    {
        Wrong(All, $$"""{"name":"{{new string('x', 101)}}"}""").ShouldBe(["name tooLong"]);
        Wrong(All, $$"""{"name":"Ana","story":"{{new string('x', 5001)}}"}""").ShouldBe(["story tooLong"]);
        var two = """{"type":"form","form":{"fields":[{"name":"a","type":"longText","label":"A"},{"name":"b","type":"longText","label":"B"}]}}""";
        Read(two, $$"""{"a":"{{new string('x', 4_900)}}","b":"{{new string('x', 5_000)}}"}""").Text!.Length.ShouldBe(9_907);
        Wrong(two, $$"""{"a":"{{new string('x', 5_000)}}","b":"{{new string('x', 5_000)}}"}""").ShouldBe(["a tooLong"]);
    }

    [Fact]
    public void Characters_that_no_store_takes_are_replaced() => Read(All, """{"name":"A\u0000na"}""").Values!["name"].Text!.ShouldNotContain("\0");

    [Fact]
    public void Name_and_addresses_are_claims_of_the_person_and_nothing_else_is()
    {
        FormAnswers.Claims(Read(All, """{"name":"Ana","email":"ana@example.test","phone":"123","nick":"Nan"}"""), []).ShouldBe(new Described(Source.Typed, "Ana", "ana@example.test", "123"));
        var other = """{"type":"form","form":{"fields":[{"name":"order","type":"text","label":"Order"}]}}""";
        FormAnswers.Claims(Read(other, """{"order":"17"}"""), []).ShouldBeNull();
    }

    [Fact]
    public void Values_travel_as_they_are()
    {
        const string Values = """{"a":"x","b":1.5,"c":false,"d":["x","y"]}""";
        JsonSerializer.Serialize(JsonSerializer.Deserialize<Dictionary<string, FormValue>>(Values, Json.Options), Json.Options).ShouldBe(Values);
        FormValue.Of("a", "b").ShouldBe(FormValue.Of("a", "b"));
        FormValue.Of("a").ShouldNotBe(FormValue.Of("b"));
    }

    private static Content Read(string form, string values) => Answer(form, $$"""{"type":"formResponse","values":{{values}}}""");

    private static string[] Wrong(string form, string values)
    {
        var refusal = Asked(form).When(Answers(form, $$"""{"type":"formResponse","values":{{values}}}""")).ThenRefused("form.invalid", 400).Decision.Refusal!;
        refusal.Errors.ShouldAllBe(flaw => flaw.Text.Length > 0);
        return [.. refusal.Errors.Select(flaw => $"{flaw.Field} {flaw.Code}")];
    }
}
