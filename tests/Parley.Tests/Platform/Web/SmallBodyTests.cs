using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Parley.Conversations;
using Parley.Platform;
using Parley.Platform.Settings;
using Parley.Server;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Platforms.Web;

/// <summary>A message as it is read for speed, held against the same body as the framework reads it: what is taken, what is refused, and with what words.</summary>
public sealed class SmallBodyTests : IAsyncLifetime
{
    private static readonly string[] Bodies =
    [
        "", " ", "null", "[]", "{}", "\"text\"", "{", "}", "{\"content\":", "\uFEFF{\"content\":{\"type\":\"text\",\"text\":\"with a mark\"}}",
        """{"content":{"type":"text","text":"a"}}""", """{"clientId":"1","content":{"type":"text","text":"a"}}""", """ { "content" : { "text" : "a", "type" : "text" } , "clientId" : "1" } """,
        """{"content":{"type":"text","text":"\u00e9 \"q\" \\ 😀 \ud83d\ude00"}}""", """{"content":{"type":"text","text":"\ud83d"}}""", """{"clientId":"\ude00","content":{}}""",
        """{"content":{}}""", """{"content":{"text":"a"}}""", """{"content":{"type":"text"}}""", """{"content":null}""", """{"clientId":"1"}""", """{"clientId":null,"content":{"text":"a"}}""",
        """{"clientId":1,"content":{"text":"a"}}""", """{"content":{"text":1}}""", """{"content":{"text":null}}""", """{"content":{"text":["a"]}}""", """{"content":"a"}""", """{"content":[]}""",
        """{"content":{"text":"a"},"clientId":"1","clientId":"2"}""", """{"content":{"text":"a"},"content":{"text":"b"}}""", """{"content":{"text":"a","text":"b"}}""",
        """{"content":{"text":"a","other":1},"more":{"b":[]}}""", """{"Content":{"text":"a"}}""", """{"content":{"text":"a"}} x""", """{"content":{"text":"a"}}}""", """{"content":{"text":"a"},}""", """{"content":{"text":"a",}}""",
        """// no""", """{"of":3,"unheld":true,"seen":7,"content":{"type":"text","text":"a","quote":2,"language":"de","format":"plain"}}""", """{"of":"3","content":{"text":"a"}}""",
        """{"content":{"type":"quickReplies","text":"a","replies":[{"id":"1","title":"Yes"}]}}""", """{"content":{"text":"a","files":[null]}}""", """{"content":{"text":"a","again":"yes"}}""",
        Long('x', 15_000), Long('é', 9_000), Long('x', 200_000)[..^1], Long('x', 200_000),
    ];

    private static readonly string?[] Types = ["application/json", "application/json; charset=utf-8", "application/json; charset=UTF-8", "application/vnd.test+json", "text/plain", "application/json; charset=utf-16", null];

    private static string Long(char letter, int times) => $"{{\"content\":{{\"text\":\"{new string(letter, times)}\"}}}}";

    private readonly string _folder = Directory.CreateTempSubdirectory("parley-bodies-").FullName;
    private WebApplication _app = null!;
    private Caller _caller = null!;

    private sealed record Plain(ContentBody Content, string? ClientId = null, long? Of = null, bool? Unheld = null, long? Seen = null);

    public async Task InitializeAsync()
    {
        var settings = new SettingsReader(ParleyHost.Sections).Set("server.urls", "http://127.0.0.1:0", "test").Set("server.logLevel", "error", "test");
        _app = await ParleyHost.Start(new Launch(settings, _folder)
        {
            Map = routes =>
            {
                routes.MapPost("/test/small", (PostBody body) => Results.Ok(body));
                routes.MapPost("/test/plain", (Plain body) => Results.Ok(body));
            },
        });
        _caller = new Caller(new Uri(_app.Urls.First()));
    }

    public async Task DisposeAsync()
    {
        _caller.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task It_takes_and_refuses_what_the_framework_does_in_the_same_words()
    {
        var taken = 0;
        foreach (var body in Bodies)
        {
            foreach (var type in Types)
            {
                taken += await Same(body, () => new Sent(Encoding.UTF8.GetBytes(body), type, whole: true)) ? 1 : 0;
            }

            await Same(body, () => new Sent(Encoding.UTF8.GetBytes(body), "application/json", whole: false));
        }

        taken.ShouldBeGreaterThan(30);
        (await Same("no UTF-8", () => new Sent([.. "{\"content\":{\"text\":\""u8, 0xFF, 0xFE, .. "\"}}"u8], "application/json", whole: true))).ShouldBeFalse();
        (await _caller.Send(HttpMethod.Post, "/test/small", null)).Refused(HttpStatusCode.BadRequest, "request.malformed");
        (await _caller.Send(HttpMethod.Post, "/test/small", new Sent(new byte[1_100_000], "application/json", whole: true))).Refused(HttpStatusCode.RequestEntityTooLarge, "request.tooLarge");
    }

    [Fact]
    public void What_is_read_for_speed_reads_the_same_as_at_leisure()
    {
        var common = Bodies.Where(body => PostBody.Common(Encoding.UTF8.GetBytes(body)) is not null).ToList();
        common.Count.ShouldBeGreaterThan(5);
        foreach (var body in common)
        {
            PostBody.Common(Encoding.UTF8.GetBytes(body)).ShouldBe(JsonSerializer.Deserialize<PostBody>(body, Json.Options), body);
        }
    }

    /// <returns>Whether it was taken.</returns>
    private async Task<bool> Same(string body, Func<HttpContent> content)
    {
        var (small, plain) = (await _caller.Send(HttpMethod.Post, "/test/small", content()), await _caller.Send(HttpMethod.Post, "/test/plain", content()));
        small.Status.ShouldBe(plain.Status, body);
        small.Text.ShouldBe(plain.Text, body);
        return small.Status == HttpStatusCode.OK;
    }

    /// <summary>With its length, or in parts.</summary>
    private sealed class Sent : HttpContent
    {
        private readonly byte[] _bytes;
        private readonly bool _whole;

        public Sent(byte[] bytes, string? type, bool whole)
        {
            (_bytes, _whole) = (bytes, whole);
            Headers.TryAddWithoutValidation("Content-Type", type);
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            foreach (var part in _bytes.Chunk(_whole ? Math.Max(1, _bytes.Length) : Math.Max(1, _bytes.Length / 3)))
            {
                await stream.WriteAsync(part);
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _bytes.Length;
            return _whole;
        }
    }
}
