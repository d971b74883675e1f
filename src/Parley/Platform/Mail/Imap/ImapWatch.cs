using Microsoft.Extensions.Logging;

namespace Parley.Platform.Mail.Imap;

/// <summary>How far a folder was read.</summary>
/// <param name="Validity">What the number is worth: under another one it means nothing.</param>
/// <param name="Uid">The last mail that was taken.</param>
public sealed record ImapMark(uint Validity, uint Uid)
{
    /// <summary>It was read where other numbers count: what came meanwhile may lie here.</summary>
    public static readonly ImapMark Elsewhere = new(uint.MaxValue, 0);
}

/// <summary>A mail, where it lay, and how far the folder is read once it is taken.</summary>
/// <param name="Mark">Null: older ones are still being taken, and until all are the folder counts as unread.</param>
/// <param name="IsOld">It lay there before anybody looked, or under numbers that meant another: it may be known already, and is never answered by a program.</param>
public sealed record ImapArrival(string Folder, ImapMail Mail, ImapMark? Mark, bool IsOld);

/// <summary>How it stands with a mailbox.</summary>
/// <param name="Since">Since when it is so.</param>
/// <param name="Fault">Null: all is well.</param>
/// <param name="Folder">Which folder is meant; null: the whole mailbox.</param>
public sealed record ImapStanding(DateTimeOffset Since, MailFault? Fault, string? Why, string? Folder = null);

/// <summary>Whoever takes the mails of one mailbox in and keeps how far it was read. What it throws is told as any failure, and the same mail comes again.</summary>
public interface IImapReader
{
    /// <summary>Null: this folder was never read; <see cref="ImapMark.Elsewhere"/>: in another mailbox it was.</summary>
    Task<ImapMark?> Mark(string folder);

    /// <summary>Keeps the mark (with the mail, where there is one).</summary>
    Task Keep(string folder, ImapMark mark);

    /// <summary>Takes mails of one folder, in order, and keeps the mark of the last if it has one: all of it or nothing. The same mail may come twice.</summary>
    Task Take(IReadOnlyList<ImapArrival> some, CancellationToken cancel);

    /// <summary>There is a mail that the server does not hand out; it is passed over, and may be so twice.</summary>
    /// <param name="mail">Which it is.</param>
    /// <param name="head">What stands at its head, where the server says at least that.</param>
    Task Miss(string folder, ImapMark mail, ImapMark? mark, string why, ReadOnlyMemory<byte> head);

    void Tell(ImapStanding standing);
}

/// <param name="Old">How old mail may be that lay there before anybody looked; null: none of it is taken.</param>
/// <param name="Round">How often folders are looked at about which the server does not tell, and all of them where it tells nothing.</param>
/// <param name="Renewal">How long one listens at most before asking again whether the server is there (<see cref="ImapLimits.Idle"/>).</param>
public sealed record ImapWatching(MailServer Server, IReadOnlyList<string> Folders, TimeSpan? Old = null, TimeSpan? Round = null, TimeSpan? Renewal = null);

/// <summary>
/// Reads a mailbox for as long as it runs, whatever happens to the server: what comes is taken once, in order, folder by folder. The first folder is listened to,
/// the others are looked at each minute.
/// </summary>
public sealed class ImapWatch(ImapWatching watching, IImapReader reader, TimeProvider time, ILogger log)
{
    /// <summary>How far back is looked when the numbers of a folder mean nothing any more.</summary>
    internal static readonly TimeSpan Again = TimeSpan.FromDays(30);

    private readonly Dictionary<string, MailFault?> _told = [];
    /// <summary>So often, and for so long, a mail that the server could not hand out is asked for, while it hands out others.</summary>
    private const int Tries = 5;
    private static readonly TimeSpan Holding = TimeSpan.FromMinutes(20);

    private readonly HashSet<(string Folder, uint Validity, uint Uid)> _refused = [];
    private readonly Dictionary<(string Folder, uint Validity, uint Uid), (int Tries, DateTimeOffset Since)> _held = [];
    private int _failures;

    private TimeSpan Round => watching.Round ?? TimeSpan.FromMinutes(1);

    /// <summary>Half-open connections are found out at the renewal, and an administrator is to know within five minutes.</summary>
    private TimeSpan Renewal => watching.Renewal is { } said && said < ImapLimits.Idle ? said : TimeSpan.FromMinutes(4);

    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Read(stop);
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                var fault = (error as MailServerFailed)?.Fault;
                log.LogWarning(fault is null ? error : null, "A mailbox at {Server} is not read: {Why}", watching.Server.ToString(), error.Message);
                Tell(fault ?? MailFault.Broken, error.Message);
                var pause = Pause(++_failures, fault, Random.Shared.NextDouble());
                await Task.Delay(pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>
    /// How long until it is tried again: twice as long each time, up to five minutes, and a part of it by chance so that not all come back at once. Who is not let
    /// in comes seldom: some servers lock whoever tries often.
    /// </summary>
    internal static TimeSpan Pause(int failures, MailFault? fault, double chance)
    {
        var (first, most) = fault switch
        {
            MailFault.Login => (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(30)),
            MailFault.Busy => (TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(15)),
            _ => (TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)),
        };
        var whole = Math.Min(most.TotalSeconds, first.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 20)));
        return TimeSpan.FromSeconds(whole * (0.5 + (0.5 * chance)));
    }

    private async Task Read(CancellationToken stop)
    {
        await using var session = await ImapSession.Open(watching.Server, time, stop);
        Tell(null, null);
        var looked = DateTimeOffset.MinValue;
        while (true)
        {
            var isRound = time.GetUtcNow() - looked >= Round || !session.Idles;
            looked = isRound ? time.GetUtcNow() : looked;
            // The first at last: it is the one that stays open to be listened to.
            foreach (var folder in (isRound ? watching.Folders.Skip(1) : []).Append(watching.Folders[0]))
            {
                await Look(session, folder, stop);
            }

            _failures = 0;
            await session.Wait(watching.Folders.Count > 1 || !session.Idles ? Shorter(Round, Renewal) : Renewal, stop);
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private async Task Look(ImapSession session, string folder, CancellationToken stop)
    {
        ImapBox box;
        try
        {
            box = await session.Examine(folder, stop);
            Tell(null, null, folder);
        }
        catch (MailServerFailed failed) when (failed.Fault == MailFault.Folder && watching.Folders.Count > 1)
        {
            // The others go on.
            Tell(failed.Fault, failed.Message, folder);
            return;
        }

        var mark = await reader.Mark(folder);
        if (mark is null || mark == ImapMark.Elsewhere || mark.Validity != box.Validity)
        {
            await Begin(session, box, mark is null ? watching.Old : Again, stop);
            return;
        }

        await Take(session, box, await session.After(mark.Uid, stop), stop);
    }

    /// <summary>
    /// A folder that is read for the first time, or whose numbers mean others now: what lies in it is old, though some of it may be unknown. Its end is kept when
    /// all of that is taken; until then it would begin anew, and who takes it in knows what it has.
    /// </summary>
    private async Task Begin(ImapSession session, ImapBox box, TimeSpan? since, CancellationToken stop)
    {
        var end = box.Next is > 0 and var next ? next - 1 : (await session.After(0, stop)).LastOrDefault();
        if (since is { } back)
        {
            var old = await session.Since(DateOnly.FromDateTime((time.GetUtcNow() - back).UtcDateTime), stop);
            await session.Fetch([.. old.Where(uid => uid <= end)], some => reader.Take([.. some.Select(mail => new ImapArrival(box.Folder, mail, null, true))], stop), (uid, why) => Miss(session, box, (uid, null), why, stop), stop, (uid, _) => GivesUp(session, box, uid, stop));
        }

        await reader.Keep(box.Folder, new(box.Validity, end));
        await Take(session, box, await session.After(end, stop), stop);
    }

    private Task Take(ImapSession session, ImapBox box, IReadOnlyList<uint> uids, CancellationToken stop) => session.Fetch(
        uids,
        some => reader.Take([.. some.Select(mail => new ImapArrival(box.Folder, mail, new(box.Validity, mail.Uid), false))], stop),
        (uid, why) => Miss(session, box, (uid, new(box.Validity, uid)), why, stop),
        stop,
        (uid, _) => GivesUp(session, box, uid, stop));

    /// <summary>What is refused once is asked for again by another connection, before anybody gives it up: the first may have been in trouble.</summary>
    private async Task Miss(ImapSession session, ImapBox box, (uint Uid, ImapMark? Mark) mail, string why, CancellationToken stop)
    {
        var it = (box.Folder, box.Validity, mail.Uid);
        if (!_held.Remove(it) && _refused.Add(it))
        {
            throw new MailServerFailed(MailFault.Silent, $"The mail server said '{why}' to FETCH.");
        }

        await reader.Miss(box.Folder, new(box.Validity, mail.Uid), mail.Mark, why, await session.Head(mail.Uid, stop));
        _failures = 0;
    }

    /// <summary>A server that has trouble with one mail for ever, and with no other, does not hold back what came after it.</summary>
    private async Task<bool> GivesUp(ImapSession session, ImapBox box, uint uid, CancellationToken stop)
    {
        var (it, now) = ((box.Folder, box.Validity, uid), time.GetUtcNow());
        var (tries, since) = _held.TryGetValue(it, out var before) ? (before.Tries + 1, before.Since) : (1, now);
        _held[it] = (tries, since);
        return tries >= Tries && now - since >= Holding && await session.HandsOut(uid, stop);
    }

    /// <summary>Once, when it is another.</summary>
    private void Tell(MailFault? fault, string? why, string? folder = null)
    {
        if (_told.TryGetValue(folder ?? "", out var before) && before == fault)
        {
            return;
        }

        _told[folder ?? ""] = fault;
        reader.Tell(new(time.GetUtcNow(), fault, why, folder));
    }
}
