using Microsoft.Extensions.DependencyInjection;
using Parley.Channels.Receiving;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Channels.Receiving;

public class LedgerTests
{
    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_is_called_so_is_found_once_by_its_key_and_by_its_name_and_no_whole_inbox_is_read_for_it(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var house = await Lighthouse.On(engine.Url);
        var (ledger, database, inbox) = (house.Services.GetRequiredService<Ledger>(), house.Services.GetRequiredService<Database>(), InboxId.New(house.Clock));
        var (contact, thread) = (ContactId.New(house.Clock), ConversationId.New(house.Clock));
        await ledger.Plan(inbox, new Known("one", contact, thread, 0, Opens: false, Ours: false) { Name = "asked" });
        await ledger.Plan(inbox, new Known("asked", contact, thread, 0, Opens: false, Ours: false) { Name = "asked" });
        await ledger.Plan(inbox, new Known("two", contact, thread, 0, Opens: false, Ours: false));
        await ledger.Went(inbox, "asked", contact, thread, 3);
        (await ledger.Named(inbox, "asked")).Select(known => (known.Key, known.Ours)).ShouldBe([("one", false), ("asked", false), ("asked", true)], ignoreOrder: true);
        var plan = await database.Write(async session =>
        {
            // Of a store that is as empty as this one the engine would read all.
            await (name == "postgres" ? session.Execute("set local enable_seqscan = off") : Task.FromResult(0));
            return name == "postgres"
                ? string.Join('\n', await session.Query<string>($"explain {Ledger.NamedSql}", new { inbox = inbox.Bytes, name = "asked" }))
                : string.Join('\n', (await session.Query<(long, long, long, string Detail)>($"explain query plan {Ledger.NamedSql}", new { inbox = inbox.Bytes, name = "asked" })).Select(row => row.Detail));
        });
        plan.ShouldContain("channel_words_name");
        plan.ShouldContain(name == "postgres" ? "channel_words_pkey" : "inbox=? AND ours=? AND key=?");
    }
}
