using System.Net;
using Parley.Platform.Mail;
using Parley.Platform.Web;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Platform.Mail;

public class MailServerTests
{
    [Fact]
    public async Task A_name_that_leads_to_this_machine_is_not_called_where_that_may_not_be()
    {
        await using var sink = new MailSink();
        var server = new MailServer("localhost", sink.Port, MailSecurity.None);
        (await server.Dial(default)).Dispose();
        (await Should.ThrowAsync<MailServerFailed>(() => (server with { May = OpenNetwork.IsElsewhere }).Dial(default))).Fault.ShouldBe(MailFault.Host);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Of_several_certificates_of_one_name_each_is_trusted_and_no_other(int shown)
    {
        var all = Enumerable.Range(0, 3).Select(_ => Certificates.Of("localhost")).ToList();
        var server = new MailServer("localhost", 1, MailSecurity.Tls) { Pem = $"{all[0].ExportCertificatePem()}\n{all[1].ExportCertificatePem()}".Replace("\n", "") };
        await Meet(all[shown], server);
        await Should.ThrowAsync<MailServerFailed>(() => Meet(all[2], server));
        using var elsewhere = Certificates.Of("elsewhere.test");
        await Should.ThrowAsync<MailServerFailed>(() => Meet(elsewhere, server with { Pem = elsewhere.ExportCertificatePem() }));
        all.ForEach(one => one.Dispose());

        static async Task Meet(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate, MailServer server)
        {
            await using var sink = new MailSink(certificate) { IsEncrypted = true };
            using var socket = await (server with { Port = sink.Port }).Dial(default);
            await using var safe = await server.Encrypted(socket.GetStream(), default);
        }
    }

    [Theory]
    [InlineData("127.0.0.2", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:169.254.169.254", false)]
    [InlineData("fe80::1", false)]
    [InlineData("10.0.0.1", true)]
    [InlineData("192.0.2.1", true)]
    public void What_answers_to_this_machine_alone_is_known_however_it_is_written(string address, bool isElsewhere) => OpenNetwork.IsElsewhere(IPAddress.Parse(address)).ShouldBe(isElsewhere);
}
