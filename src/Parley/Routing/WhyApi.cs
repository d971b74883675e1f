using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Routing;

/// <summary>Why a conversation came to whom it came, as it was then; and through whose hands it went.</summary>
internal static class WhyApi
{
    private const int Most = 20;

    private static readonly string[] Types = ["offered", "accepted", "assigned"];

    /// <param name="Type">The entry that gave it to them: <c>offered</c>, <c>accepted</c>, <c>assigned</c>.</param>
    /// <param name="Cause">How it came to be assigned, where it was.</param>
    /// <param name="Note">The note that says why it was passed on.</param>
    /// <param name="By">Who did it, where a colleague did.</param>
    internal sealed record Step(long Seq, DateTimeOffset At, string Type, AgentId? Agent, TeamId? Team, AgentId? FromAgent, TeamId? FromTeam, string? Cause, long? Note, AgentId? By, Why? Why);

    /// <param name="Items">What came last first.</param>
    /// <param name="Route">How this matter finds its people; absent: as the inbox has it.</param>
    internal sealed record View(IReadOnlyList<Step> Items, Conversations.Route? Route);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/conversations/{id}/why", Get).WithTags("Conversations").WithName("getWhy").RequireAgent().Produces<View>();

    private static async Task<IResult> Get(ConversationId id, HttpContext http, Door door, LogReader log)
    {
        var found = await door.Threads.Find(http.Principal(), id);
        var entries = new List<Entry>();
        foreach (var type in Types)
        {
            entries.AddRange(await log.OfType(Conversation.Subject(id), type, 0));
        }

        return Results.Ok(new View([.. entries.OrderByDescending(entry => entry.Seq).Take(Most).Select(Of)], found.State.Route));
    }

    private static Step Of(Entry entry)
    {
        var by = entry.Author is { Kind: AuthorKind.Agent, Id: { } author } ? new AgentId(author) : (AgentId?)null;
        return entry.Body switch
        {
            Offered it => new(entry.Seq, entry.At, entry.Type, it.Agent, null, null, null, null, null, null, it.Why),
            Accepted it => new(entry.Seq, entry.At, entry.Type, it.Agent, null, null, null, it.By, null, null, it.Why),
            Assigned it => new(entry.Seq, entry.At, entry.Type, it.Agent, it.Team, it.FromAgent, it.FromTeam, it.Cause, it.Note, by, it.Why),
            _ => throw new InvalidOperationException($"{entry.Type} gives nothing to anybody."),
        };
    }
}
