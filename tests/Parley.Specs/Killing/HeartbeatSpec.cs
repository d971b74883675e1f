using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Parley.Tests.Cast;

namespace Parley.Specs.Killing;

/// <summary>A page whose machine is gone without a word: its line stays open, and nobody answers on it any more.</summary>
public class HeartbeatSpec
{
    [SkippableFact, Trait("row", "LC15")]
    public async Task LC15_Who_answers_no_sign_of_life_is_not_here_any_more()
    {
        Skip.If(Environment.GetEnvironmentVariable("PARLEY_TESTS_LONG") is not { Length: > 0 }, "It takes half a minute: done by make test-long.");
        var folder = Directory.CreateTempSubdirectory("parley-heart-");
        try
        {
            await using var parley = new ParleyProcess(folder.FullName, null);
            await parley.Run("agent", "add", "--name", "Kim", "--email", "kim@lighthouse.test", "--password", "the lamp is lit", "--role", "owner");
            await parley.Serve("live.leaveSeconds=1");
            using var kim = new Person(parley.Address);
            (await kim.Post("/v1/session", new { email = "kim@lighthouse.test", password = "the lamp is lit" })).Expect(HttpStatusCode.Created);
            var inbox = (await kim.Post("/v1/inboxes", new { name = "Shop", channel = "web" })).Expect(HttpStatusCode.Created)["id"];
            using var ana = new Browser(parley.Address, inbox);
            (await ana.Begin()).Expect(HttpStatusCode.Created);
            await ana.Write("Hello?");
            using var dead = await Deaf(parley.Address, ana.Bearer!);
            await Until(kim, ana, present: true, TimeSpan.FromSeconds(5));
            var started = Stopwatch.GetTimestamp();
            await Until(kim, ana, present: false, TimeSpan.FromSeconds(60));
            Stopwatch.GetElapsedTime(started).TotalSeconds.ShouldBeInRange(12, 50);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A WebSocket that says hello, and then neither reads nor answers anything.</summary>
    private static async Task<TcpClient> Deaf(Uri address, string token)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /v1/stream HTTP/1.1\r\nHost: {address.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"));
        var head = new byte[4_096];
        Encoding.ASCII.GetString(head, 0, await stream.ReadAsync(head)).ShouldStartWith("HTTP/1.1 101");
        // Masked with zeros, as RFC 6455 (5.3) wants it of a client.
        var hello = Encoding.UTF8.GetBytes($"{{\"type\":\"hello\",\"token\":\"{token}\"}}");
        await stream.WriteAsync((byte[])[0x81, 0xFE, (byte)(hello.Length >> 8), (byte)hello.Length, 0, 0, 0, 0, .. hello]);
        return client;
    }

    private static async Task Until(Person kim, Browser ana, bool present, TimeSpan patience)
    {
        for (var started = Stopwatch.GetTimestamp(); (await kim.Get($"/v1/contacts/{ana.Visitor}"))["present"] != $"{present}"; await Task.Delay(200))
        {
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(patience);
        }
    }
}
