using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Store;
using Parley.Platform.Web;
using Parley.Workspaces;
using Parley.Writing.Drafts;

namespace Parley.Writing;

/// <summary>What oneself began to write, conversation by conversation; nobody else's.</summary>
internal static class DraftsApi
{
    /// <summary>Four times what a message may have: what is too long to be sent is still not lost.</summary>
    private const int Limit = 40_000;

    /// <summary>Of one field of a mail: fifty people with their names.</summary>
    private const int FieldLimit = 20_000;

    private const int Most = 500;

    private static readonly Problem Newer = new("draft.newer", "Something newer was written here in another window.", StatusCodes.Status409Conflict);

    /// <param name="Mode">In which of both one was: <c>reply</c> or <c>note</c>.</param>
    /// <param name="Quote">The message that the reply refers to.</param>
    /// <param name="Version">The one that was read last; 0 or absent: none was there.</param>
    /// <param name="Mail">Of a mail: its fields, as they stand in the window.</param>
    internal sealed record Body(string? Reply = null, string? Note = null, string? Mode = null, long? Quote = null, long Version = 0, DraftMail? Mail = null);

    /// <param name="Version">0 where nothing was begun.</param>
    internal sealed record View(string Reply, string Note, string Mode, long? Quote, long Version, DraftMail? Mail = null);

    internal sealed record Begun(IEnumerable<ConversationId> Conversations);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1").WithTags("Conversations");
        group.MapGet("/drafts", All).RequirePerson().WithName("getDrafts");
        group.MapGet("/conversations/{id}/draft", Get).RequirePerson().WithName("getDraft").Produces<View>();
        group.MapPut("/conversations/{id}/draft", Put).RequirePerson().WithName("putDraft").Produces<View>();
        group.MapDelete("/conversations/{id}/draft", Delete).RequirePerson().WithName("deleteDraft").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<Begun> All(HttpContext http, Database database) => new(await database.Read(session => DraftStore.Begun(session, http.Agent().Agent, Most)));

    private static async Task<IResult> Get(HttpContext http, ConversationId id, Threads threads, Database database)
    {
        await threads.Find(http.Principal(), id);
        var found = await database.Read(session => DraftStore.Find(session, http.Agent().Agent, id));
        return Results.Ok(found is var (draft, version) ? Of(draft, version) : Of(new DraftText(), 0));
    }

    private static async Task<IResult> Put(HttpContext http, ConversationId id, Body body, Threads threads, Database database, TimeProvider time)
    {
        var (agent, found) = (http.Agent(), await threads.Find(http.Principal(), id));
        if (found.State.Erased)
        {
            return new Refusal("conversation.erased", "This conversation was erased.", StatusCodes.Status410Gone).Problem();
        }

        if (Flaw(body) is { } flaw)
        {
            return flaw.Problem();
        }

        var draft = new DraftText(Words.Clean(body.Reply ?? ""), Words.Clean(body.Note ?? ""), body.Mode ?? "reply", body.Quote, body.Mail?.Cleaned());
        return await database.Write(async session =>
        {
            var known = await DraftStore.Find(session, agent.Agent, id);
            // What stands there already need not be saved again: an answer was lost, or another window had the same thought.
            if (known is var (same, stands) && same == draft)
            {
                return Results.Ok(Of(draft, stands));
            }

            // Nothing is no draft; and nothing said of what is not there is no news.
            if (draft.IsEmpty)
            {
                return known is null || await DraftStore.Drop(session, agent.Agent, id, body.Version) ? Results.Ok(Of(draft, 0)) : Problems.Of(Newer);
            }

            var version = Math.Max(body.Version + 1, time.GetUtcNow().ToUnixTimeMilliseconds());
            return await DraftStore.Save(session, agent.Workspace, (agent.Agent, id), draft, (body.Version, version)) ? Results.Ok(Of(draft, version)) : Problems.Of(Newer);
        });
    }

    private static async Task<IResult> Delete(HttpContext http, ConversationId id, Threads threads, Database database)
    {
        await threads.Find(http.Principal(), id);
        await database.Write(async session => await DraftStore.Drop(session, http.Agent().Agent, id));
        return Results.NoContent();
    }

    private static Refusal? Flaw(Body body) => body switch
    {
        { Reply.Length: > Limit } => Invalid("reply", "tooLong", $"A draft has at most {Limit:N0} characters."),
        { Note.Length: > Limit } => Invalid("note", "tooLong", $"A draft has at most {Limit:N0} characters."),
        { Mode: not (null or "reply" or "note") } => Invalid("mode", "unknown", "The mode is reply or note."),
        { Mail: { } mail } when mail.Fields().FirstOrDefault(field => field.Text is not { Length: <= FieldLimit }) is { Name: { } name } => Invalid($"mail.{name}", "tooLong", $"A field of a mail has at most {FieldLimit:N0} characters."),
        { Quote: <= 0 } => Invalid("quote", "unknown", "There is no such message to refer to."),
        { Version: < 0 } => Invalid("version", "unknown", "There is no such version."),
        _ => null,
    };

    private static Refusal Invalid(string field, string code, string text) => new("draft.invalid", text, StatusCodes.Status400BadRequest) { Errors = [new FieldFlaw(field, code, text)] };

    private static View Of(DraftText draft, long version) => new(draft.Reply, draft.Note, draft.Mode, draft.Quote, version, draft.Mail);
}
