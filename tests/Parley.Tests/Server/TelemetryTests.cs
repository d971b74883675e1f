using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Parley.Platform.Settings;
using Parley.Server;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Server;

public class TelemetryTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact, Trait("row", "PA23")]
    public async Task PA23_Requests_are_traced_by_their_routes_and_figures_are_told_to_a_collector()
    {
        await using var collector = await Collector.Start();
        await using var house = await Lighthouse.Open(("telemetry.endpoint", collector.Address), ("telemetry.headers", "x-key=secret"), ("telemetry.everySeconds", "1"), ("telemetry.service", "harbour"));
        using var ana = await house.Ana();
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        ana.Headers["traceparent"] = $"00-{Trace}-00f067aa0ba902b7-01";
        var it = await ana.Write("Ahoy");
        (await ana.Read("cnv_00000000000000000000000000")).Status.ShouldBe(HttpStatusCode.NotFound);
        await ana.Get("/health/ready");

        await Until(() => collector.Spans.Count(span => span.Trace == Trace) >= 4);
        var spans = collector.Spans.Where(span => span.Trace == Trace).ToList();
        var wrote = spans.Single(span => span.Name == "POST /v1/widget/conversations");
        (wrote.Parent, wrote.Service, wrote.Tags["http.response.status_code"], wrote.Tags["http.route"]).ShouldBe(("00f067aa0ba902b7", "harbour", "201", "/v1/widget/conversations"));
        spans.ShouldContain(span => span.Name.StartsWith("GET /v1/widget/conversations/{", StringComparison.Ordinal) && span.Tags["http.response.status_code"] == "404");
        spans.ShouldNotContain(span => span.Name.Contains("health", StringComparison.Ordinal), "Whoever watches is not watched.");
        collector.Spans.ShouldNotContain(span => span.Name.Contains(it, StringComparison.Ordinal), "Names are routes, never addresses.");

        var command = spans.Single(span => span.Name == "command Open");
        (command.Parent, command.Tags["parley.result"]).ShouldBe((wrote.Id, "ok"));
        var batch = spans.Single(span => span.Name == "batch");
        (batch.Parent, batch.Tags["parley.commands"]).ShouldBe((command.Id, "1"));
        await Until(() => collector.Spans.Any(span => span.Name == "reader inbox" && span.Tags["parley.entries"] != "0"));

        await Until(() => collector.Metrics.Contains("parley_commands") && collector.Metrics.Contains("parley_queue_length"));
        collector.Keys.Distinct().ShouldBe(["secret"]);
    }

    [Fact]
    public async Task A_collector_that_is_away_is_nobodys_concern()
    {
        await using var house = await Lighthouse.Open(("telemetry.endpoint", "http://127.0.0.1:1"), ("telemetry.everySeconds", "1"));
        using var ana = await house.Ana();
        await ana.Write("Ahoy");
    }

    [Theory]
    [InlineData("collector:4318")]
    [InlineData("4318")]
    public async Task What_is_no_address_of_a_collector_is_said_before_anything_is_opened(string endpoint)
    {
        var folder = Directory.CreateTempSubdirectory("parley-telemetry-");
        var settings = new SettingsReader(ParleyHost.Sections).Set("telemetry.endpoint", endpoint, "test");
        (await Should.ThrowAsync<SettingWrong>(() => ParleyHost.Start(new Launch(settings, folder.FullName)))).Message.ShouldStartWith("telemetry.endpoint is");
        folder.EnumerateFiles().ShouldBeEmpty();
        folder.Delete();
    }

    private static async Task Until(Func<bool> so)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!so())
        {
            await Task.Delay(50, patience.Token);
        }
    }

    private sealed record Span(string Trace, string Id, string Parent, string Name, string Service, Dictionary<string, string> Tags);

    /// <summary>A collector of the test's own, as OTLP over HTTP has it: https://opentelemetry.io/docs/specs/otlp/#otlphttp</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private Collector(WebApplication app) => _app = app;

        public string Address => _app.Urls.First();

        public ConcurrentQueue<Span> Spans { get; } = new();

        public ConcurrentQueue<string> Metrics { get; } = new();

        public ConcurrentQueue<string> Keys { get; } = new();

        public static async Task<Collector> Start()
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore();
            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            var collector = new Collector(app);
            app.Run(collector.Take);
            await app.StartAsync();
            return collector;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private async Task Take(HttpContext http)
        {
            using var memory = new MemoryStream();
            await http.Request.Body.CopyToAsync(memory);
            Keys.Enqueue(http.Request.Headers["x-key"].ToString());
            var whole = Message.Read(memory.ToArray());
            if (http.Request.Path == "/v1/traces")
            {
                whole.All(1).SelectMany(Read).ToList().ForEach(Spans.Enqueue);
            }
            else if (http.Request.Path == "/v1/metrics")
            {
                whole.All(1).SelectMany(resource => resource.All(2)).SelectMany(scope => scope.All(2)).Select(metric => metric.Text(1)).ToList().ForEach(Metrics.Enqueue);
            }
        }

        private static IEnumerable<Span> Read(Message resource)
        {
            var service = Tags(resource.All(1).Single(), 1)["service.name"];
            return resource.All(2).SelectMany(scope => scope.All(2)).Select(span => new Span(span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), service, Tags(span, 9)));
        }

        private static Dictionary<string, string> Tags(Message of, int field) => of.All(field).ToDictionary(tag => tag.Text(1), tag => tag.All(2).Single().Any());
    }

    /// <summary>As much of Protocol Buffers as is needed to read that: fields by number. https://protobuf.dev/programming-guides/encoding/</summary>
    private sealed class Message(List<(int Field, byte[] Bytes, ulong Number)> fields)
    {
        public static Message Read(byte[] bytes)
        {
            var fields = new List<(int, byte[], ulong)>();
            for (var at = 0; at < bytes.Length;)
            {
                var tag = Number(bytes, ref at);
                switch (tag & 7)
                {
                    case 0:
                        fields.Add(((int)(tag >> 3), [], Number(bytes, ref at)));
                        break;
                    case 2:
                        var length = (int)Number(bytes, ref at);
                        fields.Add(((int)(tag >> 3), bytes[at..(at + length)], 0));
                        at += length;
                        break;
                    default:
                        at += (tag & 7) == 1 ? 8 : 4;
                        break;
                }
            }

            return new Message(fields);
        }

        public IEnumerable<Message> All(int field) => fields.Where(one => one.Field == field).Select(one => Read(one.Bytes));

        public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

        public string Hex(int field) => Convert.ToHexStringLower(Bytes(field));

        /// <summary>A value that is a text, or a number.</summary>
        public string Any() => fields is [{ Field: 1 } text] ? Encoding.UTF8.GetString(text.Bytes) : fields is [var other] ? $"{other.Number}" : "";

        private byte[] Bytes(int field) => fields.Where(one => one.Field == field).Select(one => one.Bytes).FirstOrDefault() ?? [];

        private static ulong Number(byte[] bytes, ref int at)
        {
            ulong number = 0;
            for (var shift = 0; ; shift += 7)
            {
                var one = bytes[at++];
                number |= (ulong)(one & 127) << shift;
                if (one < 128)
                {
                    return number;
                }
            }
        }
    }
}
