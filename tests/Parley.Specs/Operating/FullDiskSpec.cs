using System.Net;
using Parley.Specs.Killing;
using Parley.Tests.Cast;

namespace Parley.Specs.Operating;

/// <summary>The disk of a server runs full under its feet: what cannot be written is refused whole, what can be read is read, and room makes all of it good.</summary>
public class FullDiskSpec
{
    private const string Password = "the lamp is lit";

    [SkippableFact, Trait("row", "BX3")]
    public async Task BX3_A_full_disk_takes_nothing_half_loses_nothing_and_needs_no_restart()
    {
        await using var disk = await Tmpfs.Mount(64);
        var folder = Directory.CreateDirectory(Path.Combine(disk.Path, "data")).FullName;
        await using var parley = new ParleyProcess(folder, null);
        await parley.Run("agent", "add", "--name", "Kim", "--email", "kim@lighthouse.test", "--password", Password, "--role", "owner");
        await parley.Serve("rate.visitorPerSecond=100000", "rate.visitorBurst=100000");
        using var kim = new Person(parley.Address);
        (await kim.Post("/v1/session", new { email = "kim@lighthouse.test", password = Password })).Expect(HttpStatusCode.Created);
        var inbox = (await kim.Post("/v1/inboxes", new { name = "Shop", channel = "web" })).Expect(HttpStatusCode.Created)["id"];
        using var ana = new Browser(parley.Address, inbox);
        (await ana.Begin()).Expect(HttpStatusCode.Created);
        var it = await ana.Write("said 0");
        await using var hers = await Ear.Of(ana);

        disk.Fill();
        var (taken, refused) = (new List<string> { "said 0" }, new List<string>());
        for (var n = 1; refused.Count < 5; n++)
        {
            n.ShouldBeLessThan(5_000, "The disk is never full: that proves nothing.");
            var text = $"said {n} {new string('x', 2_000)}";
            var answer = await ana.Post($"/v1/widget/conversations/{it}/messages", new { clientId = $"{n}", content = new { type = "text", text } });
            if (answer.Status == HttpStatusCode.Created)
            {
                taken.Add(text);
            }
            else
            {
                answer.Refused(HttpStatusCode.ServiceUnavailable, "store.unavailable").Headers.RetryAfter.ShouldNotBeNull();
                refused.Add(text);
            }
        }

        // Whoever is there reads on, and is not sent away.
        (await ana.Read(it)).Expect(HttpStatusCode.OK);
        (await kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK);
        (await ana.Upload("/v1/widget/files", "large.txt", "text/plain", System.Text.Encoding.UTF8.GetBytes(new string('x', 4 << 20)))).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        hers.Open.ShouldBeTrue();
        Directory.EnumerateFiles(Path.Combine(folder, "files"), "*.*", SearchOption.AllDirectories).Where(path => Path.HasExtension(path)).ShouldBeEmpty("What broke off leaves nothing behind.");

        disk.Empty();
        await ana.Say(it, "there is room");
        await hers.Message("there is room");
        hers.Messages().ShouldBe([.. taken.Skip(1), "there is room"]);
        await parley.Kill();
        await parley.Serve();
        var texts = new List<string>();
        for (var (after, more) = (0L, true); more;)
        {
            var page = (await kim.Get($"/v1/conversations/{it}/timeline?after={after}&limit=500")).Expect(HttpStatusCode.OK).Body;
            foreach (var entry in page.GetProperty("items").EnumerateArray())
            {
                after = entry.GetProperty("seq").GetInt64();
                if (entry.GetProperty("type").GetString() == "message")
                {
                    texts.Add(entry.GetProperty("content").GetProperty("text").GetString()!);
                }
            }

            more = page.GetProperty("more").GetBoolean();
        }

        texts.ShouldBe([.. taken, "there is room"]);
    }
}
