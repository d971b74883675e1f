using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Contacts;
using Parley.Log;
using Parley.Platform.Fanout;
using Parley.Platform.Hosting;
using Parley.Platform.Store;

namespace Parley.Live.Visitors;

/// <summary>
/// Notes which pages visitors look at, and who of them is here: only of who agreed to it in this session, which is why there is a row of them at all. Who says no
/// is forgotten at once, everybody else after thirty days at most.
/// </summary>
internal sealed class Trail(Database database, Presence presence, Bus bus, LiveSettings settings, TimeProvider time, ILogger<Trail> log) : BackgroundService, ITrail
{
    private const string Topic = "visits";

    /// <summary>Of a workspace, as it is posted.</summary>
    private const int Length = 32;

    /// <summary>So many pages are noted of one visit; who looks at more is counted and no longer followed.</summary>
    private const int Most = 500;

    private static readonly TimeSpan Round = TimeSpan.FromMinutes(1);

    private readonly Expected _expected = new(time);
    private Action<WorkspaceId, string?> _changed = (_, _) => { };

    /// <summary>Told with which browser somebody came, left, or went to another page (null: it may be any): hand on quickly, never throw.</summary>
    public void Listen(Action<WorkspaceId, string?> changed) => _changed += changed;

    /// <summary>Something was taken out of what is noted.</summary>
    public void Anew(WorkspaceId workspace) => Tell(workspace, null);

    public async Task Came(VisitorPass pass, ContactId person, Visit visit, Allowed allowed)
    {
        var workspace = pass.Workspace;
        _expected.Drop(workspace, pass.DeviceText);
        var known = await database.Read(session => TrailStore.Find(session, workspace, pass.DeviceText));
        if (!allowed.Agreed || visit.Page is null || pass.Thread is not null)
        {
            // What they agreed to once says nothing of today.
            if (allowed.Refused ? known is not null || await database.Read(session => TrailStore.Noted(session, workspace, pass.DeviceText)) : known is not null && !allowed.Agreed)
            {
                await database.Write(session => Done(allowed.Refused ? TrailStore.Forget(session, workspace, pass.DeviceText) : TrailStore.End(session, workspace, pass.DeviceText, Now)));
                Tell(workspace, pass.DeviceText);
            }

            return;
        }

        // Whoever comes back to the page, or whose token was renewed, is where they were.
        var going = known is { Here: 1 } && known.Contact.AsSpan().SequenceEqual(pass.Visitor.Bytes) ? known : null;
        var row = new VisitRow
        {
            Device = pass.DeviceText,
            Contact = pass.Visitor.Bytes,
            Person = person.Bytes,
            Inbox = pass.Inbox.Bytes,
            Since = going?.Since ?? Now,
            At = Now,
            Pages = going?.Pages ?? 0,
            Agent = visit.Agent,
            Language = visit.Language,
            Zone = visit.TimeZone,
            Here = presence.Present(workspace, person, pass.DeviceText) ? 1 : 0,
            Alike = allowed.Alike ? 1 : 0,
        };
        if (known is null && row.Here == 0)
        {
            // Whoever only asks for sessions is nowhere: what they say is written once they hold a stream.
            _expected.Keep(workspace, row, visit.Page);
            await (presence.Present(workspace, person, pass.DeviceText) ? Turn(workspace, pass.DeviceText, person) : Task.CompletedTask);
            return;
        }

        await Go(workspace, going, row, visit.Page, begins: true);
    }

    /// <summary>They are on another page. Where nobody agreed to being followed nothing is noted.</summary>
    public async Task Went(WorkspaceId workspace, ContactId visitor, string device, Page page)
    {
        if (await database.Read(session => TrailStore.Find(session, workspace, device)) is { } known && known.Contact.AsSpan().SequenceEqual(visitor.Bytes))
        {
            await Go(workspace, known, known with { At = Now }, page, begins: false);
        }
        else
        {
            _expected.Went(workspace, visitor, device, page);
        }
    }

    public async ValueTask<SeenPage?> Page(WorkspaceId workspace, IReadOnlyCollection<ContactId> contacts, IReadOnlyCollection<InboxId>? inboxes)
    {
        if (_expected.Of(workspace, contacts, inboxes) is var (row, page))
        {
            return new SeenPage(page.Url, DateTimeOffset.FromUnixTimeMilliseconds(row.At), page.Title, page.Referrer);
        }

        var last = (await database.Read(session => TrailStore.Pages(session, workspace, contacts, inboxes, limit: 1))).FirstOrDefault();
        return last is null ? null : new SeenPage(last.Url, DateTimeOffset.FromUnixTimeMilliseconds(last.At), last.Title, last.Referrer);
    }

    public async ValueTask<Whereabout?> Where(WorkspaceId workspace, ContactId contact) =>
        await database.Read(session => TrailStore.Here(session, workspace, contact)) is { } row && presence.Present(workspace, ContactId.From(row.Person), row.Device)
            ? new Whereabout(InboxId.From(row.Inbox), row.Device)
            : null;

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        presence.ListenDevices(who => _ = Rounds.Do(log, "visits", () => Turn(who), stop));
        bus.Listen(Topic, text => _changed(WorkspaceId.From(Convert.FromHexString(text[..Length])), text.Length > Length ? text[Length..] : null));
        while (true)
        {
            await Task.Delay(Round, time, stop);
            await Rounds.Do(log, "visits", Sweep, stop);
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <param name="begins">They have just agreed; else who has said no meanwhile stays forgotten.</param>
    private async Task Go(WorkspaceId workspace, VisitRow? before, VisitRow row, Page page, bool begins)
    {
        var same = before is not null && before.Url == page.Url;
        row = row with { Url = page.Url, Title = page.Title ?? (same ? before!.Title : null), At = same ? before!.At : row.At, Pages = same ? row.Pages : row.Pages + 1 };
        var noted = await database.Write(async session =>
        {
            if (!begins && !await TrailStore.Goes(session, workspace, row))
            {
                return false;
            }

            await TrailStore.Save(session, workspace, row);
            if (begins)
            {
                await BrowserStore.Note(session, workspace, row.Device, Now);
            }

            if (same)
            {
                await TrailStore.Name(session, row);
            }
            else
            {
                await TrailStore.Leave(session, row.Device, row.At);
                if (row.Pages <= Most)
                {
                    await TrailStore.Add(session, workspace, row, page.Referrer);
                }
            }

            return true;
        });
        if (!noted)
        {
            return;
        }

        // They may have come while that was written.
        if ((row.Here == 1) != presence.Present(workspace, ContactId.From(row.Person), row.Device))
        {
            await Turn(workspace, row.Device, ContactId.From(row.Person));
        }

        Tell(workspace, row.Device);
    }

    private Task Turn(Somebody who) => who is { Person: { Kind: AuthorKind.Contact, Id: { } person }, Device: { } device } ? Turn(who.Workspace, device, new ContactId(person)) : Task.CompletedTask;

    private async Task Turn(WorkspaceId workspace, string device, ContactId person)
    {
        if (presence.Present(workspace, person, device) && _expected.Take(workspace, device, person) is var (came, at))
        {
            await Go(workspace, null, came with { Here = 1 }, at, begins: true);
            return;
        }

        if (await database.Read(session => TrailStore.Find(session, workspace, device)) is not null)
        {
            var here = presence.Present(workspace, person, device);
            await Set(workspace, device, here);
            // Who came while they were leaving is here.
            if (here != presence.Present(workspace, person, device))
            {
                await Set(workspace, device, !here);
            }
        }
    }

    private async Task Set(WorkspaceId workspace, string device, bool here)
    {
        var turned = await database.Write(async session =>
        {
            if (!await TrailStore.Set(session, workspace, device, here))
            {
                return false;
            }

            await (here ? BrowserStore.Note(session, workspace, device, Now) : TrailStore.Leave(session, device, Now));

            return true;
        });
        if (turned)
        {
            Tell(workspace, device);
        }
    }

    private void Tell(WorkspaceId workspace, string? device)
    {
        _changed(workspace, device);
        if (bus.Shared)
        {
            bus.Post(Topic, Convert.ToHexString(workspace.Bytes) + device);
        }
    }

    /// <summary>What is too old goes; and who was said to be here by a server that went away without a word.</summary>
    private async Task Sweep()
    {
        await database.Write(session => TrailStore.Sweep(session, (time.GetUtcNow() - TimeSpan.FromDays(settings.TrailDays)).ToUnixTimeMilliseconds()), outlasts: false);
        foreach (var (workspace, device, person) in await database.Read(TrailStore.Said))
        {
            var (where, who) = (WorkspaceId.From(workspace), ContactId.From(person));
            if (!presence.Present(where, who, device))
            {
                await Turn(where, device, who);
            }
        }
    }

    private static async Task<bool> Done(Task work)
    {
        await work;
        return true;
    }
}
