using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Parley.Platform.Mail.Reading;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Channels.Email;

/// <summary>The product with one mailbox, and a mail server that takes what goes out; mails are handed in.</summary>
internal sealed class Letterbox : IAsyncDisposable
{
    public const string Address = "support@lighthouse.test";

    private readonly MailSink _server;
    private readonly ConcurrentQueue<ReadMail> _out = new();

    private Letterbox(Lighthouse house, MailSink server)
    {
        (House, _server) = (house, server);
        server.Takes = (_, whole) =>
        {
            _out.Enqueue(MailReader.Read(Encoding.UTF8.GetBytes(whole)));
            return true;
        };
    }

    public Lighthouse House { get; }

    public string Inbox { get; private set; } = "";

    public string Hook { get; private set; } = "";

    /// <summary>What went out.</summary>
    public IReadOnlyList<ReadMail> Out => [.. _out];

    public static async Task<Letterbox> Of(string? store = null, params (string Name, object Value)[] settings)
    {
        var house = await Lighthouse.On(store, ("channels.allowLoopback", "true"));
        var it = new Letterbox(house, new MailSink());
        var all = new Dictionary<string, object> { ["address"] = Address, ["sendHost"] = "127.0.0.1", ["sendPort"] = it._server.Port, ["sendSecurity"] = "none" };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var made = (await house.Kim.Post("/v1/channels", new { kind = "email", name = "Mail", settings = all })).Expect(HttpStatusCode.Created);
        (it.Inbox, it.Hook) = (made["inbox"], made.Body.GetProperty("made").GetProperty("hook").GetString()!);
        return it;
    }

    public async Task<Answer> Hand(byte[] mail, string? hook = null, string path = "mime")
    {
        using var caller = new Caller(House.Address);
        var content = new ByteArrayContent(mail) { Headers = { ContentType = new MediaTypeHeaderValue("message/rfc822") } };
        return await caller.Send(HttpMethod.Post, $"/v1/channels/{Inbox}/{path}", content, ("authorization", $"Bearer {hook ?? Hook}"));
    }

    /// <summary>A mail with these header lines and this text.</summary>
    public async Task Hand(string headers, string text) => (await Hand(Encoding.UTF8.GetBytes($"{headers.Trim().ReplaceLineEndings("\r\n")}\r\n\r\n{text.ReplaceLineEndings("\r\n")}\r\n"))).Expect(HttpStatusCode.OK);

    /// <summary>The agents' list, as soon as it has so many.</summary>
    public async Task<List<string>> Threads(int count)
    {
        List<string> ids = [];
        await Until(async () => (ids = [.. (await House.Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("id").GetString()!)]).Count == count, () => $"{ids.Count} threads");
        return ids;
    }

    public async Task<List<JsonElement>> Entries(string thread) =>
        [.. (await House.Kim.Get($"/v1/conversations/{thread}/timeline?limit=500")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()];

    /// <summary>What was said, as soon as it is so much.</summary>
    public async Task<List<JsonElement>> Words(string thread, int count)
    {
        List<JsonElement> words = [];
        await Until(async () => (words = [.. (await Entries(thread)).Where(entry => entry.GetProperty("type").GetString() == "message").Select(entry => entry.GetProperty("content"))]).Count >= count, () => $"{words.Count} words");
        words.Count.ShouldBe(count);
        return words;
    }

    public async Task<long> Answer(string thread, string text, object? mail = null) =>
        (await House.Kim.Post($"/v1/conversations/{thread}/messages", new { content = new { type = "text", text, mail } })).Expect(HttpStatusCode.Created).Body.GetProperty("seq").GetInt64();

    /// <summary>What went out, as soon as it is so much.</summary>
    public async Task<ReadMail> Sent(int count)
    {
        await Until(() => Task.FromResult(Out.Count >= count), () => $"{Out.Count} mails");
        return Out[count - 1];
    }

    public async Task<List<JsonElement>> Letters() => [.. (await House.Kim.Get("/v1/channels/letters")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()];

    public async Task<(string State, string? Code)> State(string thread)
    {
        var newest = (await House.Kim.Get($"/v1/conversations/{thread}/channel")).Expect(HttpStatusCode.OK).Body.GetProperty("deliveries").EnumerateArray().First();
        return (newest.GetProperty("state").GetString()!, newest.TryGetProperty("code", out var code) ? code.GetString() : null);
    }

    public static async Task Until(Func<Task<bool>> holds, Func<string>? now = null)
    {
        for (var since = Stopwatch.GetTimestamp(); !await holds(); await Task.Delay(20))
        {
            if (Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(30))
            {
                throw new TimeoutException($"It did not come to be so. {now?.Invoke()}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await House.DisposeAsync();
        await _server.DisposeAsync();
    }
}
