using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Hosting;
using Parley.Platform.Store;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class RedactingTests
{
    [Fact]
    public void A_redaction_overwrites_one_body_and_says_so_where_it_was_seen()
    {
        var story = AnaWrote();
        story.When(new Redact(ByKim, It, 3, "a card number", story.Target(3))).Then(new Redacted(3, "a card number"));
        story.Decision.Drafts[0].Visibility.ShouldBe(Visibility.Public);
        story.Decision.Overwrites.ShouldBe([new Overwrite(Conversation.Subject(It), 3, "redacted")]);
    }

    [Fact]
    public void A_redacted_note_stays_among_colleagues()
    {
        var story = AnaWrote().Given(ByKim, new Note("secret"));
        story.When(new Redact(ByKim, It, 4, "x", story.Target(4)));
        story.Decision.Drafts[0].Visibility.ShouldBe(Visibility.Internal);
    }

    [Fact]
    public void Facts_are_not_redacted()
    {
        var story = AnaWrote();
        story.When(new Redact(ByKim, It, 1, "x", story.Target(1))).ThenRefused("message.unknown", 404);
    }

    [Fact]
    public void An_erasure_overwrites_all_and_the_thread_takes_nothing_more()
    {
        var story = AnaWrote().When(new Erase(ByKim, It, "asked")).Then(new Erased("asked"));
        story.Decision.Overwrites.ShouldBe([new Overwrite(Conversation.Subject(It), null, "erased")]);
        story.Done();
        story.When(new Post(ByAna, It, Content.Of("x"), Blended)).ThenRefused("conversation.erased", 410);
        story.When(new Erase(ByKim, It, "asked")).ThenNothing();
    }

    [Fact]
    public void What_an_answer_said_of_a_person_goes_with_it_and_of_who_was_forgotten_nothing_is_taken_again()
    {
        var contact = Contact.Subject(Ana);
        var story = AnaWrote();
        var target = story.Target(3) with { Claims = [(Ana, 4)] };
        foreach (var (command, reason) in new (Command, string)[] { (new Redact(ByKim, It, 3, "x", target), "redacted"), (new Delete(ByAna, It, 3, target), "deleted") })
        {
            command.Others.ShouldBe([contact]);
            var decision = Decided(command, new Contact());
            decision.Drafts[^1].ShouldBe(new Draft(new ClaimsWithdrawn(4, reason), contact));
            decision.Overwrites.ShouldBe([new Overwrite(Conversation.Subject(It), 3, reason), new Overwrite(contact, 4, reason)]);
            Decided(command, new Contact { Erased = true }).Overwrites.Length.ShouldBe(1);
        }

        Decision Decided(Command command, Contact who) =>
            new ConversationKind().Decide(story.State, command, new Deciding(Noon, story.Seq, new Dictionary<Subject, (object, long)> { [contact] = (who, 6) }));
    }

    [Theory, Trait("row", "PA2")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PA2_Claims_of_a_form_go_with_its_answer_and_what_was_said_elsewhere_stays(bool byThemselves)
    {
        await using var house = await Cast.Lighthouse.Open();
        (await house.Kim.Patch($"/v1/inboxes/{house.Inbox}", new { forms = new[] { Who }, preChat = "who" })).Expect(HttpStatusCode.OK);
        var ana = await house.Ana();
        var opened = (await ana.Post("/v1/widget/conversations", new { clientId = "o", content = new { type = "text", text = "Hello" }, form = new { id = "who", values = new { name = "Wrongwoman", email = "typo@sea.test", phone = "555 0199" } } })).Expect(HttpStatusCode.Created);
        var it = opened["conversation.id"];
        (await ana.Patch("/v1/widget/me", new { email = "ana@sea.test" })).Expect(HttpStatusCode.OK);
        var asked = (await house.Kim.Post($"/v1/conversations/{it}/messages", new { content = new { type = "form", form = new { id = "who" } } })).Expect(HttpStatusCode.Created);
        var second = await Answers(ana, it, asked, new { name = "Another", phone = "555 0142" });
        await Knows(house, ana, "Another", "ana@sea.test", "555 0142");

        // The second answer first: what the first said holds again.
        await Gone(second);
        await Knows(house, ana, "Wrongwoman", "ana@sea.test", "555 0199");
        await Gone((await ana.Read(it)).Body.GetProperty("items")[1].GetProperty("seq").GetInt64());
        await Knows(house, ana, null, "ana@sea.test", null);
        await Searched("typo", "Wrongwoman", "Another", "0199");
        await house.Services.GetRequiredService<Following>().Rebuild("search");
        await house.Services.GetRequiredService<Following>().Rebuild("inbox");
        await Searched("typo", "Wrongwoman", "Another", "0199");
        await Until(async () => (await house.Kim.Get("/v1/search?q=ana@sea.test")).Expect(HttpStatusCode.OK).Body.GetProperty("people").GetArrayLength() == 1);

        var left = await house.Services.GetRequiredService<Database>().Read(session => session.One<long>("select count(*) from entries where body like '%Wrongwoman%' or body like '%typo@%' or body like '%Another%' or body like '%555 01%'"));
        left.ShouldBe(0);
        var list = Path.Combine(house.Services.GetRequiredService<Place>().Folder, Erasures.FileName);
        await Until(() => File.Exists(list) && Erasures.Lines(File.ReadAllLines(list)).Where(line => line.Kind == Contact.Kind).Distinct().Count() == 2);

        async Task Gone(long seq) => (byThemselves
            ? await ana.Delete($"/v1/widget/conversations/{it}/messages/{seq}")
            : await house.Kim.Post($"/v1/conversations/{it}/redactions", new { of = seq, reason = "asked" })).Expect(HttpStatusCode.OK);

        async Task Searched(params string[] words)
        {
            foreach (var word in words)
            {
                await Until(async () => (await house.Kim.Get($"/v1/search?q={word}")).Expect(HttpStatusCode.OK).Body.GetProperty("people").GetArrayLength() == 0);
            }
        }
    }

    [Fact, Trait("row", "PA2")]
    public async Task PA2_What_the_site_says_too_stays_when_the_answer_goes_that_said_it_first()
    {
        await using var house = await Cast.Lighthouse.Open();
        (await house.Kim.Patch($"/v1/inboxes/{house.Inbox}", new { forms = new[] { Who } })).Expect(HttpStatusCode.OK);
        var ana = house.Browser();
        (await ana.Begin(house.Vouch("ana-1"))).Expect(HttpStatusCode.Created);
        var it = await ana.Write("Hello");
        var asked = (await house.Kim.Post($"/v1/conversations/{it}/messages", new { content = new { type = "form", form = new { id = "who" } } })).Expect(HttpStatusCode.Created);
        var answer = await Answers(ana, it, asked, new { name = "Ana", email = "ana@sea.test" });
        (await ana.Begin(house.Vouch("ana-1", "Ana", "ana@sea.test"))).Expect(HttpStatusCode.Created);
        (await house.Kim.Post($"/v1/conversations/{it}/redactions", new { of = answer, reason = "asked" })).Expect(HttpStatusCode.OK);
        await Knows(house, ana, "Ana", "ana@sea.test", null);
    }

    private static readonly object Who = new
    {
        id = "who", name = "Who are you",
        fields = new object[] { new { name = "name", type = "text", label = "Name" }, new { name = "email", type = "email", label = "E-mail" }, new { name = "phone", type = "phone", label = "Telephone" } },
    };

    private static async Task<long> Answers(Cast.Browser customer, string it, Cast.Answer asked, object values) =>
        (await customer.Post($"/v1/widget/conversations/{it}/messages", new { of = asked.Body.GetProperty("seq").GetInt64(), content = new { type = "formResponse", values } })).Expect(HttpStatusCode.Created).Body.GetProperty("seq").GetInt64();

    /// <summary>The profile, and the name in the agents' list.</summary>
    private static async Task Knows(Cast.Lighthouse house, Cast.Browser customer, string? name, string? email, string? phone)
    {
        var contact = (await house.Kim.Get($"/v1/contacts/{customer.Visitor}")).Expect(HttpStatusCode.OK).Body;
        (Text(contact, "name"), Text(contact, "email"), Text(contact, "phone")).ShouldBe((name, email, phone));
        Text((await house.Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items")[0].GetProperty("contact"), "name").ShouldBe(name);
    }

    private static string? Text(JsonElement it, string name) => it.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static Task Until(Func<bool> holds) => Until(() => Task.FromResult(holds()));

    private static async Task Until(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 200 && !await holds(); i++)
        {
            await Task.Delay(25);
        }

        (await holds()).ShouldBeTrue();
    }
}
