using System.Net;
using System.Text;
using System.Text.Json;
using Parley.Platform.Mail.Reading;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Channels.Email;

/// <summary>The product with a mailbox of its own: what goes out lands in a sink, what comes in is handed over as a mail server's pipe does.</summary>
internal sealed class Harbour : IAsyncDisposable
{
    public const string Address = "support@lighthouse.test";

    private Harbour(Lighthouse house, MailSink sink) => (House, Sink) = (house, sink);

    public Lighthouse House { get; }

    public Person Kim => House.Kim;

    public Clock Clock => House.Clock;

    public MailSink Sink { get; }

    public string Inbox { get; private set; } = "";

    private string Hook { get; set; } = "";

    public static async Task<Harbour> Of(string? store = null, MailSink? sink = null, params (string Key, string Value)[] settings)
    {
        var it = new Harbour(await Lighthouse.On(store, [("channels.allowLoopback", "true"), .. settings]), sink ?? new MailSink());
        await it.Connect(new { address = Address, sendHost = "127.0.0.1", sendPort = it.Sink.Port, sendSecurity = "none" });
        return it;
    }

    /// <summary>Sets a mailbox up; the last is the one that is meant from then on.</summary>
    public async Task Connect(object settings)
    {
        var made = (await Kim.Post("/v1/channels", new { kind = "email", name = "Mail", settings })).Expect(HttpStatusCode.Created);
        (Inbox, Hook) = (made["inbox"], made.Body.GetProperty("made").GetProperty("hook").GetString()!);
    }

    /// <summary>A mail comes in.</summary>
    public async Task Comes(string from, string text, string? subject = null, string to = Address, string? id = null, string? answers = null, string more = "", string type = "text/plain; charset=utf-8")
    {
        var mail = $"From: {from}\r\nTo: {to}\r\nSubject: {subject ?? "Hello"}\r\nMessage-ID: <{id ?? $"{Guid.CreateVersion7():N}@example.test"}>\r\n{(answers is null ? "" : $"In-Reply-To: <{answers}>\r\n")}{more}Date: Mon, 02 Mar 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: {type}\r\n\r\n{text.ReplaceLineEndings("\r\n")}\r\n";
        var caller = House.Stranger();
        caller.Bearer = Hook;
        (await caller.Raw(HttpMethod.Post, $"/v1/channels/{Inbox}/mime", mail, "message/rfc822")).Status.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>The newest conversation in which somebody said this.</summary>
    public async Task<string> Thread(string text)
    {
        string? found = null;
        await Until(async () =>
        {
            foreach (var row in (await Kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray())
            {
                var id = row.GetProperty("id").GetString()!;
                if ((await Said(id)).Contains(text))
                {
                    found = id;
                }
            }

            return found is not null;
        });
        return found!;
    }

    /// <summary>All words of a conversation, as an agent reads them.</summary>
    public async Task<List<string?>> Said(string thread) => [.. (await Entries(thread)).Where(entry => entry.GetProperty("type").GetString() == "message").Select(entry => entry.GetProperty("content").TryGetProperty("text", out var text) ? text.GetString() : null)];

    public async Task<List<JsonElement>> Entries(string thread) => [.. (await Kim.Get($"/v1/conversations/{thread}/timeline?limit=500")).Expect(HttpStatusCode.OK).Body.GetProperty("items").EnumerateArray()];

    public async Task<long> Answer(string thread, string text, object? mail = null, string[]? files = null, string format = "plain") =>
        (await Kim.Post($"/v1/conversations/{thread}/messages", new { content = new { type = "text", text, format, mail, files } })).Expect(HttpStatusCode.Created).Body.GetProperty("seq").GetInt64();

    public async Task<string> Upload(string name, string mime, byte[] bytes) => (await Kim.Upload("/v1/files", name, mime, bytes)).Expect(HttpStatusCode.Created)["id"];

    /// <summary>How far the newest message has got, and why.</summary>
    public async Task<(string? State, string? Code)> State(string thread) =>
        (await Kim.Get($"/v1/conversations/{thread}/channel")).Expect(HttpStatusCode.OK).Body.GetProperty("deliveries").EnumerateArray()
        .Select(one => (one.GetProperty("state").GetString(), one.TryGetProperty("code", out var code) ? code.GetString() : null)).FirstOrDefault();

    /// <summary>The letters that went out so far, as soon as there are so many, read as any mail is.</summary>
    public async Task<IReadOnlyList<ReadMail>> Letters(int count = 1)
    {
        await Until(() => Task.FromResult(Sink.Whole.Count >= count));
        return [.. Sink.Whole.Select(mail => MailReader.Read(Encoding.UTF8.GetBytes(mail)))];
    }

    /// <summary>All recipients of each letter.</summary>
    public IEnumerable<string> Recipients() => Sink.Said.Where(said => said.Line.StartsWith("RCPT TO:<", StringComparison.Ordinal)).Select(said => said.Line["RCPT TO:<".Length..said.Line.IndexOf('>')]);

    public static Task Until(Func<Task<bool>> holds) => Shore.Until(holds);

    public async ValueTask DisposeAsync()
    {
        await House.DisposeAsync();
        await Sink.DisposeAsync();
    }
}
