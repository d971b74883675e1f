using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>Side conversations of colleagues within a conversation.</summary>
internal static class ConsultingApi
{
    private static readonly string[] Types = ["consulted", "consultSaid", "consultSettled"];

    /// <param name="Waits">The customer's thread waits on a third party meanwhile; absent: it does.</param>
    internal sealed record AskBody(string Text, IReadOnlyList<AgentId>? Agents = null, IReadOnlyList<TeamId>? Teams = null, bool? Waits = null, string? ClientId = null);

    internal sealed record SayBody(string Text, string? ClientId = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("/v1/conversations/{id}/asides").RequireAgent().WithTags("Conversations");
        all.MapGet("/", All).WithName("listAsides");
        all.MapPost("/", Ask).WithName("postAside");
        all.MapPost("/{aside:long}/messages", Say).WithName("postAsideMessage");
        all.MapPut("/{aside:long}/settlement", (HttpContext http, ConversationId id, long aside, Door door) => door.Do(http, id, origin => new SettleAside(origin, id, aside))).WithName("putAsideSettlement");
    }

    private static async Task<IResult> All(HttpContext http, ConversationId id, Door door, LogReader log, Answers answers)
    {
        var found = await door.Threads.Find(http.Principal(), id);
        var entries = found.State.Asides is null ? [] : await Task.WhenAll(Types.Select(type => log.OfType(Conversation.Subject(id), type, 0)));
        return answers.Page(http, new TimelinePage([.. entries.SelectMany(of => of).OrderBy(entry => entry.Seq)], false));
    }

    private static async Task<IResult> Ask(HttpContext http, ConversationId id, AskBody body, Door door, Answers answers)
    {
        var found = await door.Threads.Find(http.Principal(), id);
        var origin = http.Origin(body.ClientId);
        ImmutableArray<AgentId> agents = [.. (body.Agents ?? []).Distinct()];
        ImmutableArray<TeamId> teams = [.. (body.Teams ?? []).Distinct()];
        var bare = new Consult(origin, id, Words.Clean(body.Text), agents, teams, body.Waits ?? true, []);
        var wish = await Door.Fit(
            () =>
            {
                if (agents.FirstOrDefault(agent => !door.Threads.AgentMay(origin.Workspace, found.State.Inbox, agent)) is { IsEmpty: false })
                {
                    throw new ProblemException(new Problem("agent.unknown", "There is no such agent for this inbox.", 400, [new FieldFlaw("agents", "unknown", "There is no such agent for this inbox.")]));
                }

                return Task.FromResult<Command>(bare with { People = door.Threads.Mentioned(origin.Workspace, found.State.Inbox, agents, teams) ?? [] });
            },
            () => bare,
            body);
        return answers.Entries(http, await door.Desk.Handle(wish));
    }

    private static async Task<IResult> Say(HttpContext http, ConversationId id, long aside, SayBody body, Door door, Answers answers)
    {
        await door.Threads.Find(http.Principal(), id);
        return answers.Entries(http, await door.Desk.Handle(new SayAside(http.Origin(body.ClientId), id, aside, Words.Clean(body.Text))));
    }
}
