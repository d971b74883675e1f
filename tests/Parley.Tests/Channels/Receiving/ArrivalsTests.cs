using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Parley.Channels;
using Parley.Channels.Email.Reading;
using Parley.Channels.Receiving;
using Parley.Platform.Store;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Channels.Receiving;

public class ArrivalsTests
{
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
