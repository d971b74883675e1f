using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Store;
using Parley.Platform.Web;
using Parley.Workspaces;
using Parley.Writing.Bulk;
using Parley.Writing.Macros;

namespace Parley.Writing;

/// <summary>The same done with many conversations by one request: each is decided alone, and the answer says of each what came of it.</summary>
internal static class BulkApi
{
    private const int Most = 200;
    private const int AtOnce = 16;
    private const int Tries = 10;
    private const int Looked = 500;

    /// <summary>Later nobody means it.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(5);

    /// <param name="Conversations">1 to 200.</param>
    /// <param name="Actions">What is done with each, as in a macro.</param>
    /// <param name="Macro">In place of actions: this macro.</param>
    internal sealed record Body(ImmutableArray<ConversationId> Conversations, ImmutableArray<MacroAction>? Actions = null, MacroId? Macro = null, string? ClientId = null);

    internal sealed record UndoBody(ImmutableArray<Deed> Items, string? ClientId = null);

    /// <summary>What was written in a conversation, from which entry to which.</summary>
    internal sealed record Deed(ConversationId Conversation, long From, long To);

    /// <param name="Done">What was done, where anything had to be: this is what can be taken back.</param>
    /// <param name="Unchanged">Where it was so already.</param>
    /// <param name="Failed">Where it could not be done, and why; there nothing was.</param>
    internal sealed record Result(ImmutableArray<Deed> Done, ImmutableArray<ConversationId> Unchanged, ImmutableArray<Failure> Failed);

    internal sealed record Failure(ConversationId Conversation, string Code, string Detail);

    internal sealed record Undone(ImmutableArray<Taken> Done, ImmutableArray<Failure> Failed);

    /// <param name="Kept">What stays, because it was changed since or cannot be taken back.</param>
    internal sealed record Taken(ConversationId Conversation, ImmutableArray<string> Kept);

    /// <summary>What every conversation of a request needs.</summary>
    internal sealed record Tools(Door Door, Doing Doing, Departures Departures, Moments Moments, LogReader Log);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/bulk").RequireAgent().WithTags("Conversations");
        group.MapPost("/", Do).WithName("postBulk").Produces<Result>();
        group.MapPost("/undo", Take).WithName("postBulkUndo").Produces<Undone>();
    }

    private static async Task<IResult> Do(Body body, HttpContext http, Rosters rosters, Database database, Door door, Doing doing, Departures departures, Moments moments, LogReader log)
    {
        if (Flaw(body.Conversations.IsDefault ? 0 : body.Conversations.Distinct().Count(), "conversations") is { } many)
        {
            return many.Problem();
        }

        var who = http.Principal();
        var known = body.Macro is { } id ? await database.Read(session => MacroStore.Find(session, who.Workspace, id)) : null;
        if (body.Macro is not null && (known is null || !Rights.Sees(who, rosters, known.Team)))
        {
            return Refusal.Unknown("macro").Problem();
        }

        var macro = known ?? new Macro(default, null, "bulk", body.Actions ?? []);
        if (macro.Flaw() is { } flaw)
        {
            return flaw.Problem();
        }

        var tools = new Tools(door, doing, departures, moments, log);
        var all = await Each(body.Conversations.Distinct(), conversation => One(http, tools, conversation, macro, body));
        return Results.Ok(new Result(
            [.. all.Select(one => one.Deed).OfType<Deed>()], [.. all.Where(one => one is { Deed: null, Failure: null }).Select(one => one.Conversation)], [.. all.Select(one => one.Failure).OfType<Failure>()]));
    }

    private static async Task<(ConversationId Conversation, Deed? Deed, Failure? Failure)> One(HttpContext http, Tools tools, ConversationId id, Macro macro, Body body)
    {
        try
        {
            var origin = http.Origin(body.ClientId ?? http.NewId());
            var found = await SchedulingApi.Hurry(http, await tools.Door.Threads.Find(http.Principal(), id), tools.Door, tools.Departures);
            var all = await tools.Doing.Of(http.Principal(), found, origin, macro);
            var wish = new Combine(origin, id, [.. all.Select(one => one.Wish).OfType<ConversationCommand>()]) { Name = body.Macro is null ? null : macro.Name, Sent = $"bulk {macro.Id} {System.Text.Json.JsonSerializer.Serialize(macro.Actions, Json.Options)}" };
            if (all.Select(one => one.Flaw).OfType<FieldFlaw>().FirstOrDefault() is { } flaw)
            {
                wish = wish with { Unfit = new Refusal("macro.stale", $"{flaw.Field}: {flaw.Text}") };
            }

            var outcome = await tools.Door.Desk.Handle(wish);
            return outcome.Refusal is { } refusal ? (id, null, new Failure(id, refusal.Code, refusal.Detail))
                : outcome.Entries.IsEmpty ? (id, null, null)
                : (id, new Deed(id, outcome.Entries.Min(entry => entry.Seq), outcome.Entries.Max(entry => entry.Seq)), null);
        }
        catch (ProblemException refused)
        {
            return (id, null, new Failure(id, refused.Problem.Code, refused.Problem.Detail));
        }
    }

    private static async Task<IResult> Take(UndoBody body, HttpContext http, Door door, Doing doing, Departures departures, Moments moments, LogReader log, TimeProvider time)
    {
        if (Flaw(body.Items.IsDefault ? 0 : body.Items.Length, "items") is { } flaw)
        {
            return flaw.Problem();
        }

        var tools = new Tools(door, doing, departures, moments, log);
        var all = await Each(body.Items.DistinctBy(item => item.Conversation), item => Back(http, tools, item, body, time.GetUtcNow()));
        return Results.Ok(new Undone([.. all.Select(one => one.Taken).OfType<Taken>()], [.. all.Select(one => one.Failure).OfType<Failure>()]));
    }

    private static async Task<(Taken? Taken, Failure? Failure)> Back(HttpContext http, Tools tools, Deed deed, UndoBody body, DateTimeOffset now)
    {
        var (id, subject) = (deed.Conversation, Conversation.Subject(deed.Conversation));
        var origin = http.Origin(body.ClientId ?? http.NewId());
        try
        {
            for (var tries = 0; tries < Tries; tries++)
            {
                var found = await tools.Door.Threads.Find(http.Principal(), id);
                var entries = (await tools.Log.Timeline(subject, deed.From - 1, null, Looked, publicOnly: false)).Items;
                var before = (await tools.Log.Timeline(subject, null, deed.From, Looked, publicOnly: false)).Items;
                var done = entries.Where(entry => entry.Seq <= deed.To && http.Principal().Wrote(entry.Author)).ToList();
                if (done.Count == 0 || now - done[^1].At > Late)
                {
                    return (null, new Failure(id, "undo.late", "This cannot be taken back any more."));
                }

                var undo = Undo.Of(origin, id, before, done, [.. entries.Where(entry => entry.Seq > deed.To)], now);
                if (undo.Steps.IsEmpty)
                {
                    return (null, new Failure(id, "undo.overtaken", "Somebody changed it since. It stays as it is."));
                }

                var steps = await Task.WhenAll(undo.Steps.Select(async step => step with { Moment = await tools.Moments.Of(http.Principal().Workspace, id, found.State, (step as Assign)?.Agent) }));
                var outcome = await tools.Door.Desk.Handle(new Combine(origin, id, [.. steps]) { At = Math.Max(deed.To, entries[^1].Seq), Sent = $"undo {deed.From} {deed.To}" });
                if (outcome.Refusal != Combine.Overtaken)
                {
                    return outcome.Refusal is { } refusal ? (null, new Failure(id, refusal.Code, refusal.Detail)) : (new Taken(id, undo.Kept), null);
                }
            }

            return (null, new Failure(id, Combine.Overtaken.Code, Combine.Overtaken.Detail));
        }
        catch (ProblemException refused)
        {
            return (null, new Failure(id, refused.Problem.Code, refused.Problem.Detail));
        }
    }

    /// <summary>Some at a time: many would fill the Desk's queue, one after the other would take its time.</summary>
    private static async Task<List<TResult>> Each<T, TResult>(IEnumerable<T> all, Func<T, Task<TResult>> one)
    {
        var results = new List<TResult>();
        foreach (var part in all.Chunk(AtOnce))
        {
            results.AddRange(await Task.WhenAll(part.Select(one)));
        }

        return results;
    }

    private static Refusal? Flaw(int count, string field) => count is >= 1 and <= Most
        ? null
        : new Refusal("bulk.invalid", $"It is done with 1 to {Most} conversations at once.", 400) { Errors = [new FieldFlaw(field, count == 0 ? "required" : "tooMany", $"1 to {Most}.")] };
}
