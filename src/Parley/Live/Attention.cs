using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Hosting;
using Parley.Workspaces;

namespace Parley.Live;

/// <summary>
/// Whether somebody still sits where an agent said that they are. A console says <c>input</c> now and then while there is any; who has given no sign for a
/// quarter of an hour, or locked their screen, is away. Programs are not affected: they sit nowhere.
/// </summary>
internal sealed class Attention(Rosters rosters, Desk desk, Signs signs, LiveSettings settings, TimeProvider time, ILogger<Attention> log) : IStreamPart, IHostedService, IDisposable
{
    /// <summary>So soon it looks again where it could not say what it saw.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _patience = TimeSpan.FromSeconds(settings.IdleSeconds);
    private ITimer? _timer;

    public IReadOnlyList<string> Takes { get; } = ["input"];

    /// <summary>For a line that only hears: Server-Sent Events carry nothing to us.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/me/input", Sign).WithTags("Me").RequirePerson().Produces(StatusCodes.Status204NoContent);

    public Task StartAsync(CancellationToken cancel)
    {
        if (_patience > TimeSpan.Zero)
        {
            _timer = time.CreateTimer(_ => _ = Rounds.Do(log, "attention", Look), null, _patience, Timeout.InfiniteTimeSpan);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;

    public void Dispose() => _timer?.Dispose();

    public async ValueTask Hear(StreamClient client, string type, JsonElement said)
    {
        if (client.Who is not AgentPrincipal agent)
        {
            return;
        }

        if (said.TryGetProperty("locked", out var locked) && locked.ValueKind == JsonValueKind.True)
        {
            await desk.Handle(new LoseChair(new Origin(agent.Workspace, Author.System, $"locked:{time.GetUtcNow().ToUnixTimeMilliseconds()}"), agent.Agent, "locked"));
        }
        else
        {
            signs.Note(agent.Workspace, agent.Agent);
        }
    }

    private static IResult Sign(HttpContext http, Signs signs)
    {
        signs.Note(http.Agent().Workspace, http.Agent().Agent);
        return Results.NoContent();
    }

    /// <summary>Who has been silent for too long is away; then it waits for the next who could be.</summary>
    private async Task Look()
    {
        var now = time.GetUtcNow();
        var next = now + Again;
        try
        {
            var soonest = now + _patience;
            foreach (var roster in rosters.Loaded)
            {
                foreach (var agent in roster.Agents.Values.Where(agent => agent.Chair is Chair.Online or Chair.Busy))
                {
                    var last = signs.Last(roster.Id, agent.Id);
                    if (now - last >= _patience)
                    {
                        // Every node comes to the same; who is second finds it done.
                        var outcome = await desk.Handle(new LoseChair(new Origin(roster.Id, Author.System, $"idle:{last.ToUnixTimeMilliseconds()}"), agent.Id, "idle"));
                        soonest = outcome.Refusal is null ? soonest : now + Again;
                    }
                    else
                    {
                        soonest = last + _patience < soonest ? last + _patience : soonest;
                    }
                }
            }

            next = soonest;
        }
        finally
        {
            var rest = next - time.GetUtcNow();
            _timer?.Change(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
