using System.Buffers.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Push;
using Parley.Platform.Store;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Notifications.Pushes;

/// <summary>How an agent is told while their console is closed: of what, when not, on which browsers; and whether it works.</summary>
internal static class PushApi
{
    private const int DevicesLimit = 20;
    private const int NameLimit = 80;

    internal sealed record DeviceView(string Id, string Name, DateTimeOffset MadeAt);

    /// <param name="PublicKey">What a browser subscribes to (<c>applicationServerKey</c>).</param>
    internal sealed record View(string PublicKey, PushKinds Kinds, QuietHours? Quiet, IEnumerable<DeviceView> Devices);

    /// <summary>What is absent is as it is from the start: of everything, at any time.</summary>
    internal sealed record Wish(PushKinds? Kinds = null, QuietHours? Quiet = null);

    internal sealed record KeysBody(string P256dh, string Auth);

    /// <summary>A browser's subscription, as it says it itself.</summary>
    /// <param name="Name">What the agent calls the device.</param>
    internal sealed record NewDevice(string Endpoint, KeysBody Keys, string? Name = null, string? Language = null);

    /// <param name="Gone">Browsers that want to be told nothing any more; they are forgotten.</param>
    internal sealed record Tried(int Sent, int Gone, int Failed);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/me/push").WithTags("Me");
        group.MapGet("/", Get).RequirePerson().WithName("getPush").Produces<View>();
        group.MapPut("/", Put).RequirePerson().WithName("putPush").Produces<View>();
        group.MapPost("/devices", Post).RequirePerson().WithName("postPushDevice").Produces<DeviceView>(StatusCodes.Status201Created);
        group.MapDelete("/devices/{id}", Delete).RequirePerson().WithName("deletePushDevice").Produces(StatusCodes.Status204NoContent);
        group.MapPost("/test", Test).RequirePerson().WithName("testPush").Produces<Tried>();
    }

    internal static PushTarget Target(NewDevice body) => new(body.Endpoint, Bytes(body.Keys.P256dh), Bytes(body.Keys.Auth));

    private static async Task<IResult> Get(HttpContext http, Database database, Vapid vapid)
    {
        var agent = http.Agent().Agent;
        var key = await vapid.PublicKey();
        var (wish, devices) = await database.Read(async session => (await PushStore.Wish(session, agent), await PushStore.Devices(session, agent)));
        return Results.Ok(new View(key, wish.Kinds, wish.Quiet, devices.Select(Seen)));
    }

    private static async Task<IResult> Put(Wish body, HttpContext http, Database database, Vapid vapid, TimeProvider time)
    {
        if (body.Quiet is { Hold: false })
        {
            return Problems.Of("quiet.invalid", "Quiet hours are from and to like 22:00, in an IANA zone.", StatusCodes.Status400BadRequest);
        }

        var agent = http.Agent();
        // What waits for the end of quiet hours is looked at anew: they may be others now, or none.
        await database.Write(async session =>
        {
            await PushStore.Wish(session, agent.Workspace, agent.Agent, new PushWish(body.Kinds ?? new PushKinds(), body.Quiet));
            await PushStore.Reconsider(session, agent.Agent, time.GetUtcNow());
        });
        return await Get(http, database, vapid);
    }

    private static async Task<IResult> Post(NewDevice body, HttpContext http, Database database, PushSending sending, TimeProvider time)
    {
        var target = Target(body);
        if (sending.Flaw(target) is { } flaw)
        {
            return Problems.Of("device.invalid", flaw, StatusCodes.Status400BadRequest);
        }

        var agent = http.Agent();
        var name = Words.Clean(body.Name ?? "").Trim();
        var device = new Device(Guid.CreateVersion7(time.GetUtcNow()), target, name.Length > NameLimit ? name[..NameLimit] : name, Wording.Spoken.Contains(body.Language ?? "") ? body.Language! : Wording.Spoken[0], time.GetUtcNow());
        var full = await database.Write(async session =>
        {
            var full = (await PushStore.Devices(session, agent.Agent)).Count(known => known.Target.Endpoint != body.Endpoint) >= DevicesLimit;
            if (!full)
            {
                await PushStore.Keep(session, agent.Workspace, agent.Agent, agent.Session, device);
            }

            return full;
        });
        return full
            ? Problems.Of("devices.limit", $"At most {DevicesLimit} browsers are told. Remove one first.", StatusCodes.Status409Conflict)
            : Results.Created($"/v1/me/push/devices/{Base32.Encode(device.Id)}", Seen(device));
    }

    private static async Task<IResult> Delete(string id, HttpContext http, Database database) =>
        Base32.TryDecode(id, out var device) && await database.Write(session => PushStore.Drop(session, http.Agent().Agent, device)) == 1 ? Results.NoContent() : Refusal.Unknown("device").Problem();

    /// <summary>Tells all browsers of the agent at once, the console open or not, quiet hours or not: it is asked for.</summary>
    private static async Task<IResult> Test(HttpContext http, Database database, PushDelivery delivery)
    {
        var agent = http.Agent().Agent;
        var outcomes = new List<PushOutcome>();
        foreach (var device in await database.Read(session => PushStore.Devices(session, agent)))
        {
            outcomes.Add((await delivery.Send(agent, device, new PushPayload(PushKind.Test, null, ""), TimeSpan.FromMinutes(1), http.RequestAborted)).Outcome);
        }

        return Results.Ok(new Tried(outcomes.Count(it => it == PushOutcome.Accepted), outcomes.Count(it => it == PushOutcome.Gone), outcomes.Count(it => it is PushOutcome.Later or PushOutcome.Refused)));
    }

    private static DeviceView Seen(Device device) => new(Base32.Encode(device.Id), device.Name, device.MadeAt);

    private static byte[] Bytes(string text)
    {
        try
        {
            return Base64Url.DecodeFromChars(text);
        }
        catch (FormatException)
        {
            return [];
        }
    }
}
