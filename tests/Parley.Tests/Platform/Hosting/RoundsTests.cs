using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Platform.Hosting;
using Parley.Platform.Store;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Platforms.Hosting;

public class RoundsTests
{
    [Fact]
    public async Task Whatever_goes_wrong_in_one_round_the_next_is_taken()
    {
        var log = NullLogger.Instance;
        (await Rounds.Do(log, "test", () => throw new NotSupportedException("a fault of ours"))).ShouldBeFalse();
        (await Rounds.Do(log, "test", () => throw new OperationCanceledException("somebody else's"))).ShouldBeFalse();
        (await Rounds.Do(log, "test", () => Task.CompletedTask)).ShouldBeTrue();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => Rounds.Do(log, "test", () => Task.FromCanceled(stop.Token), stop.Token));
    }

    [Fact]
    public async Task A_fault_in_a_loop_ends_neither_it_nor_the_server()
    {
        await using var house = await Lighthouse.Open();
        // A row of a kind that nobody knows: what wakes stumbles over it, each time.
        await house.Services.GetRequiredService<Database>().Write(session => session.Execute(
            "insert into wakeups (subject, kind, workspace, due) values (@subject, 'nonsense', @workspace, 1)", new { subject = new byte[16], workspace = house.Workspace.Bytes }));
        var ana = await house.Ana();
        var it = await ana.Write("Hello");
        (await house.Kim.Put($"/v1/conversations/{it}/snooze", new { until = house.Clock.GetUtcNow().AddHours(1) })).Expect(System.Net.HttpStatusCode.OK);
        house.Clock.Advance(TimeSpan.FromHours(2));
        await Until(async () => (await house.Stranger().Get("/metrics")).Text.Contains("parley_rounds_failed_total{loop=\"wakeUps\"}"));
        await Until(async () => (await house.Kim.Get($"/v1/conversations/{it}"))["status"] == "open");
        (await house.Stranger().Get("/health/ready")).Expect(System.Net.HttpStatusCode.OK);
    }

    private static async Task Until(Func<Task<bool>> done)
    {
        for (var patience = 300; !await done(); patience--)
        {
            patience.ShouldBePositive();
            await Task.Delay(25);
        }
    }
}
