using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Parley.Channels.Email.Reading;
using Parley.Channels.Receiving;
using Parley.Log;
using Parley.Platform.Hosting;
using Parley.Platform.Mail.Imap;
using Parley.Platform.Store;

namespace Parley.Channels.Email.Fetching;

/// <summary>Where mails of mailboxes are kept, and how it stands with them.</summary>
internal sealed class MailboxKeeping(Database database, Arrivals arrivals, MailboxStates states, ILogger<MailboxKeeping> log)
{
    public Database Database => database;

    public Arrivals Arrivals => arrivals;

    public MailboxStates States => states;

    public ILogger Log => log;
}

/// <summary>Puts the mails of one mailbox among what came in, each with how far its folder is read then: both or neither, and only while this node is the one that fetches.</summary>
/// <param name="fence">By what it fetches.</param>
internal sealed class MailboxReader(InboxId inbox, EmailSettings settings, MailboxKeeping keeping, Func<Fence> fence) : IImapReader
{
    /// <summary>In another mailbox other numbers count.</summary>
    private readonly byte[] _box = SHA256.HashData(Encoding.UTF8.GetBytes($"{settings.ReceiveHost}\n{settings.User ?? settings.Address}".ToLowerInvariant())).AsSpan(0, 16).ToArray();

    private Task _telling = Task.CompletedTask;

    /// <summary>All that was told is written.</summary>
    public Task Told => _telling;

    public async Task<ImapMark?> Mark(string folder)
    {
        await keeping.States.Hear(inbox);
        return await keeping.States.Mark(inbox, _box, folder);
    }

    public Task Keep(string folder, ImapMark mark) => keeping.Database.Write(session => Keep(session, folder, mark));

    public async Task Take(IReadOnlyList<ImapArrival> some, CancellationToken cancel)
    {
        var requests = new List<(RawRequest, string?)>(some.Count);
        foreach (var arrival in some)
        {
            var mail = await Raw(arrival.Mail, cancel);
            var said = ImmutableSortedDictionary<string, string>.Empty;
            said = arrival.IsOld ? said.Add(EmailReading.Old, "1") : said;
            said = arrival.Mail.Received is { } at ? said.Add(EmailReading.Received, at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)) : said;
            requests.Add((new RawRequest(EmailReading.Imap, EmailHooks.Mime, said, ImmutableSortedDictionary<string, string>.Empty, mail), EmailReading.Key(mail)));
        }

        await Put(some[^1].Folder, requests, some[^1].Mark);
    }

    public Task Miss(string folder, ImapMark mail, ImapMark? mark, string why, ReadOnlyMemory<byte> head)
    {
        var said = string.Create(CultureInfo.InvariantCulture, $"mail.missed: {folder} {mail.Uid}: {(why.Length > 200 ? why[..200] : why)}");
        var request = new RawRequest(EmailReading.Imap, EmailHooks.Mime, ImmutableSortedDictionary<string, string>.Empty.Add(EmailReading.Missed, said), ImmutableSortedDictionary<string, string>.Empty, head);
        return Put(folder, [(request, string.Create(CultureInfo.InvariantCulture, $"missed {folder} {mail.Validity} {mail.Uid}"))], mark);
    }

    /// <summary>In the order in which it was told; what cannot be written now is told by whatever is told next.</summary>
    public void Tell(ImapStanding standing) => _telling = Write(_telling, standing);

    private async Task Write(Task before, ImapStanding standing)
    {
        await before;
        await Rounds.Do(keeping.Log, "mailboxStates", () => keeping.States.Tell(inbox, standing, fence()));
    }

    private Task Put(string folder, IReadOnlyList<(RawRequest, string?)> requests, ImapMark? mark) =>
        keeping.Arrivals.Keep(inbox, requests, session => mark is null ? Task.CompletedTask : Keep(session, folder, mark));

    private async Task Keep(Session session, string folder, ImapMark mark)
    {
        if (!await Lease.Stands(session, fence()))
        {
            throw new InvalidOperationException("Another node fetches this mailbox now.");
        }

        await MailboxStates.Keep(session, inbox, _box, folder, mark);
    }

    /// <summary>As it came, where it is not so large that its files have to be left out.</summary>
    private static async Task<ReadOnlyMemory<byte>> Raw(ImapMail mail, CancellationToken cancel)
    {
        if (mail.IsCut || mail.Raw.Length > EmailPacking.Whole)
        {
            return EmailPacking.Slim(mail.Raw);
        }

        var bytes = new byte[mail.Raw.Length];
        await mail.Raw.ReadExactlyAsync(bytes, cancel);
        return bytes;
    }
}
