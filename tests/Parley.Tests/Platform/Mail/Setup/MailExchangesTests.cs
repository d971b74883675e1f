using System.Net;
using System.Net.Sockets;
using Parley.Platform.Mail.Setup;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Setup;

/// <summary>Who takes mail for a domain, as a name server says it; and nothing, where it says nonsense or nothing.</summary>
public sealed class MailExchangesTests
{
    [Fact]
    public async Task The_servers_of_a_domain_come_best_first_and_name_its_provider()
    {
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var served = Serve(server);
        var found = await new MailExchanges([(IPEndPoint)server.Client.LocalEndPoint!]).Of("lighthouse.test", CancellationToken.None);
        found.ShouldBe(["aspmx.l.google.com", "alt1.aspmx.l.google.com"]);
        MailProviders.Known("support@lighthouse.test", found)!.Provider.ShouldBe("Gmail");
        await served;
    }

    [Theory]
    [InlineData("")]
    [InlineData("0001818000010001")]
    // A name that points at itself, and one that points ahead.
    [InlineData("000181800000000100000000C00C000F0001000000000004000AC00C")]
    [InlineData("000181800000000100000000C0FF000F0001000000000004000AC00C")]
    // More answers than there are.
    [InlineData("0001818000000003000000000000")]
    // A label that is longer than what is there.
    [InlineData("0001818000000001000000003F61")]
    public void What_is_no_answer_is_known_for_it(string hex) => Should.Throw<InvalidDataException>(() => MailExchanges.Read(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a..b")]
    public async Task What_is_no_domain_is_asked_nobody(string domain) => (await new MailExchanges([new(IPAddress.Loopback, 1)]).Of(domain, CancellationToken.None)).ShouldBeEmpty();

    /// <summary>Answers once, after an answer to another question.</summary>
    private static async Task Serve(UdpClient server)
    {
        var asked = await server.ReceiveAsync();
        asked.Buffer.AsSpan(12).SequenceEqual(MailExchanges.Question(0, "lighthouse.test").AsSpan(12)).ShouldBeTrue();
        await server.SendAsync(new byte[] { (byte)~asked.Buffer[0], asked.Buffer[1], 0x81, 0x80, 0, 0, 0, 0, 0, 0, 0, 0 }, asked.RemoteEndPoint);
        byte[] answer =
        [
            asked.Buffer[0], asked.Buffer[1], 0x81, 0x80, 0, 1, 0, 2, 0, 0, 0, 0, .. asked.Buffer[12..],
            // 10 alt1.aspmx.l.google.com, whose end stands in the other: pointed back to.
            0xC0, 12, 0, 15, 0, 1, 0, 0, 1, 0, 0, 22, 0, 1, 5, .. "aspmx"u8, 1, .. "l"u8, 6, .. "google"u8, 3, .. "com"u8, 0,
            0xC0, 12, 0, 15, 0, 1, 0, 0, 1, 0, 0, 9, 0, 5, 4, .. "alt1"u8, 0xC0, (byte)(asked.Buffer.Length + 14),
        ];
        await server.SendAsync(answer, asked.RemoteEndPoint);
    }
}
