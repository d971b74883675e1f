using System.Net;
using Parley.Conversations;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

public class ReactingTests
{
    [Theory]
    [InlineData("👍")]
    [InlineData("❤️")]
    [InlineData("👩‍🚒")]
    [InlineData("🇳🇱")]
    public void One_emoji_is_a_reaction(string emoji)
    {
        var story = AnaWrote();
        story.When(new React(ByKim, It, 3, emoji, true, story.Target(3))).Then(new Reacted(3, emoji, true));
        story.When(new React(ByKim, It, 3, emoji, false, story.Target(3))).Then(new Reacted(3, emoji, false));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ok")]
    [InlineData("a")]
    [InlineData("1")]
    [InlineData("é")]
    [InlineData("👍👍")]
    [InlineData("<b>")]
    public void Words_are_no_reaction(string text)
    {
        var story = AnaWrote();
        story.When(new React(ByKim, It, 3, text, true, story.Target(3))).ThenRefused("reaction.unknown", 400);
    }

    [Fact]
    public void What_is_so_already_is_nothing()
    {
        var story = AnaWrote();
        story.When(new React(ByKim, It, 3, "👍", true, story.Target(3), Already: true)).ThenNothing();
        story.When(new React(ByKim, It, 3, "no", true, story.Target(3), Already: true)).ThenRefused("reaction.unknown", 400);
    }

    [Fact]
    public async Task A_sign_that_stands_is_not_written_again_on_either_side()
    {
        await using var house = await Cast.Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("Hello");
        async Task<int> Written(Task<Cast.Answer> answer) => (await answer).Expect(HttpStatusCode.OK).Body.GetProperty("entries").GetArrayLength();
        foreach (var (who, path) in new (Cast.Caller, string)[] { (house.Kim, "/v1/conversations"), (ana, "/v1/widget/conversations") })
        {
            string Sign(string emoji) => $"{path}/{it}/messages/3/reactions/{Uri.EscapeDataString(emoji)}";
            (await Written(who.Delete(Sign("👍")))).ShouldBe(0);
            (await Written(who.Put(Sign("👍")))).ShouldBe(1);
            (await Written(who.Put(Sign("👍")))).ShouldBe(0);
            (await Written(who.Put(Sign("❤️")))).ShouldBe(1);
            (await Written(who.Delete(Sign("👍")))).ShouldBe(1);
            (await Written(who.Delete(Sign("👍")))).ShouldBe(0);
            (await Written(who.Put(Sign("👍")))).ShouldBe(1);
        }
    }

    [Fact]
    public async Task The_same_sign_given_many_times_at_once_is_written_once()
    {
        await using var house = await Cast.Lighthouse.Open();
        var ana = await house.Ana();
        var it = await ana.Write("Hello");
        var sign = $"/v1/conversations/{it}/messages/3/reactions/{Uri.EscapeDataString("👍")}";
        for (var round = 0; round < 5; round++)
        {
            var put = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => house.Kim.Put(sign)));
            put.Sum(answer => answer.Expect(HttpStatusCode.OK).Body.GetProperty("entries").GetArrayLength()).ShouldBe(1);
            var taken = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => house.Kim.Delete(sign)));
            taken.Sum(answer => answer.Expect(HttpStatusCode.OK).Body.GetProperty("entries").GetArrayLength()).ShouldBe(1);
        }

        // Those of others do not stand in the way.
        var both = await Task.WhenAll(house.Kim.Put(sign), ana.Put($"/v1/widget{sign[3..]}"));
        both.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK && answer.Body.GetProperty("entries").GetArrayLength() == 1);
    }

    [Fact]
    public void Who_was_overtaken_asks_again()
    {
        var story = AnaWrote().Given(ByNoor, new Reacted(3, "👍", true));
        story.When(new React(ByKim, It, 3, "👍", true, story.Target(3), Seen: 0)).ThenRefused("reaction.overtaken");
        story.When(new React(ByKim, It, 3, "👍", true, story.Target(3), Seen: 4)).Then(new Reacted(3, "👍", true));
    }

    [Fact]
    public void Only_messages_and_notes_are_reacted_to()
    {
        var story = AnaWrote();
        story.When(new React(ByKim, It, 2, "👍", true, story.Target(2))).ThenRefused("message.unknown", 404);
    }
}
