using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace Parley.Server.Demo;

/// <summary>
/// Plays one customer over the same addresses that a widget uses. Asks, reads what is answered and says what comes to their mind, says once that
/// nobody answers, leaves, comes back to what was written meanwhile, and goes for good when all is said or nothing comes any more.
/// </summary>
internal sealed class Guest(Door door, InboxId inbox, Part part, Simulated simulated, TimeProvider time)
{
    private const int Returns = 6;

    private readonly Wits _wits = new(part);
    private string _conversation = "";
    private string? _resume;
    private long _read;
    private bool _nudged;

    /// <summary>How long they read before they write; they write about six words in that time.</summary>
    public TimeSpan Reading { get; init; } = TimeSpan.FromSeconds(3);

    public async Task Play(CancellationToken stop)
    {
        await Task.Delay(part.After, time, stop);
        for (var visit = 0; visit <= Returns; visit++)
        {
            using var socket = await Come(stop);
            if (visit == 0)
            {
                await Task.Delay(Reading, time, stop);
                var opened = await door.Send(HttpMethod.Post, "/v1/widget/conversations", new { clientId = Id(), content = new { type = "text", text = part.Lines[0] } }, stop);
                _conversation = opened["conversation"]!["id"]!.GetValue<string>();
            }
            else
            {
                await CatchUp(socket, stop);
            }

            await Listen(socket, stop);
            await Door.Close(socket);
            if (_wits.Content)
            {
                return;
            }

            await Task.Delay(part.Away, time, stop);
        }
    }

    private async Task<ClientWebSocket> Come(CancellationToken stop)
    {
        var session = await door.Send(HttpMethod.Post, "/v1/widget/sessions", new { inbox, locale = part.Language, resume = _resume, page = new { url = $"https://lighthouse.test{part.Page}", title = "Lighthouse" } }, stop);
        _resume = session["resume"]!.GetValue<string>();
        var token = session["token"]!.GetValue<string>();
        door.Enter(token, part.Browser);
        simulated.Add(ContactId.Parse(session["visitor"]!["id"]!.GetValue<string>()));
        if (_conversation.Length == 0)
        {
            await door.Send(HttpMethod.Patch, "/v1/widget/me", new { name = part.Name, email = part.Email }, stop);
        }

        return await door.Listen(token, stop);
    }

    /// <summary>What was written while they were gone, as any widget reads it.</summary>
    private async Task CatchUp(ClientWebSocket socket, CancellationToken stop)
    {
        var timeline = await door.Send(HttpMethod.Get, $"/v1/widget/conversations/{_conversation}/timeline?after={_read}", null, stop);
        var missed = timeline["items"]!.AsArray().Where(IsAnswer).ToList();
        if (missed.Count == 0)
        {
            return;
        }

        if (part.Back is { } back)
        {
            await Say(socket, back, stop);
        }

        await React(socket, missed[^1]!, stop);
    }

    /// <summary>Until they have had enough: of a good conversation, or of waiting.</summary>
    private async Task Listen(ClientWebSocket socket, CancellationToken stop)
    {
        var (frame, patience) = (Door.Receive(socket, stop), Wait(stop));
        while (true)
        {
            if (await Task.WhenAny(frame, patience) == frame)
            {
                if (await frame is not { } heard || heard["type"]!.GetValue<string>() == "bye")
                {
                    return;
                }

                patience = heard["entry"] is { } entry && await Hear(socket, entry, stop) ? Wait(stop) : patience;
                frame = Door.Receive(socket, stop);
                continue;
            }

            await patience;
            if (_wits.Content || _nudged || part.Nudge is not { } nudge)
            {
                return;
            }

            _nudged = true;
            await Say(socket, nudge, stop);
            patience = Wait(stop);
        }
    }

    private Task Wait(CancellationToken stop) => Task.Delay(_wits.Content ? Reading * 8 : part.Patience, time, stop);

    /// <summary>True when it was meant for them.</summary>
    private async Task<bool> Hear(ClientWebSocket socket, JsonNode entry, CancellationToken stop)
    {
        switch (entry["type"]!.GetValue<string>())
        {
            case "closed":
                _wits.Closed();
                return true;
            case "ratingAsked":
                await Task.Delay(Reading, time, stop);
                await Rate(entry["seq"]!.GetValue<long>(), stop);
                return true;
        }

        if (!IsAnswer(entry) || entry["seq"]!.GetValue<long>() <= _read)
        {
            return false;
        }

        await React(socket, entry, stop);
        return true;
    }

    private async Task React(ClientWebSocket socket, JsonNode entry, CancellationToken stop)
    {
        var seq = _read = entry["seq"]!.GetValue<long>();
        await Task.Delay(Reading, time, stop);
        await door.Send(HttpMethod.Put, $"/v1/widget/conversations/{_conversation}/seen", new { seq }, stop);
        if (entry["content"]!["type"]!.GetValue<string>() == "rating")
        {
            await Rate(seq, stop);
            return;
        }

        if (Replies.To(entry, _wits, part) is { } reply)
        {
            await door.Send(HttpMethod.Post, Messages, new { clientId = Id(), of = seq, content = reply }, stop);
            return;
        }

        await SayUnless(socket, _wits.Answer(entry["content"]?["text"]?.GetValue<string>() ?? ""), stop);
    }

    private Task SayUnless(ClientWebSocket socket, string? line, CancellationToken stop) => line is null ? Task.CompletedTask : Say(socket, line, stop);

    private async Task Say(ClientWebSocket socket, string line, CancellationToken stop)
    {
        await Door.Tell(socket, new { type = "typing", conversation = _conversation, on = true }, stop);
        await Task.Delay(Reading * (1 + line.Count(c => c == ' ')) / 6, time, stop);
        await door.Send(HttpMethod.Post, Messages, new { clientId = Id(), content = new { type = "text", text = line } }, stop);
    }

    private Task Rate(long of, CancellationToken stop) => door.Send(HttpMethod.Put, $"/v1/widget/conversations/{_conversation}/rating", new { of, score = _wits.Score }, stop);

    private string Messages => $"/v1/widget/conversations/{_conversation}/messages";

    private static bool IsAnswer(JsonNode? entry) => entry!["type"]!.GetValue<string>() == "message" && entry["author"]!["kind"]!.GetValue<string>() == "agent" && entry["content"] is not null;

    private string Id() => Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
}
