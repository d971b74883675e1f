using System.Globalization;
using Parley.Platform.Settings;
using Parley.Server;
using Shouldly;

namespace Parley.Tests.Server;

public sealed class TurnedClockTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void It_is_turned_by_what_the_file_says_and_only_the_hour_is()
    {
        var clock = TurnedClock.Of(new ServerSettings(Urls: "http://127.0.0.1:0,http://169.254.7.2:5080"), _file);
        Ahead(clock).ShouldBe(0, 60);
        File.WriteAllText(_file, "7200");
        SpinWait.SpinUntil(() => Ahead(clock) > 7_000, TimeSpan.FromSeconds(30)).ShouldBeTrue();
        File.WriteAllText(_file, (-86_400.5).ToString(CultureInfo.InvariantCulture));
        SpinWait.SpinUntil(() => Ahead(clock) < -86_000, TimeSpan.FromSeconds(30)).ShouldBeTrue();
        clock.TimestampFrequency.ShouldBe(TimeProvider.System.TimestampFrequency);
        clock.GetElapsedTime(TimeProvider.System.GetTimestamp()).ShouldBeLessThan(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Without_the_variable_it_is_the_machines_own() => TurnedClock.Of(new ServerSettings(Urls: "http://0.0.0.0:80", PublicUrl: "https://chat.example.org"), null).ShouldBeSameAs(TimeProvider.System);

    [Theory]
    [InlineData("http://0.0.0.0:5080", null)]
    [InlineData("http://127.0.0.1:5080,http://*:80", null)]
    [InlineData("http://10.0.0.7:5080", null)]
    [InlineData("https://chat.example.org", null)]
    [InlineData("http://127.0.0.1:5080", "https://chat.example.org")]
    public void A_server_that_is_for_anybody_does_not_start_with_it(string urls, string? publicUrl) =>
        Should.Throw<SettingWrong>(() => TurnedClock.Of(new ServerSettings(Urls: urls, PublicUrl: publicUrl), _file)).Message.ShouldContain(TurnedClock.Variable);

    private static double Ahead(TimeProvider clock) => (clock.GetUtcNow() - TimeProvider.System.GetUtcNow()).TotalSeconds;
}
