using System.Globalization;
using Parley.Conversations;
using Parley.Contacts;
using Parley.Log;
using Parley.Platform.Mail;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Notifications;

/// <summary>
/// The words that a customer has not seen, as a mail. It is written when it is sent: what was seen, taken back or erased since, or whose customer has written
/// meanwhile, is not in it.
/// </summary>
internal sealed class AnswerMail(Database database, Desk desk, Addressing addressing, Unread unread, LogReader log, AnswerLetter letter) : IMailWriter
{
    public const string Name = "answer";

    public string Kind => Name;

    /// <summary>What is mailed, as its row keeps it: no words.</summary>
    public static string Detail(ConversationId id, Notified told) => string.Create(CultureInfo.InvariantCulture, $"{About(id)}{told.First} {told.Last}");

    /// <summary>How the details of all mails of a conversation begin.</summary>
    public static string About(ConversationId id) => $"{id} ";

    public async Task<(Letter Letter, Guid Workspace)?> Write(MailJob job)
    {
        var workspace = new WorkspaceId(job.Workspace);
        var (id, first, last) = Read(job);
        if (await desk.Look(workspace, Conversation.Subject(id)) is not { State: Conversation { Exists: true } it } || await addressing.Of(workspace, id, it) is not { } to)
        {
            return null;
        }

        var words = await unread.Since(workspace, id, it, first, last);
        return words.Count == 0 || await log.One(Conversation.Subject(id), last) is not { } said ? null : (await letter.Write(workspace, id, it, to, words, (first, said)), job.Workspace);
    }

    /// <summary>Nobody is there: it is noted with the person, and nothing goes there any more until they have another address.</summary>
    public async Task<bool> Refused(MailJob job, string why)
    {
        var workspace = new WorkspaceId(job.Workspace);
        var (id, first, last) = Read(job);
        if (await desk.Look(workspace, Conversation.Subject(id)) is { State: Conversation { Exists: true } it } && await addressing.Of(workspace, id, it) is { } to)
        {
            var origin = new Origin(workspace, Author.System, $"refused:{job.Id:N}") { Trigger = new Trigger(Reader: Name) };
            if (!(await desk.Handle(new RefuseAddress(origin, to.Person, "email", to.Address, why))).Accepted)
            {
                return false;
            }
        }

        await Missed(job, id, first, last, "refused");
        await database.Write(session => UnseenStore.CameBack(session, id, last));
        return true;
    }

    public Task GivenUp(MailJob job)
    {
        var (id, first, last) = Read(job);
        return Missed(job, id, first, last, "givenUp");
    }

    /// <summary>Whoever reads the thread reads that the customer was not told after all. Of one that was erased there is nobody to read it.</summary>
    private async Task Missed(MailJob job, ConversationId id, long first, long last, string cause) => await desk.Handle(
        new MissCustomer(new Origin(new WorkspaceId(job.Workspace), Author.System, $"missed:{job.Id:N}") { Trigger = new Trigger(Reader: Name) }, id, Noticing.Mail, first, last, cause));

    private static (ConversationId Id, long First, long Last) Read(MailJob job)
    {
        var parts = job.Detail.Split(' ');
        return (ConversationId.Parse(parts[0]), long.Parse(parts[1], CultureInfo.InvariantCulture), long.Parse(parts[2], CultureInfo.InvariantCulture));
    }
}
