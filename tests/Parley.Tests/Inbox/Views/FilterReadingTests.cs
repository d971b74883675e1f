using System.Collections.Immutable;
using System.Text.Json;
using Parley.Inbox.Views;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Inbox.Views;

public class FilterReadingTests
{
    private static readonly TeamId Sails = TeamId.From([.. new byte[15], 20]);

    private static readonly Roster House = new(
        default,
        WorkspaceState.Empty with { Teams = WorkspaceState.Empty.Teams.Add(Sails, new Team(Sails, "Sails")) },
        ImmutableDictionary<AgentId, AgentState>.Empty,
        ImmutableDictionary<InboxId, InboxState>.Empty);

    [Theory]
    [InlineData("""{"all":[{"field":"status","op":"is","value":"open"}]}""")]
    [InlineData("""{"all":[{"field":"status","op":"in","value":["open","closed"]},{"field":"label","op":"is","value":"VIP"}]}""")]
    [InlineData("""{"any":[{"field":"status","op":"is","value":"open"},{"field":"status","op":"is","value":"closed"}]}""")]
    [InlineData("""{"all":[{"field":"contact.verified","op":"is","value":true}]}""")]
    [InlineData("""{"all":[{"field":"label","op":"is","value":"vip"},{"field":"label","op":"is","value":"refund"}]}""")]
    [InlineData("""{"all":[{"field":"waitingSince","op":"olderThan","value":"PT1H"},{"field":"waitingSince","op":"newerThan","value":"P1D"}]}""")]
    [InlineData("""{"all":[{"field":"language","op":"is","value":"de"},{"field":"language","op":"isNot","value":"de-AT"}]}""")]
    [InlineData("""{"all":[{"field":"holder","op":"is","value":"agent"},{"field":"holder","op":"is","value":"me"}]}""")]
    [InlineData("""{"all":[{"field":"holder","op":"is","value":"nobody"},{"field":"holder","op":"isNot","value":"queue"}]}""")]
    [InlineData("""{"all":[{"field":"team","op":"isNotSet"}]}""")]
    [InlineData("""{"all":[{"field":"label","op":"in","value":["vip","refund"]},{"field":"label","op":"isNot","value":"vip"}]}""")]
    public void What_makes_sense_is_taken(string filter) => Flaws(filter).ShouldBeEmpty();

    [Theory]
    [InlineData("""{}""", "filter", "required")]
    [InlineData("""{"all":[]}""", "filter", "required")]
    [InlineData("""{"all":[{"field":"colour","op":"is","value":"red"}]}""", "filter.all[0].field", "unknown")]
    [InlineData("""{"all":[{"field":"status","op":"is","value":"open"},{"field":"status","op":"before","value":"open"}]}""", "filter.all[1].op", "unknown")]
    [InlineData("""{"all":[{"field":"status","op":"is","value":"asleep"}]}""", "filter.all[0].value", "invalid")]
    [InlineData("""{"all":[{"field":"status","op":"is","value":7}]}""", "filter.all[0].value", "invalid")]
    [InlineData("""{"all":[{"field":"status","op":"is","value":["open","closed"]}]}""", "filter.all[0].value", "invalid")]
    [InlineData("""{"all":[{"field":"status","op":"in","value":[]}]}""", "filter.all[0].value", "invalid")]
    [InlineData("""{"all":[{"field":"status","op":"is"}]}""", "filter.all[0].value", "invalid")]
    [InlineData("""{"all":[{"field":"status","op":"in","value":["open",1]}]}""", "filter.all[0].value", "invalid")]
    [InlineData("""{"all":[{"field":"label","op":"is","value":"gone"}]}""", "filter.all[0].value", "unknown")]
    [InlineData("""{"all":[{"field":"label","op":"is","value":"  "}]}""", "filter.all[0].value", "invalid")]
    [InlineData("""{"all":[{"field":"label","op":"isSet","value":"vip"}]}""", "filter.all[0].value", "invalid")]
    [InlineData("""{"all":[{"field":"inbox","op":"is","value":"inb_nonsense"}]}""", "filter.all[0].value", "unknown")]
    [InlineData("""{"none":[{"field":"team","op":"is","value":"tea_00000000000000000000000000"}]}""", "filter.none[0].value", "unknown")]
    [InlineData("""{"any":[{"field":"holder","op":"is","value":"agt_00000000000000000000000000"}]}""", "filter.any[0].value", "unknown")]
    [InlineData("""{"all":[{"field":"holder","op":"is","value":"flow"}]}""", "filter.all[0].value", "unknown")]
    [InlineData("""{"all":[{"field":"channel","op":"is","value":"pigeon"}]}""", "filter.all[0].value", "unknown")]
    [InlineData("""{"all":[{"field":"language","op":"is","value":"German"}]}""", "filter.all[0].value", "invalid")]
    [InlineData("""{"all":[{"field":"waitingSince","op":"olderThan","value":"two hours"}]}""", "filter.all[0].value", "invalid")]
    [InlineData("""{"all":[{"field":"waitingSince","op":"olderThan","value":"-PT2H"}]}""", "filter.all[0].value", "invalid")]
    [InlineData("""{"all":[{"field":"waitingSince","op":"olderThan","value":"P99999999999D"}]}""", "filter.all[0].value", "invalid")]
    [InlineData("""{"all":[{"field":"createdAt","op":"before","value":"yesterday"}]}""", "filter.all[0].value", "invalid")]
    [InlineData("""{"all":[{"field":"createdAt","op":"before","value":"5"}]}""", "filter.all[0].value", "invalid")]
    [InlineData("""{"all":[{"field":"createdAt","op":"within","value":"PT2H"}]}""", "filter.all[0].op", "unknown")]
    [InlineData("""{"all":[{"field":"contact.verified","op":"is","value":"maybe"}]}""", "filter.all[0].value", "invalid")]
    public void What_makes_none_is_named(string filter, string field, string code) => Flaws(filter).ShouldContain((field, code));

    [Theory]
    [InlineData("""{"all":[{"field":"status","op":"is","value":"open"},{"field":"status","op":"is","value":"closed"}]}""", "filter.all[1].value")]
    [InlineData("""{"all":[{"field":"status","op":"in","value":["open","pending"]},{"field":"mode","op":"is","value":"live"},{"field":"status","op":"notIn","value":["open","pending"]}]}""", "filter.all[2].value")]
    [InlineData("""{"all":[{"field":"status","op":"is","value":"open"}],"none":[{"field":"status","op":"is","value":"open"}]}""", "filter.none[0].value")]
    [InlineData("""{"all":[{"field":"priority","op":"notIn","value":["low","normal"]},{"field":"priority","op":"notIn","value":["high","urgent"]}]}""", "filter.all[1].value")]
    [InlineData("""{"all":[{"field":"holder","op":"is","value":"nobody"},{"field":"holder","op":"is","value":"me"}]}""", "filter.all[1].value")]
    [InlineData("""{"all":[{"field":"holder","op":"is","value":"agent"},{"field":"holder","op":"is","value":"queue"}]}""", "filter.all[1].value")]
    [InlineData("""{"all":[{"field":"label","op":"is","value":"vip"},{"field":"label","op":"isNot","value":"VIP"}]}""", "filter.all[0].value")]
    [InlineData("""{"all":[{"field":"label","op":"isNotSet"},{"field":"label","op":"is","value":"vip"}]}""", "filter.all[1].value")]
    [InlineData("""{"all":[{"field":"label","op":"is","value":"vip"}],"none":[{"field":"label","op":"is","value":"vip"}]}""", "filter.all[0].value")]
    [InlineData("""{"all":[{"field":"team","op":"isSet"},{"field":"team","op":"isNotSet"}]}""", "filter.all[1].value")]
    [InlineData("""{"all":[{"field":"language","op":"is","value":"de"},{"field":"language","op":"is","value":"nl"}]}""", "filter.all[1].value")]
    [InlineData("""{"all":[{"field":"contact.email","op":"is","value":"a@b.test"},{"field":"contact.email","op":"isNotSet"}]}""", "filter.all[1].value")]
    [InlineData("""{"all":[{"field":"contact.verified","op":"is","value":true},{"field":"contact.verified","op":"is","value":false}]}""", "filter.all[1].value")]
    [InlineData("""{"all":[{"field":"createdAt","op":"before","value":"2026-01-01"},{"field":"createdAt","op":"after","value":"2026-02-01"}]}""", "filter.all[1].value")]
    [InlineData("""{"all":[{"field":"waitingSince","op":"olderThan","value":"P1D"},{"field":"waitingSince","op":"newerThan","value":"PT1H"}]}""", "filter.all[1].value")]
    [InlineData("""{"all":[{"field":"snoozedUntil","op":"isNotSet"},{"field":"snoozedUntil","op":"within","value":"PT1H"}]}""", "filter.all[1].value")]
    public void What_no_row_can_meet_is_named(string filter, string field) => Flaws(filter).ShouldBe([(field, "contradiction")]);

    [Theory]
    [InlineData("""{"all":[{"field":"holder","op":"is","value":"me"}]}""", null)]
    [InlineData("""{"all":[{"field":"holder","op":"isNot","value":"me"}]}""", "filter.all[0].value")]
    [InlineData("""{"any":[{"field":"holder","op":"is","value":"me"}]}""", "filter.any[0].value")]
    [InlineData("""{"all":[{"field":"holder","op":"in","value":["me","queue"]}]}""", "filter.all[0].value")]
    public void In_a_view_of_several_people_me_is_whoever_looks(string filter, string? field) =>
        Flaws(filter, shared: true).Select(flaw => flaw.Field).ShouldBe(field is null ? [] : [field]);

    [Fact]
    public void Too_much_is_too_much()
    {
        var many = string.Join(",", Enumerable.Repeat("""{"field":"status","op":"is","value":"open"}""", 21));
        Flaws($$"""{"all":[{{many}}]}""").ShouldContain(("filter", "tooMany"));
        Flaws($$"""{"all":[{"field":"contact.name","op":"is","value":"{{new string('a', 201)}}"}]}""").ShouldContain(("filter.all[0].value", "invalid"));
    }

    [Fact]
    public void What_was_there_and_is_gone_is_named()
    {
        var filter = new ViewFilter([new("status", "is", ["open"]), new("team", "is", [TeamId.From([.. new byte[15], 21]).ToString()])], None: [new("label", "in", ["vip", "old"])]);
        new FilterReading(House, new HashSet<string> { "vip" }).Broken(filter).Select(flaw => flaw.Field).ShouldBe(["filter.all[1].value", "filter.none[0].value"]);
    }

    private static List<(string Field, string Code)> Flaws(string filter, bool shared = false)
    {
        var reading = new FilterReading(House, new HashSet<string> { "vip", "refund" });
        var read = reading.Read(JsonSerializer.Deserialize<FilterBody>(filter, Parley.Platform.Json.Options)!, shared);
        (read is null).ShouldBe(reading.Flaws.Count > 0);
        return [.. reading.Flaws.Select(flaw => (flaw.Field, flaw.Code))];
    }
}
