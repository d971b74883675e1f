using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.Channels;
using Parley.Channels.Connections;
using Parley.Channels.Email;
using Parley.Platform.Hosting;
using Parley.Platform.Keys;
using Parley.Platform.Mail;
using Parley.Platform.Store;
using Parley.Specs.Engines;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Channels.Email;

/// <summary>A mailbox that takes no passwords, and a provider of tokens (OAuth 2) that gives each refresh token once.</summary>
public class EmailTokensTests
{
    [Fact, Trait("row", "CH9")]
    public async Task CH9_A_token_that_is_over_in_the_middle_is_renewed_and_the_letter_goes()
    {
        await using var provider = new Provider();
        // The server of mails takes the newest token only.
        await using var sink = new MailSink { Offers = ["AUTH XOAUTH2"] };
        sink.Answers = line => !line.StartsWith("AUTH ", StringComparison.Ordinal) ? null : line.EndsWith(Shown(provider.Token), StringComparison.Ordinal) ? "235 come in" : "535 5.7.3 the token is over";
        await using var it = await Harbour.Of();
        await it.Connect(new { address = Harbour.Address, sendHost = "127.0.0.1", sendPort = sink.Port, sendSecurity = "none", user = "support", tokenUrl = provider.Url, tokenClient = "parley", tokenSecret = "client secret", tokenRefresh = "refresh 0" });
        await it.Comes("ana@example.test", "Hello?", "Sail");
        var thread = await it.Thread("Hello?");
        await it.Answer(thread, "One.");
        await Harbour.Until(() => Task.FromResult(sink.Mails.Count == 1));
        provider.Asked.Count.ShouldBe(1);
        provider.Asked.First().ShouldContain("grant_type=refresh_token");
        provider.Asked.First().ShouldContain("client_id=parley");
        await it.Answer(thread, "Two.");
        await Harbour.Until(() => Task.FromResult(sink.Mails.Count == 2));
        provider.Asked.Count.ShouldBe(1, "It is good for an hour.");

        // Taken back before its time: another is asked for at once, by the refresh token that came with the last one.
        provider.Token = "another";
        await it.Answer(thread, "Three.");
        await Harbour.Until(() => Task.FromResult(sink.Mails.Count == 3));
        provider.Asked.Count.ShouldBe(2);
        provider.Asked.Last().ShouldContain("refresh_token=refresh+1");
        await Harbour.Until(async () => await it.State(thread) is ("sent", null));

        // Over by the clock: renewed before it is used.
        it.Clock.Advance(TimeSpan.FromMinutes(59.5));
        await it.Answer(thread, "Four.");
        await Harbour.Until(() => Task.FromResult(sink.Mails.Count == 4));
        provider.Asked.Last().ShouldContain("refresh_token=refresh+2");
        sink.Said.Count(said => said.Line == $"AUTH XOAUTH2 {Shown("token 3")}").ShouldBe(1);
    }

    [Fact]
    public async Task Who_is_given_no_token_any_more_is_told_in_the_providers_words_and_what_passes_is_tried_again()
    {
        await using var provider = new Provider();
        await using var it = await Harbour.Of(sink: new MailSink { Offers = ["AUTH XOAUTH2"] });
        await it.Connect(new { address = Harbour.Address, sendHost = "127.0.0.1", sendPort = it.Sink.Port, sendSecurity = "none", user = "support", tokenUrl = provider.Url, tokenClient = "parley", tokenRefresh = "refresh 0" });
        var (tokens, connection) = (it.House.Services.GetRequiredService<EmailTokens>(), (await it.House.Services.GetRequiredService<ConnectionStore>().Find(InboxId.Parse(it.Inbox)))!);
        // Several at once ask once.
        (await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => tokens.Of(connection, CancellationToken.None)))).Distinct().ShouldHaveSingleItem().ShouldBe("token 1");
        provider.Asked.Count.ShouldBe(1);
        it.Clock.Advance(TimeSpan.FromHours(1));
        provider.Refuses = (503, "{}");
        (await Should.ThrowAsync<MailServerFailed>(() => tokens.Of(connection, CancellationToken.None))).Fault.ShouldBe(MailFault.Busy);
        provider.Refuses = (400, "{\"error\":\"invalid_grant\",\"error_description\":\"The consent was withdrawn.\"}");
        var failed = await Should.ThrowAsync<MailServerFailed>(() => tokens.Of(connection, CancellationToken.None));
        (failed.Fault, failed.Message).ShouldSatisfyAllConditions(each => each.Fault.ShouldBe(MailFault.Login), each => each.Message.ShouldContain("The consent was withdrawn."));
        var tried = (await it.Kim.Post($"/v1/channels/{it.Inbox}/test", new { })).Expect(HttpStatusCode.OK);
        (tried["works"], tried["failure"]).ShouldBe(("False", "misconfigured"));
        tried["why"].ShouldContain("The consent was withdrawn.");
        provider.Refuses = null;
        (await tokens.Of(connection, CancellationToken.None)).ShouldBe("token 2");
    }

    [Fact]
    public async Task Nothing_goes_in_the_clear_to_another_machine_though_nobody_signs_in_there()
    {
        await using var it = await Harbour.Of();
        foreach (var (field, settings) in new (string, object)[]
        {
            ("sendSecurity", new { address = Harbour.Address, sendHost = "mail.example.test", sendPort = 25, sendSecurity = "none" }),
            ("receiveSecurity", new { address = Harbour.Address, receiveHost = "mail.example.test", receiveSecurity = "none", password = "x" }),
        })
        {
            var refused = await it.Kim.Post("/v1/channels", new { kind = "email", name = "Mail", settings });
            refused.Status.ShouldBe(HttpStatusCode.BadRequest, refused.Text);
            refused.Text.ShouldContain($"settings.{field}");
        }
    }

    [SkippableFact]
    public async Task Two_nodes_ask_one_after_the_other_and_neither_makes_the_others_worthless()
    {
        await using var engine = await Engine.Of("postgres");
        await using var provider = new Provider();
        await using var it = await Harbour.Of(store: engine.Url, sink: new MailSink { Offers = ["AUTH XOAUTH2"] });
        await it.Connect(new { address = Harbour.Address, sendHost = "127.0.0.1", sendPort = it.Sink.Port, sendSecurity = "none", user = "support", tokenUrl = provider.Url, tokenClient = "parley", tokenRefresh = "refresh 0" });
        var services = it.House.Services;
        var database = services.GetRequiredService<Database>();
        var stores = Enumerable.Range(0, 2).Select(_ => new ConnectionStore(database, services.GetRequiredService<KeyRing>(), services.GetRequiredService<PublicAddress>(), it.Clock)).ToList();
        var connection = (await stores[0].Find(InboxId.Parse(it.Inbox)))!;
        var nodes = stores.ConvertAll(store => new EmailTokens(store, database, services.GetRequiredService<ChannelSettings>(), it.Clock));
        var asked = Task.WhenAll(nodes.Select(node => node.Of(connection, CancellationToken.None)));
        await Harbour.Until(() =>
        {
            it.Clock.Advance(TimeSpan.FromMilliseconds(200));
            return Task.FromResult(asked.IsCompleted);
        });
        (await asked).Order().ShouldBe(["token 1", "token 2"]);
        provider.Asked.Select(body => body.Contains("refresh_token=refresh+0", StringComparison.Ordinal)).ShouldBe([true, false]);

        // Each goes on with its own.
        (await Task.WhenAll(nodes.Select(node => node.Of(connection, CancellationToken.None)))).Order().ShouldBe(["token 1", "token 2"]);
        provider.Asked.Count.ShouldBe(2);

        // What was set up otherwise is asked for by what it is now.
        await stores[0].Save(connection with { Values = connection.Values.SetItem("tokenRefresh", JsonSerializer.SerializeToElement("refresh 2")) }, EmailChannel.Secrets);
        (await nodes[0].Of(connection, CancellationToken.None)).ShouldBe("token 3");
        // On the other node, too: what it has was given to who is signed in no more.
        (await nodes[1].Of(connection, CancellationToken.None)).ShouldBe("token 4");
        (await Task.WhenAll(nodes.Select(node => node.Of(connection, CancellationToken.None)))).ShouldBe(["token 3", "token 4"]);
        nodes.ForEach(node => node.Dispose());
    }

    private static string Shown(string token) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"user=support\u0001auth=Bearer {token}\u0001\u0001"));

    /// <summary>Gives a token for an hour, and with it the next refresh token; the one before is good for nothing any more.</summary>
    private sealed class Provider : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _listening;
        private int _given;

        public Provider()
        {
            _listener.Start();
            _listening = Listen();
        }

        public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/token";

        /// <summary>The one that is good now.</summary>
        public string Token { get; set; } = "";

        public ConcurrentQueue<string> Asked { get; } = new();

        public (int Status, string Text)? Refuses { get; set; }

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _listening;
            _listener.Dispose();
        }

        private async Task Listen()
        {
            try
            {
                while (true)
                {
                    using var socket = await _listener.AcceptTcpClientAsync();
                    await Answer(socket.GetStream());
                }
            }
            catch (Exception error) when (error is SocketException or InvalidOperationException or IOException)
            {
                // The test is over.
            }
        }

        private async Task Answer(Stream stream)
        {
            var (head, buffer) = ("", new byte[8 * 1024]);
            while (!head.Contains("\r\n\r\n", StringComparison.Ordinal) || head.Split("\r\n\r\n")[1].Length < Length(head))
            {
                head += Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer) is > 0 and var read ? read : throw new IOException("Hung up."));
            }

            var body = head.Split("\r\n\r\n")[1];
            Asked.Enqueue(body);
            var isGood = body.Contains($"refresh_token=refresh+{_given}", StringComparison.Ordinal);
            var (status, text) = Refuses ?? (isGood ? (200, "") : (400, "{\"error\":\"invalid_grant\"}"));
            if (status == 200)
            {
                Token = $"token {++_given}";
                text = $"{{\"access_token\":\"{Token}\",\"expires_in\":3600,\"refresh_token\":\"refresh {_given}\"}}";
            }

            await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(text)}\r\nConnection: close\r\n\r\n{text}"));
        }

        private static int Length(string head) => int.Parse(head.Split("Content-Length: ")[1].Split("\r\n")[0], System.Globalization.CultureInfo.InvariantCulture);
    }
}
