using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Contacts;
using Parley.Log;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <param name="Into">In which the other goes on.</param>
public sealed record MergeBody(ConversationId Into);

/// <summary>What becomes of a conversation that goes on in another.</summary>
/// <param name="Waits">Since when the customer waits in the one that goes.</param>
/// <param name="Promised">What was promised there and holds on.</param>
/// <param name="Scheduled">How many messages that are still to be sent go along.</param>
/// <param name="Labels">What the other is called from then on.</param>
/// <param name="Reopens">The other is open again.</param>
public sealed record MergeView(ConversationId From, ConversationId Into, DateTimeOffset? Waits, DateTimeOffset? Promised, int Scheduled, ImmutableArray<string> Labels, bool Reopens);

/// <summary>Two conversations of one customer that are about the same: first what it will be, then that it is.</summary>
internal static class MergingApi
{
    private const int Tries = 5;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var one = routes.MapGroup("/v1/conversations/{id}/merge").RequireAgent().WithTags("Conversations");
        one.MapGet("/", See).WithName("previewConversationMerge").Produces<MergeView>();
        one.MapPost("/", Post).WithName("mergeConversation");
    }

    private static async Task<IResult> See(HttpContext http, ConversationId id, ConversationId into, Door door, People people)
    {
        var (it, other) = await Both(http.Principal(), door, id, into);
        if (Merging.Flaw(id, it.State, into, other?.State, await Together(http.Principal(), people, it, other)) is { } flaw)
        {
            return flaw.Problem();
        }

        return Results.Ok(new MergeView(
            id, into, it.State.WaitingSince, it.State.Promise is { Broken: false } promise ? promise.Shown : null, it.State.Scheduled?.Length ?? 0,
            [.. other!.State.Labels.Union(it.State.Labels, StringComparer.OrdinalIgnoreCase)], it.State.Status != Status.Closed && other.State.Status == Status.Closed));
    }

    private static async Task<IResult> Post(HttpContext http, ConversationId id, MergeBody body, Door door, People people, LogReader log, Answers answers)
    {
        var (origin, tries) = (http.Origin(), 0);
        Outcome outcome;
        do
        {
            var (it, other) = await Both(http.Principal(), door, id, body.Into);
            var words = ImmutableArray.CreateBuilder<Carried>();
            foreach (var planned in it.State.Scheduled ?? [])
            {
                if (await log.One(Conversation.Subject(id), planned.Seq) is { Body: Scheduled scheduled })
                {
                    words.Add(new Carried(planned.Seq, scheduled.Content));
                }
            }

            outcome = await door.Desk.Handle(new MergeInto(origin, id, id == body.Into || other is not null ? body.Into : default, await Together(http.Principal(), people, it, other), words.ToImmutable()));
        }
        while (outcome.Refusal == Merging.Changed && ++tries < Tries);
        return answers.Entries(http, outcome with { Entries = [.. outcome.Entries.Where(entry => entry.Subject == Conversation.Subject(id))] });
    }

    /// <summary>What the asker may not see is not there.</summary>
    private static async Task<(Found It, Found? Other)> Both(Principal who, Door door, ConversationId id, ConversationId into)
    {
        var it = await door.Threads.Find(who, id);
        try
        {
            return (it, await door.Threads.Find(who, into));
        }
        catch (ProblemException)
        {
            return (it, null);
        }
    }

    /// <summary>The same customer sees both: what was proven counts, for what one goes on in the other's must find.</summary>
    private static async Task<bool> Together(Principal who, People people, Found it, Found? other)
    {
        if (other is null)
        {
            return false;
        }

        var self = await Self(it.State.Contact);
        return self == await Self(other.State.Contact) && !(await people.State(who.Workspace, self) is { } whole && (whole.Hidden.Contains(it.Id) || whole.Hidden.Contains(other.Id)));

        async ValueTask<ContactId> Self(ContactId contact) => (await people.State(who.Workspace, contact))?.Becomes ?? contact;
    }
}
