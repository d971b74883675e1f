using System.Net;
using Parley.Tests.Channels.Email;
using Shouldly;

namespace Parley.Tests.Channels.Receiving;

public class ChoosingTests
{
    [Fact]
    public async Task What_the_customer_was_asked_nobody_else_answers_and_an_answer_by_mail_stays_a_mail()
    {
        await using var it = await Letterbox.Of();
        await it.Hand("From: Ana <ana@example.test>\nTo: support@lighthouse.test\nSubject: The sail\nMessage-ID: <1@example.test>", "Where is my sail?");
        var thread = (await it.Threads(1))[0];
        (await it.House.Kim.Post($"/v1/conversations/{thread}/messages", new { content = new { type = "quickReplies", text = "Shall we send it?", replies = new[] { new { id = "yes", text = "Yes" }, new { id = "no", text = "No" } } } })).Expect(HttpStatusCode.Created);
        var asked = await it.Sent(1);
        await it.Hand($"From: Eve <eve@evil.test>\nTo: {asked.ReplyTo[0].Address}\nMessage-ID: <2@evil.test>", "1");
        var eves = (await it.Words(thread, 3))[2];
        (eves.TryGetProperty("choice", out _), eves.GetProperty("mail").GetProperty("unverified").GetBoolean()).ShouldBe((false, true));
        await it.Answer(thread, "To Ana.");
        (await it.Sent(2)).To.Select(one => one.Address).ShouldBe(["ana@example.test"]);
        await it.Hand($"From: Ana <ana@example.test>\nTo: {asked.ReplyTo[0].Address}\nCc: ben@example.test\nSubject: Re: The sail\nMessage-ID: <3@example.test>", "1");
        (await it.Words(thread, 5))[4].TryGetProperty("choice", out _).ShouldBeFalse("Something else was said last.");
        (await it.House.Kim.Post($"/v1/conversations/{thread}/messages", new { content = new { type = "quickReplies", text = "Shall we?", replies = new[] { new { id = "yes", text = "Yes" } } } })).Expect(HttpStatusCode.Created);
        await it.Hand($"From: Ana <ana@example.test>\nTo: {asked.ReplyTo[0].Address}\nCc: ben@example.test\nSubject: Re: The sail\nMessage-ID: <4@example.test>", "1");
        var chosen = (await it.Words(thread, 7))[6];
        (chosen.GetProperty("choice").GetString(), chosen.GetProperty("mail").GetProperty("cc")[0].GetProperty("address").GetString()).ShouldBe(("yes", "ben@example.test"));
    }
}
