using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Metrics;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Platforms.Metrics;

public class ProcessFiguresTests
{
    [Fact]
    public void Counters_histograms_and_gauges_read_as_prometheus_reads_them()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var figures = new ProcessFigures(meters, TimeProvider.System);
        var meter = meters.Create("Parley.Test");
        var sails = meter.CreateCounter<long>("test_sails", description: "Sails set.");
        var seconds = meter.CreateHistogram<double>("test_seconds", "s", "How long it took.");
        meter.CreateObservableGauge("test_boats", () => new Measurement<long>[] { new(3, new KeyValuePair<string, object?>("port", "a\"b\\c")) }, description: "Boats.");
        meters.Create("Other").CreateCounter<long>("other_things").Add(1);
        sails.Add(2, new KeyValuePair<string, object?>("kind", "jib"));
        sails.Add(3, new KeyValuePair<string, object?>("kind", "jib"));
        seconds.Record(0.003);
        seconds.Record(99);
        var text = figures.Write();
        text.ShouldContain("# TYPE test_sails_total counter\ntest_sails_total{kind=\"jib\"} 5\n");
        text.ShouldContain("# TYPE test_seconds histogram\n");
        text.ShouldContain("test_seconds_bucket{le=\"0.0025\"} 0\n");
        text.ShouldContain("test_seconds_bucket{le=\"0.005\"} 1\n");
        text.ShouldContain("test_seconds_bucket{le=\"10\"} 1\n");
        text.ShouldContain("test_seconds_bucket{le=\"+Inf\"} 2\n");
        text.ShouldContain("test_seconds_sum 99.003\n");
        text.ShouldContain("test_seconds_count 2\n");
        text.ShouldContain("test_boats{port=\"a\\\"b\\\\c\"} 3\n");
        text.ShouldNotContain("other_things");
    }

    [Fact]
    public void A_tag_that_takes_any_value_does_not_fill_the_memory()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var figures = new ProcessFigures(meters, TimeProvider.System);
        var counter = meters.Create("Parley.Test").CreateCounter<long>("test_wild");
        for (var i = 0; i < 3_000; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("any", i));
        }

        var lines = figures.Write().Split('\n').Where(line => line.StartsWith("test_wild_total", StringComparison.Ordinal)).ToList();
        lines.Count.ShouldBeLessThanOrEqualTo(1_001);
        lines.Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(3_000);
    }

    [Fact]
    public async Task The_servers_figures_tell_of_its_work_to_this_machine_only()
    {
        await using var house = await Lighthouse.Open();
        using var stranger = house.Stranger();
        var text = (await stranger.Get("/metrics")).Expect(HttpStatusCode.OK).Text;
        foreach (var name in new[] { "parley_commands_total{command=\"AddAgent\",result=\"ok\"} 1", "parley_batch_size_bucket", "parley_batch_seconds_sum", "parley_queue_length 0", "parley_reader_lag{", "process_resident_memory_bytes", "dotnet_allocated_bytes_total" })
        {
            text.ShouldContain(name);
        }

        stranger.Headers["X-Forwarded-For"] = "203.0.113.9";
        (await stranger.Get("/metrics")).Refused(HttpStatusCode.Forbidden, "metrics.forbidden");
    }

    [Fact]
    public async Task With_a_token_it_is_the_token_that_counts()
    {
        await using var house = await Lighthouse.Open(("metrics.token", "scrape me"));
        using var stranger = house.Stranger();
        (await stranger.Get("/metrics")).Refused(HttpStatusCode.Forbidden, "metrics.forbidden");
        stranger.Bearer = "scrape you";
        (await stranger.Get("/metrics")).Refused(HttpStatusCode.Forbidden, "metrics.forbidden");
        stranger.Bearer = "scrape me";
        (await stranger.Get("/metrics")).Expect(HttpStatusCode.OK);
    }
}
