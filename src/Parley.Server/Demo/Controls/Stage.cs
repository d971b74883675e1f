using System.Collections.Immutable;
using System.Text.Json;
using Parley.Log;
using Parley.Platform;
using Parley.Workspaces;

namespace Parley.Server.Demo.Controls;

/// <summary>What can be set while looking around; what is null stays.</summary>
/// <param name="Night">True: 22:00, and the shop closed. False: the day again, and open as before.</param>
internal sealed record Wish(bool? Night = null, Profile? Profile = null, bool? Short = null);

/// <summary>How it stands.</summary>
/// <param name="Ahead">Milliseconds by which the demo's clock is ahead.</param>
/// <param name="Zone">By whose wall 22:00 is.</param>
/// <param name="Seconds">The times that count now.</param>
internal sealed record Standing(long Ahead, DateTimeOffset Now, string Zone, bool Night, Profile Profile, bool Short, Seconds Seconds, int Mails, int Unread);

internal sealed record Seconds(int Grace, int AgentGrace, int IdleReminder, int Idle, int Accept, int FirstReply, int Reply, int LiveWait, int? Mail);

/// <summary>
/// Sets the demo's scene: its clock, and by the product's own door how its inboxes answer. At night they have opening hours, which are taken from them again
/// when the day comes.
/// </summary>
internal sealed class Stage(Seeded seeded, Launch launch, ShopClock clock, Mailbox.Letters letters, Rosters rosters, Desk desk) : IDisposable
{
    private const string Kept = "hours.json";

    private static readonly TimeOnly Late = new(22, 0);

    private readonly string _file = Path.Combine(launch.Folder, Kept);
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>What the two inboxes had before the night.</summary>
    private sealed record Before(Calendar? Shop, Calendar? Loft);

    public void Dispose() => _one.Dispose();

    public async Task<Standing?> Look() => await rosters.Inbox(seeded.Shop) is not { Inbox.Settings: var shop } ? null : new Standing(
        clock.Ahead, clock.GetUtcNow(), Zone, File.Exists(_file), shop.Profile, ShortTimes.Are(shop),
        Of(shop.Policy, shop.MailAfterSeconds), letters.All.Count, letters.Unread);

    public async Task<Refusal?> Set(Wish wish)
    {
        await _one.WaitAsync();
        try
        {
            return (wish.Night is { } night ? await Turn(night) : null)
                ?? (wish.Profile is { } profile ? await Each(_ => new InboxChange { Profile = profile }) : null)
                ?? (wish.Short is { } on ? await Each(inbox => ShortTimes.Change(inbox, on)) : null);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The clock first: what is said when the hours change is said by the new time.</summary>
    private async Task<Refusal?> Turn(bool night)
    {
        if (night == File.Exists(_file))
        {
            return null;
        }

        if (night)
        {
            var before = new Before((await rosters.Inbox(seeded.Shop))?.Inbox.Settings.Calendar, (await rosters.Inbox(seeded.Loft))?.Inbox.Settings.Calendar);
            await File.WriteAllTextAsync(_file, JsonSerializer.Serialize(before, Json.Options));
            clock.Forward(Late);
            return await Each(inbox => Hours(inbox, Daytime));
        }

        clock.ForwardToDay();
        var former = JsonSerializer.Deserialize<Before>(await File.ReadAllTextAsync(_file), Json.Options)!;
        if (await Change(seeded.Shop, inbox => Hours(inbox, former.Shop)) is { } refusal)
        {
            return refusal;
        }

        File.Delete(_file);
        return await Change(seeded.Loft, inbox => Hours(inbox, former.Loft));
    }

    private async Task<Refusal?> Each(Func<InboxSettings, InboxChange> change) => await Change(seeded.Shop, change) ?? await Change(seeded.Loft, change);

    /// <summary>An inbox that somebody removed has nothing to set.</summary>
    private async Task<Refusal?> Change(InboxId id, Func<InboxSettings, InboxChange> change)
    {
        if (await rosters.Inbox(id) is not { } found)
        {
            return null;
        }

        var origin = new Origin(found.Roster.Id, Author.System, Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"));
        return (await desk.Handle(new ChangeInbox(origin, id, change(found.Inbox.Settings)))).Refusal;
    }

    private static InboxChange Hours(InboxSettings inbox, Calendar? hours) => new() { Policy = new PolicySet(inbox.Profile, inbox.ReopenHours, inbox.Switches, hours) };

    private Calendar Daytime => new(new Timetable(Zone, [.. Enum.GetValues<Day>().Select(day => new WeekSpan(day, "09:00", "18:00"))]));

    /// <summary>This machine's zone by its IANA name, which Windows knows under another.</summary>
    private string Zone => clock.LocalTimeZone is { HasIanaId: true } zone ? zone.Id : TimeZoneInfo.TryConvertWindowsIdToIanaId(clock.LocalTimeZone.Id, out var iana) ? iana : "UTC";

    private static Seconds Of(Policy it, int? mail) =>
        new(it.GraceSeconds, it.AgentGraceSeconds, it.IdleReminderSeconds, it.IdleSeconds, it.AcceptSeconds, it.FirstReplySeconds, it.ReplySeconds, it.LiveWaitSeconds, mail);
}
