using System.Text.Json;
using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Workspaces.Verdict;

namespace Parley.Tests.Workspaces;

public class AttributingTests
{
    private static readonly WorkspaceKind Kind = new();
    private static readonly AttributeDefinition Plan = new(AttributeOf.Contact, "plan", "Plan", AttributeKind.Choice, ["Free", "Club"]);
    private static readonly AttributeDefinition Orders = new(AttributeOf.Contact, "orders", "Orders", AttributeKind.Number);
    private static readonly AttributeDefinition Member = new(AttributeOf.Contact, "member", "Member", AttributeKind.YesNo);
    private static readonly AttributeDefinition Since = new(AttributeOf.Contact, "since", "Since", AttributeKind.Date);
    private static readonly AttributeDefinition Boat = new(AttributeOf.Contact, "boat", "Boat", AttributeKind.Text);
    private static readonly AttributeDefinition Topic = new(AttributeOf.Conversation, "boat", "Topic", AttributeKind.Text);

    [Fact, Trait("row", "MS26")]
    public void MS26_An_attribute_is_added_once_renamed_and_taken_away()
    {
        var state = Then(Founded, Plan with { Name = " Plan ", Key = "plan " });
        state.Attributes["contact.plan"].Name.ShouldBe("Plan");
        Wish(state, Plan).Bodies().ShouldBeEmpty();
        Then(state, Plan with { Name = "Tariff", Choices = ["Free"] }).Attributes["contact.plan"].Choices!.Value.ShouldBe(["Free"]);
        // The same word may name something else of a conversation.
        Then(Then(state, Boat), Topic).Attributes.Count.ShouldBe(3);
        var gone = Then(state, Plan with { Retired = true });
        gone.Attributes["contact.plan"].ShouldSatisfyAllConditions(it => it.Retired.ShouldBe(true), it => it.Kind.ShouldBe(AttributeKind.Choice));
        Wish(gone, Plan with { Retired = true }).Bodies().ShouldBeEmpty();
        Wish(gone, Orders with { Retired = true }).ShouldBeRefused("attribute.unknown", 404);
        Then(gone, Plan).Attributes["contact.plan"].Retired.ShouldBeNull();
    }

    [Fact, Trait("row", "MS26")]
    public void MS26_What_cannot_be_an_attribute_is_refused_with_the_field()
    {
        Refused(Plan with { Key = "the plan" }).ShouldBe("attribute.invalid key");
        Refused(Plan with { Choices = [] }).ShouldBe("attribute.invalid choices");
        Refused(Plan with { Choices = ["Free", "free"] }).ShouldBe("attribute.invalid choices");
        Refused(Plan with { Choices = ["Free", " "] }).ShouldBe("attribute.invalid choices");
        Wish(Founded, Plan with { Name = " " }).ShouldBeRefused("name.empty", 400);
        var known = Then(Founded, Plan);
        Wish(known, Plan with { Kind = AttributeKind.Number }).ShouldBeRefused("attribute.kind", 409);
        Wish(Then(known, Plan with { Retired = true }), Plan with { Kind = AttributeKind.Number }).Refusal!.Errors.Single().Field.ShouldBe("kind");
        var full = Enumerable.Range(0, Attributing.Most).Aggregate(Founded, (state, i) => Then(state, Boat with { Key = $"a{i}" }));
        Wish(full, Boat).ShouldBeRefused("attributes.limit", 409);
        Wish(full, Topic).Bodies().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"plan":"club"}""", "plan=Club")]
    [InlineData("""{"orders":12.50}""", "orders=12.5")]
    [InlineData("""{"orders":"1e3"}""", "orders=1000")]
    [InlineData("""{"orders":-0.0}""", "orders=0")]
    [InlineData("""{"member":true}""", "member=true")]
    [InlineData("""{"member":"false"}""", "member=false")]
    [InlineData("""{"since":"2026-02-28"}""", "since=2026-02-28")]
    [InlineData("""{"boat":" Laser "}""", "boat=Laser")]
    [InlineData("""{"boat":" ","orders":null}""", "boat=,orders=")]
    public void What_makes_sense_is_kept_as_one_writes_it(string wanted, string kept) =>
        string.Join(',', Read(wanted).Values.Select(one => $"{one.Key}={one.Value}")).ShouldBe(kept);

    [Theory]
    [InlineData("""{"colour":"red"}""", "attributes.colour unknown")]
    [InlineData("""{"plan":"Gold"}""", "attributes.plan choice")]
    [InlineData("""{"plan":true}""", "attributes.plan choice")]
    [InlineData("""{"orders":"many"}""", "attributes.orders number")]
    [InlineData("""{"orders":true}""", "attributes.orders number")]
    [InlineData("""{"member":"yes"}""", "attributes.member choice")]
    [InlineData("""{"since":"2026-02-30"}""", "attributes.since date")]
    [InlineData("""{"boat":["Laser"]}""", "attributes.boat tooLong")]
    public void What_makes_none_is_named(string wanted, string flaw)
    {
        Read(wanted).Flaws.Select(one => $"{one.Field} {one.Code}").ShouldBe([flaw]);
        Read(wanted).Refusal!.Code.ShouldBe("attributes.invalid");
    }

    [Fact]
    public void What_is_gone_or_of_something_else_is_not_there()
    {
        var wanted = JsonSerializer.Deserialize<Dictionary<string, JsonElement?>>("""{"boat":"Laser"}""")!;
        Attributing.Read([Boat with { Retired = true }, Topic], AttributeOf.Contact, wanted).Flaws.Single().Code.ShouldBe("unknown");
        Attributing.Read([Topic], AttributeOf.Conversation, wanted).Values["boat"].ShouldBe("Laser");
    }

    private static AttributeValues Read(string wanted) =>
        Attributing.Read([Plan, Orders, Member, Since, Boat], AttributeOf.Contact, JsonSerializer.Deserialize<SortedDictionary<string, JsonElement?>>(wanted)!);

    private static string Refused(AttributeDefinition it) => Wish(Founded, it).Refusal!.Code + " " + Wish(Founded, it).Refusal!.Errors.Single().Field;

    private static Parley.Log.Decision Wish(WorkspaceState state, AttributeDefinition it) => Decide(Kind, state, new DefineAttribute(ByKim, it));

    private static WorkspaceState Then(WorkspaceState state, AttributeDefinition it) => Wish(state, it).Bodies().Aggregate(state, (all, body) => all with { Attributes = all.Attributes.SetItem(((AttributeDefined)body).Attribute.Place, ((AttributeDefined)body).Attribute) });
}
