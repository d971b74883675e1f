using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using Parley.Platform.Hosting;
using Parley.Platform.Store;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Conversations;

public class ErasingApiTests
{
    [Fact]
    public async Task A_forgotten_person_leaves_no_word_behind_and_others_keep_theirs()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana("ana-1");
        var ben = await house.Ben("ben-1");
        var hers = await ana.Write("Ana's secret harbour");
        var his = await ben.Write("Ben's boat");
        (await house.Kim.Post($"/v1/conversations/{hers}/notes", new { clientId = "n", text = "her secret is safe" })).Expect(HttpStatusCode.Created);
        (await house.Kim.Post($"/v1/contacts/{ana.Visitor}/erasure", new { reason = "asked by mail" })).Expect(HttpStatusCode.OK)["conversations"].ShouldBe("1");

        (await house.Kim.Get($"/v1/conversations/{hers}/timeline")).Text.ShouldNotContain("secret");
        (await house.Kim.Get($"/v1/conversations/{his}/timeline")).Text.ShouldContain("Ben's boat");
        (await Words(house, "%secret%")).ShouldBe(0);
        (await Words(house, "%ana@example.test%")).ShouldBe(0);
        (await house.Kim.Post($"/v1/contacts/{ana.Visitor}/erasure", new { })).Expect(HttpStatusCode.OK);

        var list = Path.Combine(house.Services.GetRequiredService<Place>().Folder, Erasures.FileName);
        await Until(() => File.Exists(list) && File.ReadAllText(list).Contains("\"kind\":\"contact\"", StringComparison.Ordinal));
        File.ReadAllText(list).ShouldContain("\"kind\":\"conversation\"");
        File.ReadAllText(list).ShouldNotContain("mail");
    }

    [Fact]
    public async Task The_list_of_erasures_that_a_folder_lost_is_written_anew_from_the_log()
    {
        await using var house = await Lighthouse.Open();
        var ana = await house.Ana();
        var thread = await ana.Write("Ana's secret harbour");
        (await house.Kim.Post($"/v1/conversations/{thread}/notes", new { clientId = "n", text = "her secret is safe" })).Expect(HttpStatusCode.Created);
        (await house.Kim.Post($"/v1/contacts/{ana.Visitor}/erasure", new { })).Expect(HttpStatusCode.OK);
        var list = Path.Combine(house.Services.GetRequiredService<Place>().Folder, Erasures.FileName);
        await Until(() => File.Exists(list) && Listed().Count == 2);
        var before = Listed();
        // Cut off in the middle of a line by a crash, then gone altogether: both times the next start makes it whole.
        await house.Restart(() => File.WriteAllText(list, "{\"workspace\":\"wsp_"));
        await Until(() => Listed().SequenceEqual(before));
        // Not under the running server, which may still be writing to it.
        await house.Restart(() => File.Delete(list));
        await Until(() => File.Exists(list) && Listed().SequenceEqual(before));
        // And nothing is looked for twice.
        await house.Restart();
        await Task.Delay(300);
        Listed().ShouldBe(before);

        // What is said while the list is begun may stand there twice.
        List<Erasure> Listed() => [.. Erasures.Lines(File.ReadAllLines(list)).Distinct()];
    }

    [Fact]
    public async Task Only_admins_make_anybody_forgotten()
    {
        await using var house = await Lighthouse.Open();
        var noor = await house.Hire("Noor", Role.Supervisor);
        var ana = await house.Ana();
        await ana.Write("Hello");
        (await noor.Post($"/v1/contacts/{ana.Visitor}/erasure", new { })).Refused(HttpStatusCode.Forbidden, "auth.forbidden");
        (await house.Kim.Post("/v1/contacts/con_0000000000000000000000000a/erasure", new { })).Refused(HttpStatusCode.NotFound, "contact.unknown");
    }

    private static Task<long> Words(Lighthouse house, string like) =>
        house.Services.GetRequiredService<Database>().Read(session => session.One<long>("select count(*) from entries where body like @like", new { like }));

    private static async Task Until(Func<bool> holds)
    {
        for (var i = 0; i < 1_200 && !holds(); i++)
        {
            await Task.Delay(25);
        }

        holds().ShouldBeTrue();
    }
}
