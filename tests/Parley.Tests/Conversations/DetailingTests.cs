using System.Collections.Immutable;
using Parley.Conversations;
using Parley.Conversations.Shapes;
using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class DetailingTests
{
    private static readonly ImmutableSortedDictionary<string, string> Sails = ImmutableSortedDictionary<string, string>.Empty.Add("topic", "Sails");

    [Fact, Trait("row", "MS26")]
    public void MS26_What_is_said_of_a_conversation_is_an_entry_and_no_state()
    {
        var story = AnaWrote();
        var before = story.State;
        story.When(new SetAttributes(ByKim, It, Sails)).Then(new AttributesSet(null, Sails)).Done();
        story.State.ShouldBe(before, "Words of a person are in no fold.");
        story.When(new SetAttributes(ByKim, It, ImmutableSortedDictionary<string, string>.Empty)).ThenNothing();
    }

    [Fact]
    public void Only_what_makes_sense_under_an_attribute_is_taken_from_an_answer()
    {
        ImmutableArray<AttributeDefinition> all =
        [
            new(AttributeOf.Conversation, "topic", "Topic", AttributeKind.Choice, ["sails", "ropes"]), new(AttributeOf.Conversation, "order", "Order", AttributeKind.Number),
            new(AttributeOf.Conversation, "urgent", "Urgent", AttributeKind.YesNo), new(AttributeOf.Conversation, "old", "Old", AttributeKind.Text, Retired: true), new(AttributeOf.Contact, "boat", "Boat", AttributeKind.Text),
        ];
        var answer = new Content("formResponse", "…") { Values = new Dictionary<string, FormValue> { ["topic"] = "Ropes", ["order"] = 17.5, ["urgent"] = true, ["old"] = "x", ["boat"] = "Laser", ["nick"] = "Nan" } };
        Detailing.Read(answer, AttributeOf.Conversation, all)!.Select(one => $"{one.Key}={one.Value}").ShouldBe(["order=17.5", "topic=ropes", "urgent=true"]);
        Detailing.Read(answer, AttributeOf.Contact, all)!.Select(one => $"{one.Key}={one.Value}").ShouldBe(["boat=Laser"]);
        Detailing.Read(answer with { Values = new Dictionary<string, FormValue> { ["topic"] = "anchors" } }, AttributeOf.Conversation, all).ShouldBeNull();
    }
}
