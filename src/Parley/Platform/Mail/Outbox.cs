using Parley.Platform.Store;

namespace Parley.Platform.Mail;

/// <summary>A mail that is to be written and sent. What it says is made when it is sent: a link in it is never at rest.</summary>
/// <param name="Workspace">Whose it is; empty where that is only known when it is written.</param>
/// <param name="Detail">What its writer needs besides: an id, an address.</param>
public sealed record MailJob(Guid Id, Guid Workspace, string Kind, string To, string Language, string Detail);

/// <summary>Writes the mails of one kind.</summary>
public interface IMailWriter
{
    string Kind { get; }

    /// <summary>The letter and whose it is; null where there is nothing to send (any more).</summary>
    Task<(Letter Letter, Guid Workspace)?> Write(MailJob job);

    /// <summary>Nobody is at that address, said the mail server, and will not be later. True where the writer has noted it, so that nobody need look after this mail.</summary>
    Task<bool> Refused(MailJob job, string why) => Task.FromResult(false);

    /// <summary>It was not taken, and is not tried again by itself: a person may send it again.</summary>
    Task GivenUp(MailJob job) => Task.CompletedTask;
}

/// <summary>How one attempt ended; no text where it was sent.</summary>
public sealed record MailAttempt(DateTimeOffset At, string Outcome);

/// <summary>A mail that was not taken at least once.</summary>
/// <param name="Kind">What it is: <c>invitation</c>, <c>password</c>, <c>snippet</c>, <c>answer</c>.</param>
/// <param name="GivenUp">True where it is not tried again by itself.</param>
/// <param name="NextAt">When it is tried again.</param>
public sealed record HeldMail(Guid Id, string Kind, string To, DateTimeOffset MadeAt, bool GivenUp, DateTimeOffset? NextAt, IReadOnlyList<MailAttempt> Attempts);

/// <summary>
/// The mails that wait, each a row until it is sent, with a row per attempt. What could not be sent in a day stays, to be seen and sent again by a person.
/// A row is claimed by moving its time: two nodes never send the same, unless one dies while it does.
/// </summary>
public sealed class Outbox(Database database, TimeProvider time)
{
    private const int Waiting = 0;
    private const int Lost = 1;
    private const int Sending = 2;

    /// <summary>Longer than any attempt may take: after that somebody else tries.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(8), TimeSpan.FromHours(12)];

    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(1);

    private Action _listener = () => { };

    /// <summary>Told when there is something to send.</summary>
    public void Listen(Action listener) => _listener += listener;

    public async Task Add(string kind, string to, string language, string detail, Guid workspace = default)
    {
        await database.Write(session => Add(session, kind, to, language, detail, workspace));
        Tell();
    }

    /// <summary>The same within a transaction of the caller's, who then <see cref="Tell"/>s.</summary>
    public Task Add(Session session, string kind, string to, string language, string detail, Guid workspace) => Add(session, Made(), kind, to, language, detail, workspace, Now);

    /// <summary>
    /// Adds one that belongs to something which is written next: whoever wrote that hurries it on, or drops it. Where they die in between it is due after a moment, and its writer, who finds
    /// that thing or does not, knows whether it goes.
    /// </summary>
    public async Task<Guid> Prepare(string kind, string to, string language, string detail, Guid workspace)
    {
        var id = Made();
        await database.Write(session => Add(session, id, kind, to, language, detail, workspace, Now + (long)Moment.TotalMilliseconds));
        return id;
    }

    /// <summary>What it belongs to is written: it goes now.</summary>
    public async Task Hurry(Guid id)
    {
        await database.Write(session => session.Execute("update mails set due = @now where id = @id and state = @waiting", new { id = Bytes(id), now = Now, waiting = Waiting }));
        Tell();
    }

    /// <summary>There is something to send.</summary>
    public void Tell() => _listener();

    /// <summary>Takes back what was not sent yet of one thing: the mails of a kind whose detail begins so.</summary>
    public static async Task Withdraw(Session session, string kind, string about)
    {
        var what = new { kind, about, length = about.Length };
        await session.Execute("delete from mail_attempts where mail in (select id from mails where kind = @kind and substr(detail, 1, @length) = @about)", what);
        await session.Execute("delete from mails where kind = @kind and substr(detail, 1, @length) = @about", what);
    }

    /// <summary>Takes the next that is due, for this node alone.</summary>
    internal Task<MailJob?> Take() => database.Write(async session =>
    {
        var (id, workspace, kind, to, language, detail, due) = await session.One<(byte[] Id, byte[] Workspace, string Kind, string To, string Language, string Detail, long Due)>(
            "select id, workspace, kind, recipient, language, detail, due from mails where state <> @lost and due <= @now order by due limit 1", new { lost = Lost, now = Now });
        return id is not null && await session.Execute("update mails set due = @later, state = @state where id = @id and due = @due", new { later = Now + (long)Claim.TotalMilliseconds, state = Sending, id, due }) == 1
            ? new MailJob(new Guid(id, bigEndian: true), new Guid(workspace, bigEndian: true), kind, to, language, detail)
            : null;
    });

    /// <summary>When the next is due; null: none waits.</summary>
    internal Task<DateTimeOffset?> Next() => database.Read(async session =>
        await session.One<long?>("select min(due) from mails where state <> @lost", new { lost = Lost }) is { } due ? At(due) : (DateTimeOffset?)null);

    /// <summary>It is sent, or there was nothing to send: no address stays behind.</summary>
    internal Task Done(MailJob job) => database.Write(async session =>
    {
        await session.Execute("delete from mail_attempts where mail = @id", new { id = Bytes(job.Id) });
        await session.Execute("delete from mails where id = @id", new { id = Bytes(job.Id) });
    });

    /// <summary>It is looked at again then; nothing was tried.</summary>
    internal Task Rest(MailJob job, TimeSpan pause) => database.Write(session => session.Execute(
        "update mails set state = @state, due = @due where id = @id", new { id = Bytes(job.Id), state = Waiting, due = Now + (long)pause.TotalMilliseconds }));

    /// <summary>Notes the attempt, and when the next one is; after the last, or where another would end the same, there is none.</summary>
    /// <returns>True where there is none.</returns>
    internal Task<bool> Failed(MailJob job, Guid workspace, string outcome, bool final) => database.Write(async session =>
    {
        var id = Bytes(job.Id);
        var number = await session.One<long>("select count(*) from mail_attempts where mail = @id", new { id });
        var lost = final || number >= Pauses.Length;
        var kept = await session.Execute(
            "update mails set workspace = @workspace, state = @state, due = @due where id = @id",
            new { id, workspace = Bytes(workspace), state = lost ? Lost : Waiting, due = Now + (lost ? 0 : (long)Pauses[number].TotalMilliseconds) });
        // One that was withdrawn while it was being sent leaves nothing behind: what the server said may name whom it was for.
        if (kept == 1)
        {
            await session.Execute("insert into mail_attempts (mail, number, at, outcome) values (@id, @number, @now, @outcome)", new { id, number, now = Now, outcome });
        }

        return kept == 1 && lost;
    });

    /// <summary>Those that were not taken, once or for good; what is on its way for the first time is no news.</summary>
    public Task<List<HeldMail>> All(Guid workspace) => database.Read(async session =>
    {
        var held = new List<HeldMail>();
        foreach (var (id, kind, to, made, due, state) in await session.Query<(byte[] Id, string Kind, string To, long Made, long Due, long State)>(
            "select id, kind, recipient, made, due, state from mails where workspace = @workspace and id in (select mail from mail_attempts) order by id", new { workspace = Bytes(workspace) }))
        {
            var attempts = await session.Query<(long At, string Outcome)>("select at, outcome from mail_attempts where mail = @id order by number", new { id });
            held.Add(new(new Guid(id, bigEndian: true), kind, to, At(made), state == Lost, state == Waiting ? At(due) : null, attempts.ConvertAll(attempt => new MailAttempt(At(attempt.At), attempt.Outcome))));
        }

        return held;
    });

    /// <summary>Has one sent now, as if for the first time; not one that is being sent this moment. False if there is none.</summary>
    public async Task<bool> Again(Guid workspace, Guid id)
    {
        var found = await database.Write(async session =>
        {
            var found = await session.Execute(
                "update mails set state = @waiting, due = @now where id = @id and workspace = @workspace and state <> @sending", new { waiting = Waiting, now = Now, id = Bytes(id), workspace = Bytes(workspace), sending = Sending });
            return found == 1 && await session.Execute("delete from mail_attempts where mail = @id", new { id = Bytes(id) }) >= 0;
        });
        _listener();
        return found;
    }

    public async Task<bool> Drop(Guid workspace, Guid id) => await database.Write(async session =>
    {
        await session.Execute("delete from mail_attempts where mail in (select id from mails where id = @id and workspace = @workspace)", new { id = Bytes(id), workspace = Bytes(workspace) });
        return await session.Execute("delete from mails where id = @id and workspace = @workspace", new { id = Bytes(id), workspace = Bytes(workspace) });
    }) > 0;

    private static Task Add(Session session, Guid id, string kind, string to, string language, string detail, Guid workspace, long due) => session.Execute(
        "insert into mails (id, workspace, kind, recipient, language, detail, made, due, state) values (@id, @workspace, @kind, @to, @language, @detail, @made, @due, @state)",
        new { id = Bytes(id), workspace = Bytes(workspace), kind, to, language, detail, made = due, due, state = Waiting });

    private Guid Made() => Guid.CreateVersion7(time.GetUtcNow());

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);
}
