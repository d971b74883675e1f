using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Parley.Channels;
using Parley.Channels.Email.Reading;
using Parley.Channels.Receiving;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Channels.Receiving;

public class ArrivalsTests
{
    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_is_worked_is_kept_for_who_works_it_and_free_soon_after_they_died(string name)
    {
        await using var engine = await Engine.Of(name);
        await using var database = new Database(engine.Open());
        var clock = new Clock();
        await new Migrations(database, Product.Migrations, clock).Apply();
        var (arrivals, inbox, none) = (new Arrivals(database, clock), InboxId.New(clock), ImmutableSortedDictionary<string, string>.Empty);
        var requests = Enumerable.Range(0, 60).Select(n => (new RawRequest("POST", "x", none, none, Encoding.UTF8.GetBytes($"{n}")), (string?)$"k{n}")).ToList();
        (await arrivals.Keep(inbox, requests[..30])).ShouldBe(30);
        (await arrivals.Keep(inbox, requests)).ShouldBe(30, "What came before under its key is there once.");
        var taken = (await arrivals.Take(10)).Single();
        var first = taken.Select(arrival => Encoding.UTF8.GetString(arrival.Request.Body.Span)).ToList();
        first.ShouldBe([.. Enumerable.Range(0, first.Count).Select(n => $"{n}")], "In the order in which they came, also within a millisecond.");
        (await arrivals.Take(10)).ShouldBeEmpty("Nothing behind it before.");
        clock.Advance(Arrivals.Life - TimeSpan.FromSeconds(1));
        await arrivals.Renew(taken);
        clock.Advance(TimeSpan.FromSeconds(2));
        (await arrivals.Take(10)).ShouldBeEmpty("It is renewed.");
        clock.Advance(Arrivals.Life);
        var second = (await arrivals.Take(10)).Single();
        second[0].Id.ShouldBe(taken[0].Id, "Whoever had it is dead.");
        await arrivals.Done(taken);
        await arrivals.Release([second[0]]);
        (await arrivals.Take(10)).Single()[0].Id.ShouldBe(taken[0].Id, "Whoever lost it changed nothing.");
    }

    [Fact]
    public async Task That_a_mail_was_there_is_known_as_long_as_a_mailbox_is_read_again()
    {
        await using var house = await Lighthouse.On(null);
        var (arrivals, inbox) = (house.Services.GetRequiredService<Arrivals>(), InboxId.New(house.Clock));
        var (none, database) = (ImmutableSortedDictionary<string, string>.Empty, house.Services.GetRequiredService<Database>());
        var (mail, other) = (new RawRequest(EmailReading.Imap, EmailHooks.Mime, none, none, "x"u8.ToArray()), new RawRequest("POST", "inbound", none, none, "x"u8.ToArray()));
        (await arrivals.Keep(inbox, mail, "m1")).ShouldBeTrue();
        (await arrivals.Keep(inbox, other, "o1")).ShouldBeTrue();
        await Worked();
        house.Clock.Advance(TimeSpan.FromDays(31));
        await arrivals.Sweep(house.Clock.GetUtcNow() - TimeSpan.FromDays(1));
        (await arrivals.Keep(inbox, mail, "m1")).ShouldBeFalse("It would come back after an erasure.");
        (await arrivals.Keep(inbox, other, "o1")).ShouldBeTrue();
        house.Clock.Advance(TimeSpan.FromDays(2));
        await Worked();
        await arrivals.Sweep(house.Clock.GetUtcNow() - TimeSpan.FromDays(1));
        (await arrivals.Keep(inbox, mail, "m1")).ShouldBeTrue();

        async Task Worked()
        {
            // Of an inbox that nobody knows they are put aside; then they are as those that were worked.
            await Shore.Until(async () => await database.Read(session => session.One<long>("select count(*) from arrivals where state = 0")) == 0);
            await database.Write(session => session.Execute("update arrivals set state = 1"));
        }
    }
}
