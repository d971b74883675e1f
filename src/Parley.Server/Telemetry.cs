using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Parley.Platform.Settings;
using Parley.Server.Backups;

namespace Parley.Server;

/// <summary>What is sent to an OpenTelemetry collector, beside what <c>/metrics</c> tells.</summary>
public sealed record TelemetrySettings(
    [Description("Where a collector takes traces and metrics by OTLP over HTTP (http://127.0.0.1:4318). Empty: nothing is sent, and nothing measured for it.")] string? Endpoint = null,
    [Description("Headers of every request to it: name=value, separated by commas."), PasswordPropertyText] string? Headers = null,
    [Description("What this installation is called there.")] string Service = "parley",
    [Description("Of a hundred requests so many are traced. What comes as a part of somebody's trace is traced as that one is."), Range(0, 100)] int Traced = 100,
    [Description("Seconds between two reports of metrics."), Range(1, 3_600)] int EverySeconds = 15)
{
    /// <summary>Why nothing can be sent there; null: it can.</summary>
    public string? Flaw => Endpoint is null || (Uri.TryCreate(Endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https") ? null
        : $"telemetry.endpoint is '{Endpoint}', and must be the address of a collector, like http://127.0.0.1:4318.";
}

/// <summary>
/// Traces of requests with what they do at the door, in PostgreSQL and elsewhere, of readers, and all figures of this process. A collector that is away costs nothing but what was
/// to be told to it.
/// </summary>
internal sealed class Telemetry : IDisposable
{
    /// <summary>A collector that hangs must not hold up the end of the server.</summary>
    private const int PatienceMs = 2_000;

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    public Telemetry(TelemetrySettings settings)
    {
        void Name(ResourceBuilder resource) => resource.AddService(settings.Service, serviceVersion: Manifest.ProgramVersion, serviceInstanceId: $"{Environment.MachineName}:{Environment.ProcessId}");
        _traces = Sdk.CreateTracerProviderBuilder().ConfigureResource(Name)
            .AddSource("Microsoft.AspNetCore", "Npgsql", "System.Net.Http", "Parley.*")
            .SetSampler(new ParentBasedSampler(new Requests(settings.Traced / 100.0)))
            .AddOtlpExporter(exporter => Send(exporter, settings, "traces"))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder().ConfigureResource(Name)
            .AddMeter("Parley.*", "System.Runtime", "Npgsql", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
            .AddOtlpExporter((exporter, reader) =>
            {
                Send(exporter, settings, "metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = settings.EverySeconds * 1_000;
                reader.PeriodicExportingMetricReaderOptions.ExportTimeoutMilliseconds = PatienceMs;
            })
            .Build();
    }

    /// <summary>Names each request's trace by its route: addresses hold ids, and would be as many names as there are conversations.</summary>
    public static void Use(IApplicationBuilder app) => app.Use(next => async http =>
    {
        if (http.Features.Get<IHttpActivityFeature>()?.Activity is not { } activity)
        {
            await next(http);
            return;
        }

        if (Passes(http.Request.Path))
        {
            (activity.IsAllDataRequested, activity.ActivityTraceFlags) = (false, activity.ActivityTraceFlags & ~ActivityTraceFlags.Recorded);
        }

        await next(http);
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        activity.DisplayName = route is null ? http.Request.Method : $"{http.Request.Method} {route}";
        activity.SetTag("http.request.method", http.Request.Method);
        activity.SetTag("http.route", route);
        activity.SetTag("http.response.status_code", http.Response.StatusCode);
        if (http.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            activity.SetStatus(ActivityStatusCode.Error);
        }
    });

    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }

    /// <summary>A stream lasts for hours, and of whoever watches the server nobody wants to know.</summary>
    private static bool Passes(PathString path) => path.StartsWithSegments("/v1/stream") || path.StartsWithSegments("/health") || path.StartsWithSegments("/metrics");

    private static void Send(OtlpExporterOptions exporter, TelemetrySettings settings, string what)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri($"{settings.Endpoint!.TrimEnd('/')}/v1/{what}");
        exporter.TimeoutMilliseconds = PatienceMs;
        exporter.BatchExportProcessorOptions.ScheduledDelayMilliseconds = PatienceMs;
        if (settings.Headers is { } headers)
        {
            exporter.Headers = headers;
        }
    }

    /// <summary>A trace begins with a request, or with what a reader makes of new entries; what a loop asks the store each second is none.</summary>
    private sealed class Requests(double share) : Sampler
    {
        private readonly TraceIdRatioBasedSampler _some = new(share);

        public override SamplingResult ShouldSample(in SamplingParameters asked) =>
            asked.Kind is ActivityKind.Server or ActivityKind.Consumer ? _some.ShouldSample(asked) : new SamplingResult(SamplingDecision.Drop);
    }
}
