using System.Net;

namespace Parley.Browser.Stories;

/// <summary>A line that drops again and again: who talks over it is not told so again and again.</summary>
[Trait("takes", "long")]
public sealed class DropsTests : Scene
{
    [BrowserFact, Trait("row", "BX1"), Trait("row", "LC6"), Trait("row", "LC15")]
    public async Task BX1_LC6_LC15_Ten_drops_leave_at_most_one_sentence_in_the_thread()
    {
        await Policy(new { profile = "blended", hours = "always", graceSeconds = 3, liveWaitSeconds = 600, acceptSeconds = 600, promise = new { kind = "fixed", seconds = 600 } });
        var noor = await AtTheConsole(view: "all");
        await Online("Noor");
        await using var line = Line.To(Server.Here);
        var ana = await Customer();
        var address = line.Address(Server.Address.Host);
        ana.Watch.Own(address);
        ana.Watch.ExpectOutage();
        await ana.Visit(identity: Vouch("ana", "Ana"), parley: address);
        await ana.Begin("The line is bad out here");
        await noor.Open("The line is bad");
        await noor.Say("We have time.");
        await Expect(ana.Standing).ToContainTextAsync("You are talking with Noor");

        for (var drop = 1; drop <= 10; drop++)
        {
            // Ana waits for an answer each time: what is owed would have to be promised.
            await ana.Say($"word {drop}");
            await noor.Sees($"word {drop}");
            line.Cut();
            var row = noor.Row($"word {drop}");
            await Expect(row).ToContainTextAsync(new System.Text.RegularExpressions.Regex(drop % 2 == 1 ? "dropped" : "by "));
            line.Mend();
            await (await ana.Frame()).EvaluateAsync("dispatchEvent(new Event('online'))");
            await Expect(ana.Bar).ToBeHiddenAsync();
            await noor.Say($"answer {drop}");
            await ana.Sees($"answer {drop}");
            await Expect(noor.Row($"answer {drop}")).ToContainTextAsync("Live");
        }

        (await ana.Told.AllInnerTextsAsync()).ShouldBe(["Our answer will be here usually within 10 minutes."]);
        await Expect(ana.Messages).ToHaveCountAsync(22);
        var timeline = (await Kim.Get($"/v1/conversations/{(await Kim.Get("/v1/conversations")).Body.GetProperty("items")[0].GetProperty("id").GetString()}/timeline?limit=500")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().ToList();
        timeline.Count(entry => entry.TryGetProperty("told", out _)).ShouldBe(1, "The agent's side knows of no other sentence.");
        timeline.Count(entry => entry.GetProperty("type").GetString() == "modeChanged" && entry.GetProperty("to").GetString() == "paused").ShouldBe(10, "Each drop is in the log.");
        timeline.Count(entry => entry.GetProperty("type").GetString() == "modeChanged" && entry.GetProperty("to").GetString() == "messaging").ShouldBe(5);
    }
}
