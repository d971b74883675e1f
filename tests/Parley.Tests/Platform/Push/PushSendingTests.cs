using System.Net;
using Parley.Platform.Push;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Platform.Push;

public sealed class PushSendingTests
{
    [Theory]
    [InlineData("https://fcm.googleapis.com/fcm/send/abc", true)]
    [InlineData("https://updates.push.services.mozilla.com:443/wpush/v2/abc", true)]
    [InlineData("http://fcm.googleapis.com/fcm/send/abc", false)]
    [InlineData("https://127.0.0.1/push", false)]
    [InlineData("https://[::1]/push", false)]
    [InlineData("https://[::ffff:10.0.0.1]/push", false)]
    [InlineData("https://10.1.2.3/push", false)]
    [InlineData("https://169.254.169.254/latest/meta-data", false)]
    [InlineData("https://192.168.0.1/push", false)]
    [InlineData("https://2130706433/push", false)]
    [InlineData("https://[fd00::1]/push", false)]
    [InlineData("https://[64:ff9b::a00:1]/push", false)]
    [InlineData("https://kim:secret@push.example/x", false)]
    [InlineData("ftp://push.example/x", false)]
    [InlineData("push", false)]
    public void Only_services_in_the_open_network_are_called_and_by_https_alone(string endpoint, bool may)
    {
        using var sending = new PushSending(null!, new PushSettings());
        (sending.Flaw(PushSink.Browser(endpoint)) is null).ShouldBe(may);
    }

    [Fact]
    public async Task A_name_that_leads_into_a_network_of_ours_is_not_called()
    {
        using var sending = new PushSending(null!, new PushSettings());
        sending.Open(IPAddress.Parse("8.8.8.8")).ShouldBeTrue();
        sending.Open(IPAddress.Parse("172.20.0.1")).ShouldBeFalse();
        sending.Open(IPAddress.Parse("100.64.0.1")).ShouldBeFalse();
        using var allowed = new PushSending(null!, new PushSettings(AllowLoopback: true));
        allowed.Flaw(PushSink.Browser("http://127.0.0.1:1/x")).ShouldBeNull();
        (await allowed.Send(PushSink.Browser("https://10.0.0.1/x"), [1], TimeSpan.FromMinutes(1))).Outcome.ShouldBe(PushOutcome.Refused);
    }
}
