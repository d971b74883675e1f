using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Mail;
using Parley.Platform.Web;
using Parley.Workspaces;
using Found = Parley.Conversations.Found;

namespace Parley.Notifications.Transcripts;

/// <summary>Has a conversation mailed: an agent to anybody they name, a customer to their own address and nowhere else.</summary>
internal static class TranscriptApi
{
    public static readonly Refusal NoAddress = new("transcript.noAddress", "No address is known to which it could be sent.");
    public static readonly Refusal Empty = new("transcript.empty", "Nobody has answered in it yet: there is nothing to send.");
    private static readonly Refusal NoServer = new("mail.none", "No mail server is set up, so nothing can be mailed.");

    /// <param name="To">Absent: the customer's own address.</param>
    internal sealed record TranscriptBody(string? To = null, string? ClientId = null);

    internal sealed record OwnTranscriptBody(string? ClientId = null);

    /// <param name="To">Where it goes.</param>
    internal sealed record TranscriptView(string To);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/conversations/{id}/transcript", Send).RequirePerson().WithTags("Conversations").WithName("mailTranscript").Produces<TranscriptView>(StatusCodes.Status202Accepted);
        routes.MapPost("/v1/widget/conversations/{id}/transcript", SendOwn).RequireVisitor().TakeNothingFromBlocked().WithTags("Widget").WithName("mailOwnTranscript").Produces<TranscriptView>(StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> Send(ConversationId id, TranscriptBody body, HttpContext http, Threads threads, Transcribing transcribing, RateLimits limits)
    {
        var found = await threads.Find(http.Principal(), id);
        var (to, language) = await transcribing.Own(http.Principal().Workspace, found);
        if (body.To is { } named && Naming.Email(named.Trim()) is { } wrong)
        {
            return (wrong with { Errors = [new Platform.FieldFlaw("to", "invalid", "That is no address.")] }).Problem();
        }

        return await Do(http.Origin(body.ClientId), found, (body.To?.Trim() ?? to, language, body.To?.Trim() ?? ""), new Toll(limits.FirstMails, http.Agent().Agent.ToString()), transcribing);
    }

    /// <summary>To a stranger's address it would be a way to have us write to anybody: only once somebody of ours has spoken, and a few times an hour.</summary>
    private static async Task<IResult> SendOwn(ConversationId id, OwnTranscriptBody body, HttpContext http, Threads threads, Transcribing transcribing)
    {
        var found = await threads.Find(http.Principal(), id);
        if (found.State.Answer is null)
        {
            return Empty.Problem();
        }

        var (to, language) = await transcribing.Own(http.Principal().Workspace, found);
        return await Do(http.Origin(body.ClientId), found, (to, language, ""), transcribing.Toll(found.State.Contact), transcribing);
    }

    private static async Task<IResult> Do(Origin origin, Found found, (string? Address, string Language, string Named) to, Toll toll, Transcribing transcribing)
    {
        var refused = to.Address is not { } address ? NoAddress : !await transcribing.Mails(origin.Workspace, found.State) ? NoServer : await transcribing.Send(origin, found, (address, to.Language, to.Named), toll);
        return refused?.Problem() ?? Results.Accepted(value: new TranscriptView(to.Address!));
    }
}

/// <summary>Hands a transcript over to be mailed, and notes in the thread that somebody asked for it.</summary>
internal sealed class Transcribing(Desk desk, Outbox outbox, Addressing addressing, MailSettings mail, IMailboxes mailboxes, TimeProvider time)
{
    private readonly RateLimit _asked = new(time, 3.0 / 3_600, 3);

    /// <summary>A customer may ask a few times an hour.</summary>
    public Toll Toll(ContactId contact) => new(_asked, contact.ToString());

    public async Task<(string? Address, string Language)> Own(WorkspaceId workspace, Found found) =>
        await addressing.Of(workspace, found.Id, found.State) is { } to ? (to.Address, to.Language) : (null, await addressing.Language(workspace, found.State));

    public async Task<bool> Mails(WorkspaceId workspace, Conversation it) => mail.Set || await mailboxes.Of(workspace, it.Brand) is not null;

    /// <param name="to">With whom was named; empty: the customer, wherever they are by then. Asked again it is the same though more was said meanwhile.</param>
    /// <exception cref="ProblemException">429 <c>rate.limited</c>.</exception>
    public async Task<Refusal?> Send(Origin origin, Found found, (string Address, string Language, string Named) to, Toll toll)
    {
        var last = found.LastPublic;
        var notify = new Notify(origin, found.Id, TranscriptMail.Name, Math.Max(1, found.State.CustomerSeesFrom), last) { Sent = to.Named };
        if (await desk.Did(notify))
        {
            return (await desk.Handle(notify)).Refusal;
        }

        toll.Pay();
        var isNew = false;
        try
        {
            // The mail first, and held: it goes only when the thread says so of this one, and what the thread says goes, whoever dies in between.
            var job = await outbox.Prepare(TranscriptMail.Name, to.Address, to.Language, TranscriptMail.Detail(found.Id, last), origin.Workspace.Value);
            var outcome = await desk.Handle(notify with { Mail = job });
            isNew = outcome is { Accepted: true, Repeated: false };
            await (isNew ? outbox.Hurry(job) : outcome.Refusal is { MayBeDone: true } ? Task.CompletedTask : outbox.Drop(origin.Workspace.Value, job));
            return outcome.Refusal;
        }
        finally
        {
            if (!isNew)
            {
                toll.Return();
            }
        }
    }
}
