using System.Net;
using System.Text.Json;
using Parley.Platform;
using Parley.Platform.Store;
using Parley.Specs.Killing;
using Parley.Specs.Nodes;
using Parley.Tests.Cast;

namespace Parley.Specs.Operating;

/// <summary>One node after the other is exchanged for a newer version: the older ones carry what they do not know, and break on nothing.</summary>
[Trait("takes", "long")]
public class RollingSpec
{
    [SkippableFact, Trait("row", "PA23")]
    public async Task PA23_Entries_of_a_newer_node_are_carried_by_the_older_ones_and_change_nothing_that_they_know()
    {
        await using var pair = await Pair.Start();
        var ana = await pair.Customer(pair.A);
        var it = await ana.Write("one");
        var kim = await pair.SignIn(pair.B, "kim@lighthouse.test");
        await using var hers = await Ear.Of(ana);
        await using var kims = await Ear.Of(kim);
        await kims.Say(new { type = "watch", view = "all" });
        await kims.Say(new { type = "open", conversation = it, after = 0 });
        await kims.Message("one");
        var before = (await kim.Get($"/v1/conversations/{it}")).Expect(HttpStatusCode.OK);

        long unknown, newer;
        await using (var store = new Database(pair.Store()))
        {
            // A kind of entry that this version has never heard of, a known kind in a later shape, and states as folded by another code.
            unknown = await Append(store, it, "teleported", 1, """{"to":"mars","content":{"hologram":true}}""");
            newer = await Append(store, it, "message", 99, """{"sayings":[{"in":"three dimensions"}]}""");
            await store.Write(session => session.Execute("update states set fold = fold + 1, json = '{\"another\":\"shape\"}'"));
        }

        // Told to whoever looks, in order, as what it is: raw fields under a type that a client may not know.
        await hers.Next("event", frame => Seq(frame) == newer);
        var frame = await kims.Next("event", frame => Seq(frame) == unknown);
        (frame.GetProperty("entry").GetProperty("type").GetString(), frame.GetProperty("entry").GetProperty("to").GetString()).ShouldBe(("teleported", "mars"));
        await kims.Next("event", frame => Seq(frame) == newer);

        // Both nodes go on in the same thread, from states that they fold anew, and number what follows after what they do not know.
        var said = (await ana.Say(it, "two")).Expect(HttpStatusCode.Created);
        said["seq"].ShouldBe($"{newer + 1}");
        said["prev"].ShouldBe($"{newer}");
        (await kim.Post($"/v1/conversations/{it}/messages", new { clientId = "three", content = new { type = "text", text = "three" } })).Expect(HttpStatusCode.Created);
        await kims.Message("two");
        await hers.Message("three");
        await kims.Next("event", frame => frame.TryGetProperty("summary", out var row) && row.GetProperty("preview").GetProperty("text").GetString() == "three");

        var after = (await kim.Get($"/v1/conversations/{it}")).Expect(HttpStatusCode.OK);
        (after["status"], after["inbox"], after["contact.id"]).ShouldBe((before["status"], before["inbox"], before["contact.id"]));
        foreach (var node in new[] { pair.A, pair.B })
        {
            var person = pair.At(node, kim);
            var items = (await person.Get($"/v1/conversations/{it}/timeline?after=0&limit=500")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().ToList();
            items.Select(entry => entry.GetProperty("seq").GetInt64()).ShouldBe(Enumerable.Range(1, items.Count).Select(seq => (long)seq));
            items.Single(entry => entry.GetProperty("seq").GetInt64() == unknown).GetProperty("content").GetProperty("hologram").GetBoolean().ShouldBeTrue();
            (await person.Get("/v1/search?q=two")).Expect(HttpStatusCode.OK);
        }

        (await kim.Put($"/v1/conversations/{it}/closure")).Expect(HttpStatusCode.OK);
        (await kim.Get("/v1/changes?limit=500")).Expect(HttpStatusCode.OK).Text.ShouldContain("teleported");
    }

    [SkippableFact]
    public async Task Three_nodes_that_start_at_once_on_an_empty_store_make_it_once()
    {
        await using var engine = await Engines.PostgresEngine.Make();
        var folders = Enumerable.Range(0, 3).Select(_ => Directory.CreateTempSubdirectory("parley-rolling-")).ToList();
        var nodes = folders.ConvertAll(folder => new ParleyProcess(folder.FullName, engine.Url));
        try
        {
            // Each is started with --migrate: one does it, the others wait for it.
            await Task.WhenAll(nodes.Select(node => node.Serve()));
            await using var store = new Database(engine.Open());
            var steps = await store.Read(session => session.Query<long>("select number from migrations order by number"));
            steps.ShouldBe(Product.Migrations.Select(step => (long)step.Number).Order());
            foreach (var node in nodes)
            {
                using var watch = new Caller(node.Address);
                (await watch.Get("/health/ready")).Expect(HttpStatusCode.OK);
            }
        }
        finally
        {
            foreach (var node in nodes)
            {
                await node.DisposeAsync();
            }

            folders.ForEach(folder => folder.Delete(recursive: true));
        }
    }

    /// <summary>As a node of a later version would: under the head's lock, at the next place of both orders. Its seq.</summary>
    private static async Task<long> Append(Database store, string conversation, string type, int v, string body)
    {
        Base32.TryDecode(conversation.AsSpan("cnv_".Length), out var id).ShouldBeTrue();
        var subject = id.ToByteArray(bigEndian: true);
        return await store.Write(async session =>
        {
            var (workspace, seq) = await session.One<(byte[], long)>("select workspace, seq from states where subject = @subject", new { subject });
            var position = await session.One<long>("select position from heads where workspace = @workspace for update", new { workspace });
            var prev = await session.One<long>("select max(seq) from entries where subject = @subject and visibility = 0", new { subject });
            await session.Execute(
                """
                insert into entries (workspace, position, subject, kind, seq, prev, at, type, v, author, visibility, command, body)
                select workspace, @position + 1, subject, kind, @seq + 1, @prev, at, @type, @v, author, 0, @command, @body from entries where subject = @subject and seq = 1
                """,
                new { position, subject, seq, prev, type, v, command = $"{type}-{seq}", body });
            // As folded by another code from the first moment on: who looks between two of these must not take what it said before for what it says now.
            await session.Execute("update states set seq = @seq + 1, fold = fold + 1 where subject = @subject", new { subject, seq });
            await session.Execute("update heads set position = @position + 1 where workspace = @workspace", new { position, workspace });
            return seq + 1;
        });
    }

    private static long Seq(JsonElement frame) => frame.TryGetProperty("entry", out var entry) ? entry.GetProperty("seq").GetInt64() : 0;
}
